"""Solve weeks again from earlier ones: around what is locked, moving as little as possible.

Each thing that differs from the earlier week costs points while searching, and the search starts
from that week at a low temperature. The plan is judged by the points of the model alone, and its
bound is that of the weeks with what is locked. What is shared stays shared: each eater's changes
cost points as for one who eats alone, so a dish that moves is paid for by all who share it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from planner.model.arrays import Array
from planner.plan.outcome import Outcome
from planner.search.evaluate import Choices, evaluate_week
from planner.search.work import SearchOptions
from planner.solve.compose import TableOutcome, add_up, compose_table, cut_by_clock
from planner.solve.fewest import (
    Dishes,
    FewestWork,
    FreeWeek,
    best_dishes,
    dishes_of,
    solve_fewest,
)
from planner.solve.locks import (
    Lock,
    colliding_in_a_day,
    columns_by_day,
    held_columns,
    is_held,
    rows_of_a_day,
    solve_around,
    what_collides,
)
from planner.solve.parts import EaterWeek, Shared, Steering, WeekParts, without_week
from planner.solve.seating import Seating
from planner.solve.shared_locks import SharedCollision, find_shared_collisions, rows_of_the_week

LOCK_POINTS = 1e6  # beyond whatever a broken rule costs


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
    says_why
        Whether it is looked for which locks are in the way where there is no week.
    fewest
        Work of finding the fewest changes; ``None`` where not that is wanted.
    """

    near: SearchOptions
    usual: SearchOptions
    points: ChangePoints
    says_why: bool = True
    fewest: FewestWork | None = None


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
    is_smallest
        Whether the set was made smallest; else time was over before.
    """

    outcome: Outcome
    before: float | None
    colliding: tuple[Lock, ...] = ()
    in_the_way: tuple[str, ...] = ()
    kept_by: tuple[str, ...] = ()
    is_smallest: bool = True


@dataclass(frozen=True, slots=True)
class EaterEdit:
    """One eater's week that is to be solved again.

    Parameters
    ----------
    parts
        The model of the new request.
    seating
        The earlier week in its columns; days beyond it are planned anew.
    locks
        What stays for this eater; each must have a column.
    basis
        Where the solver begins: the basis of a week that is nearly the same.
    """

    parts: WeekParts
    seating: Seating
    locks: Sequence[Lock] = ()
    basis: Any = None


@dataclass(frozen=True, slots=True)
class TableEdit:
    """What came of solving everybody's weeks again.

    Parameters
    ----------
    total
        All together: sums of points and bounds.
    each
        Name → what came of it for that eater; without a plan only those in whose way something is.
    is_shared_conflict
        As of ``TableOutcome``.
    bases
        Name → where the solver ended, from which weeks that are nearly the same begin.
    """

    total: Outcome
    each: Mapping[str, EditOutcome]
    is_shared_conflict: bool = False
    bases: Mapping[str, Any] = field(default_factory=dict)


def solve_edit(
    eaters: Mapping[str, EaterEdit],
    shared: Shared,
    options: EditOptions,
    started: float,
) -> TableEdit:
    """Solve a week of everybody again around what is locked.

    Parameters
    ----------
    eaters, shared
        The week of each eater, and who shares which places.
    options
        Work to do.
    started
        Reading of ``time.perf_counter`` from which time is counted.
    """
    weeks = {
        name: EaterWeek(
            one.parts,
            solve_around(one.parts, one.seating, one.locks, one.basis),
            columns_by_day(one.seating, one.locks),
        )
        for name, one in eaters.items()
    }
    held = {name: (one.parts, one.seating, one.locks) for name, one in eaters.items()}
    collisions, is_cut = find_shared_collisions(held, shared)
    if collisions:
        return _kept_by_others(eaters, collisions, weeks, started)
    found = _found(eaters, weeks, shared, options, started)
    if is_cut and found.total.status == "no_plan_in_time":  # more time might have proven it
        found = cut_by_clock(found)
    each = {
        name: _edited(
            eaters[name],
            outcome,
            is_proven=weeks[name].answer.bound is None,
            says_why=options.says_why,
        )
        for name, outcome in found.each.items()
    }
    total = found.total
    if not total.has_plan:
        # a lock that a day cannot hold makes "none found" a proof, and says whose it is
        at_fault = {name: one for name, one in each.items() if one.colliding} or each
        status = add_up([one.outcome for one in at_fault.values()]).status
        is_shared = found.is_shared_conflict and at_fault is each
        return TableEdit(replace(total, status=status), at_fault, is_shared)
    bases = {name: one.answer.basis for name, one in weeks.items()}
    return TableEdit(total, each, bases=bases)


def _found(
    eaters: Mapping[str, EaterEdit],
    weeks: Mapping[str, EaterWeek],
    shared: Shared,
    options: EditOptions,
    started: float,
) -> TableOutcome:
    """Compose the weeks: from the fewest changes where few days may change, else by a search.

    Of what a search has found goes back what need not have moved.
    """
    steering = {
        name: steer_near(one.parts, one.seating, one.locks, options) for name, one in eaters.items()
    }

    def composed(start: Mapping[str, Choices]) -> TableOutcome:
        led = {
            name: replace(one, start=start[name], first=options.near.at_rest())
            for name, one in steering.items()
        }
        return compose_table(weeks, shared, options.usual, started, led)

    work, opened = options.fewest, days_open(eaters)
    if work is None or not _can_be_few(eaters, weeks):
        return compose_table(weeks, shared, options.usual, started, steering)
    if len(opened) <= work.most_days:
        free_weeks = _free_weeks(eaters, weeks, opened, work)
        start = solve_fewest(free_weeks, shared, best_dishes(free_weeks, shared, work), work)
        if start:
            return composed(start)
    found = compose_table(weeks, shared, options.usual, started, steering)
    if not found.total.has_plan:
        return found
    every = frozenset(range(len(next(iter(eaters.values())).seating.days)))
    dishes: dict[str, Dishes] = dishes_of({name: one.days for name, one in found.each.items()})
    free_weeks = _free_weeks(eaters, weeks, every, work)
    back = solve_fewest(free_weeks, shared, dishes, work)
    again = composed(back) if back else found
    return again if again.total.has_plan else found


def days_open(eaters: Mapping[str, EaterEdit]) -> frozenset[int]:
    """Return the days from 0 of which somebody's whole day is not locked."""
    return frozenset(
        day
        for one in eaters.values()
        for day in range(len(one.seating.days))
        if Lock(day) not in one.locks
    )


def _can_be_few(eaters: Mapping[str, EaterEdit], weeks: Mapping[str, EaterWeek]) -> bool:
    """Whether the program can be written: the same days as before, average weeks that exist."""
    return all(
        len(one.seating.days) == len(one.parts.model.source.weekend)
        and weeks[name].answer.bound is not None
        for name, one in eaters.items()
    )


def _free_weeks(
    eaters: Mapping[str, EaterEdit],
    weeks: Mapping[str, EaterWeek],
    days: frozenset[int],
    work: FewestWork,
) -> dict[str, FreeWeek]:
    """Give what may change, and its points; what fills a gap is counted as all else that is new."""
    change = ChangePoints(work.per_item, work.per_portion)
    found = {}
    for name, one in eaters.items():
        stood = [tuple(seat for seat in day if seat[1] is not None) for day in one.seating.days]
        seating = replace(one.seating, days=tuple(stood))
        points = one.parts.arrays.points + _leading_points(one.parts, seating, (), change)
        whole = [lock for lock in one.locks if lock.slot and lock.source_id is None]
        shut = frozenset((lock.day, str(lock.slot)) for lock in whole)
        lost = frozenset((day, served.slot) for day, served in one.seating.missing)
        found[name] = FreeWeek(weeks[name], seating, points, days, shut, lost)
    return found


def _kept_by_others(
    eaters: Mapping[str, EaterEdit],
    collisions: Mapping[str, SharedCollision],
    weeks: Mapping[str, EaterWeek],
    started: float,
) -> TableEdit:
    """Say whose rules leave no room for a shared dish that somebody else keeps."""
    each = {
        name: EditOutcome(
            without_week(weeks[name], started),
            points_before(eaters[name].parts, eaters[name].seating),
            tuple(kept.lock for kept in one.kept),
            one.in_the_way,
            one.names,
            one.is_smallest,
        )
        for name, one in collisions.items()
    }
    return TableEdit(add_up(one.outcome for one in each.values()), each)


def _edited(edit: EaterEdit, outcome: Outcome, *, is_proven: bool, says_why: bool) -> EditOutcome:
    before = points_before(edit.parts, edit.seating)
    if outcome.has_plan or not says_why:
        return EditOutcome(outcome, before)
    if is_proven:
        colliding, rows = what_collides(edit.parts, edit.seating, edit.locks)
        if colliding and not rows:
            rows = rows_of_the_week(edit.parts, edit.seating, colliding)
        return EditOutcome(outcome, before, colliding, rows)
    return _unsolved(outcome, before, edit.parts, edit.seating, edit.locks)


def _unsolved(
    outcome: Outcome,
    before: float | None,
    parts: WeekParts,
    seating: Seating,
    locks: Sequence[Lock],
) -> EditOutcome:
    """Say why no week was found though the average week has one: by the locks of a single day."""
    colliding = colliding_in_a_day(parts, held_columns(seating, locks))
    if colliding:
        outcome = replace(outcome, status="infeasible")
    return EditOutcome(outcome, before, colliding, rows_of_a_day(parts, seating, colliding))


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


def points_before(parts: WeekParts, seating: Seating) -> float | None:
    """Return the points of the earlier week; ``None`` where not all of it may be planned."""
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
            if any(is_held(lock, slot, held) for lock in of_day):
                points[day, here] += LOCK_POINTS
                if old is not None:
                    points[day, old] -= 2 * LOCK_POINTS
    return points
