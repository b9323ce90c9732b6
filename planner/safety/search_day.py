"""Find a time for everything that is taken on a day, so that all hours between are kept.

The day is a ring of half hours. Each thing has the sets of half hours at which its doses may stand,
the best first; a search through these sets, the thing with the fewest first, gives up a set as soon
as it leaves another thing without one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations

from planner.safety.clock import (
    HOURS_A_DAY,
    Nights,
    Taken,
    Window,
    clock_settings,
    hours_between,
    keeps_apart,
    meal_windows,
    widened,
)

_NO_NIGHTS = Nights()

Pattern = tuple[int, ...]  # half hours of the day, one for each dose
Masked = tuple[int, Pattern]  # the same as bits of one number


def find_day(
    things: Sequence[Taken],
    nights: Nights = _NO_NIGHTS,
    wanted: Mapping[str, tuple[float, ...]] | None = None,
) -> tuple[Window, ...] | None:
    """Give a window for every dose and meal; ``None`` where no day is found with room for all.

    Parameters
    ----------
    things
        What is taken and eaten; what has its hours keeps them.
    nights
        What is taken on the days before and after.
    wanted
        Item → hours at which its doses stand on other days, tried first.
    """
    fixed = meal_windows(things)
    free = [one for one in things if not one.is_fixed]
    pills = [one for one in fixed if not one.taken.is_meal]
    if not all(keeps_apart(one, other) for one, other in combinations(pills, 2)):
        return None
    sets = {one: _open_patterns(one, fixed, nights, (wanted or {}).get(one.item)) for one in free}
    found = _Search(sets).found()
    if found is None:
        return None
    windows = [
        Window(one, dose, _hour(at), _hour(at), _hour(at))
        for one, pattern in found.items()
        for dose, at in enumerate(pattern, start=1)
    ]
    return widened([*fixed, *windows], nights)


def has_room_for(one: Taken) -> bool:
    """Whether this program knows a day for so many doses of a thing."""
    return bool(one.kind) or one.doses <= len(clock_settings()["medicine"]["hours_after_first"])


class _Search:
    """Depth-first search with a look ahead: minerals last, first what has the fewest times."""

    def __init__(self, sets: Mapping[Taken, Sequence[Masked]]) -> None:
        by_size = sorted(sets, key=lambda one: (bool(one.kind), len(sets[one]), one.item))
        self.order = by_size
        self.masks = [sets[one] for one in by_size]
        self.tables = [
            [_allowed(hours_between(one, other), hours_between(other, one)) for other in by_size]
            for one in by_size
        ]
        self.tries = 0

    def found(self) -> dict[Taken, Pattern] | None:
        everywhere = [_mask(range(_steps_a_day()))] * len(self.order)
        return self._place(0, everywhere) if all(self.masks) else None

    def _place(self, place: int, open_at: Sequence[int]) -> dict[Taken, Pattern] | None:
        if place == len(self.order):
            return {}
        for mask, pattern in self.masks[place]:
            if mask & ~open_at[place]:
                continue
            self.tries += 1
            if self.tries > clock_settings()["most_tries"]:
                return None
            left = self._left(place, pattern, open_at)
            found = self._place(place + 1, left) if left is not None else None
            if found is not None:
                return {self.order[place]: pattern, **found}
        return None

    def _left(self, place: int, pattern: Pattern, open_at: Sequence[int]) -> list[int] | None:
        """Give where the others may still stand; ``None`` where one of them no longer can."""
        left = list(open_at)
        for other in range(place + 1, len(self.order)):
            table = self.tables[place][other]
            for at in pattern:
                left[other] &= table[at]
            closed = ~left[other]
            for mask, _ in self.masks[other]:
                if not mask & closed:
                    break
            else:
                return None
        return left


@cache
def _allowed(to_other_h: float, from_other_h: float) -> tuple[int, ...]:
    """Give for each half hour of one thing at which half hours another may stand."""
    count, step = _steps_a_day(), clock_settings()["step_h"]
    if not to_other_h and not from_other_h:
        return (_mask(range(count)),) * count
    return tuple(
        _mask(
            [
                other
                for other in range(count)
                if other != at
                and (other - at) % count * step >= to_other_h
                and (at - other) % count * step >= from_other_h
            ]
        )
        for at in range(count)
    )


def _open_patterns(
    one: Taken, fixed: Sequence[Window], nights: Nights, wanted_h: tuple[float, ...] | None
) -> list[Masked]:
    """Give the times of a thing that meals, and the days around, leave open; the best first."""
    is_open = _within(*nights.room_of(one))
    for window in fixed:
        to_h, from_h = hours_between(one, window.taken), hours_between(window.taken, one)
        is_open &= _beside(window.start_h, window.end_h, to_h, from_h)
    found = [(mask, pattern) for mask, pattern in _patterns(one) if not mask & ~is_open]
    before = tuple(sorted(round(hour / clock_settings()["step_h"]) for hour in wanted_h or ()))
    return sorted(found, key=lambda pair: pair[1] != before) if before else found


@cache
def _within(first_h: float, last_h: float) -> int:
    return _mask(at for at in range(_steps_a_day()) if first_h <= _hour(at) <= last_h)


@cache
def _beside(start_h: float, end_h: float, to_h: float, from_h: float) -> int:
    """Give the half hours far enough from a time that is taken, today and over the night."""
    if not to_h and not from_h:
        return _mask(range(_steps_a_day()))
    hours = ((at, _hour(at)) for at in range(_steps_a_day()))
    return _mask(
        at
        for at, hour in hours
        if (hour > end_h and hour - end_h >= from_h and start_h + HOURS_A_DAY - hour >= to_h)
        or (hour < start_h and start_h - hour >= to_h and hour + HOURS_A_DAY - end_h >= from_h)
    )


def _patterns(one: Taken) -> tuple[Masked, ...]:
    if not one.kind:
        return _medicine_patterns(one.doses, one.is_morning, hours_between(one, one), one.within)
    return _pill_patterns(one.doses, one.kind, one.prefer_h, hours_between(one, one))


@cache
def _medicine_patterns(
    doses: int, is_morning: bool, least_h: float, within: tuple[tuple[float, ...], ...]
) -> tuple[Masked, ...]:
    day, rules = clock_settings(), clock_settings()["medicine"]
    latest_first_h = max(rules["first_h"]) if is_morning else HOURS_A_DAY
    rooms = within or ((day["wake_h"], rules["latest_h"]),) * doses
    found = [
        pattern
        for pattern in _spread(doses, day["wake_h"], rules["latest_h"], least_h)
        if _hour(pattern[0]) <= latest_first_h
        and all(room[0] <= _hour(at) <= room[1] for at, room in zip(pattern, rooms, strict=True))
    ]
    ideal = rules["hours_after_first"][doses - 1] if doses else []
    liked = [*rules["first_h"], *(() if doses > 1 else rules["evening_h"])]

    def cost(pattern: Pattern) -> tuple[float, ...]:
        hours = [_hour(at) for at in pattern]
        off = sum(abs(h - hours[0] - after) for h, after in zip(hours, ideal, strict=True))
        return (off, liked.index(hours[0]) if hours[0] in liked else len(liked), hours[0])

    return tuple((_mask(pattern), pattern) for pattern in sorted(found, key=cost))


@cache
def _pill_patterns(
    doses: int, kind: str, prefer_h: tuple[float, ...], least_h: float
) -> tuple[Masked, ...]:
    day = clock_settings()
    usual = day["prefer"].get(kind, [])
    wanted = sorted(prefer_h)

    def cost(pattern: Pattern) -> tuple[float, ...]:
        hours = [_hour(at) for at in pattern]
        if len(wanted) == len(hours):
            pairs = zip(hours, wanted, strict=True)
            return (sum(abs(one - other) for one, other in pairs), *hours)
        ranks = [usual.index(h) if h in usual else len(usual) for h in hours]
        return (float(sum(ranks)), *hours)

    found = sorted(_spread(doses, day["wake_h"], day["sleep_h"], least_h), key=cost)
    return tuple((_mask(pattern), pattern) for pattern in found)


def _spread(doses: int, first_h: float, last_h: float, least_h: float) -> Iterator[Pattern]:
    """Give every way to stand ``doses`` so far apart between two hours, over the night too."""
    step, count = clock_settings()["step_h"], _steps_a_day()
    gap = round(least_h / step) if doses > 1 else 0
    start, room = round(first_h / step), round((last_h - first_h) / step) + 1
    slack = room - max(0, gap - 1) * (doses - 1)
    for places in combinations(range(max(0, slack)), doses):
        pattern = tuple(start + at + n * max(0, gap - 1) for n, at in enumerate(places))
        if doses == 1 or pattern[0] + count - pattern[-1] >= gap:
            yield pattern


def _mask(steps: Iterable[int]) -> int:
    mask = 0
    for at in steps:
        mask |= 1 << at
    return mask


def _hour(at: int) -> float:
    return float(at * clock_settings()["step_h"])


def _steps_a_day() -> int:
    return round(HOURS_A_DAY / float(clock_settings()["step_h"]))
