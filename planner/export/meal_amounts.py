"""Amounts by meal, where a condition watches them: as text, as Markdown and as JSON."""

from __future__ import annotations

from typing import Any

from planner.explain.meal_amounts import MealAmounts
from planner.export.figures import amount_text
from planner.export.md_table import table_lines
from planner.export.page import HEADING, Line, as_columns, section
from planner.export.who import day_label
from planner.plan.plan import Plan

_NONE = "-"


def meal_amount_lines(amounts: MealAmounts, plan: Plan) -> list[Line]:
    """Give a table with a row per day, under its title."""
    head, *body = as_columns(_rows(amounts, plan), range(1, len(amounts.slots) + 1))
    return section(amounts.title, [Line(head, HEADING), *map(Line, body)])


def meal_amount_markdown(amounts: MealAmounts, plan: Plan) -> list[str]:
    """Give the same table in Markdown."""
    head, *body = _rows(amounts, plan)
    return ["", f"## {amounts.title}", "", *table_lines(head, body)]


def meal_amounts_as_json(amounts: MealAmounts, plan: Plan) -> dict[str, Any]:
    """Give the amounts unrounded; a meal that is not served is null."""
    return {
        "nutrient": amounts.nutrient,
        "text": amounts.title,
        "days": [
            {"day": day.day, "meals": dict(zip(amounts.slots, row, strict=True))}
            for day, row in zip(plan.days, amounts.days, strict=True)
        ],
    }


def _rows(amounts: MealAmounts, plan: Plan) -> list[tuple[str, ...]]:
    rows = [("", *(slot.capitalize() for slot in amounts.slots))]
    for day, row in zip(plan.days, amounts.days, strict=True):
        rows.append((day_label(day), *(_cell(amounts.nutrient, value) for value in row)))
    means = tuple(
        _cell(amounts.nutrient, _mean(column)) for column in zip(*amounts.days, strict=True)
    )
    return [*rows, ("Mean", *means)]


def _cell(nutrient: str, value: float | None) -> str:
    return _NONE if value is None else amount_text(nutrient, value)


def _mean(values: tuple[float | None, ...]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
