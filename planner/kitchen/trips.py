"""Trips to the shops: their days, and which of them buys a food for which days."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from planner.kitchen.sold import SETTINGS, Keeping
from planner.request.days import DAYS_PER_WEEK
from planner.settings import read_settings


def cut_in_weeks(days: Sequence[int], wanted: Iterable[int]) -> tuple[frozenset[int], ...]:
    """Give those of the days that are wanted, by week of all days; no week is empty."""
    weeks = (days[at : at + DAYS_PER_WEEK] for at in range(0, len(days), DAYS_PER_WEEK))
    return tuple(filter(None, (frozenset(week).intersection(wanted) for week in weeks)))


def trips_of(
    days: Sequence[int], count: int, closed: Container[int] = (), sooner: int = 0
) -> tuple[int, ...]:
    """Give the first day of each trip's days; one shops on the day before it.

    Earlier trips have the longer stretch: of seven days two trips have four and three. From the
    second on none is on a ``closed`` day: it is earlier, or else later. ``sooner``: the days by
    which these are earlier than that.
    """
    count = min(count, len(days))
    first, *later = (days[-(-len(days) * number // count)] for number in range(count))
    starts = [first]
    for start in later:
        earlier = range(max(start - sooner, starts[-1] + 1), starts[-1], -1)
        tried = [*earlier, *range(earlier[0] + 1, days[-1] + 1)]
        starts.append(next((one for one in tried if one - 1 not in closed), earlier[0]))
    return tuple(dict.fromkeys(one for one in starts if one <= days[-1]))


def split_trips(
    days: Sequence[int],
    starts: Sequence[int],
    opened: Mapping[int, int],
    keeping: Keeping,
    *,
    only_late: bool = False,
    weeks: Sequence[frozenset[int]] = (),
) -> Iterator[tuple[int, list[int]]]:
    """Give (number of a trip, days it buys for): a later trip only for what is better fresh.

    That is what keeps a week at most, unopened: leaves, herbs, soft fruit, bread, fish. It is
    bought on the last trip before the day on which its package is opened; the rest on the first,
    while it keeps.

    Parameters
    ----------
    days, starts
        All days, and the first of each trip.
    opened
        Day → packages that are opened on it.
    keeping
        How long the food keeps.
    only_late
        Whether a later trip is only for what would be past its days, and is not frozen until then.
    weeks
        The days of each week that buys what it opens; empty: the first trip buys for all days.
    """
    own: list[int] = []
    bought_on = 0
    most_days: int = read_settings(SETTINGS)["trips"]["fresh_days"]
    forever = max(most_days, days[-1]) + 1
    keeps = forever if keeping.fresh_days is None else keeping.fresh_days
    is_fresh = keeps <= most_days and not (only_late and keeping.freezes)
    buying = [week for week in weeks if any(map(opened.get, week))]
    for number, start in enumerate(starts, start=1):
        end = starts[number] if number < len(starts) else days[-1] + 1
        stretch = [day for day in days if start <= day < end]
        if own:
            late = start if is_fresh and not only_late else starts[bought_on - 1] + keeps
            is_bought = is_fresh or not keeping.freezes
            is_late = is_bought and any(opened.get(day) for day in stretch if day >= late)
            if not (is_late or any(start == min(week) for week in buying)):
                own += stretch
                continue
            yield bought_on, own
        own, bought_on = stretch, number
    yield bought_on, own


def with_rests(
    trips: Iterable[tuple[int, list[int]]], opened: Mapping[int, int]
) -> list[tuple[int, list[int]]]:
    """Give trips and days of ``split_trips`` with the days that use what a trip before left."""
    found: list[tuple[int, list[int]]] = []
    for number, days in trips:
        first = next((at for at, day in enumerate(days) if opened.get(day)), len(days))
        if found:
            found[-1][1].extend(days[:first])
        if own := days[first:] if found else days:
            found.append((number, own))
    return found


def days_too_late(keeping: Keeping, start: int, days: Iterable[int]) -> tuple[int, ...]:
    """Give the days that come too late for what was bought fresh."""
    if keeping.fresh_days is None:
        return ()
    last = start - 1 + keeping.fresh_days  # one shops on the day before
    return tuple(day for day in days if day > last)


def frozen_days(keeping: Keeping, start: int, days: Iterable[int]) -> tuple[int, ...]:
    """Give the days that come too late for what was bought fresh, where it may be frozen."""
    return days_too_late(keeping, start, days) if keeping.freezes else ()
