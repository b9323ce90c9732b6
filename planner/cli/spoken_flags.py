"""Flags whose names of foods and dishes are in the language that is spoken, in English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import click

from planner.language.spoken import _, is_english

Read = Callable[[str, str], str]
_NAMES = ("without",)
_PARTS = {"per_week": "name", "put": "dish"}
_PAIRS = ("like", "dislike", "drink", "use", "min_days_between")


def in_english(given: Mapping[str, Any]) -> dict[str, Any]:
    """Give flags with English names, and tell how each was read.

    Raises
    ------
    CandidatesError
        When a name may mean several things.
    """
    changed = dict(given)
    if not is_english():
        read = _reader()
        changed |= _read_flags(changed, read)
        changed |= {"eater": _eaters(given["eater"], read)} if "eater" in given else {}
    return changed


def _read_flags(given: Mapping[str, Any], read: Read) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for key in (one for one in _NAMES if one in given):
        told[key] = tuple(read(one, key) for one in given[key])
    for key in (one for one in _PAIRS if one in given):
        told[key] = tuple((read(one, key), more) for one, more in _items(given[key]))
    for key, part in ((key, part) for key, part in _PARTS.items() if key in given):
        told[key] = tuple(
            replace(one, **{part: read(getattr(one, part), key)}) for one in given[key]
        )
    return told


def _items(pairs: Any) -> Iterable[tuple[str, Any]]:
    return pairs.items() if isinstance(pairs, Mapping) else pairs


def _eaters(eaters: Iterable[Any], read: Read) -> tuple[Any, ...]:
    """Read the wishes within what is said of eaters, as of the flags that say the same."""
    told = []
    for one in eaters:
        if isinstance(one, Mapping) and "preferences" in one:
            wanted = dict(one["preferences"])
            keys = {"without": list, "like": dict, "dislike": dict}
            own = {key: wanted[key] for key in keys if key in wanted}
            read_own = _read_flags(own, read)
            wanted |= {key: keys[key](value) for key, value in read_own.items()}
            one = {**one, "preferences": wanted}
        told.append(one)
    return tuple(told)


def _reader() -> Read:
    from foods.embedded import read_embedded_foods
    from planner.candidates.spoken_names import read_spoken

    foods = read_embedded_foods()

    def read(word: str, key: str) -> str:
        reading = read_spoken(word, foods, f"--{key.replace('_', '-')}")
        if reading is None:
            return word
        told = (
            _("{word}: read as {english} ({names})")
            if reading.names
            else _("{word}: read as {english}")
        )
        names = "; ".join(reading.names)
        click.echo(told.format(word=word, english=reading.english, names=names), err=True)
        return reading.english

    return read
