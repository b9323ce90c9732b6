"""How many packages are bought on which day, so that there is always enough.

A package that is open is used until it is empty or past its days; then the next one is opened
(``foods/openings.py``, the rule that the model prices). What is at home is used first.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from foods.food import Food, Measure
from foods.opened import advice_once_opened, days_once_opened
from foods.openings import PARTS, PackageDay, in_parts, use_packages
from planner.kitchen.sold import (
    EACH,
    FRIDGE,
    SETTINGS,
    WEIGHT,
    Freezing,
    Keeping,
    Package,
    freezing_of,
)
from planner.settings import read_settings

FOREVER = 1 << 10
CENT = 0.01


@dataclass(frozen=True, slots=True)
class Stock:
    """What is at home of a food.

    Parameters
    ----------
    mass_g
        Its mass as it is bought [g].
    days
        Days of the plan, from the first, on which it is still good; ``None``: all.
    is_frozen
        Whether it is in the freezer, to be thawed the day before.
    cooked_g
        Of what is used, what is cooked already and left over, as it is bought [g].
    """

    mass_g: float
    days: int | None = None
    is_frozen: bool = False
    cooked_g: float = 0.0


@dataclass(frozen=True, slots=True)
class OpenedKept:
    """How somebody keeps what is opened.

    Parameters
    ----------
    has_freezer
        Whether anything is frozen.
    can_days
        Days within which the rest of a can is to be eaten; ``None``: as long as it is good.
    has_fridge
        Whether anything is kept cold; else what is opened is eaten on that day.
    eats_up
        Whether what is left is eaten beside the plan: not where an amount of it could hurt.
    """

    has_freezer: bool = True
    can_days: int | None = None
    has_fridge: bool = True
    eats_up: bool = True

    def most_days(self, package: Package) -> int | None:
        """Give the days within which the rest of a package is to be eaten, if somebody said."""
        is_can = package.pack in read_settings(SETTINGS)["count"]["enough_packs"]
        return self.can_days if is_can else None


@dataclass(frozen=True, slots=True)
class Bought:
    """Packages of one food over the days of a plan.

    Parameters
    ----------
    package
        The size that is bought.
    opened
        Packages (steps of a weight) opened on each day.
    home_g
        What each day takes from what was at home [g].
    open_g
        What is open before each day, and after the last one [g].
    past_g
        What of that is past its days on each day [g].
    since
        Place of the day on which the package was opened that each day leaves open.
    opened_keeps
        Days that a package keeps once opened, as ``foods/data/opened.csv`` has it [days]; those
        until its rest is to be frozen, where that is done.
    freezing
        How its rest is frozen within them; ``None`` where nobody does.
    eaten_within
        Days by which its rest is eaten and not frozen: the most of the same advice [days].
    fresh_until
        Of what spoils soon, opened or not, the last day on which what each day opens is fresh.
    """

    package: Package
    opened: tuple[int, ...]
    home_g: tuple[float, ...]
    open_g: tuple[float, ...]
    past_g: tuple[float, ...]
    since: tuple[int, ...]
    opened_keeps: int | None
    freezing: Freezing | None = None
    eaten_within: int | None = None
    fresh_until: tuple[int, ...] = ()

    def last_fresh(self, opened_at: int, days: Sequence[int], within: int) -> int:
        """Give the last day on which what was opened on one, by its place, is eaten unfrozen."""
        last = days[opened_at] + within
        return min(last, self.fresh_until[opened_at]) if self.fresh_until else last

    def frozen_rest(self, at: int, days: Sequence[int]) -> Freezing | None:
        """Say how what was open before a day is frozen by then; ``None`` where it is not.

        ``at`` is the place of the day in ``days``.
        """
        if at == 0 or self.eaten_within is None:
            return None
        last = self.last_fresh(self.since[at - 1], days, self.eaten_within)
        return self.freezing if days[at] > last else None

    def within(self, first: int, last: int) -> Bought:
        """Give it as it stands after a day, with what was past its days since another; by place."""
        past_g = tuple(one_g if at >= first else 0.0 for at, one_g in enumerate(self.past_g))
        return replace(self, past_g=past_g[: last + 1], since=self.since[: last + 1])


def buy(
    used_g: Sequence[float],
    sizes: Sequence[Package],
    food: Food,
    keeping: Keeping,
    home: Stock,
    kept: OpenedKept = OpenedKept(),
    fresh_from: Sequence[int] = (),
) -> Bought:
    """Buy what the days need in one size: the fewest packages that hold little more than the least.

    Where more costs less, as half a gallon of milk beside three pints, it is the cheapest.

    Parameters
    ----------
    used_g
        What each day needs, as it is bought [g].
    sizes
        The sizes that shops have, one or more.
    food, keeping
        What it is, and how long it keeps.
    home
        What is at home already; it is used first.
    kept
        How what is left of a package is kept.
    fresh_from
        Places of days on which what was opened before is past its days, but for what is frozen.
    """
    home_g = from_home(used_g, home)
    short_g = [need_g - taken_g for need_g, taken_g in zip(used_g, home_g, strict=True)]
    ways = [_open(short_g, home_g, one, food, keeping, kept, fresh_from) for one in sizes]
    masses_g = [sum(way.opened) * way.package.size_g for way in ways]
    most_g = min(masses_g) * read_settings(SETTINGS)["count"]["more"]
    fit = [way for way, mass_g in zip(ways, masses_g, strict=True) if mass_g <= most_g]
    usual = min(fit, key=lambda way: (sum(way.opened), way.package.size_g))

    def usd(way: Bought) -> float:
        return sum(way.opened) * (price_of(way.package, food) or math.inf)

    larger = (way for way in ways if way.package.size_g > usual.package.size_g)
    return min([usual, *(way for way in larger if usd(way) < usd(usual))], key=usd)


def from_home(used_g: Sequence[float], home: Stock) -> tuple[float, ...]:
    """Give what each day takes from what is at home, the earliest first [g].

    What is a little short of the need is enough, as a can is: nobody buys a cabbage for a spoon.
    """
    left_g, taken = home.mass_g / float(read_settings(SETTINGS)["count"]["enough"]), []
    if sum(used_g) > left_g:
        left_g = home.mass_g
    for day, need_g in enumerate(used_g):
        is_good = home.days is None or day < home.days
        taken.append(min(left_g, need_g) if is_good else 0.0)
        left_g -= taken[-1]
    return tuple(taken)


def _open(
    short_g: Sequence[float],
    home_g: tuple[float, ...],
    package: Package,
    food: Food,
    keeping: Keeping,
    kept: OpenedKept,
    fresh_from: Sequence[int],
) -> Bought:
    advice = advice_once_opened(food, Measure(package.pack, package.size_g))
    known, most = (advice.days_least, advice.days_most) if advice else (None, None)
    freezing, most_days = freezing_kept(food, package, kept), kept.most_days(package)
    if known is None and freezing is not None:
        known = most = min(keeping.rest_days or FOREVER, keeping.fresh_days or FOREVER)
    if most_days is not None:
        known = most = min(most_days, most_days if known is None else known)
    if known is not None and not kept.has_fridge:
        known = most = 0
    keeps, most_g = days_open(food, package, keeping, kept), enough_for_g(package)
    parts = [in_parts(need_g / most_g) for need_g in short_g]
    opened, past, since, before = [], [], [], 0
    open_g, past_g = [0.0], []  # as it is weighed: what a can does not have, it does not leave
    is_cut = freezing is None and package.pack != EACH  # half an avocado waits, whatever is bought
    for first, day, one in _followed(parts, keeps, fresh_from if is_cut else ()):
        rest, before = int(one.rest[0]), 0 if day == first else before
        past.append(int(one.past[0]))
        since.append(first + int(one.since[0]))
        opened.append((parts[day] + past[-1] + rest - before) // PARTS)
        past_g.append(open_g[-1] if past[-1] or day == first else 0.0)
        held_g = open_g[-1] - past_g[-1] + opened[-1] * package.size_g
        open_g.append(max(0.0, held_g - short_g[day]) if rest else 0.0)
        before = rest
    rests = tuple(open_g), tuple(past_g)
    return Bought(package, tuple(opened), home_g, *rests, tuple(since), known, freezing, most)


def _followed(
    parts: Sequence[int], keeps: int, fresh_from: Sequence[int]
) -> Iterator[tuple[int, int, PackageDay]]:
    """Follow packages through the days: place of the first one that its trip buys for, and day."""
    cuts = sorted({0, *fresh_from, len(parts)})
    for first, end in pairwise(cuts):
        used = np.array([parts[first:end]], dtype=np.int64)
        for day, one in enumerate(use_packages(used, np.array([keeps])), start=first):
            yield first, day, one


def enough_for_g(package: Package) -> float:
    """Give the most that one package is taken to be enough for [g]: the rule of model and list.

    Of a can a little more than it holds, since nobody opens another for so little; of all else
    half a gram more, which is rounding.
    """
    rule = read_settings(SETTINGS)["count"]
    if package.pack == WEIGHT:
        return package.size_g
    if package.pack in rule["enough_packs"]:
        return package.size_g / float(rule["enough"])
    return package.size_g + float(rule["rounding_g"])


def freezing_kept(food: Food, package: Package, kept: OpenedKept = OpenedKept()) -> Freezing | None:
    """Say how what is left of a package is frozen; ``None`` where it is not."""
    is_frozen = kept.has_freezer and kept.most_days(package) is None
    return freezing_of(food, package.pack) if is_frozen else None


def days_open(
    food: Food, package: Package, keeping: Keeping, kept: OpenedKept = OpenedKept()
) -> int:
    """Give the days that an open package counts as good; ``FOREVER``: longer than any plan.

    Where none are known it is as long as its rest keeps, and a week at least; what is frozen is
    good as long as it may lie there.
    """
    freezing, most_days = freezing_kept(food, package, kept), kept.most_days(package)
    known = days_once_opened(food, Measure(package.pack, package.size_g))
    if freezing is not None:
        return freezing.days
    if most_days is not None:
        known = min(most_days, most_days if known is None else known)
    if known is not None:
        return known if kept.has_fridge else 0
    count = read_settings(SETTINGS)["count"]
    least_days: int = count["keeps_days"]
    if (keeping.fresh_days or FOREVER) <= count["soon_days"]:
        least_days = 0
    is_cold = keeping.rest == FRIDGE and food.aisle not in count["uncut_aisles"]
    if is_cold and not kept.has_fridge and (keeping.rest_days or FOREVER) <= count["cold_days"]:
        return 0
    return FOREVER if keeping.rest_days is None else max(keeping.rest_days, least_days)


def price_of(package: Package, food: Food) -> float | None:
    """Give the price of one package [USD]; ``None`` where neither it nor the food has one."""
    if package.price_usd is not None or food.price_usd_per_100g is None:
        return package.price_usd
    price = package.size_g / food.sold_g_per_100g * food.price_usd_per_100g
    return price if package.pack == WEIGHT else max(CENT, round(price, 2))
