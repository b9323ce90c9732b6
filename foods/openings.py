"""Packages that are opened, how long they keep, and what spoils, day by day.

A package that is open is used until it is empty or past its days; then the next one is opened.
Amounts are whole parts of a package, so that sums are exact.

``foods/data/opened.csv`` gives them by the package and, where that matters, by the group or the
base of the food: tomatoes are sour and keep longer than other canned food. The shorter end of the
advice counts; what is eaten by the longer end is not frozen for a night. What no row covers is not
opened, or has no figure: it counts as good for the week.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from foods.embedded import read_data_text
from foods.errors import FoodDataError, raise_collected
from foods.food import Food, Measure

PARTS = 1 << 14
"""Parts of a package in which use is counted: whole numbers, so that sums are exact."""
_ROUNDING = 1e-6  # of a part: a third of a package three times is one package

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PackageDay:
    """What one day does to packages, an entry for each food (and week).

    Parameters
    ----------
    past
        Parts of an open package that are past their days on this day.
    good
        Parts of the package that was open and still good, before anything of the day is used.
    rest, since
        Parts of the open package that the day leaves, and the day on which it was opened.
    """

    past: Counts
    good: Counts
    rest: Counts
    since: Counts


def in_parts(packages: float) -> int:
    """Return a number of packages in parts, rounded down."""
    return int(packages * PARTS + _ROUNDING)


def use_packages(used: Counts, keeps: Counts, home: Counts | int = 0) -> Iterator[PackageDay]:
    """Go through the days.

    Parameters
    ----------
    used
        Parts used on each day: foods × days × ….
    keeps
        Days after the day of opening on which each food is still good.
    home
        Parts of a package of each food that is open before the first day, as if opened on it.
    """
    since = np.zeros(used[:, 0].shape, dtype=np.int64)
    last = keeps.reshape(-1, *[1] * (since.ndim - 1))
    rest = since + np.reshape(home, (-1, *[1] * (since.ndim - 1)))
    for day in range(used.shape[1]):
        stale = day - since > last
        past = np.where(stale, rest, 0)
        good = np.where(stale, 0, rest)
        more = used[:, day] - good  # what the open package does not have
        since = np.where(more > 0, day, since)
        rest = np.where(more > 0, -more & (PARTS - 1), -more)
        yield PackageDay(past, good, rest, since)


_FILE = "foods/data/opened.csv"


@dataclass(frozen=True, slots=True)
class Opened:
    """How long what comes in a package keeps once that is opened.

    Parameters
    ----------
    package
        Name of the measure that is the package.
    group, base
        Foods that it holds for; empty: all.
    days_least, days_most
        Days after the day of opening on which it is still good, as advised [days].
    """

    package: str
    group: str
    base: str
    days_least: int
    days_most: int

    def covers(self, food: Food, package: Measure) -> bool:
        """Whether it says something of a food in this package."""
        fits = self.group in ("", food.group) and self.base in ("", food.base)
        return fits and self.package == package.name


@cache
def read_opened() -> tuple[Opened, ...]:
    """Read the shipped rows.

    Raises
    ------
    FoodDataError
        When the shipped file was damaged.
    """
    return parse_opened(read_data_text("opened.csv"))


def parse_opened(text: str) -> tuple[Opened, ...]:
    """Read rows of package, group, base, days, source and confidence.

    Raises
    ------
    FoodDataError
        With every faulty row.
    """
    found: dict[tuple[str, str, str], Opened] = {}
    faults = []
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        key = (row.get("package") or "", row.get("group") or "", row.get("base") or "")
        days = [row.get(name) or "" for name in ("days_least", "days_most")]
        if not key[0] or key in found or not _in_order(days):
            need = "needs a package, stands once, and has two whole numbers of days in order"
            faults.append(": ".join((f"row {number}", need)))
            continue
        found[key] = Opened(*key, *map(int, days))
    raise_collected(FoodDataError, faults, _FILE)
    return tuple(found.values())


def _in_order(days: Iterable[str]) -> bool:
    numbers = [int(day) if day.isdecimal() else -1 for day in days]
    return min(numbers) >= 0 and numbers == sorted(numbers)


def advice_once_opened(food: Food, package: Measure) -> Opened | None:
    """Return the advice on a food once its package is opened, ``None`` without a figure."""
    rows = [row for row in read_opened() if row.covers(food, package)]
    # the row that names most about the food
    return max(rows, key=lambda row: (bool(row.base), bool(row.group)), default=None)


def days_once_opened(food: Food, package: Measure) -> int | None:
    """Return the days that a food keeps once its package is opened, ``None`` without a figure."""
    advice = advice_once_opened(food, package)
    return None if advice is None else advice.days_least
