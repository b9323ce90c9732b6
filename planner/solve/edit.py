"""Solve a week again from an earlier one: around what is locked, moving as little as possible.

Each thing that differs from the earlier week costs points while searching, and the search starts
from that week at a low temperature. The plan is judged by the points of the model alone, and its
bound is that of the weeks with what is locked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.bound.aggregate import Aggregate, day_can_hold, rows_in_the_way, solve_aggregate
from planner.model.arrays import Array
from planner.search.evaluate import evaluate_week
from planner.search.search import SearchOptions
from planner.solve.outcome import Outcome
from planner.solve.seating import Seating
from planner.solve.week import Steering, WeekParts, compose_week

LOCK_POINTS = 1e6  # beyond whatever a broken rule costs


@dataclass(frozen=True, slots=True)
class Lock:
    """Something of the earlier week that stays as it is.

    Parameters
    ----------
    day
        Day from 0.
    slot
        Meal; ``None``: the whole day.
    source_id
        Dish or food of that meal; ``None``: the whole meal, with nothing added.
    """

    day: int
    slot: str | None = None
    source_id: str | None = None


@dataclass(frozen=True, slots=True)
class ChangePoints:
    """Points of a thing that differs from the earlier week, and of another portion of it."""

    per_item: float
    per_portion: float


@dataclass(frozen=True, slots=True)
class EditOptions:
    """How to search near an earlier week.

    Parameters
    ----------
    near
        Work of the attempt near the earlier week.
    usual
        Work of the attempts that follow where it finds no week.
    points
        What a change costs.
    """

    near: SearchOptions
    usual: SearchOptions
    points: ChangePoints


@dataclass(frozen=True, slots=True)
class EditOutcome:
    """What came of solving a week again.

    Parameters
    ----------
    outcome
        The new week, with its own points and bound.
    before
        Points of the earlier week in the same model; ``None`` where it holds something that may
        not be planned any more.
    colliding
        A smallest set of locks that the rules leave no room for.
    in_the_way
        Names of the rows of a day that are in the way of it; empty where no single day is.
    kept_by
        Others who keep what is shared of it; empty where all of it is one's own.
    """

    outcome: Outcome
    before: float | None
    colliding: tuple[Lock, ...] = ()
    in_the_way: tuple[str, ...] = ()
    kept_by: tuple[str, ...] = ()


def solve_edit(
    parts: WeekParts,
    seating: Seating,
    locks: Sequence[Lock],
    options: EditOptions,
    started: float,
) -> EditOutcome:
    """Solve a week again around ``locks``.

    Parameters
    ----------
    parts
        The model of the new request.
    seating
        The earlier week in its columns; days beyond it are planned anew.
    locks
        What stays; each must have a column.
    options
        Work to do.
    started
        Reading of ``time.perf_counter`` from which time is counted.
    """
    answer = solve_around(parts, seating, locks)
    before = points_before(parts, seating)
    if answer.bound is None:
        outcome = compose_week(parts, answer, options.usual, started)
        return EditOutcome(outcome, before, *what_collides(parts, seating, locks))
    steering = steer_near(parts, seating, locks, options)
    outcome = compose_week(parts, answer, options.usual, started, steering)
    if outcome.has_plan:
        return EditOutcome(outcome, before)
    return unsolved(outcome, before, parts, seating, locks)


def solve_around(parts: WeekParts, seating: Seating, locks: Sequence[Lock]) -> Aggregate:
    """Solve the aggregated week with what is locked; each lock must have a column."""
    return solve_aggregate(parts.model.source, parts.arrays, columns_by_day(seating, locks))


def columns_by_day(seating: Seating, locks: Sequence[Lock]) -> dict[int, list[int]]:
    """Give day from 0 → columns that ``locks`` hold in any case."""
    return _by_day(_held(seating, locks))


def steer_near(
    parts: WeekParts, seating: Seating, locks: Sequence[Lock], options: EditOptions
) -> Steering:
    """Lead a search to the earlier week, and to what is locked above all."""
    led = parts.arrays.points + _leading_points(parts, seating, locks, options.points)
    days = len(parts.model.source.weekend)
    return Steering(
        arrays=replace(parts.arrays, points=led),
        start=[*seating.choices, *[None] * (days - len(seating.days))],
        first=options.near,
    )


def what_collides(
    parts: WeekParts, seating: Seating, locks: Sequence[Lock]
) -> tuple[tuple[Lock, ...], tuple[str, ...]]:
    """Give a smallest set of locks that leave no week, and the rows of a day in the way of it."""
    colliding = _colliding(parts, _held(seating, locks))
    return colliding, _in_the_way(parts, seating, colliding)


def unsolved(
    outcome: Outcome,
    before: float | None,
    parts: WeekParts,
    seating: Seating,
    locks: Sequence[Lock],
) -> EditOutcome:
    """Say why no week was found though the average week has one: by the locks of a single day."""
    colliding = _colliding_in_a_day(parts, _held(seating, locks))
    if colliding:
        outcome = replace(outcome, status="infeasible")
    return EditOutcome(outcome, before, colliding, _in_the_way(parts, seating, colliding))


def locked_columns(seating: Seating, lock: Lock) -> tuple[int, ...]:
    """Give the columns that a lock holds in any case."""
    return tuple(
        column
        for served, column in seating.days[lock.day]
        if column is not None and _holds(lock, served.slot, served.source_id)
    )


def _holds(lock: Lock, slot: str, source_id: str) -> bool:
    return lock.slot in (None, slot) and lock.source_id in (None, source_id)


_Held = Sequence[tuple[Lock, tuple[int, ...]]]


def _held(seating: Seating, locks: Sequence[Lock]) -> _Held:
    return [(lock, locked_columns(seating, lock)) for lock in locks]


def _by_day(held: _Held) -> dict[int, list[int]]:
    fixed: dict[int, set[int]] = {}
    for lock, columns in held:
        fixed.setdefault(lock.day, set()).update(columns)
    return {day: sorted(columns) for day, columns in sorted(fixed.items())}


def points_before(parts: WeekParts, seating: Seating) -> float | None:
    """Give the points of the earlier week; ``None`` where not all of it may be planned."""
    if seating.missing or len(seating.days) != len(parts.model.source.weekend):
        return None
    return evaluate_week(parts.arrays, parts.between, seating.choices).objective


def _leading_points(
    parts: WeekParts, seating: Seating, locks: Sequence[Lock], prices: ChangePoints
) -> Array:
    """Points that lead the search, days × columns: of changes, and of leaving what is locked.

    A place that was filled gives points back for what stood there, one that was empty costs points
    to fill; that differs from points per change by a constant only. A meal that lost something is
    open: filling its gap costs nothing more.
    """
    columns = parts.model.table.columns
    members: dict[str, list[int]] = {}
    for column in columns:
        members.setdefault(column.place, []).append(column.index)
    points = np.zeros_like(parts.arrays.points)
    for day, seats in enumerate(seating.days[: len(points)]):
        seated = [*seating.beside, *(column for _, column in seats if column is not None)]
        stands = {columns[column].place: column for column in seated}
        opened = {served.slot for served, column in seats if column is None}
        of_day = [lock for lock in locks if lock.day == day]
        for place, here in members.items():
            slot, old = place.split(".")[0], stands.get(place)
            if old is None:
                points[day, here] = 0.0 if slot in opened else prices.per_item
            else:
                same = [
                    index for index in here if columns[index].candidate is columns[old].candidate
                ]
                points[day, same] = prices.per_portion - prices.per_item
                points[day, old] = -prices.per_item
            held = "" if old is None else columns[old].candidate.source_id
            if any(_holds(lock, slot, held) for lock in of_day):
                points[day, here] += LOCK_POINTS
                if old is not None:
                    points[day, old] -= 2 * LOCK_POINTS
    return points


def _colliding(parts: WeekParts, held: _Held) -> tuple[Lock, ...]:
    """Give a smallest set of locks that the rules leave no room for; empty without any lock."""
    in_a_day = _colliding_in_a_day(parts, held)
    if in_a_day:
        return in_a_day

    def collide(some: _Held) -> bool:
        answer = solve_aggregate(parts.model.source, parts.arrays, _by_day(some))
        return answer.bound is None

    return () if collide(()) else _smallest(held, collide)


def _colliding_in_a_day(parts: WeekParts, held: _Held) -> tuple[Lock, ...]:
    """Give locks of one day that the rules of the day leave no room for."""

    def collide(some: _Held) -> bool:
        return any(
            not day_can_hold(parts.model.source, parts.arrays, day, columns)
            for day, columns in _by_day(some).items()
        )

    for day in sorted({lock.day for lock, _ in held}):
        of_day = [one for one in held if one[0].day == day]
        if collide(of_day) and day_can_hold(parts.model.source, parts.arrays, day, ()):
            return _smallest(of_day, collide)
    return ()


def _in_the_way(parts: WeekParts, seating: Seating, locks: Sequence[Lock]) -> tuple[str, ...]:
    if len({lock.day for lock in locks}) != 1:
        return ()
    fixed = sorted({column for lock in locks for column in locked_columns(seating, lock)})
    return rows_in_the_way(parts.model.source, parts.arrays, locks[0].day, fixed)


def _smallest(held: _Held, collide: Callable[[_Held], bool]) -> tuple[Lock, ...]:
    """Drop every lock without which the rest still collides."""
    kept = list(held)
    for one in held:
        rest = [other for other in kept if other is not one]
        if collide(rest):
            kept = rest
    return tuple(lock for lock, _ in kept)
