"""What the judge knows of the days by the request alone: missed meals and cycles.

Why it reads the request itself: how much of a day's targets its planned meals carry decides whether
a band holds, so it must not come from where the plan was made.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Self

from planner.check.amounts import ENERGY
from planner.meals.patterns import read_pattern
from planner.plan.plan import Day
from planner.request.day_words import today
from planner.request.days import DAYS_PER_WEEK, more_on, told_on
from planner.request.next_week import days_before
from planner.request.request import WeekOptions
from planner.settings import read_settings
from planner.targets.target import Target

SUPPLEMENT_BASES = ("supplement", "supplement_and_fortified")
SUM_UNITS = ("ratio", "percent")  # a share of what is eaten is the same, however much that is
_SAME_SHARE = 1e-6
_SATURDAY = 5  # as date.weekday() counts


@dataclass(frozen=True, slots=True)
class DaysAsked:
    """The days of a request, as the judge reads it.

    Parameters
    ----------
    week
        What the request says of them.
    energy
        Meal → least and greatest share of a day's energy, as its meal pattern says.
    more_energy
        Days → energy that is needed on them beside that of every day [kcal].
    since
        Wish → date from which it holds.
    """

    week: WeekOptions
    energy: Mapping[str, tuple[float, float]]
    more_energy: Mapping[str, float] = field(default_factory=dict)
    since: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        week: WeekOptions,
        more_energy: Mapping[str, float] = MappingProxyType({}),
        since: Mapping[str, str] = MappingProxyType({}),
    ) -> Self:
        """Read the pattern of a request, where a meal is missed and its share is asked for."""
        energy = read_pattern(week.pattern).energy if week.skip else {}
        return cls(week, energy, more_energy, since)

    def missed(self, day: int) -> dict[str, bool]:
        """Return the meals that a day misses, and of each whether it is eaten elsewhere."""
        asked = day if self.week.cycle is None else (day - 1) % self.week.cycle + 1
        return {
            slot: (asked, slot) not in self.week.not_eaten
            for number, slot in self.week.skip
            if number == asked
        }

    def share(self, day: int) -> float:
        """Return the share of a day's targets that what is planned must carry [0-1]."""
        missed = self.missed(day)
        planned, elsewhere = 0.0, 0.0
        for slot in self.week.slots:
            usual = sum(self.energy.get(slot, (0.0, 0.0))) / 2
            if slot not in missed:
                planned += usual
            elif missed[slot]:
                elsewhere += usual
        return planned / (planned + elsewhere) if elsewhere else 1.0

    def is_eaten(self, day: int | None) -> bool:
        """Whether a day is past and counts as eaten, so that its food is a fact."""
        when = None if day is None else self._date(day)
        is_past = when is not None and when < today()
        return is_past and day in self.week.eaten

    def before(self, name: str) -> range:
        """Return the days on which a wish does not hold yet."""
        return days_before(self.since, name, self.week)

    def bounds(self, target: Target, days: Sequence[int]) -> tuple[float | None, float | None]:
        """Return the band of a target as a mean over ``days``, as far as they are planned.

        Supplements are taken whole, and ratios are the same of a part: their bands stay. Energy
        that some days need beside raises both sides of its band.
        """
        if target.unit in SUM_UNITS or target.basis in SUPPLEMENT_BASES:
            return target.lower, target.upper
        shares = [self.share(day) for day in days]
        more = 0.0
        if target.nutrient == ENERGY and self.more_energy:
            each = [more_on(self.more_energy, self.week, day) for day in days]
            more = sum(kcal * share for kcal, share in zip(each, shares, strict=True)) / len(days)
        if not more and all(share == 1.0 for share in shares):
            return target.lower, target.upper
        mean = sum(shares) / len(shares)
        lower, upper = (
            None if side is None else side * mean + more for side in (target.lower, target.upper)
        )
        return lower, upper

    def is_free(self, day: int) -> bool:
        """Whether a day has the time of a weekend, by date or number, or is over."""
        if self.is_eaten(day):
            return True
        when = self._date(day)
        if day in self.week.holidays or when in self.week.holidays:
            return True
        if when is None:
            last_days = read_settings("meals/rules.toml")["weekend_days"]["days"]
            return (day - 1) % DAYS_PER_WEEK + 1 in last_days
        return when.weekday() >= _SATURDAY

    def _date(self, day: int) -> date | None:
        start = self.week.start
        return None if start is None else start + timedelta(days=day - 1)


EVERY_MEAL = DaysAsked(WeekOptions(), {})
"""Days that miss no meal."""


def day_faults(days: Sequence[Day], asked: DaysAsked) -> Iterator[str]:
    """Yield days that are not as the request asks, and meals that are missing or extra."""
    week = asked.week
    if len(days) != week.days:
        yield f"The plan has {len(days)} days, the request asks for {week.days}."
    numbers = [day.day for day in days]
    if numbers != list(range(1, len(days) + 1)):
        yield "The days are numbered {numbers}, not 1 to {count}.".format(
            numbers=", ".join(map(str, numbers)), count=len(days)
        )
    for number in week.eaten:
        if not asked.is_eaten(number) or not told_on(week, number):
            yield f"Day {number} counts as eaten, but is not over, or nobody told what."
    for day in days:
        yield from _meal_faults(day, asked)
    if week.cycle is not None:
        yield from _cycle_faults(days, week.cycle)


def stated_day_faults(day: Day, asked: DaysAsked) -> Iterator[str]:
    """Describe where a day states other missed meals, or another share, than the request means."""
    stated = {slot: eaten == "out" for slot, eaten in day.facts.missed}
    missed, share = asked.missed(day.day), asked.share(day.day)
    if stated != missed:
        yield (
            f"Day {day.day} states that it misses {_named(stated)}, the request means "
            f"{_named(missed)}."
        )
    elif not math.isclose(day.facts.planned_share, share, rel_tol=_SAME_SHARE):
        yield (
            f"Day {day.day} states that {day.facts.planned_share:.3g} of it is planned, "
            f"the request means {share:.3g}."
        )


def _named(missed: Mapping[str, bool]) -> str:
    how = {True: "out", False: "nothing"}
    words = [f"{slot} ({how[out]})" for slot, out in missed.items()]
    return ", ".join(sorted(words)) if words else "no meal"


def _meal_faults(day: Day, asked: DaysAsked) -> Iterator[str]:
    week, missed = asked.week, asked.missed(day.day)
    served = [meal.slot for meal in day.meals if any(not item.is_beside for item in meal.items)]
    for slot in read_settings("check.toml")["meals"]["required"]:
        if slot in week.slots and slot not in missed and slot not in served:
            yield f"Day {day.day}: no {slot}."
    for slot in dict.fromkeys(meal.slot for meal in day.meals if meal.items):
        if slot not in week.slots or slot in missed:
            yield f"Day {day.day}: {slot}, which the request does not ask for."
        if served.count(slot) > 1:
            yield f"Day {day.day}: {slot} stands there {served.count(slot)} times."


def _cycle_faults(days: Sequence[Day], cycle: int) -> Iterator[str]:
    """Describe which day does not have the menu that comes again."""
    for first, again in zip(days, days[cycle:], strict=False):
        menus = [
            [
                (meal.slot, item.item_id, item.ingredients)
                for meal in day.meals
                for item in meal.items
            ]
            for day in (first, again)
        ]
        if menus[0] != menus[1]:
            yield f"Day {again.day} does not have the menu of day {first.day} again."
