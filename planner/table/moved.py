"""Which wish of another request moves what: a plan, and around it each wish alone.

Each wish is planned as a change of the first request's plan that moves as little as possible, so
that what differs comes from the wish and not from another search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from foods.errors import UserFacingError
from planner.explain.replacements import WishMove
from planner.explain.table_report import TableReport
from planner.export.diff import points_of
from planner.request.edit import Wish, wishes_between, with_wish
from planner.request.request import PlanRequest
from planner.table.made import ReportedPlan
from planner.table.replan import replan_table


def moves_of(report: TableReport, after: PlanRequest) -> Iterator[WishMove]:
    """Return what each wish of another request alone moves in a plan, and then all of them.

    Parameters
    ----------
    report
        A checked plan.
    after
        The other request.
    """
    document = ReportedPlan.of(report)
    wishes = wishes_between(report.request, after)
    for wish in wishes:
        yield _moved(document, wish, partial(with_wish, report.request, wish))
    if len(wishes) > 1:
        yield _moved(document, None, lambda: after)


def _moved(document: ReportedPlan, wish: Wish | None, asked: Callable[[], PlanRequest]) -> WishMove:
    """Plan again with what is asked; what cannot be asked or planned says why."""
    try:
        result = replan_table(document, asked())
    except UserFacingError as error:
        return WishMove(wish, None, reason=str(error))
    if result.difference is None or not result.report.passed:
        own = [result.report.refusal, *(one.refusal for one in result.report.reports.values())]
        texts = [one.text for refusal in own if refusal is not None for one in refusal.conflict]
        return WishMove(wish, None, reason="; ".join(texts))
    after = points_of(result.report)
    return WishMove(wish, result.difference, _sum(result.before), _sum(after))


def _sum(points: Mapping[str, float | None]) -> float | None:
    """Add up the points of everybody; ``None`` where some are not known."""
    known = [point for point in points.values() if point is not None]
    return sum(known) if len(known) == len(points) else None
