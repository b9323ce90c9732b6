"""Solve the weeks of several eaters who share some dishes.

Each eater has a model, a linear program and a bound of one's own, with every shared place held to
what all of its eaters may have. Points add up, so the sum of the bounds is a bound for all of them
together: no weeks that share these dishes have fewer points.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.model.build import ModelInput
from planner.solve.aggregate import Aggregate, solve_aggregate
from planner.solve.evaluate import FoundWeek
from planner.solve.layout import Share
from planner.solve.outcome import Outcome
from planner.solve.search import Progress, SearchOptions, WeekSearch, merged
from planner.solve.week import (
    NARROW_POINTS,
    WIDE_POINTS,
    WeekParts,
    build_week,
    columns_for,
    find_empty_places,
    judge_week,
)

_WORSE = ("optimal", "feasible", "no_plan_in_time", "infeasible")

Shared = Mapping[str, Sequence[str]]
"""Place → names of the eaters who have the same dish there."""


@dataclass(frozen=True, slots=True)
class PotOptions:
    """How a household is searched, beside the work of every search.

    Parameters
    ----------
    least_dishes
        Dishes that are searched on a shared place at least.
    portion_points
        Portions of such a dish that are searched for an eater: those up to so many points dearer
        than the cheapest one [points].
    """

    least_dishes: int = 24
    portion_points: float = 0.3


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


@dataclass(frozen=True, slots=True)
class _Table:
    """One eater's model, and what the aggregated week says of it."""

    parts: WeekParts
    answer: Aggregate


def share_places(sources: Mapping[str, ModelInput], shared: Shared) -> dict[str, ModelInput]:
    """Keep on each shared place only what every one of its eaters may have.

    Parameters
    ----------
    sources
        Name → input of that eater's model.
    shared
        Who shares which places.
    """
    common = {
        place: frozenset.intersection(*(_served_on(sources[name], place) for name in names))
        for place, names in shared.items()
    }
    return {
        name: _kept(source, {place: common[place] for place in shared if name in shared[place]})
        for name, source in sources.items()
    }


def solve_household(
    sources: Mapping[str, ModelInput],
    shared: Shared,
    options: SearchOptions,
    pots: PotOptions = PotOptions(),
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
        tables[name] = _Table(parts, solve_aggregate(source, parts.arrays))
    blank = {name: _blank(table, started) for name, table in tables.items()}
    failed = {name: blank[name] for name, one in tables.items() if one.answer.bound is None}
    if failed:
        return HouseholdOutcome(add_up(failed.values()), failed)
    return _compose(tables, blank, shared, (options, pots), started, progress)


def _compose(
    tables: Mapping[str, _Table],
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
        columns = _searched(tables, shared, points, pots)
        search = WeekSearch(_shares(tables, columns, shared))
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
    table: _Table, found: FoundWeek, blank: Outcome, total: FoundWeek, started: float
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


def _shares(
    tables: Mapping[str, _Table],
    columns: Mapping[str, list[tuple[list[int], bool]]],
    shared: Shared,
) -> list[Share]:
    """Say what each eater may be served, and which pot each column of a shared place is from."""
    pots: dict[str, dict[str, dict[int, int]]] = {name: {} for name in tables}
    for place, names in shared.items():
        served = {name: _dishes(tables[name], columns[name], place) for name in names}
        dishes = sorted(set.intersection(*(set(of_one.values()) for of_one in served.values())))
        for name, of_one in served.items():
            pots[name][place] = {
                column: dishes.index(dish) for column, dish in of_one.items() if dish in dishes
            }
    return [
        Share(
            table.parts.arrays,
            columns[name],
            table.parts.between,
            table.answer.likely,
            pots=pots[name],
        )
        for name, table in tables.items()
    ]


def _dishes(table: _Table, columns: Sequence[tuple[list[int], bool]], place: str) -> dict[int, str]:
    """Name what each searched column of a place serves; nothing (-1) where it may be empty."""
    found = {}
    for members, required in columns:
        if table.parts.arrays.places[members[0]] == place:
            of_model = table.parts.model.table.columns
            found = {index: of_model[index].candidate.candidate_id for index in members}
            if not required:
                found[-1] = ""
    return found


def _searched(
    tables: Mapping[str, _Table], shared: Shared, points: float, pots: PotOptions
) -> dict[str, list[tuple[list[int], bool]]]:
    """Give each eater's columns to search: of shared places those of the same dishes for all."""
    common = {
        place: _cheap_dishes([tables[name] for name in names], place, points, pots.least_dishes)
        for place, names in shared.items()
    }
    found = {}
    for name, table in tables.items():
        places = columns_for(table.parts.model, table.answer.reduced, points)
        for number, (members, required) in enumerate(places):
            place = table.parts.arrays.places[members[0]]
            if name in shared.get(place, ()):
                kept = _portions(table, place, common[place], pots.portion_points)
                places[number] = (kept, required)
        found[name] = places
    return found


def _cheap_dishes(
    tables: Sequence[_Table], place: str, points: float, least: int
) -> frozenset[str]:
    """Name the dishes that cost all eaters of a place together the least reduced cost."""
    costs: dict[str, float] = {}
    for table in tables:
        for dish, columns in _columns_by_dish(table, place).items():
            costs[dish] = costs.get(dish, 0.0) + float(table.answer.reduced[columns].min())
    ranked = sorted(costs, key=lambda dish: (costs[dish], dish))
    return frozenset(
        dish
        for number, dish in enumerate(ranked)
        if number < least or costs[dish] <= points * len(tables)
    )


def _portions(table: _Table, place: str, dishes: frozenset[str], dearer: float) -> list[int]:
    """Give the columns of ``dishes`` on a place, in the portions that are worth searching."""
    reduced, kept = table.answer.reduced, list[int]()
    for dish, columns in _columns_by_dish(table, place).items():
        if dish in dishes:
            least = float(reduced[columns].min())
            kept += [index for index in columns if reduced[index] <= least + dearer]
    return sorted(kept)


def _columns_by_dish(table: _Table, place: str) -> dict[str, list[int]]:
    by_dish: dict[str, list[int]] = {}
    for column in table.parts.model.table.columns:
        if column.place == place:
            by_dish.setdefault(column.candidate.candidate_id, []).append(column.index)
    return by_dish


def _served_on(source: ModelInput, place: str) -> frozenset[str]:
    candidates = source.candidates.candidates
    return frozenset(one.candidate_id for one in candidates if place in one.places)


def _kept(source: ModelInput, common: Mapping[str, frozenset[str]]) -> ModelInput:
    """Take from shared places what is not common, and second meals of what is never cooked."""
    first = source.rules.rules["leftover"]["cooked_on"]
    candidates = []
    for one in source.candidates.candidates:
        places = tuple(
            place
            for place in one.places
            if one.candidate_id in common.get(place, {one.candidate_id})
        )
        never = one.traits.is_leftover and one.source_id not in common.get(first, {one.source_id})
        if places and not never:
            candidates.append(replace(one, places=places))
    return replace(source, candidates=replace(source.candidates, candidates=tuple(candidates)))


def _blank(table: _Table, started: float) -> Outcome:
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
