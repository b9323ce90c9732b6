"""What differs between two plans of a household: what is shared once, then eater by eater."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.explain.table_report import TableReport
from planner.export.diff import change_text, difference_as_json, figure_lines, points_lines
from planner.export.figures import price_text
from planner.export.household_text import household_lines, household_screen
from planner.export.page import BLANK, TITLE, Line, wrapped
from planner.plan.diff import Change, HouseholdDifference, PlanDifference

Points = Mapping[str, float | None]
_Place = tuple[int, str, str, str]  # day, meal, id before, id after


def household_edit_lines(
    report: TableReport, difference: HouseholdDifference | None, before: Points
) -> list[Line]:
    """Say what a change does and show the first screen of what came of it; or why nothing did.

    Parameters
    ----------
    report
        The new plan, or why there is none.
    difference
        What differs; ``None`` without a plan that passes.
    before
        Name → points of that eater's plan before.
    """
    if difference is None or report.plan is None:
        return household_lines(report)
    after = {name: own.outcome.objective for name, own in report.reports.items()}
    lines = household_difference_lines(difference, before, after)
    return [*lines, BLANK, *household_screen(report)]


def household_difference_lines(
    difference: HouseholdDifference, before: Points, after: Points
) -> list[Line]:
    """Say what moved on the table and for each eater, and what it costs whom.

    Parameters
    ----------
    difference
        What differs.
    before, after
        Name → points of each eater's plans; those that are not known are left out.
    """
    if not any(one.changes for one in (difference.table, *difference.eaters.values())):
        return [Line("Nothing differs.", TITLE)]
    shared = _shared(difference.eaters)
    lines = [Line(_title(difference, shared), TITLE)]
    for said, who in (("New at the table", difference.come), ("Not there", difference.gone)):
        lines += wrapped(f"{said}: {', '.join(who)}.") if who else []
    for (day, slot, _, _), held in shared.items():
        names, change = ", ".join(held), next(iter(held.values()))
        said = _names_text(change) if change.before and change.after else change_text(change)
        lines += wrapped(f"{names}: {said}", bullet=f"Day {day}  {slot}: ")
    for name, own in difference.eaters.items():
        if own.changes:
            lines += [BLANK, *_eater_lines(name, own, shared)]
            lines += points_lines(before.get(name), after.get(name))
    old, new = difference.table.cost_before, difference.table.cost_after
    whole = points_lines(_sum(before, difference), _sum(after, difference))
    cost = wrapped(f"The whole table: {price_text(old)} → {price_text(new)}.")
    return [*lines, BLANK, *cost, *whole]


def household_difference_as_json(
    difference: HouseholdDifference, before: Points, after: Points
) -> dict[str, Any]:
    """Give the difference of the table, and under ``eaters`` that of each of them."""
    old, new = _sum(before, difference), _sum(after, difference)
    return difference_as_json(difference.table, old, new) | {
        "eaters_new": list(difference.come),
        "eaters_gone": list(difference.gone),
        "eaters": [
            {"name": name, **difference_as_json(own, before.get(name), after.get(name))}
            for name, own in difference.eaters.items()
        ],
    }


def _shared(eaters: Mapping[str, PlanDifference]) -> dict[_Place, dict[str, Change]]:
    """Give what changes in the same way for several eaters, with their names."""
    found: dict[_Place, dict[str, Change]] = {}
    for name, own in eaters.items():
        for change in own.changes:
            if change.action != "amount":
                found.setdefault(_place(change), {})[name] = change
    return {place: held for place, held in found.items() if len(held) > 1}


def _place(change: Change) -> _Place:
    before = change.before.item_id if change.before else ""
    after = change.after.item_id if change.after else ""
    return change.day, change.slot, before, after


def _title(difference: HouseholdDifference, shared: Mapping[_Place, Mapping[str, Change]]) -> str:
    own = sum(
        _place(change) not in shared or change.action == "amount"
        for one in difference.eaters.values()
        for change in one.changes
    )
    count = own + len(shared)
    if not count:
        return "Nothing differs for those who were there."
    things = "1 thing differs" if count == 1 else f"{count} things differ"
    return f"{things}, {len(shared)} of them for several." if shared else f"{things}."


def _eater_lines(
    name: str, own: PlanDifference, shared: Mapping[_Place, Mapping[str, Change]]
) -> list[Line]:
    lines = [Line(f"{name}:", TITLE)]
    for change in own.changes:
        if change.action == "amount" or _place(change) not in shared:
            lines += wrapped(change_text(change), bullet=f"Day {change.day}  {change.slot}: ")
    return [*lines, *figure_lines(own)]


def _names_text(change: Change) -> str:
    """Say what takes whose place, without portions, which are each eater's own."""
    assert change.before is not None
    assert change.after is not None
    return f"{change.before.name} → {change.after.name}"


def _sum(points: Points, difference: HouseholdDifference) -> float | None:
    """Add up the points of those who are in both plans; ``None`` where some are not known."""
    known = [points.get(name) for name in difference.eaters]
    return None if None in known else sum(one for one in known if one is not None)
