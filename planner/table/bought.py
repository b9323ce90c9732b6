"""What the model knows of shops: what is bought for a food, its package, and what that costs."""

from __future__ import annotations

from collections.abc import Mapping

from foods.packages import bought_for
from foods.table import FoodTable
from planner.kitchen.pantry import usual_pantry
from planner.kitchen.sold import WEIGHT, country_for, keeping_of, shelves_of
from planner.kitchen.till import days_open, price_of
from planner.model.packages import FOREVER, Shares, Sold


def bought_in(units: str, foods: FoodTable) -> tuple[Shares, Mapping[str, Sold]]:
    """Give what is bought for each food, and its smallest usual package.

    What most kitchens have is left out, and so is what no shop sells. What is weighed at the
    counter, or has no known package, is bought by the gram and leaves nothing.

    Parameters
    ----------
    units
        ``"us"`` or ``"metric"``: whose shops.
    foods
        The table.

    Returns
    -------
    tuple[Shares, Mapping[str, Sold]]
        Food id → what is bought, and packages of it per gram as eaten, 0 by weight [1/g]; what is
        bought → its package.
    """
    shelves, at_home = shelves_of(country_for(units)), usual_pantry(foods)
    shares, sold = {}, {}
    for eaten in foods:
        food, mass_g = bought_for(eaten, foods)
        if food.price_usd_per_100g is None or at_home.get(food.food_id).mass_g:
            continue
        sizes = [one for one in shelves.get(food.food_id, ()) if one.pack != WEIGHT]
        shares[eaten.food_id] = (food.food_id, mass_g / sizes[0].size_g if sizes else 0.0)
        if sizes and food.food_id not in sold:
            keeping, least = keeping_of(food), sizes[0]
            days = days_open(food, least, keeping)
            usd = price_of(least, food) or 0.0
            sold[food.food_id] = Sold(keeping.rest, usd, None if days == FOREVER else days)
    return shares, sold
