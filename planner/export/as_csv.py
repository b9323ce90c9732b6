"""The plan as a table, one row per ingredient, for a spreadsheet. A blank is unknown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from foods.table import FoodTable
from planner.plan.plan import Day, Item, Plan

NUTRIENTS = ("energy_kcal", "magnesium_mg", "calcium_mg")
HEADER = (
    "day", "date", "slot", "item", "kind", "servings", "measure", "food_id", "food", "mass_g",
    *NUTRIENTS,
)  # fmt: skip
_DIGITS = 10  # beyond them only binary noise


def as_csv(plan: Plan, foods: FoodTable) -> str:
    """Give one row per ingredient of every item.

    Raises
    ------
    FoodNotFoundError
        When the table does not have a food of the plan.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for day in plan.days:
        for meal in day.meals:
            for item in meal.items:
                writer.writerows(_rows(day, meal.slot, item, foods))
    return out.getvalue()


def _rows(day: Day, slot: str, item: Item, foods: FoodTable) -> Iterator[tuple[object, ...]]:
    when = day.date.isoformat() if day.date else ""
    served = (day.day, when, slot, item.name, item.kind, f"{item.servings:g}", item.measure)
    for food_id, mass_g in item.ingredients:
        food = foods[food_id]
        amounts = (_amount(food.per_100g.get(key), mass_g) for key in NUTRIENTS)
        yield (*served, food_id, food.name, f"{mass_g:g}", *amounts)


def _amount(per_100g: float | None, mass_g: float) -> str:
    return "" if per_100g is None else f"{per_100g * mass_g / 100:.{_DIGITS}g}"
