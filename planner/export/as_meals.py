"""The meals of a plan, a row for each, for somebody's own sums: a table, or a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from foods.own_csv import as_cell
from foods.sheet import as_csv_text
from planner.export.as_csv import figure_text
from planner.export.documents import TableDocument
from planner.language.names import named, slot_within
from planner.language.shops import as_told, in_its_shops
from planner.language.spoken import _, is_english, mark
from planner.plan.plan import GUESTS, Plan, portions_of
from planner.plan.shares import ratio_of, sum_amounts
from planner.request.shares import RATIO

KEYS = (
    "magnesium_mg", "calcium_mg", RATIO, "energy_kcal", "sodium_mg", "carbohydrate_g", "protein_g",
)  # fmt: skip
HEADER = ("day", "date", "meal", "dishes", *KEYS, "cost", "eater")
SPOKEN_HEADER = mark(
    "day;date;meal;dishes;magnesium mg;calcium mg;Ca:Mg;energy kcal;sodium mg;carbohydrate g;"
    "protein g;cost;eater"
)
_MEAL = ("day", "date", "slot", "eater")
Cells = dict[str, str | float | date | None]


def meal_rows(plan: Plan) -> Iterator[Cells]:
    """Give each meal of each eater by the heads of ``HEADER``; the rows of a day sum to its totals.

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
            "meal": slot_within(slot),
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
    heads = HEADER if any(row["eater"] for row in rows) else HEADER[:-1]
    head = heads if is_english() else _(SPOKEN_HEADER).split(";")[: len(heads)]
    lines = [[_cell(row[key]) for key in heads] for row in rows]
    return as_csv_text([tuple(head), *map(tuple, lines)], "," if is_english() else ";")


def _cell(value: object) -> object:
    if isinstance(value, float) or value is None:
        return figure_text(value)
    return as_cell(value) if isinstance(value, str) else value
