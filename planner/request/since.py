"""What is asked for while a week runs: on which days a wish holds, and on which not yet.

What was eaten before is a fact.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from planner.request.days import DAYS_PER_WEEK
from planner.request.preferences import Preferences
from planner.request.put import days_without
from planner.request.request import WeekOptions

MINUTES_ON = "max_minutes_on"


def apart_key(name: str, days: int) -> str:
    """Name a wish for days between two servings, as it stands among what holds from a day on."""
    return f"{name} = {days}"


def days_before(since: Mapping[str, str], name: str, week: WeekOptions) -> range:
    """Give the days on which a wish does not hold yet, as it was asked for later."""
    begun = since.get(name, "")
    count = (date.fromisoformat(begun) - week.start).days if begun and week.start else 0
    return range(1, min(count, week.days) + 1)


def not_yet(since: Mapping[str, str], week: WeekOptions, day: int) -> tuple[str, ...]:
    """Name the wishes that do not hold yet on a day."""
    return tuple(sorted(name for name in since if day in days_before(since, name, week)))


def minutes_on(wanted: Preferences, week: WeekOptions, day: int) -> dict[str, int]:
    """Give the most minutes to make each meal of a day, of those that have a limit there.

    Raises
    ------
    ConfigError
        When a day that is named is none of the plan.
    """
    found: dict[str, int] = {}
    for key, most in wanted.max_minutes_on.items():
        days, _, slot = key.rpartition(":")
        if day in days_without(days.split(","), week.days, week.start):
            found[slot] = min(most, found.get(slot, most))
    return {} if day in days_before(wanted.since, MINUTES_ON, week) else found


def days_since(since: Mapping[str, str], name: str, week: WeekOptions) -> frozenset[int]:
    """Give the days of a week that had begun when a wish was asked for, on which it holds."""
    before = days_before(since, name, week)
    last = -(-len(before) // DAYS_PER_WEEK) * DAYS_PER_WEEK
    return frozenset(range(len(before) + 1, min(last, week.days) + 1))
