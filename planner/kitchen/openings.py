"""Packages that a plan opens, and amounts of recipes that use them up.

They are the packages of the shopping list, opened by the rule of the model (``foods/openings.py``)
for the amounts as printed: of everybody at the table, of guests and of what goes into the freezer.
A second meal uses a package on the day that it is cooked. Days of a longer plan follow one another,
so what is open on Sunday is used on Monday.

A run is what is eaten of packages that are opened one after another while something is left. What
it leaves and nobody freezes goes into the dishes of the run, or they do without the last package.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from foods.food import Food
from foods.table import FoodTable
from planner.kitchen.batch import BatchPlan
from planner.kitchen.bought import WORTH_TELLING
from planner.kitchen.counter import Counter
from planner.kitchen.errand import Errand, ShoppingLine
from planner.kitchen.shopping import counters_of, stocks_of
from planner.kitchen.sold import FOREVER, Bought, Freezing, Package
from planner.plan.plan import Plan

NEAR_ENOUGH = 0.03  # of a package: a spoonful
USE_UP, OPEN_NEW, LEFT, FROZEN, FRESH = "use_up", "open_new", "left", "frozen", "fresh"


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
    rest, since, until
        What stays open after the day, the day on which that was opened, and the last on which it is
        eaten from the refrigerator.
    is_frozen, is_raw
        Whether what was open before is in the freezer by then, and whether a dish of the day needs
        it fresh: in a salad, or whole.
    """

    day: int
    used: float
    opened: int
    good: float
    past: float
    rest: float
    since: int
    until: int
    is_frozen: bool = False
    is_raw: bool = False


@dataclass(frozen=True, slots=True)
class OpenedFood:
    """A food whose packages spoil once opened, over the days of a plan.

    Parameters
    ----------
    food, package
        The food as it is bought, and its package.
    keeps_days
        Days after the day of opening on which it is still good in the refrigerator; ``FOREVER``
        where opening does not matter.
    days
        A row for each day.
    freezing
        How its rest is frozen within those days; ``None`` where nobody does.
    """

    food: Food
    package: Package
    keeps_days: int
    days: tuple[OpenedDay, ...]
    freezing: Freezing | None = None


@dataclass(frozen=True, slots=True)
class PackageHint:
    """What a cook should know of a package on a day.

    Parameters
    ----------
    day, kind
        The day, and ``"use_up"``: it ends what was opened earlier; ``"open_new"``: what was opened
        earlier is past its days; ``"left"``: nothing in its days uses the rest; ``"frozen"``: it
        uses what was frozen; ``"fresh"``: it needs it as no freezer gives it back.
    food_id, name, package
        The food as it is bought, and the name of its package.
    share
        How much of a package it is about [packages].
    opened_day, good_until_day
        Day on which that package was opened, and the last day on which it is good; it may lie
        behind the plan.
    how
        In which form the rest is frozen by then; empty where it is not.
    """

    day: int
    kind: str
    food_id: str
    name: str
    package: str
    share: float
    opened_day: int
    good_until_day: int
    how: str = ""


def track_packages(
    plan: Plan,
    foods: FoodTable,
    errand: Errand,
    batch: BatchPlan | None = None,
    trips: Sequence[int] = (),
) -> tuple[OpenedFood, ...]:
    """Follow the packages that spoil once opened through the days of a plan, in order of food id.

    They are those of the shopping list, so what a day says is left is what the list says.

    Parameters
    ----------
    plan, foods
        The plan and the food table it was made from.
    errand
        How one shops.
    batch
        What is cooked double; its share for the freezer is used too.
    trips
        First day of each trip of the list, from which is told what is fresh how long.

    Raises
    ------
    FoodNotFoundError
        When the table does not have a food of the plan.
    """
    followed = all_packages(plan, foods, errand, batch, trips)
    return tuple(food for food in followed if food.keeps_days < FOREVER)


def all_packages(
    plan: Plan,
    foods: FoodTable,
    errand: Errand,
    batch: BatchPlan | None,
    trips: Sequence[int] = (),
) -> Iterator[OpenedFood]:
    """Follow all packages that are bought; arguments, order and errors as of those that spoil."""
    found = counters_of(plan, foods, errand, batch, trips)
    counters = sorted(found, key=lambda one: one.food.food_id)
    home = stocks_of(counters, errand, foods)
    for counter in counters:
        got = counter.got(home[counter.food.food_id])
        if got is not None and any(got.opened):
            keeps = FOREVER if got.opened_keeps is None else got.opened_keeps
            yield _follow(counter, got, keeps)


def _follow(counter: Counter, got: Bought, keeps: int) -> OpenedFood:
    size_g, fresh = got.package.size_g, counter.days_fresh(got)
    within = max(got.eaten_within or 0, keeps)
    used = [
        (need_g - home_g) / size_g
        for need_g, home_g in zip(counter.used_g, got.home_g, strict=True)
    ]
    days = tuple(
        OpenedDay(
            day=day,
            used=used[at],
            opened=got.opened[at],
            good=max(0.0, got.open_g[at] - got.past_g[at]) / size_g,
            past=got.past_g[at] / size_g,
            rest=got.open_g[at + 1] / size_g,
            since=counter.days[got.since[at]],
            until=got.last_fresh(got.since[at], counter.days, within),
            is_frozen=got.frozen_rest(at, counter.days) is not None,
            is_raw=day in fresh,
        )
        for at, day in enumerate(counter.days)
    )
    return OpenedFood(counter.food, got.package, keeps, days, got.freezing)


def package_hints(
    opened: Iterable[OpenedFood], lines: Iterable[ShoppingLine] = ()
) -> tuple[PackageHint, ...]:
    """Describe what a cook should know of packages, by day, most pressing first, then by size.

    What the ``lines`` of the list divide into bags for the freezer is not frozen again.
    """
    order = (FROZEN, FRESH, USE_UP, OPEN_NEW, LEFT)
    bags = defaultdict[str, set[int]](set)
    for line in lines:
        bags[line.food_id] |= {*line.freeze}
    hints = (hint for food in opened for hint in _hints(food, bags[food.food.food_id]))
    found = [hint for hint in hints if hint.share >= WORTH_TELLING]
    return tuple(sorted(found, key=lambda one: (one.day, order.index(one.kind), -one.share)))


def _hints(opened: OpenedFood, bags: Collection[int]) -> Iterator[PackageHint]:
    span, past = (0, 0), 0.0  # of the package that was open last: opened on, and fresh until
    for at, day in enumerate(opened.days):
        past = day.past or past
        is_ended = day.opened or day.rest <= NEAR_ENOUGH
        if day.used and day.good and (is_ended or day.is_frozen):
            kind = FRESH if day.is_raw else FROZEN
            yield _hint(opened, day, kind if day.is_frozen else USE_UP, day.good, span)
        if day.opened and past:
            yield _hint(opened, day, OPEN_NEW, past, span)
        stays_frozen = (day.is_frozen and not day.opened) or _is_in_bags(opened, at, bags)
        if day.used and day.rest and not stays_frozen and not _is_used_later(opened, at):
            yield _hint(opened, day, LEFT, day.rest, (day.since, day.until))
        past = 0.0 if day.opened else past
        span = day.since, day.until


def _is_in_bags(opened: OpenedFood, at: int, bags: Collection[int]) -> bool:
    """Whether what a day leaves open was put into the freezer on the day of shopping."""
    later = next((day for day in opened.days[at + 1 :] if day.used), None)
    is_next = later is not None and not later.opened and later.day in bags
    return is_next or opened.days[at].since in bags


def _is_used_later(opened: OpenedFood, at: int) -> bool:
    """Whether what a day leaves open is used while it is good in the refrigerator."""
    later = next((day for day in opened.days[at + 1 :] if day.used), None)
    is_in_time = later is not None and (not opened.freezing or later.day <= opened.days[at].until)
    return later is not None and later.good > 0 and is_in_time


def _hint(
    opened: OpenedFood, day: OpenedDay, kind: str, share: float, span: tuple[int, int]
) -> PackageHint:
    food, package, (since, until) = opened.food, opened.package.pack, span
    last = min(since + opened.keeps_days, until)
    how = opened.freezing.how if opened.freezing else ""
    return PackageHint(day.day, kind, food.food_id, food.name, package, share, since, last, how)
