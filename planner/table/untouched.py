"""What of an earlier plan a changed request leaves as it is, day by day and meal by meal."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from planner.candidates.candidate import Column
from planner.model.arrays import WeekArrays
from planner.model.asked import serving_at
from planner.model.days import PutDish
from planner.plan.locks import Stay
from planner.request.days import DAYS_PER_WEEK
from planner.rhythm.refusal import check_past
from planner.settings import read_settings
from planner.solve.locks import Lock, is_held
from planner.solve.parts import WeekParts
from planner.solve.seating import Served
from planner.table.session import EaterSession, SeatedWeek, TableSession
from planner.targets.derive import ENERGY_KEY

Locks = Mapping[str, tuple[Lock, ...]]
Seats = tuple[tuple[Served, int | None], ...]
LEFTOVER = "leftover."  # begins the name of a rule that a second meal breaks


def nearest_first(session: TableSession, locks: Locks) -> Iterator[Locks]:
    """Give what may stay beside ``locks``, from the most to the least; nothing where all may move.

    A day on which everybody's rules hold stays whole. So do, at first, the other meals of a day
    from which something must go, unless there are so few such days that what must move at least
    can be worked out. What several share moves for all of them.
    """
    touched = days_touched(session)
    last = max(one.menus for one in session.eaters.values())
    if not touched:
        return
    whole = dict.fromkeys(touched, frozenset[str]())
    is_few = len(touched) <= read_settings("search.toml")["fewest"]["most_days"]
    for opened in (whole,) if is_few else (touched, whole):
        stay = [Lock(day) for day in range(last) if day not in touched]
        stay += [
            Lock(day, slot)
            for day, slots in opened.items()
            for slot in session.table.request.week.slots
            if slots and slot not in slots
        ]
        if stay:
            yield {
                name: (*locks[name], *(one for one in stay if _has(own, one)))
                for name, own in session.eaters.items()
            }


def check_eaten(session: TableSession, locks: Locks, stay: Stay) -> None:
    """Refuse a wish that what was eaten on days that are past does not keep.

    Raises
    ------
    ConfigError
        With these days.
    """
    days = {
        lock.day + 1
        for name, own in locks.items()
        for lock in own
        if is_gone(session.eaters[name], lock)
    }
    check_past(session.table.request, stay.past, days, stay.path)


def is_gone(session: EaterSession, lock: Lock) -> bool:
    """Whether something that is locked may not be planned any more."""
    if lock.day >= session.week.request.week.days:
        return True
    week, day = session.place_of(lock.day)
    return any(
        column is None
        and lock.slot in (None, served.slot)
        and lock.source_id in (None, served.source_id)
        for served, column in session.weeks[week].seating.days[day]
    )


def days_touched(session: TableSession) -> dict[int, frozenset[str]]:
    """Return day from 0 → the meals that must change; empty where any meal of the day may."""
    touched: dict[int, frozenset[str]] = {}
    for own in session.eaters.values():
        for number, week in enumerate(own.weeks):
            for day, slots in _of_week(week).items():
                at = number * DAYS_PER_WEEK + day
                before = touched.get(at, slots)
                touched[at] = before | slots if before and slots else frozenset()
    return touched


def _of_week(week: SeatedWeek) -> dict[int, frozenset[str]]:
    arrays, seating = week.parts.arrays, week.seating
    broken = week.judged().broken
    gone: dict[int, set[str]] = {
        int(name.rpartition("@")[2]) - 1: set() for name in broken if "@" in name
    }
    lost = {name.split(".")[1] for name in broken if name.startswith(LEFTOVER)}
    seats = [(day, *seat) for day, seats in enumerate(seating.days) for seat in seats]
    for day, served, column in seats:
        is_second = served.is_leftover and served.source_id in lost  # goes with its first meal
        if is_second or column is None or _must_go(arrays, day, column):
            gone.setdefault(day, set()).add(served.slot)
            lost.add(served.source_id)
    return {day: frozenset(slots) for day, slots in gone.items()}


def _must_go(arrays: WeekArrays, day: int, column: int) -> bool:
    """Whether a day has no time for a column or not its meal, or something else is put there."""
    closed = (arrays.closed, arrays.kept_out)
    return day < len(arrays.closed) and any(bool(one[day][column]) for one in closed)


def begun_in_time(session: TableSession, past: Collection[int]) -> TableSession:
    """Close what is begun on the evening before to the first day to come: that evening is over.

    What stood on that day was begun, and what is put on it is asked for.
    """
    first = max(past, default=0)
    if not 0 < first < min(one.menus for one in session.eaters.values()):
        return session
    known = next(iter(session.table.weeks.values())).dishes
    ahead = frozenset(one.dish_id for one in known if one.ahead)
    eaters = {}
    for name, own in session.eaters.items():
        number, day = own.place_of(first)
        weeks = list(own.weeks)
        weeks[number] = _begun_in_time(weeks[number], day, ahead)
        eaters[name] = replace(own, weeks=tuple(weeks))
    return replace(session, eaters=eaters)


def _begun_in_time(week: SeatedWeek, day: int, ahead: frozenset[str]) -> SeatedWeek:
    model, arrays = week.parts.model, week.parts.arrays
    stood = {one.source_id for one, _ in week.seating.days[day] if not one.is_leftover}
    puts = (put.ids for own in model.source.puts[day : day + 1] for put in own)
    late = ahead.difference(stood, *puts)
    closed = arrays.closed.copy()
    closed[day] = np.maximum(closed[day], model.table.where(partial(_is_begun, late)))
    arrays = replace(arrays, closed=closed)
    return replace(week, parts=replace(week.parts, arrays=arrays))


def _is_begun(dishes: Collection[str], column: Column) -> bool:
    return column.candidate.source_id in dishes and not column.candidate.traits.is_leftover


def with_puts(session: TableSession, locks: Locks) -> TableSession:
    """Seat what is newly put on meals in the place of what stood there, in the nearest portion.

    So a search near the plan begins with what it must serve, and without what must go for one of
    those who share it. What is locked stands.
    """
    gone = {
        (who, number, day, served.source_id, place)
        for name, own in session.eaters.items()
        for number, week in enumerate(own.weeks)
        for day, seats in enumerate(week.seating.days)
        for served, column in seats
        if column is not None and _must_go(week.parts.arrays, day, column)
        for place in [week.parts.arrays.places[column]]
        for who in session.table.shared.get(place, (name,))
    }
    eaters = {}
    for name, own in session.eaters.items():
        of_own = {one[1:] for one in gone if one[0] == name}
        eaters[name] = replace(own, weeks=tuple(_with_puts(own, locks[name], of_own)))
    return replace(session, eaters=eaters)


def _with_puts(
    own: EaterSession, locks: Sequence[Lock], gone: Collection[tuple[int, int, str, str]]
) -> Iterator[SeatedWeek]:
    for number, week in enumerate(own.weeks):
        source, days = week.parts.model.source, list(week.seating.days)
        places = week.parts.arrays.places
        for day in range(len(days)):
            held = [one for one in locks if own.place_of(one.day) == (number, day)]
            for put in source.own_puts(source.puts[day] if day < len(source.puts) else ()):
                days[day] = _with_put(week.parts, days[day], day, put, held)
            days[day] = tuple(
                (one, None)
                if at is not None
                and (number, day, one.source_id, places[at]) in gone
                and _is_free(one, held)
                else (one, at)
                for one, at in days[day]
            )
        yield replace(week, seating=replace(week.seating, days=tuple(days)))


def _is_free(served: Served, held: Sequence[Lock]) -> bool:
    return not any(is_held(lock, served.slot, served.source_id) for lock in held)


def _with_put(
    parts: WeekParts, seats: Seats, day: int, put: PutDish, held: Sequence[Lock]
) -> Seats:
    """Return the seats of a day with what is put on a meal; as they are where it stands there."""
    table = parts.model.table
    able = [
        table.columns[at]
        for at in map(int, np.flatnonzero(serving_at(table, put)))
        if not _must_go(parts.arrays, day, at)
        and not table.columns[at].candidate.traits.is_leftover
    ]
    stands = any(one.slot == put.slot and one.source_id in put.ids for one, _ in seats)
    if stands or not able:
        return seats
    place, source_id = able[0].place, able[0].candidate.source_id
    gone = [(one, at) for one, at in seats if at is not None and table.columns[at].place == place]
    if not all(_is_free(one, held) for one, _ in gone):
        return seats
    energy = list(parts.model.source.candidates.nutrients).index(ENERGY_KEY)
    aim = sum(table.columns[at].serving.amounts[energy] for _, at in gone)
    new = min(
        (one for one in able if (one.place, one.candidate.source_id) == (place, source_id)),
        key=lambda one: abs(float(one.serving.amounts[energy] - aim)),
    )
    served = Served(put.slot, source_id, new.serving.portion.servings)
    return (*(seat for seat in seats if seat not in gone), (served, new.index))


def _has(own: EaterSession, lock: Lock) -> bool:
    """Whether an eater has something on the day or at the meal of a lock."""
    week, day = own.place_of(lock.day)
    days = own.weeks[week].seating.days
    return day < len(days) and any(lock.slot in (None, served.slot) for served, _ in days[day])
