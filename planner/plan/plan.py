"""What is on the table: plan, days, meals, items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Item:
    """A dish or food in a meal.

    Parameters
    ----------
    kind
        ``"dish"`` or ``"food"``.
    item_id, name
        Id of the dish or food, and its name.
    servings, measure
        Servings of the dish or number of the food's measure, and the same in words.
    mass_g
        Mass [g], the sum over ``ingredients``.
    ingredients
        (food id, mass [g]) as printed; everything counts through these.
    nutrients
        Nutrient key → amount in the key's unit; ``None`` where no ingredient has a figure.
    cost
        Usual price [USD].
    minutes
        Time from start to table [min]; 0 for foods served as they are.
    leftover_of
        Day whose dinner it was cooked with; ``None`` where it is cooked for this meal.
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


@dataclass(frozen=True, slots=True)
class Meal:
    """One meal of a day; the main dish stands first."""

    slot: str
    items: tuple[Item, ...]


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
        Nutrient key → amount from food; ``None`` where nothing eaten has a figure.
    ca_mg_ratio
        Calcium to magnesium by weight; ``None`` without magnesium.
    cost
        Usual price [USD].
    """

    day: int
    date: date | None
    meals: tuple[Meal, ...]
    totals: Mapping[str, float | None]
    ca_mg_ratio: float | None
    cost: float

    def items(self) -> tuple[Item, ...]:
        """All items of the day."""
        return tuple(item for meal in self.meals for item in meal.items)


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

    def slot_of(self, day: int, item_id: str) -> str | None:
        """Give the meal of ``day`` that a dish was cooked for; ``None`` where it was not."""
        for one in self.days:
            for meal in one.meals if one.day == day else ():
                if any(i.item_id == item_id and i.leftover_of is None for i in meal.items):
                    return meal.slot
        return None
