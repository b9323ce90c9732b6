"""Hours between what is taken on a day: which are asked, and whether they are kept."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from planner.safety.read import read_safety_settings
from planner.settings import Figure

HOURS_A_DAY = 24.0
MEAL, WATER = "meal", "water"
ANYTHING, FOOD, MEDICINE = "anything", "food", "medicine"

_NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Apart:
    """What a medicine must be kept from.

    Parameters
    ----------
    kind
        A nutrient of pills, ``"water"`` for mineral water, ``"food"`` for any meal, ``"medicine"``
        for any other medicine, ``"anything"`` for all of these, or what a meal holds.
    before_h, after_h
        Hours from the medicine to it, and from it to the medicine.
    meal_from
        Amount in a meal from which the meal counts; ``None``: meals do not count.
    """

    kind: str
    before_h: Annotated[float, Field(validation_alias="hours_before")]
    after_h: Annotated[float, Field(validation_alias="hours_after")]
    meal_from: Figure = None


@dataclass(frozen=True, slots=True)
class Taken:
    """One thing of a day: a medicine, a pill, mineral water or a meal.

    Parameters
    ----------
    item
        What to call it.
    kind
        Nutrient key of a mineral or vitamin, ``"water"``, ``"meal"``, or empty for a medicine that
        is none of these.
    doses
        Doses a day.
    amount
        Amount a day [the nutrient's unit]; ``None`` where nobody gave one.
    apart
        What a medicine must be kept from.
    is_medicine, is_morning, is_urgent
        Whether it is a medicine, one for the early morning alone, and one for which meals give way.
    prefer_h
        Hours of the day that are tried first, one for each dose; empty for the usual ones.
    is_fixed
        Whether no other hour than these is tried.
    holds
        Kind → amount of what a meal holds.
    dose_text
        How much one dose is, in words.
    within
        First and last hour of each dose of a medicine; empty where nobody said a time of the day.
    """

    item: str
    kind: str = ""
    doses: int = 1
    amount: float | None = None
    apart: tuple[Apart, ...] = ()
    is_medicine: bool = False
    is_morning: bool = False
    is_urgent: bool = False
    prefer_h: tuple[float, ...] = ()
    is_fixed: bool = False
    holds: tuple[tuple[str, float], ...] = ()
    dose_text: str = ""
    within: tuple[tuple[float, ...], ...] = ()

    @property
    def is_meal(self) -> bool:
        """Whether it is a meal."""
        return self.kind == MEAL


@dataclass(frozen=True, slots=True)
class Window:
    """When one dose is taken: any hour from ``start_h`` to ``end_h``, ``best_h`` by preference."""

    taken: Taken
    dose: int
    start_h: float
    end_h: float
    best_h: float


@cache
def hours_between(one: Taken, other: Taken) -> float:
    """Give the least hours from a dose of ``one`` to a later dose of ``other``."""
    hours = [0.0]
    hours += [rule.before_h for rule in one.apart if _is_meant(rule, one, other)]
    hours += [rule.after_h for rule in other.apart if _is_meant(rule, other, one)]
    if (one.item, one.kind, one.is_medicine) == (other.item, other.kind, other.is_medicine):
        hours.append(_between_doses(one))
    hours += [rule["hours"] for rule in clock_settings()["apart"] if _rule_fits(rule, one, other)]
    return float(max(hours))


def concern_each_other(one: Taken, other: Taken) -> bool:
    """Whether any hours must lie between two things, in one order or the other."""
    return bool(hours_between(one, other) or hours_between(other, one))


def keeps_apart(one: Window, other: Window) -> bool:
    """Whether any two hours of the windows are far enough, today and over the night."""
    if not concern_each_other(one.taken, other.taken):
        return True
    first, second = (one, other) if one.start_h <= other.start_h else (other, one)
    today = second.start_h - first.end_h
    return (
        today > 0
        and today >= hours_between(first.taken, second.taken) - _NEAR
        and keeps_night(second, first)
    )


def keeps_night(evening: Window, morning: Window) -> bool:
    """Whether what is taken today is far enough from what is taken on the next day."""
    overnight = morning.start_h + HOURS_A_DAY - evening.end_h
    return overnight >= hours_between(evening.taken, morning.taken) - _NEAR


@dataclass(frozen=True, slots=True)
class Nights:
    """What is taken on the day before and on the day after, each by its own day's clock."""

    before: tuple[Window, ...] = ()
    after: tuple[Window, ...] = ()

    def room_of(self, taken: Taken) -> tuple[float, float]:
        """Give the first and the last hour of today that is far enough from both days."""
        first = (one.end_h + hours_between(one.taken, taken) for one in self.before)
        last = (one.start_h - hours_between(taken, one.taken) for one in self.after)
        return (
            max(first, default=-math.inf) - HOURS_A_DAY,
            min(last, default=math.inf) + HOURS_A_DAY,
        )


def meal_windows(things: Iterable[Taken]) -> tuple[Window, ...]:
    """Give the meals and what else has its hours among ``things``."""
    lasts_h = clock_settings()["meal"]["lasts_h"]
    return tuple(
        Window(one, dose, hour, hour + (lasts_h if one.is_meal else 0.0), hour)
        for one in things
        if one.is_fixed
        for dose, hour in enumerate(one.prefer_h, start=1)
    )


def widened(windows: Sequence[Window], nights: Nights) -> tuple[Window, ...]:
    """Give each dose as much room as the others leave, minerals last; numbered by the clock."""
    found = list(windows)
    for of_minerals in (False, True):
        for place, window in enumerate(found):
            if not window.taken.is_fixed and bool(window.taken.kind) is of_minerals:
                found[place] = _stretched(window, [*found[:place], *found[place + 1 :]], nights)
    return _numbered(found)


def _stretched(window: Window, others: Sequence[Window], nights: Nights) -> Window:
    step, (earliest, latest, most_h) = clock_settings()["step_h"], _room(window)
    first, last = nights.room_of(window.taken)
    others = [one for one in others if concern_each_other(window.taken, one.taken)]
    while True:
        before = window
        for earlier, later in ((0.0, step), (step, 0.0)):
            wider = replace(
                window,
                start_h=max(min(earliest, window.best_h), window.start_h - earlier),
                end_h=min(max(latest, window.best_h), window.end_h + later),
            )
            fits = first <= wider.start_h + _NEAR and wider.end_h - _NEAR <= last
            fits = fits and wider.end_h - wider.start_h <= most_h + _NEAR
            if fits and all(keeps_apart(wider, one) for one in others):
                window = wider
        if window == before:
            return window


def _room(window: Window) -> tuple[float, float, float]:
    """Give the earliest and latest hour of a window, and how wide it may be [h]."""
    day = clock_settings()
    if not window.taken.kind:
        return window.best_h, day["medicine"]["latest_h"], day["medicine"]["window_h"]
    return day["mineral_h"], day["sleep_h"], day["window"].get(window.taken.kind, 0.0)


def _numbered(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Give the windows by the clock, the doses of each thing counted in that order."""
    found, seen = [], dict[Taken, int]()
    for window in sorted(windows, key=lambda one: (one.start_h, one.end_h, one.taken.item)):
        seen[window.taken] = seen.get(window.taken, 0) + 1
        found.append(replace(window, dose=seen[window.taken]))
    return tuple(found)


def _is_meant(rule: Apart, of: Taken, other: Taken) -> bool:
    """Whether a rule of one thing speaks of another one."""
    if (of.item, of.kind, of.is_medicine) == (other.item, other.kind, other.is_medicine):
        return False
    if rule.kind == ANYTHING:
        return True
    if rule.kind == MEDICINE:
        return other.is_medicine
    if not other.is_meal:
        return other.kind == rule.kind
    if rule.meal_from is None:
        return False
    return rule.kind == FOOD or _holds(other, rule.kind, rule.meal_from)


def _holds(meal: Taken, kind: str, least: float) -> bool:
    return any(held == kind and amount > 0 and amount >= least for held, amount in meal.holds)


def _between_doses(one: Taken) -> float:
    if one.is_meal or one.kind == WATER:
        return 0.0
    if one.kind:
        return float(clock_settings()["same_item_h"])
    rows = clock_settings()["medicine"]["least_between_h"]
    return float(rows[one.doses - 1]) if one.doses <= len(rows) else 0.0


def _rule_fits(rule: Mapping[str, Any], one: Taken, other: Taken) -> bool:
    if {one.kind, other.kind} != set(rule["nutrients"]):
        return False
    amounts = (taken.amount for taken in (one, other))
    return all(amount is None or amount > rule["above_per_day"] for amount in amounts)


def clock_settings() -> Mapping[str, Any]:
    """Return ``configs/safety/schedule.toml`` as it stands."""
    return read_safety_settings("schedule")
