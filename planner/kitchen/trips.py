"""On which trip a food is bought, and for which days it goes into the freezer meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from planner.kitchen.sold import SETTINGS, Keeping
from planner.settings import read_settings


def trips_of(days: Sequence[int], count: int) -> tuple[int, ...]:
    """Give the first day of each trip's days; one shops on the day before it.

    Earlier trips have the longer stretch: of seven days two trips have four and three.
    """
    count = min(count, len(days))
    return tuple(days[-(-len(days) * number // count)] for number in range(count))


def split_trips(
    days: Sequence[int], starts: Sequence[int], opened: Mapping[int, int], keeping: Keeping
) -> Iterator[tuple[int, list[int]]]:
    """Give (number of a trip, days it buys for): a later trip only for what is better fresh.

    That is what keeps a week at most, unopened: leaves, herbs, soft fruit, bread, fish. It is
    bought on the last trip before the day on which its package is opened; the rest on the first.

    Parameters
    ----------
    days, starts
        All days, and the first of each trip.
    opened
        Day → packages that are opened on it.
    keeping
        How long the food keeps.
    """
    own: list[int] = []
    bought_on = 0
    most_days: int = read_settings(SETTINGS)["trips"]["fresh_days"]
    is_fresh = keeping.fresh_days is not None and keeping.fresh_days <= most_days
    for number, start in enumerate(starts, start=1):
        end = starts[number] if number < len(starts) else days[-1] + 1
        stretch = [day for day in days if start <= day < end]
        if own and not (is_fresh and any(opened.get(day) for day in stretch)):
            own += stretch
            continue
        if own:
            yield bought_on, own
        own, bought_on = stretch, number
    yield bought_on, own


def frozen_days(keeping: Keeping, start: int, days: Iterable[int]) -> tuple[int, ...]:
    """Give the days that come too late for what was bought fresh, where it may be frozen."""
    if not keeping.freezes or keeping.fresh_days is None:
        return ()
    last = start - 1 + keeping.fresh_days  # one shops on the day before
    return tuple(day for day in days if day > last)
