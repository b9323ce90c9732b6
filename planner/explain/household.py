"""The report of a household: one report for each eater, and the common table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foods.table import FoodTable
from planner.explain.report import Refusal, Report, Why
from planner.plan.batch import BatchPlan
from planner.plan.plan import Plan
from planner.solve.outcome import Outcome
from planner.targets.request import PlanRequest


@dataclass(frozen=True, slots=True)
class HouseholdReport:
    """What the pipeline answers to several eaters.

    Parameters
    ----------
    request
        What was asked for.
    shared
        Place → names of those who have the same dish there.
    reports
        Name → report on that eater's own plan, each checked by itself; without a plan, of those
        whose rules are in the way.
    outcome
        What the solver said of all together: points and bound are sums.
    foods
        The food table used.
    plan, why, batch
        The common table with everybody's shares, its main sources and points, and what to cook
        double; ``None`` without a plan.
    notes
        Sentences about the household that go with the plan.
    refusal
        What is in the way of the table as a whole; ``None`` where it is in the way of eaters alone.
    """

    request: PlanRequest
    shared: Mapping[str, tuple[str, ...]]
    reports: Mapping[str, Report]
    outcome: Outcome
    foods: FoodTable
    plan: Plan | None = None
    why: Why | None = None
    batch: BatchPlan | None = None
    notes: tuple[str, ...] = ()
    refusal: Refusal | None = None

    @property
    def passed(self) -> bool:
        """Whether there is a plan, and each eater's own check passes."""
        checks = [report.check for report in self.reports.values()]
        return self.plan is not None and all(one is not None and one.passed for one in checks)
