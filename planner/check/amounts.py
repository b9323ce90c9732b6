"""The judge's sums: how much of a nutrient, share or ratio the printed amounts hold."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foods.nutrient import known_nutrients
from planner.check.lines import WATER_GROUP, EatenLine, JudgedTable, KnownFood
from planner.plan.plan import Item
from planner.settings import read_settings

RATIO_KEY = "ca_mg_ratio"
CALCIUM, MAGNESIUM, ENERGY = "calcium_mg", "magnesium_mg", "energy_kcal"
SUPPLEMENT_BASIS, FORTIFIED_BASIS, FOOD_BASIS = "supplement", "supplement_and_fortified", "food"
FORTIFIED_FLAG = "fortified"
_PERCENT, _PER_100_G = 100, 100


@dataclass(frozen=True, slots=True)
class Amount:
    """What was found of a key.

    Parameters
    ----------
    value
        Amount per day in the key's unit, share [%] or ratio; ``None`` where nothing has a figure.
    coverage
        Share of the food mass, water apart, that has a figure [0-1].
    """

    value: float | None
    coverage: float


def find_amount(table: JudgedTable, key: str, basis: str, day: int | None) -> Amount:
    """Return the amount of ``key`` on one day, or its mean per day over all of them.

    A share or ratio over several days is a sum over a sum, never a mean of daily ones.

    Parameters
    ----------
    table
        What is on the table.
    key, basis
        Nutrient, share or ratio key, and what is counted.
    day
        Number of the day; ``None`` for the mean of all days.
    """
    lines, supplements = table.lines_on(day), table.supplements_on(day)
    days = 1 if day is not None else len(table.present) or 1
    if key == RATIO_KEY:
        calcium, magnesium = (_sum(lines, supplements, one, basis) for one in (CALCIUM, MAGNESIUM))
        return _quotient(calcium, magnesium, 1.0)
    share = read_settings("shares.toml")["shares"].get(key)
    if share is not None:
        part = _sum(lines, supplements, share["nutrient"], basis)
        energy = _sum(lines, supplements, ENERGY, basis)
        return _quotient(part, energy, share["kcal_per_g"] * _PERCENT)
    total = _sum(lines, supplements, key, basis)
    return Amount(None if total.value is None else total.value / days, total.coverage)


def sum_content(lines: Iterable[EatenLine], key: str) -> float | None:
    """Sum the content of ``key`` in printed amounts; ``None`` where none has a figure."""
    parts = [
        line.mass_g * content / _PER_100_G
        for line in lines
        if (content := line.food.per_100g.get(key)) is not None
    ]
    return math.fsum(parts) if parts else None


def sum_served(lines: Iterable[EatenLine], supplements: Iterable[Item], key: str) -> float | None:
    """Sum the content of ``key`` in printed amounts and in supplements; ``None`` without any."""
    pills = [amount for item in supplements if (amount := item.nutrients.get(key)) is not None]
    food = sum_content(lines, key)
    return math.fsum([*pills, food or 0.0]) if pills or food is not None else None


def _sum(lines: Sequence[EatenLine], supplements: Sequence[Item], key: str, basis: str) -> Amount:
    contents = [(line, _content(line.food, key, basis)) for line in lines]
    parts = [
        line.mass_g * content / _PER_100_G for line, content in contents if content is not None
    ]
    if basis != FOOD_BASIS:
        amounts = (item.nutrients.get(key) for item in supplements)
        parts += [amount for amount in amounts if amount is not None]
    if basis == SUPPLEMENT_BASIS:
        return Amount(math.fsum(parts), 1.0)
    solid = [  # whose figures must be known: no water, and no drink beside a meal
        (line, content)
        for line, content in contents
        if line.food.group != WATER_GROUP and not line.place.item.is_beside
    ]
    mass_g = math.fsum(line.mass_g for line, _ in solid)
    known_g = math.fsum(line.mass_g for line, content in solid if content is not None)
    return Amount(math.fsum(parts) if parts else None, known_g / mass_g if mass_g else 0.0)


def _content(food: KnownFood, key: str, basis: str) -> float | None:
    """Return what counts of a food on a basis [per 100 g]."""
    if basis == SUPPLEMENT_BASIS:
        return 0.0
    if basis != FORTIFIED_BASIS:
        return food.per_100g.get(key)
    stem, unit = key.rsplit("_", 1)
    added = f"{stem}_added_{unit}"
    if added in known_nutrients():
        return food.per_100g.get(added)
    # No release tells what was added from what was there: of a fortified food all of it counts,
    # which errs to the side of safety under an upper level.
    if food.traits is None:
        return None
    return food.per_100g.get(key) if FORTIFIED_FLAG in food.traits.flags else 0.0


def _quotient(above: Amount, below: Amount, factor: float) -> Amount:
    coverage = min(above.coverage, below.coverage)
    if above.value is None or not below.value:
        return Amount(None, coverage)
    return Amount(factor * above.value / below.value, coverage)
