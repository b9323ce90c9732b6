"""What a sweep answers: a point for each way, with its plan, and where it bends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from foods.frame import WORDS, as_frame
from planner.explain.table_report import TableReport
from planner.plan.outcome import Status
from planner.request.override import RATIO
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.sweep.way import SETTINGS, Axis, SweepWay, Value

if TYPE_CHECKING:
    import pandas as pd

PointStatus = Status | Literal["refused", "stopped"]
STOPPED: PointStatus = "stopped"
WORDS_OF: Mapping[PointStatus, str] = {
    "feasible": "planned",
    "infeasible": "no plan exists",
    "no_plan_in_time": "no plan found",
    "refused": "refused",
    "stopped": "not planned: stopped before",
}
FIGURES: Mapping[str, str] = {
    "points": "points",
    "magnesium_mg": "mg", "calcium_mg": "mg", RATIO: "ratio", "energy_kcal": "kcal",
    "eaten_usd": "USD", "kitchen_usd": "USD", "till_usd": "USD",
}  # fmt: skip
"""Figure of a point → its unit; amounts are means a day and person."""


@dataclass(frozen=True)
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
        known: dict[str, float | None] = dict.fromkeys(FIGURES)
        known |= {"points": self.points}
        if self.report is None or self.report.plan is None:
            return known
        plan, people = self.report.plan, len(self.report.reports)
        for key in ("magnesium_mg", "calcium_mg", "energy_kcal"):
            mean = plan.means.get(key)
            known[key] = None if mean is None else mean / people
        return known | {
            RATIO: plan.ca_mg_ratio,
            "eaten_usd": plan.cost,
            "kitchen_usd": self.report.shopping.going_usd,
            "till_usd": self.report.shopping.total_usd,
        }


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
        return any(one.has_plan for one in self.points)

    def curves(self) -> Iterator[tuple[Value | None, tuple[SweepPoint, ...]]]:
        """Return the points along the first axis, for each value of the second, if there is one."""
        if len(self.axes) == 1:
            yield None, self.points
            return
        for value in self.axes[1].values:
            yield value, tuple(one for one in self.points if one.way.at[1] == value)

    def knees(self) -> dict[Value | None, SweepPoint]:
        """Return for each curve the point at which it bends most, where it bends enough."""
        if not (self.compares_points and self.axes[0].is_numeric):
            return {}
        found = {}
        for value, points in self.curves():
            known = [(float(one.way.at[0]), one) for one in points if one.points is not None]
            at = find_knee([x for x, _ in known], [one.points or 0.0 for _, one in known])
            if at is not None:
                found[value] = known[at][1]
        return found

    def stretches(self) -> list[tuple[SweepPoint, ...]]:
        """Give the runs of neighbours without a plan, along the first axis; those of one reason."""
        return [
            run
            for _, points in self.curves()
            for status, group in groupby(points, key=lambda one: one.status)
            if (run := tuple(group)) and not run[0].has_plan and status != STOPPED
        ]

    def to_frame(self) -> pd.DataFrame:
        """Return a table of pandas: a row per point; units stand in ``attrs``, unknown is NaN."""
        names = {axis.name: WORDS for axis in self.axes}
        units = {**names, "status": WORDS, **FIGURES, "knee": WORDS}
        return as_frame(self.rows(), units)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Return each point as a row: the values varied, status, figures, whether it is a knee."""
        knees = list(self.knees().values())
        for one in self.points:
            at = dict(zip((axis.name for axis in self.axes), one.way.at, strict=True))
            is_knee = any(one is knee for knee in knees)
            yield {**at, "status": one.status, **one.figures, "knee": is_knee}


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
    if len(at) < rule["least_points"]:
        return None
    width, height = at[-1] - at[0], max(values) - min(values)
    if width <= 0.0 or height <= 0.0:
        return None
    rise = values[-1] - values[0]
    each = zip(at, values, strict=True)
    below = [(values[0] + rise * (x - at[0]) / width - y) / height for x, y in each]
    best = max(range(len(below)), key=lambda number: below[number])
    return best if below[best] >= rule["least_bend"] else None
