"""The plan as a table, one row per ingredient or dose, for a spreadsheet. A blank is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from foods.own_csv import as_cell
from foods.sheet import as_csv_text
from foods.table import FoodTable
from planner.language.spoken import ENGLISH, speaking
from planner.plan.guests import measure_of
from planner.plan.plan import GuestShare, Item, OwnPortion, Plan, portions_of

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
    portions = list(portions_of(plan))
    has_people = any(row["eater"] for row, _, _ in portions)
    rows: list[tuple[object, ...]] = [TABLE_HEADER if has_people else HEADER]
    for row, item, portion in portions:
        whose = (as_cell(_whose(row, portion)),) if has_people else ()
        rows += [(*cells, *whose) for cells in _rows(row, item, portion, foods)]
    return as_csv_text(rows)


def _whose(row: Mapping[str, Any], portion: OwnPortion) -> str:
    """Name who has a portion; of guests how many they are."""
    if isinstance(portion, GuestShare):
        return f"{portion.count} guest{'s' * (portion.count > 1)}"
    return str(row["eater"])


def _rows(
    row: Mapping[str, Any], item: Item, portion: OwnPortion, foods: FoodTable
) -> Iterator[tuple[object, ...]]:
    when = row["date"].isoformat() if row["date"] else ""
    name, measure = as_cell(item.name), as_cell(measure_of(item, portion, foods))
    served = (row["day"], when, row["slot"], name, item.kind, f"{portion.servings:g}", measure)
    for food_id, mass_g in portion.ingredients:
        food = foods[food_id]
        amounts = (_amount(food.per_100g.get(key), mass_g) for key in NUTRIENTS)
        yield (*served, food_id, as_cell(food.name), f"{mass_g:g}", *amounts)
    if not isinstance(portion, GuestShare) and item.is_supplement:  # counts by its nutrients
        held = (portion.nutrients.get(key) for key in NUTRIENTS)
        cells = ("" if amount is None else f"{amount:.{_DIGITS}g}" for amount in held)
        yield (*served, as_cell(item.item_id), name, "", *cells)


def _amount(per_100g: float | None, mass_g: float) -> str:
    return "" if per_100g is None else f"{per_100g * mass_g / 100:.{_DIGITS}g}"
