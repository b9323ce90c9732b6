"""Solve a week: the LP of the aggregated week chooses columns and proves, the search composes."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from planner.errors import SolverError
from planner.model.build import ModelInput, WeekModel, build_average_day
from planner.solve.aggregate import Aggregate, solve_aggregate
from planner.solve.arrays import WeekArrays, read_arrays
from planner.solve.outcome import Outcome
from planner.solve.search import Between, FoundWeek, SearchOptions, WeekSearch

NARROW_POINTS = 0.03  # reduced cost up to which a column is searched [points]
WIDE_POINTS = 0.5  # the same when the narrow search finds no plan
LEAST_PER_PLACE = 12  # columns searched on each place, however dear
BOUND_SLACK = 1e-6  # a plan below its bound by more than this is a fault, not a plan


PRICED_RULES = {
    "nutrient_day": "soft_targets",
    "nutrient_week": "soft_targets",
    "share_day": "soft_targets",
    "share_week": "soft_targets",
    "ratio_day": "soft_targets",
    "ratio_week": "soft_targets",
    "liked": "taste",
    "kinds": "waste",
}  # all other priced rows are variety


def solve_week(source: ModelInput, options: SearchOptions, started: float | None = None) -> Outcome:
    """Compose a week from ``source`` and prove how far it can be from the best.

    Parameters
    ----------
    source
        What the model is built from.
    options
        Work to do.
    started
        Reading of ``time.perf_counter`` from which time is counted; now when left out.

    Raises
    ------
    SolverError
        When the solver fails, or a plan comes out below its bound.
    """
    building = time.perf_counter()
    started = building if started is None else started
    empty = _empty_places(source)
    if empty:
        return _nothing_to_eat(empty, started)
    model = build_average_day(source)
    arrays = read_arrays(model)
    build_s = time.perf_counter() - building
    answer = solve_aggregate(source, arrays)
    outcome = Outcome(
        status="infeasible",
        days=(),
        objective=None,
        bound=None,
        broken=(),
        solver=answer.solver,
        version=answer.version,
        considered=len(model.table),
        searched=0,
        build_s=build_s,
        time_s=time.perf_counter() - started,
    )
    if answer.bound is None:
        return outcome
    deadline = None if options.time_limit_s is None else started + options.time_limit_s
    found, searched = _search(model, arrays, options, answer, deadline)
    outcome = replace(
        outcome,
        bound=answer.bound,
        searched=searched,
        cut_by_clock=found.cut,
        time_s=time.perf_counter() - started,
    )
    if found.broken:
        return replace(outcome, status="no_plan_in_time", broken=found.broken)
    return _with_plan(outcome, model, found)


def _with_plan(outcome: Outcome, model: WeekModel, found: FoundWeek) -> Outcome:
    bound = outcome.bound
    assert bound is not None
    if found.objective < bound - BOUND_SLACK * max(1.0, abs(bound)):
        raise SolverError(
            f"the plan ({found.objective:.4f} points) lies below its proven bound ({bound:.4f})",
            remedy="this is a fault of the program: please report the request",
        )
    columns = model.table.columns
    days = tuple(tuple(columns[index] for index in chosen) for chosen in found.choices)
    is_proven = found.objective <= bound + BOUND_SLACK
    return replace(
        outcome,
        status="optimal" if is_proven else "feasible",
        days=days,
        objective=found.objective,
        terms=_terms(model, found),
    )


def _terms(model: WeekModel, found: FoundWeek) -> dict[str, float]:
    """Points by term: of the columns, of soft targets, and of the rest as variety."""
    terms: dict[str, float] = {}
    for kind, chosen in zip(model.source.weekend, found.choices, strict=True):
        for name, values in model.terms[kind].items():
            terms[name] = terms.get(name, 0.0) + float(values[list(chosen)].sum())
    for rule, points in found.terms.items():
        name = PRICED_RULES.get(rule, "variety")
        terms[name] = terms.get(name, 0.0) + points
    return terms


def _empty_places(source: ModelInput) -> tuple[str, ...]:
    """Name the required places on which no candidate may stand."""
    served = {place for candidate in source.candidates.candidates for place in candidate.places}
    return tuple(
        place.place_id
        for place in source.rules.places
        if place.required and place.place_id not in served
    )


def _nothing_to_eat(places: tuple[str, ...], started: float) -> Outcome:
    elapsed = time.perf_counter() - started
    return Outcome(
        "infeasible",
        (),
        None,
        None,
        tuple(f"place.{p}" for p in places),
        "",
        "",
        0,
        0,
        0.0,
        elapsed,
    )


def _search(
    model: WeekModel,
    arrays: WeekArrays,
    options: SearchOptions,
    answer: Aggregate,
    deadline: float | None,
) -> tuple[FoundWeek, int]:
    """Search among the columns that the LP finds cheap, and among more when that fails."""
    assert answer.bound is not None
    found, count = None, 0
    for points in (NARROW_POINTS, WIDE_POINTS):
        places = _columns_for(model, answer.reduced, points)
        count = sum(len(members) for members, _ in places)
        search = WeekSearch(
            arrays, places, Between(model.spacings, model.orders, model.spreads), answer.likely
        )
        found = search.run(options, answer.bound, deadline)
        if not found.broken:
            break
    assert found is not None
    return found, count


def _columns_for(
    model: WeekModel, reduced: np.ndarray, points: float
) -> list[tuple[list[int], bool]]:
    """For each place the columns worth searching: the cheap ones, and at least a few."""
    places = []
    for place in model.source.rules.places:
        members = [c.index for c in model.table.columns if c.place == place.place_id]
        if not members:
            continue
        members.sort(key=lambda index: (reduced[index], index))
        kept = [i for n, i in enumerate(members) if n < LEAST_PER_PLACE or reduced[i] <= points]
        places.append((sorted(kept), place.required))
    return places
