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
from planner.language.figures import number_text
from planner.language.names import named
from planner.language.spoken import _, mark, spoken
from planner.plan.plan import Plan

_HEAD = (
    mark("Day"),
    mark("Mg from food, mg"),
    mark("may be absorbed"),
    mark("Ca from food, mg"),
    mark("free of oxalate"),
    mark("Phytate, mg"),
    mark("Oxalate, mg"),
)


def absorption_markdown(plan: Plan, foods: FoodTable) -> list[str]:
    """Say what may be absorbed, day by day, how that is estimated, and what helps."""
    view = absorb_view(plan, foods)
    rich = (
        (_("Rich in oxalate: {names}."), view.oxalate_rich),
        (_("Rich in phytate: {names}."), view.phytate_rich),
    )
    share = f"{100 * view.largest_meal_share:.0f}"
    return [
        *("", f"## {_('What of magnesium and calcium may be absorbed')}", ""),
        *(f"{spoken(text)}\n" for text in absorption_text(view, tips=0)),
        *table_lines(tuple(map(_, _HEAD)), _rows(plan, view)),
        *("", _("Largest meal: {share} % of a day's magnesium.").format(share=share)),
        *(f"\n{pattern.format(names=_names(foods, ids))}" for pattern, ids in rich if ids),
        *("", f"### {_('How that is estimated')}", ""),
        *(f"- {spoken(text)}. {cite}" for text, cite in absorption_method()),
        f"- {spoken(cautious_text(view))}.",
        *(["", f"### {_('What helps')}", ""] if view.tips else []),
        *(f"- {_(text)} {cite}" for _id, text, cite in view.tips),
    ]


def _rows(plan: Plan, view: AbsorptionView) -> list[tuple[str, ...]]:
    days = zip(plan.days, view.days, strict=True)
    rows = [(day_label(day), *_cells(share)) for day, share in days]
    return [*rows, (_("Mean"), *_cells(view.mean))]


def _cells(share: AbsorbedShare) -> tuple[str, ...]:
    return (
        _whole(share.magnesium_mg),
        _ranged(share.magnesium_absorbed_mg),
        _whole(share.calcium_mg),
        _ranged(share.calcium_free_mg),
        f"{_whole(share.phytate_mg[1])} ({_ranged(share.phytate_mg)})",
        f"{_whole(share.oxalate_mg[1])} ({_ranged(share.oxalate_mg)})",
    )


def _ranged(amounts: Sequence[float]) -> str:
    return f"{_whole(amounts[0])}-{_whole(amounts[-1])}"


def _whole(amount_mg: float) -> str:
    return number_text(f"{amount_mg:,.0f}")


def _names(foods: FoodTable, food_ids: Iterable[str]) -> str:
    return ", ".join(named(foods[food_id].name) for food_id in food_ids)
