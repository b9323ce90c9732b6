"""A plan that is changed again and again, and what was made for it last: little is made anew.

What may be planned and how a plan is judged does not depend on it. Only the solver begins where it
ended last; where several prices are right it may then name others, by which other meals are
searched. Whoever plans once therefore plans without it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from types import MappingProxyType
from typing import Any

from planner.candidates.dish import Dish
from planner.explain.table_report import TableReport, with_change_note
from planner.export.diff import Points, points_of
from planner.export.shopping import over_budget_usd
from planner.plan.diff import compare_tables
from planner.plan.plan import Plan
from planner.request.request import PlanRequest
from planner.shops import shopping_in
from planner.table.prepare import PreparedTable, prepare_table
from planner.table.session import EarlierPlan, EditReport, TableSession, seat_table
from planner.table.swap import choices_of, report_choices
from planner.table.untouched import days_touched

_USING = Lock()


@dataclass(frozen=True, slots=True)
class ReportedPlan:
    """The plan of a report, from which is planned as from its file: an ``EarlierPlan``."""

    request: PlanRequest
    plan: Plan
    points: Points

    @classmethod
    def of(cls, report: TableReport) -> ReportedPlan:
        """Take the plan of a report that has one."""
        assert report.plan is not None
        return cls(report.request, report.plan, points_of(report))


class LastMade:
    """What was made last for a plan that is changed again and again.

    Parameters
    ----------
    recent
        Those that were used last, the latest at the end.
    most
        How many keep their models, which are large.
    had
        Dishes that are cooked as they were, by id.
    """

    def __init__(
        self,
        recent: list[LastMade] | None = None,
        most: int = 1,
        had: Mapping[str, Dish] = MappingProxyType({}),
    ) -> None:
        self.had = had
        self._kept: TableSession | None = None
        self._bases: dict[tuple[str, int], Any] = {}
        self._recent, self._most = [] if recent is None else recent, most

    def table(self, request: PlanRequest) -> PreparedTable:
        """Return what a request is planned from; made where it was not the last one asked for."""
        known = self._kept
        is_known = known is not None and known.table.request == request
        return (
            known.table if known is not None and is_known else prepare_table(request, had=self.had)
        )

    def seated(self, plan: Plan, table: PreparedTable) -> TableSession:
        """Return the session of a plan, made of the models of the last one where they are alike."""
        known = self._kept
        if known is None or known.plan is not plan or known.table is not table:
            known = seat_table(plan, table, known)
        with _USING:
            self._kept = known
            self._recent[:] = [one for one in self._recent if one is not self] + [self]
            while len(self._recent) > self._most:
                gone = self._recent.pop(0)
                gone._kept = None
        return known

    def basis(self, name: str, week: int) -> Any:
        """Return where the solver ended last for a week of somebody; ``None`` at first."""
        return self._bases.get((name, week))

    def ended(self, week: int, bases: Mapping[str, Any]) -> None:
        """Take where the solver ended for a week of everybody."""
        self._bases |= {(name, week): one for name, one in bases.items()}

    def as_it_stands(self, before: EarlierPlan, request: PlanRequest) -> EditReport | None:
        """Judge a plan by what is asked now, as it stands; ``None`` where it does not hold.

        Nothing is searched and nothing proven, which takes a part of what ``replan_table`` does.

        Raises
        ------
        UserFacingError
            As ``replan_table``.
        """
        if request.week.rhythm is not None:
            return None
        with shopping_in(request.shops):
            table = self.table(request)
            if table.horizon.refused(0, time.perf_counter()) is not None:
                return None
            session = self.seated(before.plan, table)
            if len(before.plan.days) != request.week.days or days_touched(session):
                return None
            report = report_choices(session, choices_of(session), with_bound=False)
            if not report.passed or over_budget_usd(report) > 0.0:
                return None
            assert report.plan is not None
            difference = compare_tables(before.plan, report.plan)
            known = {name: own.points() for name, own in session.eaters.items()}
            return EditReport(with_change_note(report, ()), difference, known)
