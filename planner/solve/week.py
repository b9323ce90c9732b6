"""Solve a week: the LP of the aggregated week chooses columns and proves, the search composes."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np

from planner.bound.aggregate import HIGHS, Aggregate, solve_aggregate
from planner.errors import SolverError
from planner.model.arrays import WeekArrays, read_arrays, with_points_of
from planner.model.build import ModelInput, WeekModel, build_average_day, points_by_term
from planner.model.clinical import spreads_of
from planner.search.evaluate import Between, Choices, FoundWeek, evaluate_week
from planner.search.improve import Improving
from planner.search.layout import Places, Share
from planner.search.search import Progress, SearchOptions, WeekSearch
from planner.solve.outcome import Outcome

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
    "packages": "waste",
}  # all other priced rows are variety


@dataclass(frozen=True, slots=True)
class WeekParts:
    """A model with its rows read off, from which weeks are searched.

    Parameters
    ----------
    model, arrays
        The model of an average day, and its rows.
    build_s
        Time that it took [s].
    """

    model: WeekModel
    arrays: WeekArrays
    build_s: float

    @property
    def between(self) -> Between:
        """Rules between single days."""
        model = self.model
        return Between(model.spacings, model.orders, model.spreads)


@dataclass(frozen=True, slots=True)
class Steering:
    """What leads a search besides the points of the model.

    Parameters
    ----------
    arrays
        The rows of the model with other points, which only lead.
    start
        For each day the columns to start from; ``None`` for a day without.
    first
        Work of a first attempt near the start; the usual work follows where it finds no week.
    """

    arrays: WeekArrays
    start: Sequence[Sequence[int] | None] = ()
    first: SearchOptions | None = None


@dataclass(frozen=True, slots=True)
class _Searched:
    """The best week of a search, the columns that it searched, and weeks that it passed."""

    found: FoundWeek
    places: Places
    seen: Sequence[Choices]


def build_week(source: ModelInput) -> WeekParts:
    """Build the model of ``source`` and read its rows off."""
    building = time.perf_counter()
    with _no_garbage():
        model = build_average_day(source)
        arrays = read_arrays(model)
    return WeekParts(model, arrays, time.perf_counter() - building)


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Look for no garbage meanwhile: all that a model is made of is kept."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def build_week_like(parts: WeekParts, source: ModelInput) -> WeekParts:
    """Give the parts of another week of the same request, from those of one built before.

    Where its days are of the same kinds only its points differ, and what it must keep with the days
    of other weeks, so nothing is built again.
    """
    old = parts.model
    if source is old.source:
        return parts
    if source.kinds != old.source.kinds:
        return build_week(source)
    building = time.perf_counter()
    model = replace(
        old,
        terms=points_by_term(old.table, source),
        spreads=spreads_of(old.table, source.clinical, source.absences, source.elsewhere),
        source=source,
    )
    arrays = with_points_of(parts.arrays, model)
    return WeekParts(model, arrays, time.perf_counter() - building)


def solve_week(
    source: ModelInput,
    options: SearchOptions,
    started: float | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Compose a week from ``source`` and prove how far it can be from the best.

    Parameters
    ----------
    source
        What the model is built from.
    options
        Work to do.
    started
        Reading of ``time.perf_counter`` from which time is counted; now when left out.
    progress
        Told the best week after each round.

    Raises
    ------
    SolverError
        When the solver fails, or a plan comes out below its bound.
    KeyboardInterrupt
        When it comes before a first week was found.
    """
    started = time.perf_counter() if started is None else started
    refusal = find_empty_places(source, started)
    if refusal is not None:
        return refusal
    parts = build_week(source)
    answer = solve_aggregate(source, parts.arrays)
    return compose_week(parts, answer, options, started, progress=progress)


def compose_week(
    parts: WeekParts,
    answer: Aggregate,
    options: SearchOptions,
    started: float,
    steering: Steering | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Search a week of ``parts`` and judge it by the points of its model.

    Parameters
    ----------
    parts, answer
        The model, and what the aggregated week says of it.
    options, started, progress
        As in ``solve_week``.
    steering
        What else leads the search; its points are not those that the plan is judged by.
    """
    outcome = Outcome.without_week(
        started,
        considered=len(parts.model.table),
        build_s=parts.build_s,
        proof=(answer.solver, answer.version),
    )
    if answer.bound is None:
        return outcome
    deadline = None if options.time_limit_s is None else started + options.time_limit_s
    searched = _search(parts, options, answer, deadline, steering, progress)
    found, bound = searched.found, answer.bound
    holds = not (found.broken or found.stopped)
    # days are put together by HiGHS alone; where CBC stood in, the search has the last word
    if steering is None and options.columns is not None and holds and answer.solver == HIGHS:
        improving = Improving(
            parts.model, parts.arrays, parts.between, searched.places, answer.likely,
            found, bound, options, deadline, progress,
        )  # fmt: skip
        improving.run(searched.seen)
        found, bound = improving.best, improving.bound
    outcome = replace(
        outcome,
        bound=bound,
        searched=sum(len(members) for members, _ in searched.places),
        cut_by_clock=found.cut,
        stopped=found.stopped,
        time_s=time.perf_counter() - started,
    )
    if found.broken:
        return replace(outcome, status="no_plan_in_time", broken=found.broken)
    return judge_week(outcome, parts, found)


def judge_week(outcome: Outcome, parts: WeekParts, found: FoundWeek) -> Outcome:
    """Put a week that holds into ``outcome``, with its points and status.

    Raises
    ------
    SolverError
        When the week lies below the bound.
    """
    model = parts.model
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


def find_empty_places(source: ModelInput, started: float) -> Outcome | None:
    """Say that there is no week where nothing may stand on a required place; else ``None``."""
    empty = _empty_places(source)
    broken = tuple(f"place.{place}" for place in empty)
    return Outcome.without_week(started, broken=broken) if empty else None


def _empty_places(source: ModelInput) -> tuple[str, ...]:
    """Name the required places on which no candidate may stand."""
    served = {place for candidate in source.candidates.candidates for place in candidate.places}
    return tuple(
        place.place_id
        for place in source.rules.places
        if place.required and place.place_id not in served
    )


def _search(
    parts: WeekParts,
    options: SearchOptions,
    answer: Aggregate,
    deadline: float | None,
    steering: Steering | None,
    progress: Progress | None,
) -> _Searched:
    """Search among the columns that the LP finds cheap, and among more when that fails."""
    assert answer.bound is not None
    steering = steering or Steering(parts.arrays)
    kept = {column for chosen in steering.start for column in chosen or ()}
    attempts = [(NARROW_POINTS, options), (WIDE_POINTS, options)]
    if steering.first is not None:
        attempts.insert(0, (NARROW_POINTS, steering.first))
    for points, work in attempts:
        places = columns_for(parts.model, answer.reduced, points, kept)
        share = Share(steering.arrays, places, parts.between, answer.likely, steering.start)
        search = WeekSearch([share])
        (found,) = search.run(work, answer.bound, deadline, progress)
        if not found.broken:
            break
    if steering.arrays is not parts.arrays:
        plain = evaluate_week(parts.arrays, parts.between, found.choices)
        found = replace(plain, cut=found.cut, stopped=found.stopped)
    return _Searched(found, places, search.recorded())


def columns_for(
    model: WeekModel, reduced: np.ndarray, points: float, kept: Set[int] = frozenset()
) -> list[tuple[list[int], bool]]:
    """For each place the columns worth searching: cheap ones, those ``kept``, and a few more."""
    places = []
    missed = {slot for kind in model.source.kinds for slot in kind.absence.slots}
    for place in model.source.rules.places:
        members = [c.index for c in model.table.columns if c.place == place.place_id]
        if not members:
            continue
        members.sort(key=lambda index: (reduced[index], index))
        worth = [
            index
            for number, index in enumerate(members)
            if number < LEAST_PER_PLACE or reduced[index] <= points or index in kept
        ]
        places.append((sorted(worth), place.required and place.slot not in missed))
    return places
