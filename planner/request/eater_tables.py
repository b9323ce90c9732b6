"""What each eater of a request has: tables of a file, phrases of a flag, pills as labels say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import model_validator

from foods.errors import FoodNotFoundError
from foods.nutrient import convert, known_nutrients
from foods.supplement import find_supplement, read_supplements
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
from planner.safety.intake import INTAKE_KINDS, SupplementIntake
from planner.settings import read_rows, read_settings

_PHRASE = re.compile(
    r"(?P<name>.+):\s*(?P<amount>\d+(?:\.\d*)?|\.\d+)\s*(?P<unit>mg|ug|µg|mcg|iu|ie)"
    r"(?:[_ ](?P<kind>elemental|compound))?"
    r"(?:\s*x\s*(?P<times>\d+(?:\.\d*)?|\.\d+))?(?:\s*per day)?",
    re.IGNORECASE,
)
_DOSE = (
    r"(?P<amount>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s*(?P<unit>mg|ug|µg|mcg|iu|ie)"
    r"(?:[_\s]\(?(?P<kind>elemental|compound)\)?)?"
)
_SAID = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (rf"{_DOSE}\s+(?:of\s+)?(?P<name>.+)", rf"(?P<name>.+?)[\s,:]+{_DOSE}")
)
_INTERNATIONAL = ("iu", "ie")  # and in German
_THOUSAND = re.compile(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?!\d)")  # or one with three decimals
_BETWEEN = re.compile(r"[\s-]+")
_FORM = re.compile(
    r"\s+(?:(?:supplement|tablet|capsule|pill)s?|tabletten?|kapseln?|pillen?)$", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:an?|my|eine?|meine?)\s+", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d][^:]*")
_NO_UNIT = re.compile(r"(?P<name>[^\d:]+?)[\s:]+(?P<amount>\d{2,}(?:\.\d+)?)(?:\s+[^\W\d]+)?")
_LABEL = (
    'write "{name}:{amount:g}mg_elemental" where the label says so much of the mineral itself, '
    '"{name}:{amount:g}mg_compound" where it says so much {name}'
)
_AS_SOLD = 'write "{name}:{amount:g} {unit}"'
_EXAMPLE = (
    'write "magnesium citrate:100mg_elemental", "magnesium oxide:400mg_compound x2" or '
    '"vitamin D3:1000 IU"'
)


def intake_said(text: str) -> tuple[str, float, str] | None:
    """Return compound, amount and unit of ``"200 mg magnesium glycinate"``, in either order.

    ``None`` where it is no compound with its amount: the whole name must be one of the table.
    """
    known = frozenset(chain.from_iterable(one.called for one in read_supplements().values()))
    for found in filter(None, (pattern.fullmatch(text.strip()) for pattern in _SAID)):
        bare, _space, last = " ".join(found["name"].split()).rpartition(" ")
        kind = found["kind"] or (last if last.casefold() in INTAKE_KINDS else "")
        name = _FORM.sub("", bare if kind and not found["kind"] else f"{bare} {last}".strip())
        name = _english_name(name)
        if name.casefold() in known:
            unit = "_".join(filter(None, (found["unit"], kind)))
            return name, float(found["amount"].replace(",", "")), unit.lower()
    return None


def _english_name(name: str) -> str:
    """Return the English name of a compound that another language has: ``"Magnesium-Citrat"``.

    A part of a name means it where no other one has it: ``"Bittersalz"``.
    """
    key, others = _joined(name), _other_names()
    called = {key} & others.keys() or {other for other in others if key in other}
    return others[called.pop()] if len(called) == 1 else name


@cache
def _other_names() -> Mapping[str, str]:
    return {
        _joined(row["word"]): row["english"] for row in read_rows("safety/foreign_supplements.csv")
    }


def _joined(name: str) -> str:
    return _BETWEEN.sub("", name.casefold())


def write_intakes(taken: Sequence[Mapping[str, Any]], _table: Mapping[str, Any]) -> Iterator[str]:
    """Write supplements, in the shape of the request file, as ``read_intake`` reads them."""
    for intake in taken:
        own = SupplementIntake(**intake)
        yield f"{own.name}:{own.amount_mg:g}mg_{own.kind} x{own.per_day:g}"


def read_intake(text: str) -> SupplementIntake:
    """Read ``"magnesium oxide:400mg_compound x2"`` or ``"vitamin D3:1000 IU"``.

    Raises
    ------
    ConfigError
        When the text has another form; a label's milligrams without ``elemental`` or ``compound``
        are asked about, never guessed, unless the compound is a vitamin.
    FoodNotFoundError
        When the amount cannot be read without knowing the compound, and none has this name.
    """
    found = _PHRASE.fullmatch(text.strip())
    if _THOUSAND.search(text):
        raise fault(ConfigError, "supplement_thousand", text=text)
    if found is None:
        if not (way := _as_label(text)):
            _check_unit(text)
        what = f"{text!r} is not a supplement with its amount"
        raise ConfigError(what, remedy=way or _with_amount(text) or _EXAMPLE)
    name, kind = _english_name(found["name"].strip()), (found["kind"] or "").lower()
    if not kind and find_supplement(name).elemental_fraction is not None:
        raise ConfigError(
            f"{text!r}: is this the mass of the element or of the whole compound?",
            remedy="read the label, then write mg_elemental or mg_compound",
        )
    amount_mg = _mass_mg(float(found["amount"]), found["unit"].lower(), name)
    return SupplementIntake(name, amount_mg, kind or "elemental", float(found["times"] or 1))


def _as_label(text: str) -> str:
    """Return how a compound that is named with its amount is written; empty where none is."""
    sold_as: Mapping[str, str] = read_settings("supplements.toml")["sold_as"]
    whole = re.sub(r"[^\W\d]+", lambda one: sold_as.get(one[0].casefold(), one[0]), text, count=1)
    label = intake_said(text) or intake_said(whole)
    if label is None:
        return ""
    name, amount, unit = label
    if unit == "mg" and find_supplement(name).elemental_fraction is not None:
        return _LABEL.format(name=name, amount=amount)
    unit = unit.upper() if unit in _INTERNATIONAL else unit
    return _AS_SOLD.format(name=name, amount=amount, unit=unit)


def _check_unit(text: str) -> None:
    """Refuse a known name with an amount that has no unit, and say how it is written with one."""
    found = _NO_UNIT.fullmatch(text.strip())
    if found is None:
        return
    for bare in (found["name"], found["name"].split()[0]):  # a brand may stand behind
        with suppress(FoodNotFoundError):
            label = _labelled(_sold_as(bare), found["amount"])
            what = "{text!r}: the unit of {amount} is missing".format(
                **found.groupdict(), text=text
            )
            raise ConfigError(what, remedy=label)


def _sold_as(bare: str) -> str:
    sold_as: Mapping[str, str] = read_settings("supplements.toml")["sold_as"]
    return sold_as.get(bare.casefold()) or _english_name(bare)


def _with_amount(text: str) -> str:
    """Return how a compound that is named alone is written, with an amount that shops sell.

    Empty where more stands there than a name.

    Raises
    ------
    FoodNotFoundError
        When no compound is called so, or several are.
    """
    name = _sold_as(_FORM.sub("", _ARTICLE.sub("", text.strip(" :"))))
    return _labelled(name) if _NAME.fullmatch(name) else ""


def _labelled(name: str, said_as: str = "") -> str:
    """Return how a compound is written with an amount in the unit of labels: that which is said."""
    own = find_supplement(name)
    amount = read_settings("supplements.toml")["label"][own.nutrient]
    unit = known_nutrients()[own.nutrient].unit
    if own.ug_per_iu:
        amount, unit = amount / own.ug_per_iu, _INTERNATIONAL[0]
    return _as_label(f"{said_as or f'{amount:g}'} {unit} {name}")


def _mass_mg(amount: float, unit: str, name: str) -> float:
    """Return the mass of an amount on a label [mg]; only some vitamins have international units."""
    if unit not in _INTERNATIONAL:
        return convert(amount, unit, "mg")
    ug_per_iu = find_supplement(name).ug_per_iu
    if ug_per_iu is None:
        raise ConfigError(f"{name}: no international units", remedy=_EXAMPLE)
    return convert(amount * ug_per_iu, "ug", "mg")


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
            supplements=tuple(supplement.to(SupplementIntake) for supplement in self.supplements),
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
