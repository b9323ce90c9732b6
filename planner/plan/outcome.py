"""What came of solving, in our own words: of a week, of several, and of a table."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from planner.candidates.candidate import Column

Status = Literal["feasible", "infeasible", "no_plan_in_time"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of solving a week.

    Parameters
    ----------
    status
        ``"feasible"``: a plan; ``"infeasible"``: proven that none exists; ``"no_plan_in_time"``:
        none found with the work allowed.
    days
        For each day the chosen columns; empty without a plan.
    objective
        Points of the plan; ``None`` without one.
    broken
        Rows that the best attempt breaks, where there is no plan.
    considered
        Columns that the search chose from.
    time_s
        Seconds that it took.
    terms
        Term of the objective → points.
    weeks
        The weeks that it is made of, each given the weeks before it; empty where it is one week.
    """

    status: Status
    days: tuple[tuple[Column, ...], ...]
    objective: float | None
    broken: tuple[str, ...]
    considered: int
    time_s: float
    terms: Mapping[str, float] = field(default_factory=dict)
    weeks: tuple[Outcome, ...] = ()

    @classmethod
    def without_week(
        cls, started: float, *, considered: int = 0, broken: tuple[str, ...] = ()
    ) -> Outcome:
        """State that there is no week: as an answer, or for what is found to be put in its place.

        Parameters
        ----------
        started
            Reading of ``time.perf_counter`` from which time is counted.
        considered, broken
            As of the class.
        """
        return cls(
            status="infeasible",
            days=(),
            objective=None,
            broken=broken,
            considered=considered,
            time_s=time.perf_counter() - started,
        )

    @property
    def has_plan(self) -> bool:
        """Whether there are days to read."""
        return self.status == "feasible"


_WORSE = ("feasible", "no_plan_in_time", "infeasible")


@dataclass(frozen=True, slots=True)
class TableOutcome:
    """What came of solving for everybody at a table.

    Parameters
    ----------
    total
        All together: sums of points.
    each
        Name → what came of it for that eater; without a plan only those in whose way something is.
    is_shared_conflict
        Whether each eater has a week alone, but proven no weeks have the same dishes where they are
        shared.
    """

    total: Outcome
    each: Mapping[str, Outcome]
    is_shared_conflict: bool = False


def add_up(outcomes: Iterable[Outcome]) -> Outcome:
    """Add up points and counts; a plan stands only where everybody has one."""
    each = list(outcomes)
    terms: dict[str, float] = {}
    for outcome in each:
        for name, points in outcome.terms.items():
            terms[name] = terms.get(name, 0.0) + points
    worst = max((outcome.status for outcome in each), key=_WORSE.index)
    weeks = zip(*(outcome.weeks for outcome in each), strict=False)
    return replace(
        each[0],
        status=worst,
        days=(),
        objective=_sum_of(outcome.objective for outcome in each),
        broken=tuple(row for outcome in each for row in outcome.broken),
        considered=sum(outcome.considered for outcome in each),
        time_s=max(outcome.time_s for outcome in each),
        terms=terms,
        weeks=tuple(add_up(week) for week in weeks),
    )


def _sum_of(values: Iterable[float | None]) -> float | None:
    given = list(values)
    return None if None in given else sum(value for value in given if value is not None)


def joined(outcomes: Sequence[Outcome]) -> Outcome:
    """Put weeks together: points are sums, the status is that of the weakest.

    One week stays what it is.
    """
    if len(outcomes) == 1:
        return outcomes[0]
    last = outcomes[-1]
    terms: dict[str, float] = {}
    for outcome in outcomes:
        for name, points in outcome.terms.items():
            terms[name] = terms.get(name, 0.0) + points
    objectives = [outcome.objective for outcome in outcomes if outcome.objective is not None]
    return Outcome(
        status=max((outcome.status for outcome in outcomes), key=_WORSE.index),
        days=tuple(day for outcome in outcomes for day in outcome.days) if last.has_plan else (),
        objective=sum(objectives) if last.has_plan else None,
        broken=last.broken,
        considered=max(outcome.considered for outcome in outcomes),
        time_s=last.time_s,
        terms=terms,
        weeks=tuple(outcomes),
    )


def joined_weeks(weeks: Sequence[TableOutcome]) -> TableOutcome:
    """Put weeks together for each eater and for all; the last one may have no plan."""
    last = weeks[-1]
    each = {
        name: joined([week.each[name] for week in weeks if name in week.each]) for name in last.each
    }
    total = joined([week.total for week in weeks])
    return TableOutcome(total, each, last.is_shared_conflict)
