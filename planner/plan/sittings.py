"""The meals of a day with their hours: snacks that have several hours apart, each at its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from planner.plan.plan import Day, Item, Meal, Share
from planner.request.days import hours_on
from planner.request.meal_phrases import SNACK, hour_in_day, is_at_night, snack_hours
from planner.request.request import NAMELESS, WeekOptions
from planner.safety.gate import HOURS_A_DAY, Hours, as_clock
from planner.targets.derive import ENERGY_KEY


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
    """Return the meals of a day, by the clock where any hour was said.

    Who has several snacks has the first at the first hour, and so on, and what there is beyond them
    where it makes the largest of them least; pills and drinks stand with the first.
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
    """Return the hour of a meal where somebody said one; else an empty text."""
    return as_clock(hours[meal]) if meal in hours else ""


def even_turns(amounts: Sequence[float], sittings: int) -> tuple[int, ...]:
    """Share things out over sittings, so that the largest of them is as small as it can be.

    Of several ways the first in their order: one thing for each sitting, then a second one.
    """
    in_turn = tuple(at % sittings for at in range(len(amounts)))
    if len(amounts) <= sittings:
        return in_turn
    ways = product(range(sittings), repeat=len(amounts))
    return min([in_turn, *ways], key=lambda way: round(max(sums_apart(amounts, way, sittings)), 3))


def largest_sitting(amounts: Sequence[float], sittings: int) -> float:
    """Sum the largest of several sittings, over which things are shared out evenly."""
    return max(sums_apart(amounts, even_turns(amounts, sittings), sittings))


def sums_apart(amounts: Sequence[float], turns: Sequence[int], sittings: int) -> list[float]:
    """Sum what each sitting has of things that are shared out as ``turns`` says."""
    sums = [0.0] * sittings
    for amount, turn in zip(amounts, turns, strict=True):
        sums[turn] += amount
    return sums


def _parts(meal: Meal, hours: Hours) -> Iterator[tuple[str, Meal]]:
    keys = snack_hours(hours) if meal.slot == SNACK else (meal.slot,)
    turns = _turns(meal, len(keys))
    parts: dict[str, list[Item]] = {key: [] for key in keys}
    for at, item in enumerate(meal.items):
        shares: dict[str, tuple[Share, ...]] = {}
        for name, group in _eaten_by(item):
            key = keys[turns.get((at, name), 0)]
            shares[key] = (*shares.get(key, ()), *group)
        for key, own in shares.items():
            parts[key].append(replace(item, shares=own))
    for key, items in parts.items():
        yield key, Meal(meal.slot, tuple(items))


def _eaten_by(item: Item) -> list[tuple[str, tuple[Share, ...]]]:
    """Return who has what of an item; one without a name where nobody is told apart."""
    return [(share.eater, (share,)) for share in item.shares] or [(NAMELESS, ())]


def _turns(meal: Meal, sittings: int) -> dict[tuple[int, str], int]:
    """Return for whose first, second and further snack each thing is; what stands beside is not."""
    own: dict[str, dict[int, float]] = {}
    for at, item in enumerate(meal.items):
        for name, shares in _eaten_by(item):
            held = shares[0].nutrients if shares else item.nutrients
            if not item.is_beside:
                own.setdefault(name, {})[at] = held.get(ENERGY_KEY) or 0.0
    return {
        (at, name): turn
        for name, amounts in own.items()
        for at, turn in zip(amounts, even_turns([*amounts.values()], sittings), strict=True)
    }
