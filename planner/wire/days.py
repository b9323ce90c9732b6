"""The days of plan.json: what is on the table, what it adds up to, and the verdict of the judge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from planner.plan.plan import ADDED, SUPPLEMENT, TAKEN, Day, DayFacts, GuestShare, Item, Meal, Share
from planner.wire.base import (
    ABSENT,
    OPTIONAL,
    TOLD,
    Date,
    Figure,
    Many,
    OfEater,
    Record,
    Wire,
    filled,
    shown,
)
from planner.wire.food import Amounts, Mass, Slot, WrittenIngredient

Number = Annotated[int, Field(ge=1)]
Fraction = Annotated[Figure, shown(minimum=0, maximum=1)]
Count = Annotated[int, shown(minimum=0)]
Servings = Annotated[Figure, shown(exclusiveMinimum=0)]


def _rows(records: Sequence[Record]) -> tuple[Any, ...]:
    return tuple(record.row() for record in records)


class WrittenShare(Wire):
    """What one eater has of an item."""

    eater: str
    servings: Servings
    measure: str
    mass_g: Mass | None
    cost: Figure = 0.0
    ingredients: Many[WrittenIngredient]
    nutrients: Amounts
    more: Annotated[int, OPTIONAL] = 0

    def to_share(self) -> Share:
        """Return the frozen value."""
        return filled(Share, self, mass_g=self.mass_g or 0.0, ingredients=_rows(self.ingredients))


class WrittenGuests(Wire):
    """What guests have of an item."""

    count: Number
    servings: Servings
    mass_g: Annotated[Mass, shown(minimum=0)] = 0.0
    ingredients: Many[WrittenIngredient]

    def to_share(self) -> GuestShare:
        """Return the frozen value."""
        return filled(GuestShare, self, ingredients=_rows(self.ingredients))


class MealPlace(Record):
    """A meal of a day."""

    day: Number
    slot: str


class WrittenItem(Wire):
    """A dish, food or supplement in a meal.

    Parameters
    ----------
    mass_g
        Mass of food [g]; a supplement has none.
    leftover_of
        The meal that it was cooked with, where it is a second meal.
    beside
        How it stands beside the meals: a supplement taken already or added by the plan, water
        drunk through the day, cups of a drink that was asked for; absent for what a meal is of.
    serve
        How a second meal comes to the table.
    shares
        Who has how much of it, at a household's table; the amounts above are their sums.
    guests
        What guests have beside all amounts above; it counts in nobody's totals.
    """

    kind: Literal["dish", "food", "supplement"]
    item_id: str = Field(alias="id")
    name: str
    servings: Servings
    measure: str
    mass_g: Mass | None
    leftover_of: MealPlace | None = None
    beside: Annotated[Literal["", "taken", "added", "drunk", "cup"], OPTIONAL] = ""
    serve: Annotated[str, OPTIONAL] = ""
    minutes: int = 0
    active_minutes: int = 0
    cost: Figure = 0.0
    ingredients: Many[WrittenIngredient]
    nutrients: Amounts
    shares: Annotated[Many[WrittenShare], OPTIONAL, Field(alias="for")] = []
    guests: Annotated[WrittenGuests | None, OPTIONAL] = None

    @model_validator(mode="after")
    def _says_how_it_is_taken(self) -> Self:
        if (self.kind == SUPPLEMENT) != (self.beside in (TAKEN, ADDED)):
            raise ValueError(f"beside is {self.beside!r}; a supplement is 'taken' or 'added'")
        return self

    def to_item(self) -> Item:
        """Return the frozen value."""
        return filled(
            Item,
            self,
            mass_g=self.mass_g or 0.0,
            ingredients=_rows(self.ingredients),
            leftover_of=self.leftover_of and self.leftover_of.day,
            shares=tuple(share.to_share() for share in self.shares),
            guests=self.guests and self.guests.to_share(),
        )


class WrittenMeal(Wire):
    """A meal.

    Parameters
    ----------
    drink
        What is drunk with it, in words; cups that were asked for are items too. Plans made earlier
        lack it.
    """

    slot: Slot
    items: Annotated[Many[WrittenItem], shown(minItems=1)]
    drink: str = ""


class MissedMeal(Record):
    """A meal that is not planned: eaten elsewhere, or not at all."""

    slot: Slot
    eaten: Literal["out", "nothing"]


class WrittenHint(Wire):
    """What to know of an opened can, jar or pot.

    Parameters
    ----------
    share
        Share of a package that it is about.
    good_until_day
        Last day on which it is good; it may lie behind the plan.
    """

    kind: Literal["use_up", "open_new", "left", "frozen", "fresh"]
    food_id: str
    package: str
    share: Fraction
    opened_day: Number
    good_until_day: Number
    text: str


class DaySums(Wire):
    """What a day adds up to, for an eater of several."""

    day: int | None = None
    totals: Amounts
    supplement_totals: Amounts = {}
    ca_mg_ratio: Figure | None = None
    cost: Figure = 0.0


class WrittenDay(Wire):
    """A day, with what it adds up to.

    Parameters
    ----------
    missed
        Meals that are not planned: eaten elsewhere, or not at all.
    planned_share
        Share of the day's targets that the planned meals carry.
    is_holiday
        Whether it has the time of a weekend as a holiday that was named.
    packages
        What to know of opened cans, jars and pots on this day; absent where there is nothing.
    """

    day: int
    date: Date | None
    meals: Many[WrittenMeal]
    totals: Amounts
    supplement_totals: Amounts
    ca_mg_ratio: Figure | None
    cost: Figure
    missed: Annotated[Many[MissedMeal], OPTIONAL] = []
    planned_share: Annotated[Fraction | None, ABSENT] = None
    is_holiday: Annotated[bool, OPTIONAL, Field(alias="holiday")] = False
    packages: Annotated[Many[WrittenHint], OPTIONAL, TOLD] = []

    def to_day(self) -> Day:
        """Return the frozen value."""
        share = 1.0 if self.planned_share is None else self.planned_share
        facts = DayFacts(_rows(self.missed), share, self.is_holiday)
        meals = tuple(
            Meal(meal.slot, tuple(item.to_item() for item in meal.items)) for meal in self.meals
        )
        return filled(Day, self, meals=meals, facts=facts)


class WeekSums(Wire):
    """Sums over days.

    Parameters
    ----------
    ca_mg_ratio
        Sum of calcium over sum of magnesium.
    """

    totals: Amounts
    means: Amounts
    ca_mg_ratio: Figure | None
    cost: Figure
    distinct_foods: Count


class _WeekNumber(Wire):
    week: Number
    first_day: Number
    last_day: Number


class NumberedWeek(WeekSums, _WeekNumber):
    """Sums over one week of several."""

    @property
    def days(self) -> range:
        """Numbers of its days."""
        return range(self.first_day, self.last_day + 1)


class WrittenFinding(Wire):
    """What a plan holds of one band.

    Parameters
    ----------
    week
        Week of the plan, from 1: each is judged by itself.
    coverage
        Share of the food mass, water apart, that has a figure.
    """

    nutrient: str
    period: str
    day: int | None = None
    week: int = 1
    value: Figure | None = None
    lower: Figure | None = None
    upper: Figure | None = None
    holds: bool
    coverage: Fraction
    hard: bool
    basis: str = "total"


class WrittenCheck(Wire):
    """The verdict on a plan: what it holds of each band, and what is wrong with it besides."""

    passed: bool
    findings: Many[WrittenFinding] = []
    faults: Many[str] = []
    notes: Many[str] = []


class EaterCheck(WrittenCheck, OfEater):
    """The verdict on the plan of one eater of several."""


class CheckAnswer(WrittenCheck):
    """What ``magplan check`` answers; of several eaters each stands in ``eaters``."""

    eaters: Annotated[Many[EaterCheck], OPTIONAL] = []
