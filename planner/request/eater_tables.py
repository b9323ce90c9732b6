"""What each eater of a request has: tables of a file, and the short phrase of a flag."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import model_validator

from foods.table import nearest_names
from planner.errors import ConfigError
from planner.faults import fault, fault_said
from planner.meals.patterns import SLOTS
from planner.request import values
from planner.request.day_words import all_but
from planner.request.eater import Eater
from planner.request.habits import HabitsTable, read_habit, read_habits, write_habits
from planner.request.measures import read_serum_magnesium_mg_dl
from planner.request.override import TargetOverride
from planner.request.phrases import read_macros, read_name, read_target, write_macros, write_targets
from planner.request.preferences import PreferencesTable
from planner.request.profile_table import ProfileTable
from planner.request.put import read_put_day
from planner.request.values import TomlTable
from planner.request.wish import (
    BANDS,
    BANDS_AT_ONCE,
    HABITS,
    INTAKES,
    RATIO_MAX,
    RATIO_MIN,
    Flag,
    Number,
    OneOf,
    SaidWish,
    Typed,
    wishes_in,
)
from planner.safety.intake import SupplementIntake, read_intake, write_intakes


class SupplementTable(values.TomlTable):
    """One supplement, antacid or laxative that is taken already."""

    name: values.Compound
    amount_mg: Annotated[float, values.above_zero("supplement_mg")]
    kind: Literal["elemental", "compound"]
    per_day: Annotated[float, values.above_zero("doses_per_day")] = 1.0


class TargetTable(values.TomlTable):
    """A band set by hand."""

    lower: values.Bound = None
    upper: values.Bound = None
    period: Literal["day", "week"] | None = None
    hard: bool | None = None

    @model_validator(mode="after")
    def _check_bounds(self) -> TargetTable:
        if self.lower is None and self.upper is None and self.hard is None:
            raise ValueError("neither lower, upper nor hard — give one, or leave the table out")
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise ValueError(fault_said("lower_above_upper", lower=self.lower, upper=self.upper))
        return self


def _side_of(text: str) -> tuple[str, dict[str, float]]:
    """Read ``"fat_pct_energy<=45"`` as a side of a band, in the shape of ``[targets]``."""
    band = read_target(text)
    return band.nutrient, band.sides


def _sides_of_macros(text: str) -> dict[str, dict[str, float]]:
    """Read ``"40/30/30"`` as bands in the shape of ``[targets]``."""
    return {band.nutrient: band.sides for band in read_macros(text)}


Bands = Annotated[
    dict[values.TargetKey, TargetTable],
    values.OncePerKey,
    Flag(
        Typed("C/P/F", read_macros, in_phrase=_sides_of_macros, write=write_macros),
        BANDS_AT_ONCE,
        row="macros",
    ),
    Flag(Typed("NUTRIENT>=X", read_target, in_phrase=_side_of, write=write_targets), BANDS),
    Flag(Number("ratio"), RATIO_MIN, row="ratio_min"),
    Flag(Number("ratio"), RATIO_MAX, row="ratio_max"),
]
Intakes = Annotated[
    list[SupplementTable],
    Flag(Typed("NAME:MGmg_elemental|compound", read_intake, write=write_intakes), INTAKES),
]
_HABIT = Typed("HABIT<=N", read_habits, "HABIT<=N", True, in_phrase=read_habit, write=write_habits)
Habits = Annotated[HabitsTable, Flag(_HABIT, HABITS)]


class EaterTable(values.TomlTable):
    """One of several eaters."""

    name: values.Name
    profile: ProfileTable = ProfileTable()
    preferences: PreferencesTable = PreferencesTable()
    slots: list[values.Slot] = ["dinner"]
    supplements: Intakes = []
    targets: Bands = {}
    habits: Habits = HabitsTable()
    days: list[values.PutDay] = []
    count: Annotated[int, values.in_range("of_a_kind")] = 1

    @model_validator(mode="after")
    def _check_standard(self) -> EaterTable:
        if "standard" in self.profile.model_fields_set:
            raise ValueError("profile: the standard is one for all — put it into [profile]")
        if self.profile.serum_mg is not None:  # a bare number is asked about: no standard is here
            values.plain(lambda text: read_serum_magnesium_mg_dl(text, ""))(self.profile.serum_mg)
        return self

    def to_eater(self, shops: str, household: int) -> Eater:
        """Hand over the frozen value; shared meals in the order of a day, money as in the shops."""
        profile = self.profile.to_profile()
        return Eater(
            name=self.name,
            profile=profile,
            preferences=self.preferences.to_preferences(shops, [profile], household),
            slots=tuple(slot for slot in SLOTS if slot in self.slots),
            supplements=tuple(one.to(SupplementIntake) for one in self.supplements),
            allow_supplements=self.preferences.allow_supplements,
            assumed=self.profile.missing(),
            overrides=overrides(self.targets),
            habits=self.habits.to_habits(),
            days=tuple(map(str, self.days)),
            count=self.count,
        )


def overrides(targets: Mapping[str, TargetTable]) -> tuple[TargetOverride, ...]:
    """Return the bands set by hand as frozen values."""
    return tuple(band.to(TargetOverride, nutrient=key) for key, band in targets.items())


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
