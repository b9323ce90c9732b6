"""What may be absorbed, as a chapter of the Markdown document: by day, with method and tips."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from foods.table import FoodTable
from planner.explain.absorption import (
    AbsorbedShare,
    AbsorptionView,
    absorb_view,
    absorption_method,
    absorption_text,
    cautious_text,
)
from planner.export.md_table import table_lines
from planner.export.who import day_label
from planner.plan.plan import Plan

_HEAD = (
    "Day",
    "Mg from food, mg",
    "may be absorbed",
    "Ca from food, mg",
    "free of oxalate",
    "Phytate, mg",
    "Oxalate, mg",
)


def absorption_markdown(plan: Plan, foods: FoodTable) -> list[str]:
    """Say what may be absorbed, day by day, how that is estimated, and what helps."""
    view = absorb_view(plan, foods)
    rich = (("oxalate", view.oxalate_rich), ("phytate", view.phytate_rich))
    return [
        *("", "## What of magnesium and calcium may be absorbed", ""),
        *(f"{text}\n" for text in absorption_text(view, tips=0)),
        *table_lines(_HEAD, _rows(plan, view)),
        *("", f"Largest meal: {100 * view.largest_meal_share:.0f} % of a day's magnesium."),
        *(f"\nRich in {name}: {_names(foods, ids)}." for name, ids in rich if ids),
        *("", "### How that is estimated", ""),
        *(f"- {text}. {cite}" for text, cite in absorption_method()),
        f"- {cautious_text(view)}.",
        *(["", "### What helps", ""] if view.tips else []),
        *(f"- {text} {cite}" for _, text, cite in view.tips),
    ]


def _rows(plan: Plan, view: AbsorptionView) -> list[tuple[str, ...]]:
    days = zip(plan.days, view.days, strict=True)
    rows = [(day_label(day), *_cells(share)) for day, share in days]
    return [*rows, ("Mean", *_cells(view.mean))]


def _cells(share: AbsorbedShare) -> tuple[str, ...]:
    return (
        f"{share.magnesium_mg:,.0f}",
        _ranged(share.magnesium_absorbed_mg),
        f"{share.calcium_mg:,.0f}",
        _ranged(share.calcium_free_mg),
        f"{share.phytate_mg[1]:,.0f} ({_ranged(share.phytate_mg)})",
        f"{share.oxalate_mg[1]:,.0f} ({_ranged(share.oxalate_mg)})",
    )


def _ranged(amounts: Sequence[float]) -> str:
    return f"{amounts[0]:,.0f}-{amounts[-1]:,.0f}"


def _names(foods: FoodTable, food_ids: Iterable[str]) -> str:
    return ", ".join(foods[food_id].name for food_id in food_ids)
