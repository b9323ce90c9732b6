"""Packages that a plan opens, day by day, and what is left of them.

The rule is that of the model (``foods/openings.py``), on the amounts as printed: of everybody at
the table, of guests and of what goes into the freezer. A second meal uses a package on the day that
it is cooked. Days of a longer plan follow one another, so what is open on Sunday is used on Monday.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from foods.food import Food, Measure
from foods.opened import days_once_opened
from foods.openings import PARTS, PackageDay, in_parts, use_packages
from foods.packages import bought, spoiling_package
from foods.table import FoodTable
from foods.water import TAP_WATER
from planner.kitchen.batch import BatchPlan, all_cooked
from planner.plan.plan import Plan
from planner.settings import read_settings

NEAR_ENOUGH = 0.03  # of a dish and of a package: nobody opens another one for so little
WORTH_TELLING = 0.2  # of a package: less is a spoonful or two
USE_UP, OPEN_NEW, LEFT = "use_up", "open_new", "left"


@dataclass(frozen=True, slots=True)
class OpenedDay:
    """What one day does to the packages of one food [packages].

    Parameters
    ----------
    day
        Its number.
    used, opened
        What is used, and how many packages are opened for it.
    good
        What was open and still good before.
    past
        What is past its days from this day on.
    rest, since
        What stays open after the day, and the day on which that was opened.
    """

    day: int
    used: float
    opened: int
    good: float
    past: float
    rest: float
    since: int


@dataclass(frozen=True, slots=True)
class OpenedFood:
    """A food whose packages spoil once opened, over the days of a plan.

    Parameters
    ----------
    food, package
        The food as it is bought, and its package.
    keeps_days
        Days after the day of opening on which it is still good.
    days
        A row for each day.
    """

    food: Food
    package: Measure
    keeps_days: int
    days: tuple[OpenedDay, ...]


@dataclass(frozen=True, slots=True)
class PackageHint:
    """What a cook should know of a package on a day.

    Parameters
    ----------
    day, kind
        The day, and ``"use_up"``: it ends what was opened earlier; ``"open_new"``: what was opened
        earlier is past its days; ``"left"``: nothing in its days uses the rest.
    food_id, name, package
        The food as it is bought, and the name of its package.
    share
        How much of a package it is about [packages].
    opened_day, good_until_day
        Day on which that package was opened, and the last day on which it is good; it may lie
        behind the plan.
    """

    day: int
    kind: str
    food_id: str
    name: str
    package: str
    share: float
    opened_day: int
    good_until_day: int


def track_packages(
    plan: Plan, foods: FoodTable, people: int = 1, batch: BatchPlan | None = None
) -> tuple[OpenedFood, ...]:
    """Follow the packages that spoil once opened through the days of a plan, in order of food id.

    Parameters
    ----------
    plan, foods
        The plan and the food table it was made from.
    people
        How many eat the same; guests count once.
    batch
        What is cooked double; its share for the freezer is used too.

    Raises
    ------
    FoodNotFoundError
        When the table does not have a food of the plan.
    """
    numbers = [day.day for day in plan.days]
    parts: dict[str, list[int]] = {}
    for one in all_cooked(plan, people, batch):
        for food_id, share in _shares(one.ingredients, foods, one.people).items():
            row = parts.setdefault(food_id, [0] * len(numbers))
            row[numbers.index(one.on) if one.on in numbers else 0] += in_parts(share)
    return tuple(_follow(foods[name], parts[name], numbers) for name in sorted(parts))


def _shares(
    ingredients: Iterable[tuple[str, float]], foods: FoodTable, eaters: int
) -> dict[str, float]:
    """Give packaged food → packages that spoil once opened and are used [packages]."""
    shares: dict[str, float] = {}
    for food_id, mass_g in ingredients:
        if food_id != TAP_WATER:
            food, edible_g = bought(foods[food_id], mass_g * eaters, foods)
            package = _package(food)
            if package is not None and edible_g > 0:
                shares[food.food_id] = shares.get(food.food_id, 0.0) + edible_g / package.mass_g
    return shares


def _package(food: Food) -> Measure | None:
    """Give the package of a food that keeps for a known number of days once it is opened."""
    package = spoiling_package(food, read_settings("packages.toml")["spoil"])
    return package if package and days_once_opened(food, package) is not None else None


def _follow(food: Food, parts: list[int], numbers: list[int]) -> OpenedFood:
    package = _package(food)
    keeps = days_once_opened(food, package) if package else None
    assert package is not None
    assert keeps is not None
    used = np.array([parts], dtype=np.int64)
    days: list[OpenedDay] = []
    before = 0
    for at, one in enumerate(use_packages(used, np.array([keeps]), NEAR_ENOUGH)):
        days.append(_day(numbers, at, parts[at], before, one))
        before = int(one.rest[0])
    return OpenedFood(food, package, keeps, tuple(days))


def _day(numbers: list[int], at: int, used: int, before: int, one: PackageDay) -> OpenedDay:
    past, good, rest = int(one.past[0]), int(one.good[0]), int(one.rest[0])
    return OpenedDay(
        day=numbers[at],
        used=used / PARTS,
        opened=(used + past + rest - before) // PARTS,
        good=good / PARTS,
        past=past / PARTS,
        rest=rest / PARTS,
        since=numbers[int(one.since[0])],
    )


def package_hints(opened: Iterable[OpenedFood]) -> tuple[PackageHint, ...]:
    """Say what a cook should know of packages, by day, most pressing first, then by size."""
    order = (USE_UP, OPEN_NEW, LEFT)
    found = [hint for one in opened for hint in _hints(one) if hint.share >= WORTH_TELLING]
    return tuple(sorted(found, key=lambda one: (one.day, order.index(one.kind), -one.share)))


def _hints(opened: OpenedFood) -> Iterator[PackageHint]:
    since, past = 0, 0.0  # of the package that was open last
    for at, day in enumerate(opened.days):
        past = day.past or past
        is_ended = day.opened or day.rest <= NEAR_ENOUGH
        if day.used and day.good and is_ended:
            yield _hint(opened, day, USE_UP, day.good, since)
        if day.opened and past:
            yield _hint(opened, day, OPEN_NEW, past, since)
        if day.used and day.rest and not _is_used_later(opened, at):
            yield _hint(opened, day, LEFT, day.rest, day.since)
        past = 0.0 if day.opened else past
        since = day.since


def _is_used_later(opened: OpenedFood, at: int) -> bool:
    """Whether what a day leaves open is used while it is good."""
    later = next((one for one in opened.days[at + 1 :] if one.used), None)
    return later is not None and later.good > 0


def _hint(opened: OpenedFood, day: OpenedDay, kind: str, share: float, since: int) -> PackageHint:
    food, package = opened.food, opened.package.name
    last = since + opened.keeps_days
    return PackageHint(day.day, kind, food.food_id, food.name, package, share, since, last)
