"""Solve the weeks of several eaters who share some dishes.

Each eater has a model, a linear program and a bound of one's own, with every shared place held to
what all of its eaters may have. Points add up, so the sum of the bounds is a bound for all of them
together: no weeks that share these dishes have fewer points.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from planner.model.build import ModelInput
from planner.solve.aggregate import solve_aggregate
from planner.solve.evaluate import FoundWeek
from planner.solve.outcome import Outcome
from planner.solve.pots import EaterWeek, PotOptions, Shared, searched_columns, shares_of
from planner.solve.search import Progress, SearchOptions, WeekSearch, merged
from planner.solve.week import (
    NARROW_POINTS,
    WIDE_POINTS,
    build_week,
    find_empty_places,
    judge_week,
)

USUAL_POTS = PotOptions()
_WORSE = ("optimal", "feasible", "no_plan_in_time", "infeasible")


@dataclass(frozen=True, slots=True)
class HouseholdOutcome:
    """What came of solving for a household.

    Parameters
    ----------
    total
        All together: sums of points and bounds.
    each
        Name → what came of it for that eater; without a plan only those in whose way something is.
    """

    total: Outcome
    each: Mapping[str, Outcome]


def solve_household(
    sources: Mapping[str, ModelInput],
    shared: Shared,
    options: SearchOptions,
    pots: PotOptions = USUAL_POTS,
    started: float | None = None,
    progress: Progress | None = None,
) -> HouseholdOutcome:
    """Compose the weeks of all eaters and prove how far they can be from the best.

    Parameters
    ----------
    sources
        Name → input of that eater's model, as of ``share_places``.
    shared
        Who shares which places.
    options, pots
        Work to do.
    started, progress
        As of ``solve_week``.

    Raises
    ------
    SolverError
        When the solver fails, or a week comes out below its bound.
    KeyboardInterrupt
        When it comes before first weeks were found.
    """
    started = time.perf_counter() if started is None else started
    empty = {name: find_empty_places(source, started) for name, source in sources.items()}
    refused = {name: outcome for name, outcome in empty.items() if outcome is not None}
    if refused:
        return HouseholdOutcome(add_up(refused.values()), refused)
    tables = {}
    for name, source in sources.items():
        parts = build_week(source)
        tables[name] = EaterWeek(parts, solve_aggregate(source, parts.arrays))
    blank = {name: _blank(table, started) for name, table in tables.items()}
    failed = {name: blank[name] for name, one in tables.items() if one.answer.bound is None}
    if failed:
        return HouseholdOutcome(add_up(failed.values()), failed)
    return _compose(tables, blank, shared, (options, pots), started, progress)


def _compose(
    tables: Mapping[str, EaterWeek],
    blank: Mapping[str, Outcome],
    shared: Shared,
    work: tuple[SearchOptions, PotOptions],
    started: float,
    progress: Progress | None,
) -> HouseholdOutcome:
    """Search among cheap columns, and among more when that fails; judge each week by itself."""
    options, pots = work
    bound = sum(table.answer.bound or 0.0 for table in tables.values())
    deadline = None if options.time_limit_s is None else started + options.time_limit_s
    for points in (NARROW_POINTS, WIDE_POINTS):
        columns = searched_columns(tables, shared, points, pots)
        search = WeekSearch(shares_of(tables, columns, shared))
        weeks = search.run(options, bound, deadline, progress)
        total = merged(weeks)
        if not total.broken:
            break
    each = {}
    for (name, table), found in zip(tables.items(), weeks, strict=True):
        count = sum(len(members) for members, _ in columns[name])
        each[name] = _judged(table, found, replace(blank[name], searched=count), total, started)
    outcome = add_up(each.values())
    if total.broken:
        rows = tuple(
            f"{name}: {row}" for name, found in zip(tables, weeks, strict=True)
            for row in found.broken
        )  # fmt: skip
        return HouseholdOutcome(replace(outcome, broken=rows), each)
    return HouseholdOutcome(outcome, each)


def _judged(
    table: EaterWeek, found: FoundWeek, blank: Outcome, total: FoundWeek, started: float
) -> Outcome:
    outcome = replace(
        blank,
        bound=table.answer.bound,
        cut_by_clock=total.cut,
        stopped=total.stopped,
        time_s=time.perf_counter() - started,
    )
    if total.broken:
        return replace(outcome, status="no_plan_in_time", broken=found.broken)
    return judge_week(outcome, table.parts, found)


def _blank(table: EaterWeek, started: float) -> Outcome:
    return Outcome(
        status="infeasible",
        days=(),
        objective=None,
        bound=None,
        broken=(),
        solver=table.answer.solver,
        version=table.answer.version,
        considered=len(table.parts.model.table),
        searched=0,
        build_s=table.parts.build_s,
        time_s=time.perf_counter() - started,
    )


def add_up(outcomes: Iterable[Outcome]) -> Outcome:
    """Add up points, bounds and counts; a plan stands only where everybody has one."""
    each = list(outcomes)
    terms: dict[str, float] = {}
    for one in each:
        for name, points in one.terms.items():
            terms[name] = terms.get(name, 0.0) + points
    objective = _sum_of(one.objective for one in each)
    bound = _sum_of(one.bound for one in each)
    worst = max((one.status for one in each), key=_WORSE.index)
    return replace(
        each[0],
        status=worst,
        days=(),
        objective=objective,
        bound=bound,
        broken=tuple(row for one in each for row in one.broken),
        considered=sum(one.considered for one in each),
        searched=sum(one.searched for one in each),
        build_s=sum(one.build_s for one in each),
        time_s=max(one.time_s for one in each),
        terms=terms,
    )


def _sum_of(values: Iterable[float | None]) -> float | None:
    given = list(values)
    return None if None in given else sum(value for value in given if value is not None)
