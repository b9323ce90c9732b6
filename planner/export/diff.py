"""What differs between two plans, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from planner.export.figures import amount_text
from planner.export.page import BLANK, HEADING, TITLE, Line, as_columns, wrapped
from planner.plan.diff import Change, Figures, PlanDifference
from planner.plan.plan import Item
from planner.targets.shares import RATIO

ARROW = "→"
_KEYS = {
    "magnesium_mg": "Mg mg",
    "calcium_mg": "Ca mg",
    RATIO: "Ca:Mg",
    "energy_kcal": "kcal",
}


def difference_lines(
    difference: PlanDifference, before: float | None = None, after: float | None = None
) -> list[Line]:
    """Say what moved and what it does to the figures.

    Parameters
    ----------
    difference
        What differs.
    before, after
        Points of the two plans; ``None`` where unknown.
    """
    count = len(difference.changes)
    if not count:
        return [Line("Nothing differs.", TITLE)]
    title = "1 thing differs." if count == 1 else f"{count} things differ."
    lines = [Line(title, TITLE)]
    for change in difference.changes:
        lines += wrapped(change_text(change), bullet=f"Day {change.day}  {change.slot}: ")
    lines += [BLANK, *figure_lines(difference)]
    return [*lines, *points_lines(before, after)]


def difference_as_json(
    difference: PlanDifference, before: float | None = None, after: float | None = None
) -> dict[str, Any]:
    """Give the same as JSON values."""
    return {
        "changes": [_change(change) for change in difference.changes],
        "days": [
            {"day": day, "before": figures_as_json(old), "after": figures_as_json(new)}
            for day, old, new in difference.days
        ],
        "mean": {
            "before": figures_as_json(difference.before),
            "after": figures_as_json(difference.after),
        },
        "cost": {"before": difference.cost_before, "after": difference.cost_after},
        "objective": {"before": before, "after": after},
    }


def figures_as_json(figures: Figures | None) -> dict[str, Any] | None:
    """Give the figures of a day; ``None`` for a day that a plan lacks."""
    return None if figures is None else asdict(figures)


def item_text(item: Item) -> str:
    """Name a thing with its portion: ``"Baked salmon (1 serving)"``."""
    again = ", leftover" if item.leftover_of is not None else ""
    return f"{item.name} ({item.measure}{again})"


def change_text(change: Change) -> str:
    """Say what stood there and what stands there now."""
    if change.before is None:
        assert change.after is not None
        return f"new: {item_text(change.after)}"
    if change.after is None:
        return f"gone: {item_text(change.before)}"
    if change.action == "amount":
        return f"{change.before.name}: {change.before.measure} {ARROW} {change.after.measure}"
    return f"{item_text(change.before)} {ARROW} {item_text(change.after)}"


def figure_lines(difference: PlanDifference) -> list[Line]:
    """Give a row for each day that differs, and for the mean day."""
    rows = [["", *_KEYS.values(), "USD"]]
    changed = {change.day for change in difference.changes}
    for day, old, new in difference.days:
        if day in changed and old is not None and new is not None:
            rows.append([f"Day {day}", *_cells(old, new)])
    rows.append(["Mean", *_cells(difference.before, difference.after)])
    texts = as_columns(rows, right=range(1, len(rows[0])))
    return [Line(texts[0], HEADING), *(Line(text) for text in texts[1:])]


def _cells(old: Figures, new: Figures) -> list[str]:
    cells = [_both(amount_text(key, _value(old, key)), amount_text(key, _value(new, key)))
             for key in _KEYS]  # fmt: skip
    return [*cells, _both(f"{old.cost:.2f}", f"{new.cost:.2f}")]


def _both(before: str, after: str) -> str:
    return after if before == after else f"{before} {ARROW} {after}"


def _value(figures: Figures, key: str) -> float | None:
    value: float | None = getattr(figures, key)
    return value


def points_lines(before: float | None, after: float | None) -> Sequence[Line]:
    """Say what the plan gives up before and after; nothing where that is not known."""
    if before is None or after is None:
        return []
    return wrapped(f"Points (fewer are better): {before:.2f} {ARROW} {after:.2f}.")


def _change(change: Change) -> dict[str, Any]:
    return {
        "day": change.day,
        "slot": change.slot,
        "action": change.action,
        "from": _item(change.before),
        "to": _item(change.after),
    }


def _item(item: Item | None) -> dict[str, Any] | None:
    if item is None:
        return None
    return {
        "id": item.item_id,
        "name": item.name,
        "servings": item.servings,
        "measure": item.measure,
        "leftover": item.leftover_of is not None,
    }
