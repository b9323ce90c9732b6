"""Short phrases for people at the table: ``name=Ben,sex=m,age=40`` and ``6:dinner=2``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from foods.table import nearest_names
from planner.errors import ConfigError
from planner.language.spoken import said
from planner.meals.patterns import SLOTS
from planner.request.day_words import read_day
from planner.request.habits import read_habit
from planner.request.limits import known_ranges
from planner.request.measures import read_figure, read_height_cm, read_weight_kg, with_unit
from planner.request.phrases import (
    read_clinic,
    read_cups,
    read_graded_name,
    read_name,
    read_serum_potassium,
)
from planner.request.profile import ACTIVITIES, SEXES, activity_meant, sex_meant
from planner.standards.standard import STATES

EATER_EXAMPLE = "name=Ben,sex=m,age=40,height=178,weight=80,diet=vegetarian,without=peanut"
GUESTS_EXAMPLE = "6:dinner=2"
_MEAL = re.compile(r"([^:=]+):\s*(\w+)\s*(?:=\s*(\d{1,4}))?")


def read_eater(text: str) -> dict[str, Any]:
    """Read ``"name=Ben,sex=m,age=40,without=peanut"`` as a table in the shape of ``[[eaters]]``.

    ``without``, ``like``, ``dislike``, ``drink``, ``habit``, ``condition`` and ``medicine`` may
    stand there several times; ``slots=lunch+dinner`` names the shared meals.

    Raises
    ------
    ConfigError
        When the text has another form, a key is unknown or twice, or a value cannot be read.
    """
    table: dict[str, Any] = {"profile": {}, "preferences": {}}
    for part in text.split(","):
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or not value:
            raise ConfigError(
                said("{part!r} is no key=value", part=part.strip()),
                remedy=said("write {eater_example}", eater_example=EATER_EXAMPLE),
            )
        _put(table, key.replace("-", "_"), value)
    if "name" not in table:
        raise ConfigError(
            said("{text!r} names nobody", text=text),
            remedy=said("write {eater_example}", eater_example=EATER_EXAMPLE),
        )
    return table


def read_eater_or_name(text: str) -> dict[str, Any] | str:
    """Read the name of somebody, or what ``read_eater`` reads.

    Raises
    ------
    ConfigError
        As ``read_eater``; when there is no name.
    """
    return read_eater(text) if "=" in text else read_name(text)


def read_guests(text: str) -> dict[str, Any]:
    """Read ``"6:dinner=2"`` or ``"sat:dinner=2"`` as guests; without a number it is one.

    Raises
    ------
    ConfigError
        When the text has another form, or day or number are out of range.
    """
    found = _MEAL.fullmatch(text.strip())
    if found is None or found[2].lower() not in SLOTS:
        raise ConfigError(
            said("{text!r} is no meal with guests", text=text),
            remedy=said("write {guests_example}", guests_example=GUESTS_EXAMPLE),
        )
    day, count = read_day(found[1]), int(found[3] or 1)
    for name, value in (("days", day), ("guests", count)):
        if isinstance(value, int) and value not in known_ranges()[name]:
            raise ConfigError(
                said(
                    "{text!r}: {value} is not {known_range}",
                    text=text,
                    value=value,
                    known_range=known_ranges()[name],
                )
            )
    return {"day": day, "slot": found[2].lower(), "count": count}


def _put(table: dict[str, Any], key: str, value: str) -> None:
    if key == "name" and "name" not in table:
        table["name"] = read_name(value)
    elif key == "slots" and "slots" not in table:
        table["slots"] = [_one_of(SLOTS)(slot.strip()) for slot in value.split("+")]
    elif key in _BODY and _BODY[key][0] not in table["profile"]:
        name, read = _BODY[key]
        table["profile"][name] = read(value)
    elif key == "diet" and "diet" not in table["preferences"]:
        table["preferences"]["diet"] = read_name(value)
    elif key in _LISTS:
        part, name = _LISTS[key]
        table[part].setdefault(name, []).append(read_name(value))
    elif key == "clinic":  # the "=" of "potassium_mg<=2500" parted key and value already
        nutrient, most = read_clinic(value)
        table["profile"].setdefault("clinic", {})[nutrient] = most
    elif key == "habit":  # the same: "desserts a day<=0"
        name, figure = read_habit(value)
        table.setdefault("habits", {})[name] = figure
    elif key in _NUMBERED:
        part, read_numbered = _NUMBERED[key]
        name, number = read_numbered(value)
        table["preferences"].setdefault(part, {})[name] = number
    else:
        raise _wrong_key(key)


def _wrong_key(key: str) -> ConfigError:
    known = ["name", "slots", *_BODY, "diet", *_LISTS, "clinic", "habit", *_NUMBERED]
    if key in known:
        return ConfigError(said("{key} stands there twice", key=key), remedy="keep one")
    near = ", ".join(nearest_names(key, known)) or ", ".join(known)
    return ConfigError(said("unknown key {key!r}, the nearest: {near}", key=key, near=near))


def _one_of(
    words: tuple[str, ...], meant: Callable[[str], str] = lambda text: text
) -> Callable[[str], str]:
    def read(text: str) -> str:
        word = meant(text)
        if word not in words:
            raise ConfigError(
                said("{text!r} is not one of {names}", text=word, names=", ".join(words))
            )
        return word

    return read


def _number(kind: type[int] | type[float]) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            return kind(text)
        except ValueError:
            raise ConfigError(said("{text!r} is no number here", text=text)) from None

    return read


def _figure(name: str) -> Callable[[str], float]:
    def read(text: str) -> float:
        value = read_figure(text, name)
        return int(value) if value.is_integer() else value

    return read


_BODY: Mapping[str, tuple[str, Callable[[str], Any]]] = MappingProxyType(
    {
        "sex": ("sex", _one_of(SEXES, sex_meant)),
        "age": ("age", with_unit(_figure("age"))),
        "height": ("height_cm", with_unit(read_height_cm)),
        "weight": ("weight_kg", with_unit(read_weight_kg)),
        "activity": ("activity", _one_of(ACTIVITIES, activity_meant)),
        "state": ("state", _one_of(STATES)),
        "energy_kcal": ("energy_kcal", with_unit(_figure("energy_kcal"))),
        "egfr": ("egfr", with_unit(_figure("egfr"))),
        "serum_mg": ("serum_mg", read_name),
        "serum_potassium": ("serum_k_mmol_l", read_serum_potassium),
        "vitamin_k_before": ("vitamin_k_before_ug", _number(float)),
    }
)
_LISTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "without": ("preferences", "without"),
        "condition": ("profile", "conditions"),
        "medicine": ("profile", "medicines"),
    }
)
_NUMBERED: Mapping[str, tuple[str, Callable[[str], tuple[str, int]]]] = MappingProxyType(
    {
        "like": ("like", read_graded_name),
        "dislike": ("dislike", read_graded_name),
        "drink": ("drinks", read_cups),
    }
)
