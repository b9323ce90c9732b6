"""Solve the weeks of several eaters again from earlier ones: what is shared stays shared.

Each eater's changes cost points as for one who eats alone, so a shared dish that moves is paid for
by all who share it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planner.solve.edit import (
    EditOptions,
    EditOutcome,
    Lock,
    columns_by_day,
    points_before,
    solve_around,
    steer_near,
    unsolved,
    what_collides,
)
from planner.solve.household import add_up, compose_household, without_week
from planner.solve.outcome import Outcome
from planner.solve.pots import EaterWeek, PotOptions, Shared
from planner.solve.seating import Seating
from planner.solve.shared_locks import SharedCollision, find_shared_collisions
from planner.solve.week import WeekParts


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
    """

    parts: WeekParts
    seating: Seating
    locks: Sequence[Lock] = ()


@dataclass(frozen=True, slots=True)
class HouseholdEdit:
    """What came of solving everybody's weeks again.

    Parameters
    ----------
    total
        All together: sums of points and bounds.
    each
        Name → what came of it for that eater; without a plan only those in whose way something is.
    is_shared_conflict
        As of ``HouseholdOutcome``.
    """

    total: Outcome
    each: Mapping[str, EditOutcome]
    is_shared_conflict: bool = False


def solve_household_edit(
    eaters: Mapping[str, EaterEdit],
    shared: Shared,
    options: EditOptions,
    pots: PotOptions,
    started: float,
) -> HouseholdEdit:
    """Solve a week of everybody again around what is locked.

    Parameters
    ----------
    eaters, shared
        The week of each eater, and who shares which places.
    options, pots
        Work to do.
    started
        Reading of ``time.perf_counter`` from which time is counted.
    """
    weeks = {
        name: EaterWeek(
            one.parts,
            solve_around(one.parts, one.seating, one.locks),
            columns_by_day(one.seating, one.locks),
        )
        for name, one in eaters.items()
    }
    held = {name: (one.parts, one.seating, one.locks) for name, one in eaters.items()}
    collisions = find_shared_collisions(held, shared)
    if collisions:
        return _kept_by_others(eaters, collisions, weeks, started)
    steering = {
        name: steer_near(one.parts, one.seating, one.locks, options) for name, one in eaters.items()
    }
    found = compose_household(weeks, shared, (options.usual, pots), started, steering)
    each = {
        name: _edited(eaters[name], outcome, is_proven=weeks[name].answer.bound is None)
        for name, outcome in found.each.items()
    }
    total = found.total
    if not total.has_plan:
        # a lock that a day cannot hold makes "none found" a proof, and says whose it is
        at_fault = {name: one for name, one in each.items() if one.colliding} or each
        status = add_up([one.outcome for one in at_fault.values()]).status
        is_shared = found.is_shared_conflict and at_fault is each
        return HouseholdEdit(replace(total, status=status), at_fault, is_shared)
    return HouseholdEdit(total, each)


def _kept_by_others(
    eaters: Mapping[str, EaterEdit],
    collisions: Mapping[str, SharedCollision],
    weeks: Mapping[str, EaterWeek],
    started: float,
) -> HouseholdEdit:
    """Say whose rules leave no room for a shared dish that somebody else keeps."""
    each = {
        name: EditOutcome(
            without_week(weeks[name], started),
            points_before(eaters[name].parts, eaters[name].seating),
            tuple(kept.lock for kept in one.kept),
            one.in_the_way,
            one.names,
        )
        for name, one in collisions.items()
    }
    return HouseholdEdit(add_up(one.outcome for one in each.values()), each)


def _edited(edit: EaterEdit, outcome: Outcome, *, is_proven: bool) -> EditOutcome:
    before = points_before(edit.parts, edit.seating)
    if outcome.has_plan:
        return EditOutcome(outcome, before)
    if is_proven:
        return EditOutcome(outcome, before, *what_collides(edit.parts, edit.seating, edit.locks))
    return unsolved(outcome, before, edit.parts, edit.seating, edit.locks)
