"""What the model knows of shops: what is bought for a food, its package, and what that costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from foods.openings import PARTS, in_parts
from foods.table import FoodTable
from planner.candidates.used_up import UsedUp
from planner.kitchen.pantry import Pantry, is_staple, pantry_of
from planner.kitchen.sold import (
    FREEZER,
    FRIDGE,
    FROZEN,
    WEIGHT,
    Package,
    Shelves,
    Stock,
    days_open,
    enough_for_g,
    freezing_kept,
    keeping_of,
    kept_by,
    price_of,
    shelves_for,
    sold_as,
)  # fmt: skip
from planner.model.sold import FOREVER, OVERNIGHT, SOON, Shares, Sold
from planner.request.days import menu_days
from planner.request.request import PlanRequest


def bought_in(request: PlanRequest, foods: FoodTable) -> tuple[Shares, Mapping[str, Sold]]:
    """Return what is bought for each food, and its smallest usual package.

    What the request says is at home is left out, and so is what no shop sells. What is weighed at
    the counter, or has no known package, is bought by the gram and leaves nothing.

    Parameters
    ----------
    request
        Whose shops, and what is at home.
    foods
        The table.

    Returns
    -------
    tuple[Shares, Mapping[str, Sold]]
        Food id → what is bought, and packages of it per gram as eaten, 0 by weight [1/g]; what is
        bought → its package.
    """
    shelves, at_home = shelves_for(request, foods), pantry_of(request, foods)
    kept = kept_by(request)
    shares, sold = {}, {}
    for eaten in foods:
        food, edible_g = sold_as(foods, shelves, eaten.food_id, 1.0, None)
        mass_g = edible_g * food.sold_g_per_100g / 100
        sizes = [shelve for shelve in shelves.get(food.food_id, ()) if shelve.pack != WEIGHT]
        least_g = sizes[0].size_g if sizes else 0.0
        is_there = _lasts(at_home, food.food_id, least_g, menu_days(request.week))
        if food.price_usd_per_100g is None or is_there:
            continue
        shares[eaten.food_id] = (food.food_id, mass_g / enough_for_g(sizes[0]) if sizes else 0.0)
        if sizes and food.food_id not in sold:
            keeping, least = keeping_of(food), sizes[0]
            days = days_open(food, least, keeping, kept)
            usd = price_of(least, food) or 0.0
            home = _open_parts(at_home.get(food.food_id), least, days, menu_days(request.week))
            keeps = None if days == FOREVER else days
            rest = FROZEN if freezing_kept(food, least, kept) else keeping.rest
            if kept.most_days(least) is not None or (rest == FREEZER and not kept.has_freezer):
                rest = FRIDGE
            if keeps == OVERNIGHT:
                rest = SOON
            sold[food.food_id] = Sold(rest, usd, keeps, home)
    return shares, sold


def without_used_up(
    shares: Shares, sold: Mapping[str, Sold], uses: Iterable[UsedUp], shelves: Shelves
) -> tuple[Shares, Mapping[str, Sold]]:
    """Take out what is there to be used up: where it is as much as the smallest package has.

    Parameters
    ----------
    shares, sold
        As of ``bought_in``.
    uses
        What is to be used up, whole.
    shelves
        The packages at hand.
    """
    there = {
        kind
        for use in uses
        for kind in use.kinds
        if use.mass_g >= min((shelve.size_g for shelve in shelves.get(kind, ())), default=0.0)
    }
    rest = {food: share for food, share in shares.items() if share[0] not in there}
    return rest, {name: package for name, package in sold.items() if name not in there}


def _open_parts(stock: Stock, least: Package, keeps: int, days: int) -> int:
    """Return the parts of a package that are at home, where they are good for all days."""
    is_good = keeps >= days - 1 and (stock.days is None or stock.days >= days)
    return in_parts(stock.mass_g / enough_for_g(least)) % PARTS if is_good else 0


def _lasts(at_home: Pantry, food_id: str, least_g: float, days: int) -> bool:
    """Whether so much of a food is at home that none is bought, as far as a model can tell.

    That is a staple, or as much as the smallest package has, good for all days. The list counts
    what is there to the gram.
    """
    stock = at_home.get(food_id)
    is_enough = stock.mass_g >= least_g or (at_home.is_usual and is_staple(food_id))
    return stock.mass_g > 0.0 and is_enough and (stock.days is None or stock.days >= days)
