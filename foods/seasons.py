"""Seasons of fresh fruits and vegetables: which foods are out of season in some months.

``foods/data/seasons.csv`` gives months of harvest, or of sale from store, in the temperate north.
What it does not name keeps, or is imported all year round: no season speaks against it.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from functools import cache
from types import MappingProxyType

from foods.embedded import read_data_text
from foods.errors import FoodDataError, raise_collected
from foods.food import Food
from foods.table import FoodTable

FRESH_AISLE = "produce"
MONTHS = range(1, 13)
HALF_A_YEAR = 6
_MOST_TIMES = 100  # chains of "bought as" are short


@cache
def read_seasons() -> Mapping[str, frozenset[int]]:
    """Return base → months of its season in the north, 1 to 12.

    Raises
    ------
    FoodDataError
        When the shipped file was damaged.
    """
    return parse_seasons(read_data_text("seasons.csv"))


def parse_seasons(text: str) -> Mapping[str, frozenset[int]]:
    """Read rows of base and months (``6;7;8``).

    Raises
    ------
    FoodDataError
        With every faulty row.
    """
    seasons: dict[str, frozenset[int]] = {}
    faults = []
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        base, words = row.get("base") or "", (row.get("months_north") or "").split(";")
        months = {int(word) for word in words if word.isdecimal()}
        if not base or base in seasons or len(months) != len(words) or not months <= set(MONTHS):
            faults.append(f"row {number}: needs a base that stands once, and months from 1 to 12")
        seasons[base] = frozenset(months)
    raise_collected(FoodDataError, faults, "foods/data/seasons.csv")
    return MappingProxyType(seasons)


def foods_out_of_season(
    foods: FoodTable, months: Collection[int], hemisphere: str
) -> frozenset[str]:
    """Return the ids of foods bought fresh that are in season in none of ``months``.

    Parameters
    ----------
    foods
        The food table.
    months
        Months that are planned, 1 to 12.
    hemisphere
        ``"north"`` or ``"south"``, where each season is half a year later.
    """
    shift = HALF_A_YEAR if hemisphere == "south" else 0
    north = {(month - 1 - shift) % len(MONTHS) + 1 for month in months}
    out = {base for base, season in read_seasons().items() if not season & north}
    return frozenset(
        food.food_id for food in foods if food.base in out and _is_bought_fresh(food, foods)
    )


def _is_bought_fresh(food: Food, foods: FoodTable) -> bool:
    for _ in range(_MOST_TIMES):
        if food.bought_as is None:
            break
        food = foods[food.bought_as]
    return food.aisle == FRESH_AISLE
