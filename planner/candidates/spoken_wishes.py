"""Wishes whose names of foods and dishes are in the language that is spoken, in English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from foods.embedded import read_embedded_foods
from planner.candidates.spoken_names import read_spoken
from planner.language.spoken import _, is_english
from planner.request.phrases import FrequencyRule
from planner.request.put import Put
from planner.request.tables import WISHES

Read = Callable[[str, str], str]
Tell = Callable[[str], object]
_PARTS = {FrequencyRule: "name", Put: "dish"}  # that name a food or dish


def in_english(given: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    """Give wishes, by their flags, with English names, and tell how each was read.

    Raises
    ------
    CandidatesError
        When a name may mean several things.
    """
    changed = dict(given)
    if not is_english():
        read = _reader(tell)
        changed |= _read_flags(changed, read)
        changed |= {"eater": _eaters(given["eater"], read)} if "eater" in given else {}
    return changed


def _read_flags(given: Mapping[str, Any], read: Read) -> dict[str, Any]:
    """Read the names in what flags say: a name, a name with its figure, or a part of a rule."""

    def in_one(one: Any, flag: str) -> Any:
        if isinstance(one, str):
            return read(one, flag)
        if isinstance(one, tuple):
            return (read(one[0], flag), one[1])
        part = _PARTS[type(one)]
        return replace(one, **{part: read(getattr(one, part), flag)})

    told = {}
    for flag in (one.name for one in WISHES if one.flag.has_names and one.name in given):
        said = given[flag]
        ones = said.items() if isinstance(said, Mapping) else said
        told[flag] = tuple(in_one(one, flag) for one in ones)
    return told


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


def _reader(tell: Tell) -> Read:
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
        tell(told.format(word=word, english=reading.english, names=names))
        return reading.english

    return read
