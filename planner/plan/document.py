"""Read plan.json back: the plan, the request it answers, and the targets it states.

Everything is checked before it is handed over, and every fault is told at once with its place in
the file. Keys that a later version may add are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from foods.errors import raise_collected
from foods.nutrient import known_nutrients
from foods.table import nearest_names
from planner.errors import ConfigError, TargetsError
from planner.plan.plan import Day, DayFacts, GuestShare, Item, Meal, Plan, Share
from planner.request.open_file import read_bytes_up_to
from planner.request.override import SHARE_KEYS
from planner.request.read import request_from_dict
from planner.request.request import NAMELESS, PlanRequest
from planner.targets.target import Target

SCHEMA = "magplan/plan/1"
Amount = Mapping[str, float | None]

_MOST_BYTES = 67_108_864
_MOST_FAULTS = 20
_MOST_G = 100_000  # of one food in one meal; sums stay far from overflow
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_WRITE_ONE = "`magplan plan --out DIR` writes plan.json"


@dataclass(frozen=True, slots=True)
class EaterPart:
    """What a plan file states of one eater of several.

    Parameters
    ----------
    name, targets
        Who it is, and the bands stated.
    days
        (totals, supplement totals, Ca:Mg, cost) of each day as stated.
    objective
        Points of this eater's plan as stated; ``None`` where none are.
    """

    name: str
    targets: tuple[Target, ...]
    days: tuple[tuple[Amount, Amount, float | None, float], ...]
    objective: float | None = None


@dataclass(frozen=True, slots=True)
class WeekPart:
    """What a plan file states of one week of several.

    Parameters
    ----------
    days
        Numbers of its days.
    totals, means, ca_mg_ratio, cost
        As stated.
    """

    days: range
    totals: Amount
    means: Amount
    ca_mg_ratio: float | None
    cost: float


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A plan file.

    Parameters
    ----------
    request
        The request it answers.
    targets
        The bands that it states.
    plan
        Days with their items, and the totals that it states.
    version, sha256
        Version and digest of the food table it was made with.
    objective
        Its points as stated; ``None`` where it states none.
    eaters
        What it states of each of several eaters; empty for one who eats alone.
    weeks
        What it states of each of several weeks; empty where it is one.
    """

    request: PlanRequest
    targets: tuple[Target, ...]
    plan: Plan
    version: str
    sha256: str
    objective: float | None = None
    eaters: tuple[EaterPart, ...] = ()
    weeks: tuple[WeekPart, ...] = ()

    @property
    def points(self) -> Mapping[str, float | None]:
        """Name → points as stated, those of the whole plan under ``NAMELESS``."""
        return {NAMELESS: self.objective, **{part.name: part.objective for part in self.eaters}}


def read_plan_document(path: str | Path) -> PlanDocument:
    """Read a plan file.

    Raises
    ------
    ConfigError
        When the file cannot be read or has faults; all faults in one error.
    NotBuiltError, RefusedError
        When its request asks for what is not built, or must be refused.
    """
    return parse_plan_document(_read_text(Path(path)), str(path))


def parse_plan_document(text: str, where: str) -> PlanDocument:
    """Read the text of a plan file; ``where`` names it in messages.

    Raises
    ------
    ConfigError, NotBuiltError, RefusedError
        As ``read_plan_document``.
    """
    raw = _parse_json(text, where)
    faults: list[str] = []
    checked, request = _check(raw, faults), _request(raw.get("request"), faults)
    targets = _targets(checked.targets, faults) if checked else ()
    eaters = tuple(_eater(one, faults) for one in checked.eaters) if checked else ()
    if len(faults) > _MOST_FAULTS:
        faults = [*faults[:_MOST_FAULTS], f"and {len(faults) - _MOST_FAULTS} more"]
    raise_collected(ConfigError, faults, where)
    if checked is None or request is None:
        raise ConfigError("cannot be read", where, _WRITE_ONE)
    return PlanDocument(
        request,
        targets,
        checked.to_plan(),
        checked.data.version,
        checked.data.sha256,
        checked.solver.objective,
        eaters,
        tuple(one.to_part() for one in checked.weeks),
    )


def _known_keys(amounts: dict[str, float | None]) -> dict[str, float | None]:
    for key in amounts:
        if key not in known_nutrients():
            near = ", ".join(nearest_names(key, known_nutrients())) or "none"
            raise ValueError(f"unknown nutrient {key!r}, the nearest: {near}")
    return amounts


def _known_target(key: str) -> str:
    known = (*known_nutrients(), *SHARE_KEYS)
    if key not in known:
        near = ", ".join(nearest_names(key, known)) or "none"
        raise ValueError(f"unknown nutrient {key!r}, the nearest: {near}")
    return key


Mass = Annotated[float, Field(ge=-_MOST_G, le=_MOST_G)]
Amounts = Annotated[dict[str, float | None], AfterValidator(_known_keys)]


class _Table(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", allow_inf_nan=False)


class _Ingredient(_Table):
    food_id: str
    mass_g: Mass


class _Share(_Table):
    eater: str
    servings: float
    measure: str
    mass_g: Mass | None
    ingredients: list[_Ingredient]
    nutrients: Amounts
    cost: float = 0.0

    def to_share(self) -> Share:
        return Share(
            self.eater,
            self.servings,
            self.measure,
            self.mass_g or 0.0,
            tuple((one.food_id, one.mass_g) for one in self.ingredients),
            self.nutrients,
            self.cost,
        )


class _Guests(_Table):
    count: Annotated[int, Field(ge=1)]
    servings: float
    ingredients: list[_Ingredient]

    def to_share(self) -> GuestShare:
        parts = tuple((one.food_id, one.mass_g) for one in self.ingredients)
        return GuestShare(self.count, self.servings, parts)


class _CookedAt(_Table):
    day: Annotated[int, Field(ge=1)]
    slot: str


class _Item(_Table):
    kind: Literal["dish", "food", "supplement"]
    id: str
    name: str
    servings: float
    measure: str
    mass_g: Mass | None
    ingredients: list[_Ingredient]
    nutrients: Amounts
    cost: float = 0.0
    minutes: int = 0
    leftover_of: _CookedAt | None = None
    shares: Annotated[list[_Share], Field(alias="for")] = []
    guests: _Guests | None = None

    def to_item(self) -> Item:
        return Item(
            self.kind,
            self.id,
            self.name,
            self.servings,
            self.measure,
            self.mass_g or 0.0,  # a supplement has no mass of food
            tuple((one.food_id, one.mass_g) for one in self.ingredients),
            self.nutrients,
            self.cost,
            self.minutes,
            None if self.leftover_of is None else self.leftover_of.day,
            tuple(one.to_share() for one in self.shares),
            None if self.guests is None else self.guests.to_share(),
        )


class _Meal(_Table):
    slot: Literal["breakfast", "lunch", "dinner", "snack"]
    items: list[_Item]


class _Missed(_Table):
    slot: Literal["breakfast", "lunch", "dinner", "snack"]
    eaten: Literal["out", "nothing"]


class _Day(_Table):
    day: int
    date: Annotated[date | None, Field(strict=False)]
    meals: list[_Meal]
    totals: Amounts
    supplement_totals: Amounts
    ca_mg_ratio: float | None
    cost: float
    missed: list[_Missed] = []
    planned_share: float = 1.0
    holiday: bool = False

    def to_day(self) -> Day:
        return Day(
            self.day,
            self.date,
            tuple(
                Meal(meal.slot, tuple(item.to_item() for item in meal.items)) for meal in self.meals
            ),
            self.totals,
            self.ca_mg_ratio,
            self.cost,
            self.supplement_totals,
            DayFacts(
                tuple((one.slot, one.eaten) for one in self.missed),
                self.planned_share,
                self.holiday,
            ),
        )


class _Week(_Table):
    totals: Amounts
    means: Amounts
    ca_mg_ratio: float | None
    cost: float
    distinct_foods: int


class _WeekPart(_Week):
    week: int
    first_day: int
    last_day: int

    def to_part(self) -> WeekPart:
        return WeekPart(
            range(self.first_day, self.last_day + 1),
            self.totals,
            self.means,
            self.ca_mg_ratio,
            self.cost,
        )


class _Target(_Table):
    nutrient: Annotated[str, AfterValidator(_known_target)]
    unit: str
    lower: float | None
    upper: float | None
    period: Literal["day", "week"]
    basis: Literal[
        "total", "food", "supplement", "supplement_and_fortified", "preformed_retinol", "folic_acid"
    ]
    hard: bool
    source: str
    confidence: str
    rule: str = ""
    preferred_lower: float | None = None
    preferred_upper: float | None = None
    lowered_from: float | None = None


class _EaterDay(_Table):
    totals: Amounts
    supplement_totals: Amounts = {}
    ca_mg_ratio: float | None = None
    cost: float = 0.0


class _Eater(_Table):
    name: str
    targets: list[_Target]
    days: list[_EaterDay]
    objective: float | None = None


class _Data(_Table):
    version: str
    sha256: str


class _Solver(_Table):
    objective: float | None = None


class _Plan(_Table):
    # "schema" is a method of pydantic's models, so the field needs another name.
    schema_id: Literal["magplan/plan/1"] = Field(alias="schema")
    data: _Data
    targets: list[_Target]
    days: Annotated[list[_Day], Field(min_length=1)]
    week: _Week
    solver: _Solver = _Solver()
    eaters: list[_Eater] = []
    weeks: list[_WeekPart] = []

    def to_plan(self) -> Plan:
        week = self.week
        return Plan(
            tuple(day.to_day() for day in self.days),
            week.totals,
            week.means,
            week.ca_mg_ratio,
            week.cost,
            week.distinct_foods,
        )


def _read_text(path: Path) -> str:
    """Read a UTF-8 text, with or without a byte order mark."""
    content = read_bytes_up_to(path, _MOST_BYTES, "name the plan.json in it", _WRITE_ONE)
    if len(content) > _MOST_BYTES:
        raise ConfigError("is far too large for a plan", str(path), _WRITE_ONE)
    if content.startswith(_UTF_16_MARKS):
        raise ConfigError("is encoded as UTF-16", str(path), "save it as UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError(
            f"line {line} is not encoded as UTF-8", str(path), "save the file as UTF-8"
        ) from None


def _parse_json(text: str, where: str) -> Mapping[str, Any]:
    if not text.strip():
        raise ConfigError("is empty", where, _WRITE_ONE)
    try:
        raw = json.loads(text, parse_constant=_refuse_constant)
        json.dumps(raw, ensure_ascii=False).encode()  # half a surrogate could not be printed
    except RecursionError:
        raise ConfigError("is nested too deeply", where, _WRITE_ONE) from None
    except UnicodeEncodeError:
        raise ConfigError("holds half of a character", where, _WRITE_ONE) from None
    except ValueError as error:
        raise ConfigError(f"is not JSON: {error}", where, _WRITE_ONE) from None
    if not isinstance(raw, dict):
        raise ConfigError("is JSON, but no plan", where, _WRITE_ONE)
    if raw.get("schema") != SCHEMA:
        said = f"schema {raw['schema']!r}" if "schema" in raw else "no schema"
        raise ConfigError(f"has {said}, a plan has {SCHEMA!r}", where, _WRITE_ONE)
    return raw


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number that a plan can hold")


def _check(raw: Mapping[str, Any], faults: list[str]) -> _Plan | None:
    try:
        return _Plan.model_validate(dict(raw))
    except ValidationError as error:
        faults.extend(
            f"{_place(fault['loc'])}: {_say(fault['type'], fault['msg'], fault['input'])}"
            for fault in error.errors()
        )
    return None


def _request(table: Any, faults: list[str]) -> PlanRequest | None:
    if not isinstance(table, dict):
        faults.append("request: is missing" if table is None else "request: must be an object")
        return None
    try:
        return request_from_dict(table, "request")
    except ConfigError as error:
        faults.append(str(error))
    return None


def _eater(part: _Eater, faults: list[str]) -> EaterPart:
    days = tuple((d.totals, d.supplement_totals, d.ca_mg_ratio, d.cost) for d in part.days)
    return EaterPart(part.name, _targets(part.targets, faults), days, part.objective)


def _targets(rows: Sequence[_Target], faults: list[str]) -> tuple[Target, ...]:
    targets = []
    for number, row in enumerate(rows):
        try:
            targets.append(Target(**row.model_dump()))
        except TargetsError as error:
            faults.append(f"targets[{number}]: {error.what}")
    return tuple(targets)


def _place(loc: Sequence[int | str]) -> str:
    """Write a place in the file: ``days[0].meals[1].slot``, entries counted from 0."""
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return path.removeprefix(".") or "plan"


def _say(kind: str, message: str, value: Any) -> str:
    if kind == "missing":
        return "is missing"
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    longest = 40
    shown = repr(value) if not isinstance(value, (dict, list)) else "something else"
    shown = shown if len(shown) <= longest else f"{shown[:longest]}…"
    return f"{message.removeprefix('Input ')}, but is {shown}"
