"""A plan that is changed again and again, and what was made for it last."""

from __future__ import annotations

from dataclasses import dataclass

from planner.explain.table_report import TableReport
from planner.export.diff import Points, points_of
from planner.plan.plan import Plan
from planner.request.request import PlanRequest


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
