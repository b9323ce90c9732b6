"""The plan as tables for a spreadsheet: its ingredients and doses, and its meals.

In another language it is as spreadsheets of that language have it: decimal commas and semicolons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from foods.own_csv import as_cell
from foods.sheet import as_csv_text
from foods.table import FoodTable
from planner.export.documents import TableDocument
from planner.plan.guests import measure_of
from planner.plan.plan import GUESTS, GuestShare, Item, OwnPortion, Plan, portions_of
from planner.plan.shares import ratio_of, sum_amounts
from planner.request.shares import RATIO
from planner.shops import as_told, in_its_shops, named
from planner.wording import plural

NUTRIENTS = ("energy_kcal", "magnesium_mg", "calcium_mg")
HEADER = (
    "day", "date", "slot", "item", "kind", "servings", "measure", "food_id", "food", "mass_g",
    *NUTRIENTS,
)  # fmt: skip
TABLE_HEADER = (*HEADER, "eater")  # several eaters, or guests: a row per ingredient and eater
SPOKEN_HEADER = (
    "day;date;meal;item;kind;servings;measure;food_id;food;mass g;energy kcal;magnesium mg;"
    "calcium mg;eater"
)
_KINDS = {"dish": "dish", "food": "food", "supplement": "supplement"}
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
    head = own
    rows: list[tuple[object, ...]] = [tuple(head)]
    for row, item, portion in portions:
        whose = (as_cell(_whose(row, portion)),) if has_people else ()
        rows += [(*cells, *whose) for cells in _rows(row, item, portion, foods)]
    return as_csv_text(rows, ",")


def _whose(row: Mapping[str, Any], portion: OwnPortion) -> str:
    """Name who has a portion; of guests how many they are."""
    if isinstance(portion, GuestShare):
        text = plural(portion.count, "{count} guest", "{count} guests")
        return text.format(count=portion.count)
    return str(row["eater"])


def _rows(
    row: Mapping[str, Any], item: Item, portion: OwnPortion, foods: FoodTable
) -> Iterator[tuple[object, ...]]:
    when = row["date"].isoformat() if row["date"] else ""
    name, slot = as_cell(named(item.name)), row["slot"]
    measure = as_cell(measure_of(item, portion, foods))
    kind = _KINDS.get(item.kind, item.kind)
    served = (row["day"], when, slot, name, kind, f"{portion.servings:g}", measure)
    for food_id, mass_g in portion.ingredients:
        food = foods[food_id]
        amounts = (_amount(food.per_100g.get(key), mass_g) for key in NUTRIENTS)
        own = as_cell(named(food.name)), f"{mass_g:g}"
        yield (*served, food_id, *own, *amounts)
    if not isinstance(portion, GuestShare) and item.is_supplement:  # counts by its nutrients
        held = (portion.nutrients.get(key) for key in NUTRIENTS)
        yield (*served, as_cell(item.item_id), name, "", *map(figure_text, held))


def _amount(per_100g: float | None, mass_g: float) -> str:
    return figure_text(None if per_100g is None else per_100g * mass_g / 100)


def figure_text(amount: float | None) -> str:
    """Give an amount with all its digits in the language spoken; unknown is blank."""
    return "" if amount is None else f"{amount:.{_DIGITS}g}"


KEYS = (
    "magnesium_mg", "calcium_mg", RATIO, "energy_kcal", "sodium_mg", "carbohydrate_g", "protein_g",
)  # fmt: skip
MEALS_HEADER = ("day", "date", "meal", "dishes", *KEYS, "cost", "eater")
SPOKEN_MEALS = (
    "day;date;meal;dishes;magnesium mg;calcium mg;Ca:Mg;energy kcal;sodium mg;carbohydrate g;"
    "protein g;cost;eater"
)
_MEAL = ("day", "date", "slot", "eater")
Cells = dict[str, str | float | date | None]


def meal_rows(plan: Plan) -> Iterator[Cells]:
    """Give each meal of each eater by its heads; the rows of a day sum to its totals.

    What guests have counts in no total and is left out; an unknown amount is ``None``.
    """
    own = (one for one in portions_of(plan) if one[0]["eater"] != GUESTS)
    ordered = sorted(own, key=lambda one: (one[0]["day"], one[0]["eater"]))
    of_meal = groupby(ordered, lambda one: tuple(one[0][key] for key in _MEAL))
    for (day, when, slot, eater), portions in of_meal:
        held = list(portions)
        amounts = sum_amounts(getattr(portion, "nutrients", {}) for _row, _item, portion in held)
        cost = sum(getattr(portion, "cost", 0.0) for _row, _item, portion in held)
        yield {
            "day": day,
            "date": when,
            "meal": slot,
            "dishes": ", ".join(named(item.name) for _row, item, _portion in held),
            **{key: amounts.get(key) for key in KEYS},
            RATIO: ratio_of(amounts),
            "cost": as_told(cost),
            "eater": eater,
        }


@in_its_shops
def meals_csv(week: TableDocument) -> str:
    """Give one row per meal, and eater where several eat; cost in the money of the shops."""
    rows = list(meal_rows(week.plan))
    heads = MEALS_HEADER if any(row["eater"] for row in rows) else MEALS_HEADER[:-1]
    head = heads
    lines = [[_cell(row[key]) for key in heads] for row in rows]
    return as_csv_text([tuple(head), *map(tuple, lines)], ",")


def _cell(value: object) -> object:
    if isinstance(value, float) or value is None:
        return figure_text(value)
    return as_cell(value) if isinstance(value, str) else value
