"""The report of a table: one report for each eater, one or more, and what they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foods.table import FoodTable
from planner.explain.report import Refusal, Report, Why
from planner.explain.words import names_in_words
from planner.kitchen.batch import BatchPlan
from planner.plan.plan import Plan
from planner.request.request import PlanRequest
from planner.solve.outcome import Outcome


@dataclass(frozen=True, slots=True)
class TableReport:
    """What the pipeline answers: each eater's own report, and the table they have in common.

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
    def alone(self) -> Report | None:
        """The only report of a request that names no eaters; ``None`` where it names some."""
        return None if self.request.eaters else next(iter(self.reports.values()))

    @property
    def passed(self) -> bool:
        """Whether there is a plan, and each eater's own check passes."""
        checks = [report.check for report in self.reports.values()]
        return self.plan is not None and all(one is not None and one.passed for one in checks)


def notes_on_table(request: PlanRequest, shared: Mapping[str, Sequence[str]]) -> list[str]:
    """Say what is common: dishes, the budget, guests."""
    notes = [
        f"{place.split('.')[0].capitalize()}: {names_in_words(names)} have the same main dish "
        "each day, each in a portion of one's own; sides and all other meals are each eater's own."
        for place, names in shared.items()
    ]
    if request.preferences.budget_per_week is not None:
        notes.append("The budget is the whole table's: each eater has a share by need of energy.")
    if request.week.guests:
        notes.append(
            "Guests get one standard serving of each dish of their meal; it is bought and cooked, "
            "and counts in no eater's totals, cost or budget."
        )
    return notes
