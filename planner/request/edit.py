"""Edit a request file as a person wrote it: what changes takes its value, all else stays."""

from __future__ import annotations

from collections.abc import Mapping
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
    """Give the text of a request file with what ``request`` asks otherwise; its comments stay.

    Where no edit of it reads back as ``request``, the text is that of ``write_request``.

    Raises
    ------
    ConfigError, NotBuiltError, RefusedError
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
    """Give the TOML text with the keys in which ``new`` differs from ``old``; comments stay.

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
