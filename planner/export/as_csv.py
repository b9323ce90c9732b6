"""The plan as a table, one row per ingredient or dose, for a spreadsheet. A blank is unknown.

In another language it is as spreadsheets of that language have it: decimal commas and semicolons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from foods.own_csv import as_cell
from foods.sheet import as_csv_text
from foods.table import FoodTable
from planner.language.names import measured, named, slot_within
from planner.language.spoken import _, is_english, mark, ngettext, number_text
from planner.plan.guests import measure_of
from planner.plan.plan import GuestShare, Item, OwnPortion, Plan, portions_of

NUTRIENTS = ("energy_kcal", "magnesium_mg", "calcium_mg")
HEADER = (
    "day", "date", "slot", "item", "kind", "servings", "measure", "food_id", "food", "mass_g",
    *NUTRIENTS,
)  # fmt: skip
TABLE_HEADER = (*HEADER, "eater")  # several eaters, or guests: a row per ingredient and eater
SPOKEN_HEADER = mark(
    "day;date;meal;item;kind;servings;measure;food_id;food;mass g;energy kcal;magnesium mg;"
    "calcium mg;eater"
)
_KINDS = {"dish": mark("dish"), "food": mark("food"), "supplement": mark("supplement")}
_DIGITS = 10  # beyond them only binary noise


def as_csv(plan: Plan, foods: FoodTable) -> str:
    """Give one row per ingredient of every item, and one per dose of a supplement.

    Raises
    ------
    FoodNotFoundError
        When the table does not have a food of the plan.
    """
    portions = list(portions_of(plan))
    has_people = any(row["eater"] for row, _, _ in portions)
    own = TABLE_HEADER if has_people else HEADER
    head = own if is_english() else _(SPOKEN_HEADER).split(";")[: len(own)]
    rows: list[tuple[object, ...]] = [tuple(head)]
    for row, item, portion in portions:
        whose = (as_cell(_whose(row, portion)),) if has_people else ()
        rows += [(*cells, *whose) for cells in _rows(row, item, portion, foods)]
    return as_csv_text(rows, "," if is_english() else ";")


def _whose(row: Mapping[str, Any], portion: OwnPortion) -> str:
    """Name who has a portion; of guests how many they are."""
    if isinstance(portion, GuestShare):
        text = ngettext("{count} guest", "{count} guests", portion.count)
        return text.format(count=portion.count)
    return str(row["eater"])


def _rows(
    row: Mapping[str, Any], item: Item, portion: OwnPortion, foods: FoodTable
) -> Iterator[tuple[object, ...]]:
    when = row["date"].isoformat() if row["date"] else ""
    name, slot = as_cell(named(item.name)), slot_within(row["slot"])
    measure = as_cell(measured(measure_of(item, portion, foods), item.item_id))
    kind = _(_KINDS.get(item.kind, item.kind))
    served = (row["day"], when, slot, name, kind, number_text(f"{portion.servings:g}"), measure)
    for food_id, mass_g in portion.ingredients:
        food = foods[food_id]
        amounts = (_amount(food.per_100g.get(key), mass_g) for key in NUTRIENTS)
        own = as_cell(named(food.name)), number_text(f"{mass_g:g}")
        yield (*served, food_id, *own, *amounts)
    if not isinstance(portion, GuestShare) and item.is_supplement:  # counts by its nutrients
        held = (portion.nutrients.get(key) for key in NUTRIENTS)
        yield (*served, as_cell(item.item_id), name, "", *map(figure_text, held))


def _amount(per_100g: float | None, mass_g: float) -> str:
    return figure_text(None if per_100g is None else per_100g * mass_g / 100)


def figure_text(amount: float | None) -> str:
    """Give an amount with all its digits in the language spoken; unknown is blank."""
    return "" if amount is None else number_text(f"{amount:.{_DIGITS}g}")
