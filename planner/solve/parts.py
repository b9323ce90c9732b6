"""What a week is composed from: its model, the rows read off it, its bound, where it starts."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from planner.bound.lower_bound import Aggregate, Fixed, solve_aggregate
from planner.errors import SolverError
from planner.model.arrays import WeekArrays, read_arrays, with_points_of
from planner.model.bought import kinds_of
from planner.model.build import WeekModel, build_average_day
from planner.model.clinical import spreads_of
from planner.model.highs import side_by_side
from planner.model.input import ModelInput
from planner.model.keys import RULES
from planner.model.points import points_by_term
from planner.model.retarget import differs_in_targets_alone, with_targets_of
from planner.plan.outcome import Outcome
from planner.request.table import Shared as Shared
from planner.search.evaluate import Between, FoundWeek
from planner.search.loading import compiled_moves
from planner.search.meals import compiled_choices
from planner.search.work import SearchOptions

BOUND_SLACK = 1e-6  # a plan below its bound by more than this is a fault, not a plan


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
class EaterWeek:
    """One eater's week.

    Parameters
    ----------
    parts, answer
        The model, and what the aggregated week says of it.
    fixed
        Columns that some days have in any case.
    """

    parts: WeekParts
    answer: Aggregate
    fixed: Fixed = field(default_factory=dict)


def average_weeks(sources: Mapping[str, ModelInput]) -> dict[str, EaterWeek]:
    """Build the models of all eaters and ask the aggregated week what it says of each."""
    return bounded_weeks({name: build_week(source) for name, source in sources.items()})


def bounded_weeks(
    parts: Mapping[str, WeekParts], like: Mapping[str, EaterWeek] | None = None
) -> dict[str, EaterWeek]:
    """Ask the aggregated week what it says of models: a bound, and which columns are worth it.

    The compiled search is loaded meanwhile. ``like`` are weeks that are nearly the same, from whose
    answers it begins.
    """
    near = like or {}
    asked = (partial(_bounded, one, near.get(name)) for name, one in parts.items())
    tasks: list[Callable[[], EaterWeek | None]] = [_load_search, *asked]
    _, *weeks = side_by_side(tasks)
    return dict(zip(parts, filter(None, weeks), strict=True))


def _load_search() -> None:
    compiled_moves()
    compiled_choices()


def _bounded(parts: WeekParts, like: EaterWeek | None) -> EaterWeek:
    basis = None if like is None else like.answer.basis
    return EaterWeek(parts, solve_aggregate(parts.model.source, parts.arrays, basis=basis))


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


def has_same_rows(one: ModelInput, other: ModelInput) -> bool:
    """Whether two weeks of a request have the same rows, and may differ in points."""
    return (
        one.day_kinds == other.day_kinds
        and one.wishes.uses == other.wishes.uses
        and one.candidates.frozen() == other.candidates.frozen()
    )


def build_week_like(parts: WeekParts, source: ModelInput) -> WeekParts:
    """Return the parts of another week of the same request, from those of one built before.

    Where its days are of the same kinds only its points differ, and what it must keep with the days
    of other weeks, so nothing is built again.
    """
    old = parts.model
    if source is old.source:
        return parts
    if not has_same_rows(source, old.source):
        return build_week(source)
    building = time.perf_counter()
    model = replace(
        old,
        terms=points_by_term(old.table, source),
        spreads=spreads_of(old.table, source.clinical, source.absences, source.elsewhere),
        packages=old.packages.with_home(source.sold),
        kinds=kinds_of(old.table, source),
        source=source,
    )
    arrays = with_points_of(parts.arrays, model)
    return WeekParts(model, arrays, time.perf_counter() - building)


def build_week_near(near: WeekParts | None, source: ModelInput) -> WeekParts:
    """Build a week from one that was built for a request that asks nearly the same.

    Where only targets differ, only their rows are made anew; else all of it is.
    """
    if near is not None and differs_in_targets_alone(near.model.source, source):
        building = time.perf_counter()
        arrays = with_targets_of(near.model, near.arrays, source)
        if arrays is not None:
            model = replace(near.model, source=source)
            return WeekParts(model, arrays, time.perf_counter() - building)
    return build_week(source)


def without_week(week: EaterWeek, started: float) -> Outcome:
    """Say of an eater that there is no week, before anything was searched."""
    parts, answer = week.parts, week.answer
    return Outcome.without_week(
        started,
        considered=len(parts.model.table),
        build_s=parts.build_s,
        proof=(answer.solver, answer.version),
    )


def judge_week(outcome: Outcome, parts: WeekParts, found: FoundWeek) -> Outcome:
    """Put a week that holds into ``outcome``, with its points and status.

    Where ``outcome`` has no bound, nothing is proven of it.

    Raises
    ------
    SolverError
        When the week lies below the bound.
    """
    model = parts.model
    bound = outcome.bound
    if bound is not None and found.objective < bound - BOUND_SLACK * max(1.0, abs(bound)):
        raise SolverError(
            f"the plan ({found.objective:.4f} points) lies below its proven bound ({bound:.4f})",
            remedy="this is a fault of the program: please report the request",
        )
    columns = model.table.columns
    days = tuple(tuple(columns[index] for index in chosen) for chosen in found.choices)
    is_proven = bound is not None and found.objective <= bound + BOUND_SLACK
    return replace(
        outcome,
        status="optimal" if is_proven else "feasible",
        days=days,
        objective=found.objective,
        terms=terms_of(model, found),
    )


def terms_of(model: WeekModel, found: FoundWeek) -> dict[str, float]:
    """Return points by term: of the columns, and of the rows that are priced."""
    terms: dict[str, float] = {}
    for kind, chosen in zip(model.source.weekend, found.choices, strict=True):
        for name, values in model.terms[kind].items():
            terms[name] = terms.get(name, 0.0) + float(values[list(chosen)].sum())
    for rule, points in found.terms.items():
        name = RULES[rule].term
        terms[name] = terms.get(name, 0.0) + points
    return terms


def empty_places(source: ModelInput) -> tuple[str, ...]:
    """Name the required places on which no candidate may stand."""
    served = {place for candidate in source.candidates.candidates for place in candidate.places}
    return tuple(
        place.place_id
        for place in source.rules.places
        if place.required and place.place_id not in served
    )
