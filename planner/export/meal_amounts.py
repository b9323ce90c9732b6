"""Amounts by meal, where a condition watches them: as text, as Markdown and as JSON."""

from __future__ import annotations

from typing import Any

from planner.explain.meal_amounts import MealAmounts, amounts_by_meal
from planner.export.figures import amount_text
from planner.export.md_table import table_lines
from planner.export.page import HEADING, Line, Section, as_columns
from planner.export.who import day_label
from planner.language.names import slot_name
from planner.language.spoken import _, spoken
from planner.plan.plan import Plan
from planner.targets.clinical import ClinicalRules

_NONE = "-"


def by_meal_tables(plan: Plan, clinical: ClinicalRules) -> list[Section]:
    """Give for each nutrient that is watched in meals a table with a row per day, with its title.

    ``plan`` is an eater's own, and ``clinical`` what conditions and medicines ask of it.
    """
    sections = []
    for amounts in amounts_by_meal(plan, clinical):
        head, *body = as_columns(meal_rows(amounts, plan), range(1, len(amounts.slots) + 1))
        sections.append((spoken(amounts.title), [Line(head, HEADING), *map(Line, body)]))
    return sections


def by_meal_markdown(plan: Plan, clinical: ClinicalRules) -> list[str]:
    """Give the same tables in Markdown."""
    lines: list[str] = []
    for amounts in amounts_by_meal(plan, clinical):
        head, *body = meal_rows(amounts, plan)
        lines += ["", f"## {spoken(amounts.title)}", "", *table_lines(head, body)]
    return lines


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


def meal_rows(amounts: MealAmounts, plan: Plan) -> list[tuple[str, ...]]:
    """Give head, a row per day, and the mean, in print."""
    rows = [("", *map(slot_name, amounts.slots))]
    for day, row in zip(plan.days, amounts.days, strict=True):
        rows.append((day_label(day), *(_cell(amounts.nutrient, value) for value in row)))
    means = tuple(
        _cell(amounts.nutrient, _mean(column)) for column in zip(*amounts.days, strict=True)
    )
    return [*rows, (_("Mean"), *means)]


def _cell(nutrient: str, value: float | None) -> str:
    return _NONE if value is None else amount_text(nutrient, value)


def _mean(values: tuple[float | None, ...]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
