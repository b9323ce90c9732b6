"""The plan as a table, one row per ingredient or dose, for a spreadsheet. A blank is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from foods.own_csv import as_cell
from foods.sheet import as_csv_text
from foods.table import FoodTable
from planner.language.spoken import ENGLISH, speaking
from planner.plan.guests import amount_in_words
from planner.plan.plan import Day, Item, Plan
from planner.plan.shares import own_item

NUTRIENTS = ("energy_kcal", "magnesium_mg", "calcium_mg")
HEADER = (
    "day", "date", "slot", "item", "kind", "servings", "measure", "food_id", "food", "mass_g",
    *NUTRIENTS,
)  # fmt: skip
TABLE_HEADER = (*HEADER, "eater")  # several eaters, or guests: a row per ingredient and eater
_DIGITS = 10  # beyond them only binary noise


@speaking(ENGLISH)
def as_csv(plan: Plan, foods: FoodTable) -> str:
    """Give one row per ingredient of every item, and one per dose of a supplement.

    Raises
    ------
    FoodNotFoundError
        When the table does not have a food of the plan.
    """
    items = [(day, meal.slot, item) for day, meal, item in plan.served()]
    has_people = any(item.shares or item.guests for _, _, item in items)
    rows: list[tuple[object, ...]] = [TABLE_HEADER if has_people else HEADER]
    for day, slot, item in items:
        for eater, own in _portions(item, foods):
            whose = (as_cell(eater),) if has_people else ()
            rows += [(*row, *whose) for row in _rows(day, slot, own, foods)]
    return as_csv_text(rows)


def _portions(item: Item, foods: FoodTable) -> Iterator[tuple[str, Item]]:
    """Give (eater, portion) of an item; the portion of guests last."""
    for share in item.shares:
        yield share.eater, own_item(item, share)
    if not item.shares:
        yield "", item
    if item.guests is not None:
        count, servings = item.guests.count, item.guests.servings
        own = replace(
            item,
            servings=servings,
            measure=amount_in_words(item, servings, foods),
            ingredients=item.guests.ingredients,
        )
        yield f"{count} guest{'s' * (count > 1)}", own


def _rows(day: Day, slot: str, item: Item, foods: FoodTable) -> Iterator[tuple[object, ...]]:
    when = day.date.isoformat() if day.date else ""
    name, measure = as_cell(item.name), as_cell(item.measure)
    served = (day.day, when, slot, name, item.kind, f"{item.servings:g}", measure)
    for food_id, mass_g in item.ingredients:
        food = foods[food_id]
        amounts = (_amount(food.per_100g.get(key), mass_g) for key in NUTRIENTS)
        yield (*served, food_id, as_cell(food.name), f"{mass_g:g}", *amounts)
    if item.is_supplement:  # it has no ingredients, and counts through its nutrients
        held = (item.nutrients.get(key) for key in NUTRIENTS)
        cells = ("" if amount is None else f"{amount:.{_DIGITS}g}" for amount in held)
        yield (*served, as_cell(item.item_id), name, "", *cells)


def _amount(per_100g: float | None, mass_g: float) -> str:
    return "" if per_100g is None else f"{per_100g * mass_g / 100:.{_DIGITS}g}"
