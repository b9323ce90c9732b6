"""What of an earlier plan a changed request leaves as it is, day by day and meal by meal."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from planner.errors import ConfigError
from planner.language.faults import fault
from planner.request.days import DAYS_PER_WEEK
from planner.search.evaluate import evaluate_week
from planner.solve.locks import Lock
from planner.table.session import EaterSession, SeatedWeek, TableSession

Locks = Mapping[str, tuple[Lock, ...]]
LEFTOVER = "leftover."  # begins the name of a rule that a second meal breaks


def nearest_first(session: TableSession, locks: Locks) -> Iterator[Locks]:
    """Give what may stay beside ``locks``, from the most to the least; nothing where all may move.

    A day on which everybody's rules hold stays whole. So do, at first, the other meals of a day
    from which something must go. At last anything may move, but is held dearer than it will be where
    no week is found so. What several share moves for all of them.
    """
    touched = days_touched(session)
    last = max(one.menus for one in session.eaters.values())
    if not touched:
        return
    for opened in (touched, dict.fromkeys(touched, frozenset[str]())):
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
    yield locks


def check_past(session: TableSession, locks: Locks, past: Collection[int]) -> None:
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
        if lock.day + 1 in past and is_gone(session.eaters[name], lock)
    }
    if days:
        raise fault(ConfigError, "past_day_in_the_way", days=", ".join(map(str, sorted(days))))


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
    """Give day from 0 → the meals that must change; empty where any meal of the day may."""
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
    broken = evaluate_week(arrays, week.parts.between, seating.choices).broken
    days = {int(name.rpartition("@")[2]) - 1 for name in broken if "@" in name}
    gone: dict[int, set[str]] = {day: set() for day in days}
    for name in broken:
        if name.startswith(LEFTOVER):  # what it is left over from is not cooked before it
            day = int(name.rpartition(".d")[2]) - 1
            second = {served.slot for served, _ in seating.days[day] if served.is_leftover}
            gone.setdefault(day, set()).update(second)
    for day, seats in enumerate(seating.days):
        for served, column in seats:
            if column is None or (day < len(arrays.closed) and arrays.closed[day][column]):
                gone.setdefault(day, set()).add(served.slot)
    return {day: frozenset(slots) for day, slots in gone.items()}


def _has(own: EaterSession, lock: Lock) -> bool:
    """Whether an eater has something on the day or at the meal of a lock."""
    week, day = own.place_of(lock.day)
    days = own.weeks[week].seating.days
    return day < len(days) and any(lock.slot in (None, served.slot) for served, _ in days[day])
