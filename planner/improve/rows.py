"""What a changed diary must hold, as linear rows over changes.

A band that is to be met and does not hold may be missed by a slack, which says how far; every other
band keeps what it has: what holds goes on to hold, and what does not gets no worse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from foods.food import Food
from foods.nutrient import known_nutrients
from foods.table import FoodTable
from planner.diary.diary import Diary, DiaryEntry
from planner.improve.change import DietChange, rules
from planner.request.override import RATIO, kcal_per_g
from planner.targets.clinical import ClinicalRules
from planner.targets.target import Target

Vector = npt.NDArray[np.float64]
Weights = tuple[tuple[str, float], ...]
MAGNESIUM, CALCIUM, ENERGY = "magnesium_mg", "calcium_mg", "energy_kcal"
LOWER, UPPER, FOOD_BASIS = "lower", "upper", "food"
PILLS, FORTIFIED, FORTIFIED_FLAG = "supplement", "supplement_and_fortified", "fortified"
_TOTAL, _CARBOHYDRATE = "total", "carbohydrate_g"
_PER_100_G, _PERCENT = 100.0, 100.0


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A bound: ``coefficients @ x`` is at least, or at most, ``limit``; both are scaled near one.

    Parameters
    ----------
    name
        What it is about: key, basis, side, and its days.
    side
        ``LOWER``: at least; ``UPPER``: at most.
    coefficients
        One of each change.
    limit
        What is left of the bound beside what is eaten already.
    is_met
        Whether it is to be brought about, where it does not hold as it is eaten.
    """

    name: str
    side: str
    coefficients: Vector
    limit: float
    is_met: bool

    @property
    def missed(self) -> float:
        """How far it is to be brought; what holds as it is eaten goes on to hold, with none."""
        sign = 1.0 if self.side == LOWER else -1.0
        return max(sign * self.limit, 0.0) if self.is_met else 0.0


class Contents:
    """What entries hold, each nutrient on each basis summed once."""

    def __init__(self, foods: FoodTable) -> None:
        self.foods = foods
        self.known: dict[tuple[str, str], dict[str, float]] = {}

    def of(self, entry: DiaryEntry | None, key: str, basis: str) -> float:
        """Return how much an entry holds of ``key`` on a basis; nothing where it is not known."""
        if entry is None:
            return 0.0
        column = self.known.get((key, basis))
        if column is None:
            column = {food.food_id: _counted(food, key, basis) for food in self.foods}
            self.known[key, basis] = column
        total = sum(column[food_id] * mass for food_id, mass in entry.ingredients) / _PER_100_G
        own = 0.0 if basis == FOOD_BASIS else entry.nutrients.get(key, 0.0)
        stated = entry.stated.get(key, 0.0) if not entry.is_matched else 0.0
        return total + own + stated


def target_rows(
    diary: Diary,
    changes: Sequence[DietChange],
    targets: Iterable[Target],
    met: frozenset[str],
    contents: Contents,
    taken: Mapping[str, float],
) -> Iterator[HeldRow]:
    """Return the rows of all targets, of each day and of the mean of all days.

    Parameters
    ----------
    diary, changes
        What is eaten, and what may change.
    targets
        The bands.
    met
        Keys of those that are to be met; of these hard ones count.
    contents
        What entries hold.
    taken
        Nutrient key → amount a day in supplements that stand in no line.
    """
    for target in targets:
        if is_held(target):
            for days in _blocks(diary, target.period):
                eaten = (day.entries() for day in diary.days if day.number in days)
                span = _Span(target, days, tuple(chain.from_iterable(eaten)), contents, taken)
                yield from span.rows(changes, target.nutrient in met)


def clinical_rows(
    diary: Diary, changes: Sequence[DietChange], clinical: ClinicalRules, contents: Contents
) -> Iterator[HeldRow]:
    """Return what conditions and medicines ask of days and meals, held to what is eaten.

    A nutrient that is to be steady stays near what the day has of it, the carbohydrate of a meal
    near what the meal has, and a meal that holds much of something gets no more of it.
    """
    for day in diary.days:
        for key, share in clinical.daily_spread.items():
            eaten = sum(contents.of(entry, key, _TOTAL) for entry in day.entries())
            moved = _gains(changes, key, eaten or 1.0, contents, day.number)
            yield HeldRow(f"steady.{key}.{day.number}.{LOWER}", LOWER, moved, -share, False)
            yield HeldRow(f"steady.{key}.{day.number}.{UPPER}", UPPER, moved, share, False)
        for at, meal in enumerate(day.meals):
            name = f"{day.number}.{at}"
            for key, most in clinical.meal_upper.items():
                eaten = sum(contents.of(entry, key, _TOTAL) for entry in meal.entries)
                more = _gains(changes, key, most or 1.0, contents, day.number, at)
                left = max(most - eaten, 0.0) / (most or 1.0)
                yield HeldRow(f"meal.{key}.{name}", UPPER, more, left, False)
            if (spread := clinical.meal_carbohydrate_spread_g) is not None:
                moved = _gains(changes, _CARBOHYDRATE, spread or 1.0, contents, day.number, at)
                yield HeldRow(f"even.{name}.{LOWER}", LOWER, moved, -1.0, False)
                yield HeldRow(f"even.{name}.{UPPER}", UPPER, moved, 1.0, False)


def _gains(
    changes: Sequence[DietChange],
    key: str,
    scale: float,
    contents: Contents,
    day: int,
    meal: int | None = None,
) -> Vector:
    """Return what each change of a day, or of one of its meals, brings of a nutrient."""
    return np.array([
        (contents.of(change.come, key, _TOTAL) - contents.of(change.gone, key, _TOTAL)) / scale
        if change.day == day and meal in (None, change.meal) else 0.0
        for change in changes
    ])  # fmt: skip


def that_help(rows: Iterable[HeldRow], count: int) -> list[int]:
    """Return the places of the changes that help by themselves, not only as room for others.

    Parameters
    ----------
    rows
        The rows of all changes.
    count
        Number of changes.
    """
    least = rules()["help"]["least"]
    helps = np.zeros(count, dtype=bool)
    for row in rows:
        if row.missed > 0:
            sign = 1.0 if row.side == LOWER else -1.0
            helps |= sign * row.coefficients >= least
    return np.flatnonzero(helps).tolist()


def is_held(target: Target) -> bool:
    """Whether a diary is held to it: a mean of energy is a matter of weeks, not of two changes."""
    return target.basis != PILLS and not (target.nutrient == ENERGY and target.period == "week")


def _blocks(diary: Diary, period: str) -> Iterator[frozenset[int]]:
    numbers = [day.number for day in diary.days]
    if period == "day":
        yield from (frozenset({number}) for number in numbers)
    else:
        yield frozenset(numbers)


@dataclass(frozen=True, slots=True)
class _Span:
    """A target over some days of a diary."""

    target: Target
    days: frozenset[int]
    eaten: tuple[DiaryEntry, ...]
    contents: Contents
    taken: Mapping[str, float]

    def rows(self, changes: Sequence[DietChange], is_met: bool) -> Iterator[HeldRow]:
        """Return a row for each side of the band that is set."""
        target = self.target
        for side, bound in ((LOWER, target.lower), (UPPER, target.upper)):
            is_soft_floor = side == LOWER and not target.hard
            if bound is None or (is_soft_floor and not is_met):
                continue
            weights, full, scale = self._linear(bound)
            name = ".".join(
                [target.nutrient, target.basis, target.period, str(min(self.days)), side]
            )
            coefficients = [self._gain(change, weights) / scale for change in changes]
            limit = (full - self._total(weights)) / scale
            limit = _inside(limit, 1.0 if side == LOWER else -1.0, is_met)
            yield HeldRow(name, side, np.array(coefficients), limit, is_met)

    def _linear(self, bound: float) -> tuple[Weights, float, float]:
        """Return weights of nutrients, the bound of their sum, and what it is measured by.

        Multiplied out where a share or ratio is not linear, as in the model of a week.
        """
        key = self.target.nutrient
        if key == RATIO:
            weights: Weights = ((CALCIUM, 1.0), (MAGNESIUM, -bound))
            return weights, 0.0, bound * self._total(((MAGNESIUM, 1.0),)) or 1.0
        if self.target.unit == "percent":
            nutrient, factor = kcal_per_g(key)
            share = bound / _PERCENT
            energy = self._total(((ENERGY, 1.0),))
            return ((nutrient, factor), (ENERGY, -share)), 0.0, share * energy or 1.0
        full = bound * len(self.days)
        return ((key, 1.0),), full, full or 1.0

    def _total(self, weights: Weights) -> float:
        total = sum(self._weighed(entry, weights) for entry in self.eaten)
        if self.target.basis == FOOD_BASIS:
            return total
        beside = sum(weight * self.taken.get(key, 0.0) for key, weight in weights)
        return total + len(self.days) * beside

    def _gain(self, change: DietChange, weights: Weights) -> float:
        if change.day not in self.days:
            return 0.0
        return self._weighed(change.come, weights) - self._weighed(change.gone, weights)

    def _weighed(self, entry: DiaryEntry | None, weights: Weights) -> float:
        basis = self.target.basis
        return sum(weight * self.contents.of(entry, key, basis) for key, weight in weights)


def _inside(limit: float, sign: float, is_met: bool) -> float:
    """Return the limit to ask for: a hair inside the bound, as far as today's diary keeps to it.

    What is missed and not to be met may be missed by hardly any more.
    """
    margin, worse = float(rules()["solve"]["margin"]), float(rules()["worse"]["share"])
    missed = sign * limit
    if missed <= 0:
        return sign * min(missed + margin, 0.0)
    return limit + sign * margin if is_met else -sign * worse


def _counted(food: Food, key: str, basis: str) -> float:
    """Return what counts of a food on a basis [per 100 g]; nothing where it is not known."""
    if basis == FORTIFIED:
        stem, unit = key.rsplit("_", 1)
        added = f"{stem}_added_{unit}"
        if added in known_nutrients():
            return food.per_100g.get(added) or 0.0
        return (food.per_100g.get(key) or 0.0) if FORTIFIED_FLAG in food.flags else 0.0
    return food.per_100g.get(key) or 0.0
