"""How long things take, in words: with hands on them, and until they are on the table."""

from __future__ import annotations

from collections.abc import Sequence, Set

from planner.language.names import slot_within
from planner.language.spoken import _
from planner.plan.plan import Day, Item, Meal, Plan
from planner.request.days import DAYS_PER_WEEK

_MINUTES = 60  # of an hour


def time_text(minutes: int) -> str:
    """Say a time: ``"35 min"``, ``"1 h"``, ``"1 h 35 min"``."""
    hours, rest = divmod(minutes, _MINUTES)
    told = [_("{count} h").format(count=hours)] if hours else []
    return " ".join([*told, *([_("{count} min").format(count=rest)] if rest or not hours else [])])


def clock_text(active: int, minutes: int) -> str:
    """Say both times of a dish or meal; one where all of it is work, nothing where there is none.

    Parameters
    ----------
    active, minutes
        With hands on it, and from start to table [min].
    """
    if active == minutes:
        return time_text(minutes) if minutes else ""
    took = _("on the table in {time}").format(time=time_text(minutes))
    if not active:
        return took
    return _("{time} of work, {took}").format(time=time_text(active), took=took)


def clock_of(timed: Item | Meal) -> str:
    """Say both times of a dish or a meal of a plan."""
    return clock_text(timed.active_minutes, timed.minutes)


def day_clock_text(day: Day, slow: Set[str] = frozenset()) -> str:
    """Say the work of a day, and how long its longest meal takes that is not in ``slow``."""
    work = _("{time} of work").format(time=time_text(day.active_minutes))
    meals = (meal for meal in day.meals if meal.slot not in slow)
    longest = max(meals, key=lambda meal: meal.minutes, default=None)
    if longest is None or not longest.minutes:
        return work
    told = _("{work}, {slot} takes {time}")
    slot, time = slot_within(longest.slot), time_text(longest.minutes)
    return told.format(work=work, slot=slot, time=time)


def week_clock_texts(plan: Plan) -> list[str]:
    """Say the work of each week of a plan, in all and in the mean of its days."""
    numbers = range(0, len(plan.days), DAYS_PER_WEEK)
    weeks = [plan.days[first : first + DAYS_PER_WEEK] for first in numbers]
    if len(weeks) == 1:
        return [_("Work in the kitchen: {work}.").format(work=_work_of(weeks[0]))]
    told = _("Work in the kitchen in week {number}: {work}.")
    return [told.format(number=at, work=_work_of(days)) for at, days in enumerate(weeks, start=1)]


def _work_of(days: Sequence[Day]) -> str:
    minutes = sum(day.active_minutes for day in days)
    told = _("{time}, {mean} a day")
    return told.format(time=time_text(minutes), mean=time_text(round(minutes / len(days))))
