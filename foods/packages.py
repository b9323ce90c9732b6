"""What one buys for a food."""

from __future__ import annotations

from foods.food import Food
from foods.table import FoodTable

_MOST_TIMES = 100  # chains of "bought as" are short; a longer one is a ring


def bought(food: Food, mass_g: float, foods: FoodTable) -> tuple[Food, float]:
    """Return the food that one buys for ``mass_g`` [g] of ``food``, and its edible mass [g]."""
    for _ in range(_MOST_TIMES):
        if food.bought_as is None:
            return food, mass_g
        mass_g *= food.bought_g_per_100g / 100
        food = foods[food.bought_as]
    raise AssertionError(f"{food.food_id} is bought as itself")


def bought_for(food: Food, foods: FoodTable) -> tuple[Food, float]:
    """Return the food that one buys for 1 g of ``food``, and its mass as it is bought [g]."""
    as_bought, edible_g = bought(food, 1.0, foods)
    return as_bought, edible_g * as_bought.bought_g_per_100g / 100
