"""Edit a request file as a person wrote it, and say which wishes differ between two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli

from foods.errors import UserFacingError
from foods.own_file import read_own_text
from planner.errors import ConfigError
from planner.request.read import read_request, request_from_dict, request_to_dict, write_request
from planner.request.request import PlanRequest
from planner.request.write import as_item

ASSUMED = "assumed"
_LISTS = ("eaters", "supplements")  # edited one by one; more or fewer are no edit
_PATH_KEYS = ("history", "dishes")  # counted from the file, so whole wherever the text goes


def edit_request(path: str | Path, request: PlanRequest) -> str:
    """Return the text of a request file with what ``request`` asks otherwise; its comments stay.

    Where no edit of it reads back as ``request``, the text is that of ``write_request``.

    Raises
    ------
    ConfigError, RefusedError
        As ``read_request`` of the file.
    """
    asked = read_request(path)
    text = read_own_text(path, "request", ConfigError)
    old, new, said = request_to_dict(asked), request_to_dict(request), tomli.loads(text)
    for part in (old, new, *old["eaters"], *new["eaters"]):
        part.setdefault("habits", {})  # unsaid where there is none
    old["schema"] = said.get("schema")  # by it the file is known again as a request
    old["week"]["start"], new["week"]["start"] = asked.week.start, request.week.start
    for part, own in [(old, said), *zip(old["eaters"], said.get("eaters", ()), strict=True)]:
        paths = own.get("preferences", {})
        part["preferences"] |= {key: paths.get(key, []) for key in _PATH_KEYS}
    try:
        edited = edit_text(text, old, new)
        is_same = request_from_dict(tomli.loads(edited)) == request
    except (UserFacingError, LookupError, TypeError, ValueError):
        is_same = False
    return edited if is_same else write_request(request)


def edit_text(text: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Return the TOML text with the keys in which ``new`` differs from ``old``; comments stay.

    Parameters
    ----------
    text
        The file.
    old, new
        What it asks for, and what it is to ask for, in the shape of ``request_to_dict``.

    Raises
    ------
    ValueError
        When there are more or fewer eaters or supplements.
    """
    import tomlkit

    document = tomlkit.parse(text)
    _edit(document, old, new)
    return tomlkit.dumps(document)


def _edit(table: Any, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Carry the differences into ``table``, whose figures that are only assumed stay unsaid."""
    assumed = set(new.get(ASSUMED, ()))
    told = set(old.get(ASSUMED, ())) - assumed
    for key in (*old, *new):
        before: Any = old.get(key)
        value: Any = new.get(key)
        if (value == before and key not in told) or key in (ASSUMED, *assumed):
            continue
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            _edit(table.setdefault(key, {}), before, value)
        elif key in _LISTS and before:
            for inner, was, will in zip(table[key], before or (), value or (), strict=True):
                _edit(inner, was, will)
        elif value is None or value in ([], {}):
            table.pop(key, None)
        else:
            table[key] = as_item(value)


_WHOLE = ("profile", "eaters", "supplements")  # parts of these mean little without each other
_ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish in which two requests differ.

    Parameters
    ----------
    table, key
        Where it stands in a request file; the key is empty where the table differs as a whole.
    before, after
        What each says; ``None`` where it says nothing.
    """

    table: str
    key: str
    before: Any
    after: Any

    @property
    def name(self) -> str:
        """The place as a person would write it: ``"[week] days"``."""
        return f"[{self.table}] {self.key}".rstrip()


def wishes_between(before: PlanRequest, after: PlanRequest) -> tuple[Wish, ...]:
    """Name every wish in which two requests differ, in the order of the file."""
    return tuple(_differing(request_to_dict(before), request_to_dict(after)))


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Wish]:
    for table in dict.fromkeys((*old, *new)):
        one, other = old.get(table), new.get(table)
        if one == other:
            continue
        if table in _WHOLE or not isinstance(one, Mapping) or not isinstance(other, Mapping):
            yield Wish(table, "", one, other)
            continue
        for key in dict.fromkeys((*one, *other)):
            if one.get(key) != other.get(key):
                yield Wish(table, key, one.get(key), other.get(key))


def with_wish(request: PlanRequest, wish: Wish) -> PlanRequest:
    """Return a request in which one wish is what the other request says.

    Raises
    ------
    UserFacingError
        When that wish does not go together with the others.
    """
    table = deepcopy(request_to_dict(request))
    if not wish.key:
        table[wish.table] = wish.after
    elif wish.after is None:  # as where nothing is said
        table.get(wish.table, {}).pop(wish.key, None)
    else:
        table[wish.table] = {**table.get(wish.table, {}), wish.key: wish.after}
    return request_from_dict(table, wish.name)


def wish_text(value: Any) -> str:
    """Show what a request says of a wish, as in its file; ``"–"`` for nothing."""
    if isinstance(value, Mapping):
        value = {key: part for key, part in value.items() if part not in (None, [], {}, ())}
        value.pop(_ASSUMED, None)
    if value in (None, [], {}, ()):
        return "–"
    return as_item(value).as_string()
