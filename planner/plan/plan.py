"""What is on the table: plan, days, meals, items."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from foods.frame import DATE, WORDS, as_frame, nutrient_units
from planner.errors import ExportError
from planner.faults import fault
from planner.meals.patterns import SLOTS

if TYPE_CHECKING:
    import pandas as pd

SUPPLEMENT = "supplement"
TAKEN, ADDED, DRUNK, CUP = "taken", "added", "drunk", "cup"
Per = Literal["day", "item", "ingredient"]
GUESTS = "guests"
_DAY = {"day": WORDS, "date": DATE}
_ITEM = {**_DAY, **dict.fromkeys(("slot", "kind", "item_id", "name", "eater"), WORDS)}
_UNITS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "day": {**_DAY, "cost": "USD", "ca_mg_ratio": "ratio", "active_minutes": "min"},
        "item": {
            **_ITEM,
            **{"servings": "serving", "measure": WORDS, "mass_g": "g", "cost": "USD"},
            **{"active_minutes": "min", "leftover_of": "day", "beside": WORDS},
        },
        "ingredient": {**_ITEM, "food_id": WORDS, "mass_g": "g"},
    }
)


@dataclass(frozen=True, slots=True)
class Share:
    """What one eater has of an item of a table.

    Parameters
    ----------
    eater
        Name of the eater.
    servings, measure, mass_g, ingredients, nutrients, cost
        As of ``Item``, for this eater alone.
    more
        Further people for whom the eater stands: each has the same.
    """

    eater: str
    servings: float
    measure: str
    mass_g: float
    ingredients: tuple[tuple[str, float], ...]
    nutrients: Mapping[str, float | None]
    cost: float
    more: int = 0


SHARED = tuple(one.name for one in fields(Share) if one.name not in ("eater", "more"))
"""What a share has of its item, but for who has it."""


@dataclass(frozen=True, slots=True)
class GuestShare:
    """What guests have of an item, beside what eaters have.

    Parameters
    ----------
    count
        Guests.
    servings, ingredients
        As of ``Item``, for all guests together.
    """

    count: int
    servings: float
    ingredients: tuple[tuple[str, float], ...]

    @property
    def mass_g(self) -> float:
        """Mass of everything that guests have [g]."""
        return round(sum(mass for _, mass in self.ingredients), 1)


@dataclass(frozen=True, slots=True)
class Item:
    """A dish, food or supplement in a meal.

    Parameters
    ----------
    kind
        ``"dish"``, ``"food"`` or ``"supplement"``.
    item_id, name
        Id of the dish or food, and its name.
    servings, measure
        Servings of the dish or number of the food's measure, and the same in words.
    mass_g
        Mass [g], the sum over ``ingredients``.
    ingredients
        (food id, mass [g]) as printed; everything counts through these. A supplement has none and
        no mass of food: it counts through ``nutrients``.
    nutrients
        Nutrient key → amount in the key's unit; ``None`` where no ingredient has a figure.
    cost
        Usual price [USD].
    minutes
        Time from start to table [min]; 0 for foods served as they are.
    leftover_of
        Day whose dinner it was cooked with; ``None`` where it is cooked for this meal.
    shares
        Who has how much of it, at a table of several; the figures above are their sums.
    guests
        What guests have beside all figures above; ``None`` without guests.
    beside
        How it stands beside the meals: a supplement that is taken already or that the plan adds,
        water that is drunk through the day, cups of a drink that was asked for: ``TAKEN``,
        ``ADDED``, ``DRUNK``, ``CUP``; empty for what a meal is of.
    active_minutes
        Time of these with hands on it [min].
    """

    kind: str
    item_id: str
    name: str
    servings: float
    measure: str
    mass_g: float
    ingredients: tuple[tuple[str, float], ...]
    nutrients: Mapping[str, float | None]
    cost: float
    minutes: int
    leftover_of: int | None = None
    shares: tuple[Share, ...] = ()
    guests: GuestShare | None = None
    beside: str = ""
    active_minutes: int = 0

    @property
    def servings_cooked(self) -> float:
        """Servings of eaters and guests together."""
        return self.servings + (self.guests.servings if self.guests else 0.0)

    @property
    def visitors(self) -> tuple[int, float]:
        """How many guests have it besides those for whom eaters stand, and their servings."""
        if self.guests is None:
            return 0, 0.0
        own = sum(share.more * share.servings for share in self.shares)
        return self.guests.count - sum(one.more for one in self.shares), self.guests.servings - own

    @property
    def is_supplement(self) -> bool:
        """Whether it is a dose of a supplement."""
        return self.kind == SUPPLEMENT

    @property
    def is_added(self) -> bool:
        """Whether it is a dose that the plan chose, rather than one that is taken already."""
        return self.beside == ADDED

    @property
    def is_in_litres(self) -> bool:
        """Whether it is water for the whole day, which only stands with its first meal."""
        return self.beside == DRUNK

    @property
    def is_cup(self) -> bool:
        """Whether it is a drink that was asked for, by the cup, with its meal."""
        return self.beside == CUP

    @property
    def is_beside(self) -> bool:
        """Whether it stands beside the meals, and is no part of one."""
        return self.is_supplement or self.beside in (DRUNK, CUP)


@dataclass(frozen=True, slots=True)
class Meal:
    """One meal of a day; the main dish stands first."""

    slot: str
    items: tuple[Item, ...]

    @property
    def active_minutes(self) -> int:
        """Time with hands on it, of everything together [min]."""
        return sum(item.active_minutes for item in self.items)

    @property
    def minutes(self) -> int:
        """Time from start to table [min]: of what takes longest, or of all the work if more."""
        return max(self.active_minutes, *(item.minutes for item in self.items))


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What sets a day apart from others.

    Parameters
    ----------
    missed
        Meals that are not planned, each with how it is eaten: ``"out"`` or ``"nothing"``.
    planned_share
        Share of the day's targets that the planned meals carry [0–1].
    is_holiday
        Whether it has the time of a weekend as a holiday that was named.
    """

    missed: tuple[tuple[str, str], ...] = ()
    planned_share: float = 1.0
    is_holiday: bool = False


NO_FACTS = DayFacts()
ABSENT = DayFacts(planned_share=0.0)
"""A day on which an eater is not at the table, though others are: no mean counts it."""
OwnPortion = Item | Share | GuestShare
"""What somebody has of an item: its only eater, one of several, or its guests."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day.

    Parameters
    ----------
    day
        Number from 1.
    date
        Its date; ``None`` in a plan without a start.
    meals
        In the order of the day.
    totals
        Nutrient key → amount, supplements included; ``None`` where nothing has a figure.
    ca_mg_ratio
        Calcium to magnesium by weight; ``None`` without magnesium.
    cost
        Usual price [USD], supplements that the plan adds included; what is taken already is not.
    supplement_totals
        Nutrient key → amount from supplements alone; empty without any.
    facts
        What sets it apart from other days.
    """

    day: int
    date: date | None
    meals: tuple[Meal, ...]
    totals: Mapping[str, float | None]
    ca_mg_ratio: float | None
    cost: float
    supplement_totals: Mapping[str, float | None] = field(default_factory=dict)
    facts: DayFacts = NO_FACTS

    @property
    def active_minutes(self) -> int:
        """Time with hands on it over the day [min]."""
        return sum(meal.active_minutes for meal in self.meals)

    def items(self) -> tuple[Item, ...]:
        """All items of the day."""
        return tuple(item for _, item in self.served())

    def ingredients(self) -> Iterator[tuple[str, float]]:
        """Return (food id, mass [g]) of everything that is eaten, item by item."""
        return (part for item in self.items() for part in item.ingredients)

    def served(self) -> Iterator[tuple[Meal, Item]]:
        """Return each item with its meal, in the order of the day."""
        return ((meal, item) for meal in self.meals for item in meal.items)


@dataclass(frozen=True, slots=True)
class Plan:
    """All days, with the sums over them.

    Parameters
    ----------
    days
        The days.
    totals, means
        Nutrient key → sum over the days, and mean per day.
    ca_mg_ratio
        Sum of calcium over sum of magnesium.
    cost
        Usual price of all days [USD].
    distinct_foods
        Number of different foods of which at least a line is served on some day.
    """

    days: tuple[Day, ...]
    totals: Mapping[str, float | None]
    means: Mapping[str, float | None]
    ca_mg_ratio: float | None
    cost: float
    distinct_foods: int

    @property
    def dates(self) -> dict[int, date]:
        """Number of a day → its date; empty in a plan without dates."""
        return {day.day: day.date for day in self.days if day.date is not None}

    @property
    def slots(self) -> tuple[str, ...]:
        """Meals that any day has, in the order of a day, whichever its first day misses."""
        served = dict.fromkeys(meal.slot for day in self.days for meal in day.meals)
        return tuple(sorted(served, key=[*SLOTS, *served].index))

    def to_frame(self, per: Per = "item") -> pd.DataFrame:
        """Return the plan as a table of pandas; units stand in ``attrs["units"]``, unknown is NaN.

        Parameters
        ----------
        per
            ``"item"``: a row for what each eater has of each item of a meal, with nutrients; what
            guests have is theirs alone and counts in no total, so only its mass is told.
            ``"ingredient"``: the same by food, in grams. ``"day"``: a row of totals per day, all
            eaters together.

        Raises
        ------
        ExportError
            When there is no such table.
        """
        check_per(per, _UNITS)
        return as_frame(plan_rows(self, per), plan_units(per), per=per)

    def served(self) -> Iterator[tuple[Day, Meal, Item]]:
        """Return each item with its day and meal, in their order."""
        return ((day, meal, item) for day in self.days for meal, item in day.served())

    def slot_of(self, day: int, item_id: str) -> str | None:
        """Return the meal of ``day`` that a dish was cooked for; ``None`` where it was not."""
        for plan_day in self.days:
            for meal in plan_day.meals if plan_day.day == day else ():
                if any(i.item_id == item_id and i.leftover_of is None for i in meal.items):
                    return meal.slot
        return None

    def mean_from_supplements(self, nutrient: str) -> float:
        """Mean per day from supplements alone [the nutrient's unit]."""
        return sum(day.supplement_totals.get(nutrient) or 0.0 for day in self.days) / len(self.days)


def check_per(per: str, known: Collection[str]) -> None:
    """Make sure that there is a table of this kind.

    Raises
    ------
    ExportError
        When it is none of ``known``; names them.
    """
    if per not in known:
        raise fault(ExportError, "no_table_per", per=per, names=", ".join(known))


def plan_units(per: Per) -> Mapping[str, str]:
    """Return column → unit of the table per day, item or ingredient."""
    return {**_UNITS[per], **({} if per == "ingredient" else nutrient_units())}


def plan_rows(plan: Plan, per: Per) -> Iterator[Mapping[str, Any]]:
    """Return the rows of that table."""
    return {"day": _days, "item": _items, "ingredient": _ingredients}[per](plan)


def _days(plan: Plan) -> Iterator[Mapping[str, Any]]:
    for day in plan.days:
        yield {name: getattr(day, name) for name in _UNITS["day"]} | {**day.totals}


def _items(plan: Plan) -> Iterator[Mapping[str, Any]]:
    for row, item, portion in portions_of(plan):
        of_item = {
            name: getattr(item, name) for name in ("active_minutes", "leftover_of", "beside")
        }
        own = {name: getattr(portion, name, None) for name in ("measure", "mass_g", "cost")}
        nutrients = getattr(portion, "nutrients", {})
        yield {**row, "servings": portion.servings, **of_item, **own, **nutrients}


def _ingredients(plan: Plan) -> Iterator[Mapping[str, Any]]:
    for row, _, portion in portions_of(plan):
        for food_id, mass_g in portion.ingredients:
            yield {**row, "food_id": food_id, "mass_g": mass_g}


def portions_of(plan: Plan) -> Iterator[tuple[Mapping[str, Any], Item, OwnPortion]]:
    """Return what each eater has of each item, that of guests last."""
    for day, meal, item in plan.served():
        row = {"day": day.day, "date": day.date, "slot": meal.slot, "kind": item.kind}
        row |= {"item_id": item.item_id, "name": item.name}
        for portion in item.shares or (item,):
            yield {**row, "eater": getattr(portion, "eater", "")}, item, portion
        if item.guests:
            yield {**row, "eater": GUESTS}, item, item.guests
