"""What one eater keeps of a shared dish, and another's rules leave no room for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.bound.conflict import find_core
from planner.bound.day_proofs import day_can_hold, rows_in_the_way
from planner.bound.lower_bound import least_taken
from planner.bound.lp import LinearProgram, can_be_solved
from planner.bound.trials import RuleRows
from planner.bound.week_lp import add_average_week
from planner.candidates.candidate import Column
from planner.errors import OutOfTimeError, SolverError
from planner.model.build import build_hard_week
from planner.model.days import DayKind
from planner.model.keys import RowKey
from planner.model.limits import limit_s
from planner.solve.locks import Lock, locked_columns
from planner.solve.parts import Shared, WeekParts
from planner.solve.seating import Seating


@dataclass(frozen=True, slots=True)
class Kept:
    """What one eater's week must hold on some day.

    Parameters
    ----------
    lock
        The dish, or whatever one keeps oneself.
    fixed
        Columns that are taken in any case: of one's own lock.
    shut
        Columns that cannot be taken: other dishes than the shared one that somebody keeps.
    dish
        Columns of that dish, one of which is taken.
    by
        Who keeps the shared dish; empty for one's own lock.
    """

    lock: Lock
    fixed: tuple[int, ...] = ()
    shut: tuple[int, ...] = ()
    dish: tuple[int, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class SharedCollision:
    """Why one eater's day has no room for what others keep.

    Parameters
    ----------
    kept
        What cannot all stay.
    in_the_way
        Names of the rows of the day that are in the way of it.
    is_smallest
        Whether the set was made smallest; else time was over before.
    """

    kept: tuple[Kept, ...]
    in_the_way: tuple[str, ...]
    is_smallest: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """Name those who keep what is shared."""
        return tuple(dict.fromkeys(one.by for one in self.kept if one.by))


Part = tuple[WeekParts, Seating, Sequence[Lock]]
"""The model of an eater, the earlier week in it, and what stays of it."""


def find_shared_collisions(
    eaters: Mapping[str, Part], shared: Shared
) -> tuple[dict[str, SharedCollision], bool]:
    """Return for each eater the first day, or the week, without room for dishes that others keep.

    A shared dish that one eater keeps is kept by all who share it, in any portion. Says beside it
    whether the time was over before it was known of a week whether it has room.
    """
    found, is_cut = dict[str, SharedCollision](), False
    for name, (parts, seating, locks) in eaters.items():
        others = _of_others(name, eaters, shared)
        for day in sorted({one.lock.day for one in others}):
            of_others = [one for one in others if one.lock.day == day]
            own = [Kept(one, locked_columns(seating, one)) for one in locks if one.day == day]
            kept = _smallest(parts, day, [*of_others, *own])
            if any(one.by for one in kept):
                found[name] = SharedCollision(tuple(kept), _rows(parts, day, kept))
                break
        try:
            in_the_week = _in_the_week(parts, others) if others and name not in found else None
        except OutOfTimeError:
            in_the_week, is_cut = None, True
        if in_the_week is not None:
            found[name] = in_the_week
    return found, is_cut


def _of_others(name: str, eaters: Mapping[str, Part], shared: Shared) -> list[Kept]:
    """Return the shared dishes that others keep and that are not kept by ``name`` itself."""
    parts, seating, locks = eaters[name]
    table = parts.model.table.columns
    own = {
        (lock.day, table[column].place)
        for lock in locks
        for column in locked_columns(seating, lock)
    }
    found: dict[tuple[int, str], Kept] = {}
    for other, (of_model, seats, theirs) in eaters.items():
        for lock in theirs if other != name else ():
            for column in locked_columns(seats, lock):
                held = of_model.model.table.columns[column]
                sharers = shared.get(held.place, ())
                where = (lock.day, held.place)
                absence = parts.model.source.day_kinds[lock.day].absence
                is_here = name in sharers and held.slot not in absence.slots
                if is_here and other in sharers and where not in own:
                    same = Lock(lock.day, held.slot, held.candidate.source_id)
                    dish, shut = _portions(table, held)
                    found.setdefault(where, Kept(same, (), shut, dish, other))
    return list(found.values())


def _portions(table: Sequence[Column], held: Column) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the columns of the dish of ``held`` on its place, and those of all others there."""
    here = [one for one in table if one.place == held.place]
    wanted = held.candidate.candidate_id
    dish = tuple(one.index for one in here if one.candidate.candidate_id == wanted)
    return dish, tuple(one.index for one in here if one.index not in dish)


def _in_the_week(parts: WeekParts, others: Sequence[Kept]) -> SharedCollision | None:
    """Describe which dishes that others keep the average week has no room for, and for which rules.

    What is locked on some days of a class is served as often on its average day at least.

    Raises
    ------
    OutOfTimeError
        When the time is over before it is known whether there is room.
    """
    source, arrays = parts.model.source, parts.arrays
    kept: dict[tuple[DayKind, tuple[int, ...]], list[Kept]] = {}
    for one in others:
        kept.setdefault((source.day_kinds[one.lock.day], one.dish), []).append(one)
    lp = LinearProgram()
    days = add_average_week(lp, source, arrays, least_taken(source, arrays, {}))
    for (kind, dish), held in kept.items():
        marks = parts.model.table.marks(list(dish))[None, :]
        least = np.array([len(held) / source.day_kinds.count(kind)])
        lp.add_rows(least, np.array([np.inf]), [(days.xs[days.day_kinds.index(kind)], marks)])
    try:
        has_room = can_be_solved(lp)
    except OutOfTimeError:
        raise
    except SolverError:
        return None  # no proof; the search has the last word
    return None if has_room else _named(parts, kept)


def rows_of_the_week(parts: WeekParts, seating: Seating, locks: Sequence[Lock]) -> tuple[str, ...]:
    """Name the rows in the way of locks that lie on several days; empty where none are known."""
    kept: dict[tuple[DayKind, tuple[int, ...]], list[Kept]] = {}
    for lock in locks:
        for column in locked_columns(seating, lock):
            where = (parts.model.source.day_kinds[lock.day], (column,))
            kept.setdefault(where, []).append(Kept(lock))
    found = _named(parts, kept)
    return found.in_the_way if found else ()


def _named(
    parts: WeekParts, kept: Mapping[tuple[DayKind, tuple[int, ...]], Sequence[Kept]]
) -> SharedCollision | None:
    """Find a smallest set of rules and of dishes that others keep."""
    source = parts.model.source
    model, classes = build_hard_week(source), sorted(set(source.day_kinds))
    rows: dict[str, Sequence[Kept]] = {}
    for number, ((kind, dish), held) in enumerate(kept.items(), start=1):
        plate, column = model.plates[classes.index(kind)], model.table.columns[dish[0]]
        key = RowKey("shared", column.candidate.candidate_id, place=column.place, number=number)
        share = len(held) / source.day_kinds.count(kind)
        model.board.require(key, plate.total(model.table.marks(list(dish))) >= share)
        rows[key.name] = held
    rules = RuleRows.of(model.board, {"": model.board.keys}, len(source.weekend))
    core = find_core(rules, limit_s("shared_conflict"))
    names = [rules.groups[group][-1] for group, _ in core.groups]
    collide = [one for name in names for one in rows.get(name, ())]
    known = {*parts.arrays.day.names, *parts.arrays.link.names}
    in_the_way = tuple(name for name in names if name in known)
    return SharedCollision(tuple(collide), in_the_way, core.is_smallest) if collide else None


def _smallest(parts: WeekParts, day: int, kept: Sequence[Kept]) -> list[Kept]:
    """Drop whatever the rest collides without; what others keep first. Empty where all can stay."""
    if _can_stay(parts, day, kept) or not _can_stay(parts, day, ()):
        return []
    left = list(kept)
    for one in kept:
        rest = [other for other in left if other is not one]
        if not _can_stay(parts, day, rest):
            left = rest
    return left


def _can_stay(parts: WeekParts, day: int, kept: Sequence[Kept]) -> bool:
    return day_can_hold(parts.model.source, parts.arrays, day, *_columns(kept))


def _rows(parts: WeekParts, day: int, kept: Sequence[Kept]) -> tuple[str, ...]:
    return rows_in_the_way(parts.model.source, parts.arrays, day, *_columns(kept))


def _columns(kept: Iterable[Kept]) -> tuple[list[int], list[int]]:
    """Return the columns that are taken in any case, and those that cannot be."""
    fixed, shut = set[int](), set[int]()
    for one in kept:
        fixed |= set(one.fixed)
        shut |= set(one.shut)
    return sorted(fixed), sorted(shut)
