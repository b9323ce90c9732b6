"""Run a sweep: plan every way in its rhythm, judge it, and find where the curve of all bends.

Why a plan is looked at in the other ways too: what is allowed and better under a tighter wish is
then never worse under a looser one, and chance of the search shows less as a step.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from foods.errors import UserFacingError
from foods.frame import WORDS, as_frame
from planner.explain.table_report import TableReport
from planner.export.shopping import over_budget_usd
from planner.plan.outcome import Status, TableOutcome
from planner.request.override import RATIO
from planner.request.request import PlanRequest
from planner.rhythm.conflict import can_hold
from planner.rhythm.plan import build_week, found_week, outcome_together, plan_weeks
from planner.rhythm.session import find_standing
from planner.rhythm.table import TableWeek
from planner.settings import read_settings
from planner.shops import shopping_in
from planner.sweep.way import SETTINGS, Axis, SweepWay
from planner.table.prepare import PreparedEater, PreparedTable, prepare_table
from planner.table.report import report_table

if TYPE_CHECKING:
    import pandas as pd

Told = Callable[[int, int], object]
"""Told how many points are searched, and of how many."""
PointStatus = Status | Literal["refused", "stopped"]
STOPPED: PointStatus = "stopped"
_MEANS = ("magnesium_mg", "calcium_mg", "energy_kcal")
FIGURES: Mapping[str, str] = {
    "points": "points",
    "magnesium_mg": "mg", "calcium_mg": "mg", RATIO: "ratio", "energy_kcal": "kcal",
    "eaten_usd": "USD", "kitchen_usd": "USD", "till_usd": "USD",
}  # fmt: skip
"""Figure of a point → its unit; amounts are means a day and person."""


@dataclass(frozen=True, eq=False)
class SweepPoint:
    """What came of one way.

    Parameters
    ----------
    way
        What was asked for.
    status
        As of ``Outcome``; ``"refused"``: a rule refuses the request; ``"stopped"``: Ctrl-C came
        before.
    report
        The plan with its check; ``None`` without one.
    told
        Why there is none, where that is known.
    """

    way: SweepWay
    status: PointStatus
    report: TableReport | None = None
    told: str = ""

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan, which the judge has passed."""
        return self.report is not None

    @property
    def points(self) -> float | None:
        """Points of the plan."""
        return None if self.report is None else self.report.outcome.objective

    @cached_property
    def figures(self) -> Mapping[str, float | None]:
        """Figures by the names of ``FIGURES``; ``None`` where unknown or without a plan."""
        report = self.report
        if report is None or report.plan is None:
            return dict.fromkeys(FIGURES)
        people, means = len(report.reports), {key: report.plan.means.get(key) for key in _MEANS}
        found = {key: None if mean is None else mean / people for key, mean in means.items()}
        found |= {"points": self.points, RATIO: report.plan.ca_mg_ratio}
        found |= {"eaten_usd": report.plan.cost, "kitchen_usd": report.shopping.going_usd}
        found |= {"till_usd": report.shopping.total_usd}
        return {name: found[name] for name in FIGURES}


@dataclass(frozen=True)
class Sweep:
    """The points of one or two varied wishes.

    Parameters
    ----------
    request
        The request that was varied.
    axes
        What was varied; the points stand in the order of their values, the last axis fastest.
    points
        One for each way.
    compares_points
        Whether the points of the objective mean the same everywhere: not where a weight is varied.
    is_stopped
        Whether the keyboard ended it before all was searched.
    """

    request: PlanRequest
    axes: tuple[Axis, ...]
    points: tuple[SweepPoint, ...]
    compares_points: bool = True
    is_stopped: bool = False

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan anywhere."""
        return any(point.has_plan for point in self.points)

    def curves(self) -> list[tuple[SweepPoint, ...]]:
        """Return the points along the first axis, for each value of the second, if there is one."""
        step = len(self.axes[1].values) if len(self.axes) > 1 else 1
        return [self.points[first::step] for first in range(step)]

    @cached_property
    def knees(self) -> tuple[SweepPoint, ...]:
        """The point of each curve at which it bends most, where it bends enough."""
        found = []
        is_bent = self.compares_points and not self.axes[0].compared
        for points in self.curves() if is_bent else ():
            known = {point: point.points for point in points if point.points is not None}
            at = find_knee([float(point.way.at[0]) for point in known], [*known.values()])
            found += [] if at is None else [[*known][at]]
        return tuple(found)

    def fit(self, point: SweepPoint) -> float | None:
        """Return by how many per cent a plan's points are above the least; ``None``: unknown."""
        known = [other.points for other in self.points if other.points is not None]
        least = min(known, default=0.0)
        if point.points is None or least <= 0.0 or not self.compares_points:
            return None
        return 100 * (point.points / least - 1)

    def stretches(self) -> list[tuple[SweepPoint, ...]]:
        """List the runs of neighbors without a plan, along the first axis; each has one reason."""
        return [
            run
            for points in self.curves()
            for status, group in groupby(points, key=lambda point: point.status)
            if (run := tuple(group)) and not run[0].has_plan and status != STOPPED
        ]

    def to_frame(self) -> pd.DataFrame:
        """Return a table of pandas: a row per point; units stand in ``attrs``, unknown is NaN."""
        names = {axis.name: WORDS for axis in self.axes}
        units = {**names, "status": WORDS, **FIGURES, "knee": WORDS}
        return as_frame(self.rows(), units)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Return each point as a row: the values varied, status, figures, whether it is a knee."""
        for point in self.points:
            at = dict(zip((axis.name for axis in self.axes), point.way.at, strict=True))
            yield {**at, "status": point.status, **point.figures, "knee": point in self.knees}


def run_sweep(
    request: PlanRequest,
    axes: Sequence[Axis],
    ways: Sequence[SweepWay],
    told: Told | None = None,
    compares_points: bool = True,
) -> Sweep:
    """Plan each way and give the curve of all.

    Parameters
    ----------
    request
        What was varied.
    axes, ways
        What was varied, and a request for each value, as of ``ways_of``.
    told
        Told how far it is. Ctrl-C ends the work with what is finished.
    compares_points
        As of ``Sweep``.

    Raises
    ------
    UserFacingError
        When every way is refused; the error of the first.
    KeyboardInterrupt
        When it comes before the first way is planned.
    """
    trials, is_stopped = [_Trial(way) for way in ways], False
    with shopping_in(request.shops):
        try:
            for done, trial in enumerate(trials, start=1):
                trial.plan()
                if told is not None:
                    told(done, len(ways))
            plans = [trial.report for trial in trials if trial.report is not None]
            for trial in trials:
                trial.compare(plans)
        except KeyboardInterrupt:
            is_stopped = True
            if trials[0].status == STOPPED:
                raise
    errors = [trial.error for trial in trials if trial.error is not None]
    if len(errors) == len(trials):
        raise errors[0]
    points = (
        SweepPoint(trial.way, trial.status, trial.report, str(trial.error or ""))
        for trial in trials
    )
    return Sweep(request, tuple(axes), tuple(points), compares_points, is_stopped)


@dataclass(slots=True)
class _Trial:
    """What a way is planned from, the rhythm that it took, and what came of it."""

    way: SweepWay
    status: PointStatus = STOPPED
    report: TableReport | None = None
    error: UserFacingError | None = None
    table: PreparedTable | None = None
    rhythm: str = ""

    def plan(self) -> None:
        """Plan without knowing of other ways."""
        try:
            table = prepare_table(self.way.request)
            table = _without_ratio(table) if self.way.is_ratio_free else table
            outcome, self.rhythm = plan_weeks(table, time.perf_counter())
        except UserFacingError as error:
            self.status, self.error = "refused", error
            return
        self.status, self.table = "no_plan_in_time", table.in_rhythm(self.rhythm)
        self.take(self.table, [outcome])

    def take(self, table: PreparedTable, outcomes: Iterable[TableOutcome]) -> None:
        """Take the best week that passes its check and that its budget pays for."""
        found = [(each.total.objective or 0.0, each) for each in outcomes if each.total.has_plan]
        for points, outcome in sorted(found, key=lambda each: each[0]):
            if self.report and (self.report.outcome.objective or 0.0) <= points:
                return
            report = report_table(table, outcome)
            if report.passed and over_budget_usd(report) <= 0.0:
                self.report, self.status = report, report.outcome.status
                return

    def compare(self, plans: Iterable[TableReport]) -> None:
        """Take the best of the plans of all ways that hold here, or find out that none can."""
        if self.table is None or self.table.count > 1:
            return
        week = build_week(self.table, self.rhythm, 0, ())
        self.take(self.table, _seated(week, plans))
        if self.report is None and not can_hold(replace(week, whole=week.whole.eased())):
            self.status = "infeasible"


def _seated(week: TableWeek, plans: Iterable[TableReport]) -> Iterator[TableOutcome]:
    """Return what a week has of each plan, in the nearest portions, where all rules hold."""
    for plan in plans:
        taken = list[int]()
        for name, choices in week.choices.items():
            eater = plan.reports.get(name)
            days = eater.plan.days if eater and eater.plan else ()
            taken += [week.first[name] + at for at in find_standing(choices, days).taken]
        yield outcome_together(found_week(week, taken), time.perf_counter())


def _without_ratio(table: PreparedTable) -> PreparedTable:
    """Leave calcium to magnesium out of what everybody is held to, for comparison only."""

    def free(eater: PreparedEater) -> PreparedEater:
        kept = tuple(target for target in eater.targets.targets if target.nutrient != RATIO)
        targets = replace(eater.targets, targets=kept, ratio_mode="off")
        weeks = tuple(replace(week, targets=kept) for week in eater.weeks)
        source = replace(eater.source, targets=kept)
        return replace(eater, targets=targets, source=source, weeks=weeks)

    freed = {name: free(eater) for name, eater in table.weeks.items()}
    return replace(table, alone=freed, weeks=freed)


def find_knee(at: Sequence[float], values: Sequence[float]) -> int | None:
    """Find where a curve lies furthest below the straight line between its ends.

    There one step more on the dear side begins to cost much more than one on the other side.

    Parameters
    ----------
    at, values
        The curve, ascending in ``at``; both are counted as shares of their range.

    Returns
    -------
    int or None
        Number of the point; ``None`` for a curve that is too short, flat, or hardly bends. Method
        and threshold: ``configs/sweep.toml``.
    """
    rule = read_settings(SETTINGS)["knee"]
    if len(at) < rule["least_points"] or not np.ptp(at) or not np.ptp(values):
        return None
    x, y = (np.subtract(known, known[0]) / np.ptp(known) for known in (at, values))
    below = x * y[-1] - y
    best = int(np.argmax(below))
    return best if below[best] >= rule["least_bend"] else None
