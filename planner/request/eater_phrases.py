"""A short phrase for somebody at the table: ``name=Ben,sex=m,age=40``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from foods.table import nearest_names
from planner.errors import ConfigError
from planner.faults import fault
from planner.meals.patterns import SLOTS
from planner.request.day_words import all_but
from planner.request.eater_tables import EaterTable
from planner.request.phrases import read_name
from planner.request.preferences import PreferencesTable
from planner.request.profile_table import ProfileTable
from planner.request.put import read_put_day
from planner.request.values import TomlTable
from planner.request.wish import OneOf, SaidWish, wishes_in

EATER_EXAMPLE = "name=Ben,sex=m,age=40,height=178,weight=80,diet=vegetarian,without=peanut"


def read_eater(text: str) -> dict[str, Any]:
    """Read ``"name=Ben,sex=m,age=40,without=peanut"`` as a table in the shape of ``[[eaters]]``.

    ``without``, ``like``, ``dislike``, ``drink``, ``habit``, ``target``, ``condition`` and
    ``medicine`` may stand there several times; ``slots=lunch+dinner`` names the shared meals,
    ``days=fri-sun`` and ``away=mon+tue`` the days at the table, ``count=18`` how many the eater
    stands for.

    Raises
    ------
    ConfigError
        When the text has another form, a key is unknown or twice, or a value cannot be read.
    """
    table: dict[str, Any] = {"profile": {}, "preferences": {}}
    for part in text.split(","):
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or not value:
            told = {"part": part.strip(), "eater_example": EATER_EXAMPLE}
            raise fault(ConfigError, "no_key_and_value", **told)
        _put(table, key.replace("-", "_"), value)
    if "name" not in table:
        raise fault(ConfigError, "names_nobody", text=text, eater_example=EATER_EXAMPLE)
    return table


def read_eater_or_name(text: str) -> dict[str, Any] | str:
    """Read the name of somebody, or what ``read_eater`` reads.

    Raises
    ------
    ConfigError
        As ``read_eater``; when there is no name.
    """
    return read_eater(text) if "=" in text else read_name(text)


def _put(table: dict[str, Any], key: str, value: str) -> None:
    if key == "name" and "name" not in table:
        table["name"] = read_name(value)
        return
    if key == "slots" and "slots" not in table:
        table["slots"] = [_SLOT.read(slot.strip()) for slot in value.split("+")]
        return
    if key == "count" and key not in table:
        table[key] = int(value) if value.isdecimal() else value  # told as a fault of its key
        return
    if key in _DAYS and "days" not in table:
        days = [all_but(value)] if key == AWAY else map(read_put_day, _SEVERAL.split(value))
        table["days"] = [*map(str, days)]
        return
    if key in _OF_MEALS:
        raise fault(ConfigError, "eater_some_days", days="+".join(_SEVERAL.split(value)))
    wish = _WISHES.get(key)
    if wish is None or wish.flag.phrase is None:
        raise _wrong_key(key)
    part = table.setdefault(wish.table, {}) if wish.table else table
    read = wish.flag.phrase(value)
    if isinstance(read, tuple | dict):
        _add(part.setdefault(wish.key, {}), read)
    elif wish.flag.join.is_repeatable:
        part.setdefault(wish.key, []).append(read)
    elif wish.key in part:
        raise _wrong_key(key)
    else:
        part[wish.key] = read


def _add(told: dict[str, Any], read: tuple[str, Any] | dict[str, Any]) -> None:
    """Add a key and value to a table, or several: of bounds each side is its own."""
    for key, new in read.items() if isinstance(read, dict) else [read]:
        told[key] = {**told.get(key, {}), **new} if isinstance(new, dict) else new


def _wrong_key(key: str) -> ConfigError:
    known = ["name", "slots", "count", *_DAYS, *_WISHES]
    if key in known:
        return ConfigError(f"{key} stands there twice", remedy="keep one")
    near = ", ".join(nearest_names(key, known)) or ", ".join(known)
    return ConfigError(f"unknown key {key!r}, the nearest: {near}")


_SLOT = OneOf(SLOTS)
AWAY = "away"
_DAYS, _OF_MEALS = ("days", "on", AWAY), ("skip", "eat_out")
_SEVERAL = re.compile(r"\+|\s+(?!days?\b|but\b)(?<!but )")  # of "every day" both words
_TABLES: Mapping[str, type[TomlTable]] = {
    "profile": ProfileTable,
    "preferences": PreferencesTable,
    "": EaterTable,
}
_WISHES: Mapping[str, SaidWish] = MappingProxyType(
    {
        wish.name: wish
        for table, model in _TABLES.items()
        for wish in wishes_in(table, model)
        if wish.flag.phrase is not None
    }
)
