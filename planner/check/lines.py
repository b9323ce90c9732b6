"""What the judge reads off a plan: one line per printed amount, with the food behind it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from foods.embedded import read_embedded_foods
from foods.food import Food
from foods.own_csv import Figures
from foods.table import FoodTable
from planner.plan.own_shop import foods_with_prices
from planner.plan.plan import Day, Item
from planner.plan.water import figures_with_water, foods_with_water
from planner.request.days import DAYS_PER_WEEK, absent_days, menu_day
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.shops import named

FoodSource = FoodTable | Mapping[str, Figures]
WATER_GROUP = "water"


@dataclass(frozen=True, slots=True)
class KnownFood:
    """One food as the judge knows it.

    Parameters
    ----------
    food_id, name, group
        Id, plain name and food group.
    per_100g
        Content [the key's unit per 100 g]; ``None`` where unknown.
    traits
        Its row in a catalogue, with allergens, origin and flags; ``None`` where it has none.
    """

    food_id: str
    name: str
    group: str
    per_100g: Mapping[str, float | None]
    traits: Food | None


@dataclass(frozen=True, slots=True)
class ServedItem:
    """A thing on the table: number of the day, meal, and the item."""

    day: int
    slot: str
    item: Item

    @property
    def said(self) -> str:
        """Where it stands: ``"Day 3, dinner, Lentil soup"``."""
        return f"Day {self.day}, {self.slot}, {named(self.item.name)}"

    def __format__(self, how: str) -> str:
        return self.said


@dataclass(frozen=True, slots=True)
class EatenLine:
    """One printed amount of a food.

    Parameters
    ----------
    place
        Where it stands.
    food
        The food.
    mass_g
        Mass as printed [g].
    """

    place: ServedItem
    food: KnownFood
    mass_g: float


@dataclass(frozen=True, slots=True)
class JudgedTable:
    """Everything on the table.

    Parameters
    ----------
    days
        Number of days.
    places
        Every item, in the order of the plan.
    lines
        Every printed amount of a food that is known.
    foods
        Food id → food, whether it is eaten or not.
    faults
        What of the plan could not be read, in sentences.
    first
        Number of the first day.
    absent
        Days on which the eater is not at the table.
    """

    days: int
    places: tuple[ServedItem, ...]
    lines: tuple[EatenLine, ...]
    foods: Mapping[str, KnownFood]
    faults: tuple[str, ...]
    first: int = 1
    absent: frozenset[int] = frozenset()

    @property
    def present(self) -> list[int]:
        """Numbers of the days that a mean counts."""
        return [day for day in self.numbers if day not in self.absent]

    @property
    def numbers(self) -> range:
        """Numbers of the days."""
        return range(self.first, self.first + self.days)

    @property
    def week(self) -> int:
        """Number of the week, from 1, in which the first day lies."""
        return (self.first - 1) // DAYS_PER_WEEK + 1

    @property
    def span(self) -> str:
        """The days in words."""
        is_later = self.first > 1
        if is_later:
            return f"{self.days} days from day {self.first} on"
        return f"{self.days} days" if self.days > 1 else "1 day"

    def weeks(self) -> tuple[JudgedTable, ...]:
        """Cut the days into weeks of seven, the last one shorter; each is judged alone."""
        if self.days <= DAYS_PER_WEEK:
            return (self,)
        return tuple(
            self._from(first, min(DAYS_PER_WEEK, self.first + self.days - first))
            for first in self.numbers[::DAYS_PER_WEEK]
        )

    def on_day(self, day: int) -> JudgedTable:
        """Return what is on the table on one day."""
        return self._from(day, 1)

    def after(self, day: int) -> JudgedTable:
        """Return what is on the table behind a day; all of it where it ends by then."""
        first = max(self.first, day + 1)
        is_over = first not in self.numbers
        return self if is_over else self._from(first, self.first + self.days - first)

    def _from(self, first: int, days: int) -> JudgedTable:
        numbers = range(first, first + days)
        return replace(
            self,
            days=days,
            places=tuple(place for place in self.places if place.day in numbers),
            lines=tuple(line for line in self.lines if line.place.day in numbers),
            first=first,
        )

    def lines_of(self, place: ServedItem) -> list[EatenLine]:
        """Return the printed amounts of one item."""
        return [line for line in self.lines if line.place is place]

    def lines_on(self, day: int | None) -> Sequence[EatenLine]:
        """Return the printed amounts of one day, or of all days."""
        if day is None:
            return self.lines
        return [line for line in self.lines if line.place.day == day]

    def supplements_on(self, day: int | None) -> list[Item]:
        """Return the supplements of one day, or of all days."""
        return [
            place.item
            for place in self.places
            if place.item.is_supplement and day in (None, place.day)
        ]


def read_table(days: Sequence[Day], foods: FoodSource, request: PlanRequest) -> JudgedTable:
    """Read the printed amounts of a plan.

    Parameters
    ----------
    days
        The days of the plan.
    foods
        A food table, or the rows of an exported one.
    request
        What was asked for: its tap water and prices are put in.
    """
    known = _known_foods(foods, request)
    places = tuple(
        ServedItem(day.day, meal.slot, item)
        for day in days
        for meal in day.meals
        for item in meal.items
    )
    lines: list[EatenLine] = []
    faults: list[str] = []
    for place in places:
        faults += _mass_faults(place)
        for food_id, mass_g in place.item.ingredients:
            if food_id not in known:
                missing = f"no food {food_id!r} in the food table."
                faults.append(f"{place.said}: {missing}")
            elif mass_g > 0 and math.isfinite(mass_g):
                lines.append(EatenLine(place, known[food_id], mass_g))
    faults += _strangers(lines)
    week, told = request.week, tuple(dict.fromkeys(faults))
    away = absent_days(week)
    absent = frozenset(day.day for day in days if menu_day(week, day.day) in away)
    return JudgedTable(len(days), places, tuple(lines), known, told, absent=absent)


def _known_foods(foods: FoodSource, request: PlanRequest) -> dict[str, KnownFood]:
    """Take figures from the table given, and allergens and flags from a catalogue."""
    if isinstance(foods, FoodTable):
        table = foods_with_prices(foods_with_water(foods, request.water), request)
        return {
            food.food_id: KnownFood(food.food_id, food.name, food.group, food.per_100g, food)
            for food in table
        }
    catalogue = foods_with_prices(read_embedded_foods(), request).foods
    rows = figures_with_water(foods, request.water).values()
    return {
        row.food_id: KnownFood(
            row.food_id,
            row.name,
            row.group,
            row.per_100g,
            catalogue.get(row.food_id),
        )
        for row in rows
    }


def _mass_faults(place: ServedItem) -> Iterable[str]:
    item, tolerance = place.item, read_settings("check.toml")["tolerance"]["stated"]
    if item.is_supplement:
        return  # it counts through its nutrients; beside_faults judges it
    if not item.ingredients:
        yield f"{place}: no ingredients, so nothing of it can be counted."
        return
    for food_id, mass_g in item.ingredients:
        if not (mass_g > 0 and math.isfinite(mass_g)):
            yield f"{place}: {mass_g:g} g of {food_id!r} is no amount."
    total_g = math.fsum(mass_g for _, mass_g in item.ingredients)
    if not math.isclose(total_g, item.mass_g, rel_tol=tolerance):
        yield f"{place}: {item.mass_g:g} g are stated, its ingredients add up to {total_g:g} g."


def _strangers(lines: Iterable[EatenLine]) -> list[str]:
    unknown = {line.food.food_id for line in lines if line.food.traits is None}
    told = (
        "{food_id!r} is not in the catalogue: flags unknown, so diet, allergens and safety of it "
        "cannot be judged."
    )
    return [told.format(food_id=food_id) for food_id in sorted(unknown)]
