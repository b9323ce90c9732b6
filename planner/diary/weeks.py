"""The weeks of a diary: what each adds up to beside what was planned, and where magnesium goes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, linear_regression
from typing import TypeVar

from planner.check.amounts import MAGNESIUM
from planner.diary.diary import Diary, DiaryDay
from planner.diary.sums import DiaryIntake
from planner.plan.plan import Day
from planner.request.day_words import NamedDay, find_day
from planner.request.days import DAYS_PER_WEEK
from planner.settings import read_settings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DiaryWeek:
    """Seven days from the first day of a diary on, or from the end of the week before.

    Parameters
    ----------
    number
        Number from 1; a week without a day in the diary has none.
    days
        Those of the diary.
    mean
        What was taken in on a day of them on average.
    planned_mg
        Magnesium that plans have for days of this week, a day on average [mg]; ``None``: none has.
    """

    number: int
    days: tuple[DiaryDay, ...]
    mean: DiaryIntake
    planned_mg: float | None = None

    @property
    def eaten_mg(self) -> float | None:
        """Magnesium that was taken in, a day on average [mg]."""
        return self.mean.totals[MAGNESIUM]


@dataclass(frozen=True, slots=True)
class Trend:
    """Where the magnesium of the weeks goes.

    Parameters
    ----------
    per_week_mg
        How much more a day each week has than the one before, by a line through all [mg].
    is_steady
        Whether that is hardly anything over all of them.
    """

    per_week_mg: float
    is_steady: bool


def weeks_of(
    diary: Diary, take: Callable[[Sequence[DiaryDay]], DiaryIntake], planned: Sequence[Day] = ()
) -> tuple[DiaryWeek, ...]:
    """Give the weeks of a diary whose days are dates or numbers; none where one is all there is.

    Parameters
    ----------
    diary, take
        Days, and what adds some of them up.
    planned
        Days of plans, which belong where their date or number does.
    """
    places = [_place(day.day) for day in diary.days]
    known = [one for one in places if one is not None]
    first = min(known, default=0)
    is_one = max(known, default=0) - first < DAYS_PER_WEEK
    if len(known) < len(places) or (is_one and not planned):
        return ()
    days = _by_week(zip(known, diary.days, strict=True), first)
    at = ((one.date.toordinal() if one.date else one.day, one.totals[MAGNESIUM]) for one in planned)
    plans = _by_week(((place, mg) for place, mg in at if mg is not None), first)
    return tuple(
        DiaryWeek(number, tuple(own), take(own), fmean(plans[number]) if number in plans else None)
        for number, own in sorted(days.items())
    )


def trend_of(weeks: Sequence[DiaryWeek]) -> Trend | None:
    """Say where magnesium goes over the weeks with days enough; ``None``: they are too few."""
    rule = read_settings("diary.toml")["weeks"]
    known = [
        (one.number, one.eaten_mg or 0.0) for one in weeks if len(one.days) >= rule["least_days"]
    ]
    if len(known) < 2:  # noqa: PLR2004
        return None
    numbers, amounts = zip(*known, strict=True)
    slope = linear_regression(numbers, amounts).slope
    moved = math.fabs(slope) * (max(numbers) - min(numbers))
    return Trend(slope, moved < rule["steady"] * fmean(amounts))


def _by_week(placed: Iterable[tuple[int, T]], first: int) -> dict[int, list[T]]:
    weeks: dict[int, list[T]] = {}
    for place, one in placed:
        weeks.setdefault((place - first) // DAYS_PER_WEEK + 1, []).append(one)
    return weeks


def _place(day: str) -> int | None:
    """Give the place of a day among others: of its date, or its number."""
    word = find_day(day)
    if isinstance(word, NamedDay):
        return word.whole_date.toordinal() if word.whole_date else None
    return word
