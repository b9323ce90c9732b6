"""What stays of an earlier week, the columns it holds, and which of it cannot all stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from planner.bound.day_proofs import day_can_hold, rows_in_the_way
from planner.bound.lower_bound import Aggregate, solve_aggregate
from planner.plan.locks import Lock as Lock
from planner.solve.parts import WeekParts
from planner.solve.seating import Seating


def solve_around(
    parts: WeekParts, seating: Seating, locks: Sequence[Lock], basis: Any = None
) -> Aggregate:
    """Solve the aggregated week with what is locked; each lock must have a column.

    ``basis``: where the solver begins, as of ``solve_aggregate``.
    """
    fixed = columns_by_day(seating, locks)
    return solve_aggregate(parts.model.source, parts.arrays, fixed, basis)


def columns_by_day(seating: Seating, locks: Sequence[Lock]) -> dict[int, list[int]]:
    """Return day from 0 → columns that ``locks`` hold in any case."""
    return _by_day(held_columns(seating, locks))


def what_collides(
    parts: WeekParts, seating: Seating, locks: Sequence[Lock]
) -> tuple[tuple[Lock, ...], tuple[str, ...]]:
    """Return a smallest set of locks that leave no week, and the rows of a day in the way of it."""
    colliding = _colliding(parts, held_columns(seating, locks))
    return colliding, rows_of_a_day(parts, seating, colliding)


def locked_columns(seating: Seating, lock: Lock) -> tuple[int, ...]:
    """Return the columns that a lock holds in any case."""
    return tuple(
        column
        for served, column in seating.days[lock.day]
        if column is not None and is_held(lock, served.slot, served.source_id)
    )


def is_held(lock: Lock, slot: str, source_id: str) -> bool:
    """Whether a lock holds what is served at a meal."""
    return lock.slot in (None, slot) and lock.source_id in (None, source_id)


_Held = Sequence[tuple[Lock, tuple[int, ...]]]


def held_columns(seating: Seating, locks: Sequence[Lock]) -> _Held:
    """Return each lock with the columns that it holds."""
    return [(lock, locked_columns(seating, lock)) for lock in locks]


def _by_day(held: _Held) -> dict[int, list[int]]:
    fixed: dict[int, set[int]] = {}
    for lock, columns in held:
        fixed.setdefault(lock.day, set()).update(columns)
    return {day: sorted(columns) for day, columns in sorted(fixed.items())}


def _colliding(parts: WeekParts, held: _Held) -> tuple[Lock, ...]:
    """Return a smallest set of locks that the rules leave no room for; empty without any lock."""
    in_a_day = colliding_in_a_day(parts, held)
    if in_a_day:
        return in_a_day

    def collide(some: _Held) -> bool:
        answer = solve_aggregate(parts.model.source, parts.arrays, _by_day(some))
        return answer.bound is None

    return () if collide(()) else _smallest(held, collide)


def colliding_in_a_day(parts: WeekParts, held: _Held) -> tuple[Lock, ...]:
    """Return locks of one day that the rules of the day leave no room for."""

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


def rows_of_a_day(parts: WeekParts, seating: Seating, locks: Sequence[Lock]) -> tuple[str, ...]:
    """Name the rows of a day in the way of locks; empty where they lie on several days."""
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
