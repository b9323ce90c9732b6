"""The meals of a day with their hours: snacks that have several hours apart, each at its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from planner.plan.plan import Day, Item, Meal, Share
from planner.request.days import hours_on
from planner.request.meal_hours import SNACK, hour_in_day, is_at_night, snack_hours
from planner.request.request import NAMELESS, WeekOptions
from planner.safety.clock import HOURS_A_DAY
from planner.safety.day_meals import Hours
from planner.safety.schedule import as_clock


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meal at its hour.

    Parameters
    ----------
    key
        Its key of the hours: ``"dinner"``, ``"snack 2"``.
    meal
        What is eaten at it.
    hour
        Hours from the midnight before its day: 24 and more after the next one.
    said
        The hour of the clock where somebody said one; else empty.
    is_at_night
        Whether it is eaten after the midnight that ends the day.
    """

    key: str
    meal: Meal
    hour: float
    said: str
    is_at_night: bool = False

    @property
    def clock(self) -> str:
        """The hour of the clock, said or usual."""
        return as_clock(self.hour % HOURS_A_DAY)


def sittings(day: Day, week: WeekOptions) -> tuple[Sitting, ...]:
    """Give the meals of a day, by the clock where any hour was said.

    Who has several snacks has the first at the first hour, and so on; pills and drinks stand with
    the first.
    """
    hours = hours_on(week, day.day)
    found = [
        Sitting(key, part, hour_in_day(key, hours), said_hour(key, hours), is_at_night(key, hours))
        for meal in day.meals
        for key, part in _parts(meal, hours)
        if part.items
    ]
    return tuple(sorted(found, key=lambda one: one.hour) if hours else found)


def said_hour(meal: str, hours: Hours) -> str:
    """Give the hour of a meal where somebody said one; else an empty text."""
    return as_clock(hours[meal]) if meal in hours else ""


def _parts(meal: Meal, hours: Hours) -> Iterator[tuple[str, Meal]]:
    keys = snack_hours(hours) if meal.slot == SNACK else (meal.slot,)
    turns = Counter[str]()
    parts: dict[str, list[Item]] = {key: [] for key in keys}
    for item in meal.items:
        for key, shares in _by_turn(item, keys, turns).items():
            parts[key].append(replace(item, shares=shares))
    for key, items in parts.items():
        yield key, Meal(meal.slot, tuple(items))


def _by_turn(item: Item, keys: Sequence[str], turns: Counter[str]) -> dict[str, tuple[Share, ...]]:
    """Give for whose first, second and further snack an item is; what stands beside is of none."""
    if item.is_beside:
        return {keys[0]: item.shares}
    found: dict[str, tuple[Share, ...]] = {}
    for name in [share.eater for share in item.shares] or [NAMELESS]:
        key = keys[turns[name] % len(keys)]
        own = (share for share in item.shares if share.eater == name)
        found[key] = (*found.get(key, ()), *own)
        turns[name] += 1
    return found
