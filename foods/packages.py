"""What one buys for a food, and foods that come in packages and spoil once one is opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foods.food import Food, Measure
from foods.table import FoodTable

_MOST_TIMES = 100  # chains of "bought as" are short; a longer one is a ring


def bought(food: Food, mass_g: float, foods: FoodTable) -> tuple[Food, float]:
    """Give the food that one buys for ``mass_g`` [g] of ``food``, and its edible mass [g]."""
    for _ in range(_MOST_TIMES):
        if food.bought_as is None:
            return food, mass_g
        mass_g *= food.bought_g_per_100g / 100
        food = foods[food.bought_as]
    raise AssertionError(f"{food.food_id} is bought as itself")


def bought_for(food: Food, foods: FoodTable) -> tuple[Food, float]:
    """Give the food that one buys for 1 g of ``food``, and its mass as it is bought [g]."""
    as_bought, edible_g = bought(food, 1.0, foods)
    return as_bought, edible_g * as_bought.bought_g_per_100g / 100


def spoiling_package(food: Food, rule: Mapping[str, Any]) -> Measure | None:
    """Give the package that a food is bought in; ``None`` where it has none, or keeps once opened.

    Parameters
    ----------
    food
        A food as it is bought.
    rule
        ``packages``: names of measures; ``fresh_aisles`` whose packages spoil, and ``opened``:
        those that spoil in any aisle; ``keeps``: bases, and ``apart_aisles``, that do not count.
    """
    package = next((one for one in food.measures if one.name in rule["packages"]), None)
    if package is None or food.base in rule["keeps"] or food.aisle in rule["apart_aisles"]:
        return None
    spoils = food.aisle in rule["fresh_aisles"] or package.name in rule["opened"]
    return package if spoils else None
