"""A shop of one's own: what its packages hold, and their prices in place of the food table's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Annotated

from pydantic import BeforeValidator

from foods.errors import FoodNotFoundError, raise_collected
from foods.find import find_food
from foods.food import Food
from foods.packages import bought
from foods.recipe_match import surely_meant
from foods.table import FoodTable
from planner.errors import ConfigError
from planner.request.request import Package, PlanRequest
from planner.settings import read_row, read_rows

_WHOLE_G = 100.0

Shelves = Mapping[str, tuple[Package, ...]]
"""Food id → its packages, by size."""


@dataclass(frozen=True, slots=True)
class SoldAs:
    """A food that shops sell as another one, or in another state, than the catalogue has it.

    Parameters
    ----------
    food_id, sold_as, g_per_100g
        The food as eaten, what is bought, and edible mass of that for 100 g [g].
    said
        Words, one of which a recipe must say near the name of the food; empty: always.
    """

    food_id: str
    sold_as: str
    g_per_100g: float
    said: Annotated[tuple[str, ...], BeforeValidator(lambda cell: cell.split("|") if cell else ())]


@cache
def sold_as_rows() -> Mapping[str, tuple[SoldAs, ...]]:
    """Return food id → what shops sell it as."""
    found: dict[str, tuple[SoldAs, ...]] = {}
    for sold_as in (read_row(SoldAs, row) for row in read_rows("shop/sold_as.csv")):
        found[sold_as.food_id] = (*found.get(sold_as.food_id, ()), sold_as)
    return found


def own_packages(request: PlanRequest, foods: FoodTable) -> Shelves:
    """Return the packages that a request has of a shop of one's own, by what is bought.

    Raises
    ------
    ConfigError
        With every entry whose food is not known, or that stands twice.
    """
    sold, found, faults = sold_once(foods), list[Package](), list[str]()
    for number, one in enumerate(request.week.packages, start=1):
        try:
            found.append(replace(one, food_id=sold(one.food_id, one.pack, one.size_g)))
        except (ValueError, FoodNotFoundError) as error:
            faults.append(f"entry {number}: {error!s}")
    raise_collected(ConfigError, faults, "[week] packages")
    return by_food(found)


def sold_once(foods: FoodTable) -> Callable[[str, str, float], str]:
    """Return what reads the name of a food, pack and size [g] of one package after another.

    It gives the food as it is sold, and raises ``FoodNotFoundError`` or, where that size of it was
    read before, ``ValueError``.
    """
    known = {sold_as.sold_as for own in sold_as_rows().values() for sold_as in own}
    seen = set[tuple[str, str, float]]()

    def read(name: str, pack: str, size_g: float) -> str:
        food = meant_food(name, foods)
        if food.food_id not in known:  # canned beans are sold, though dry ones become them too
            food = bought(food, _WHOLE_G, foods)[0]
        if (food.food_id, pack, size_g) in seen:
            raise ValueError(f"{food.food_id}: {pack} of {size_g:g} g stands twice")
        seen.add((food.food_id, pack, size_g))
        return food.food_id

    return read


def meant_food(name: str, foods: FoodTable) -> Food:
    """Find a food by its name; of several states that which a recipe would mean by it."""
    try:
        return find_food(foods, name)
    except FoodNotFoundError:
        meant = surely_meant(name, foods)
        if meant is None:
            raise
        return meant


def by_food(packages: Iterable[Package]) -> Shelves:
    """Put packages beside each other that are of one food, by size."""
    found: dict[str, list[Package]] = {}
    for package in packages:
        found.setdefault(package.food_id, []).append(package)
    return {name: tuple(sorted(own, key=lambda one: one.size_g)) for name, own in found.items()}


def usd_per_g(sizes: Iterable[Package]) -> float | None:
    """Return what a food costs in the cheapest of its packages that has a price [USD/g]."""
    each = (size.price_usd / size.size_g for size in sizes if size.price_usd is not None)
    return min(each, default=None)


def foods_with_prices(foods: FoodTable, request: PlanRequest) -> FoodTable:
    """Return the table with the prices of one's own shop, also for what is made of its foods.

    Parameters
    ----------
    foods
        A table; it is given back as it is where the request has no prices.
    request
        What was asked for.

    Raises
    ------
    ConfigError
        As ``own_packages``.
    """
    every = {name: usd_per_g(sizes) for name, sizes in own_packages(request, foods).items()}
    prices = {name: price for name, price in every.items() if price is not None}
    if not prices:
        return foods
    priced = {food.food_id: _priced(food, prices, foods) for food in foods}
    return replace(foods, foods=MappingProxyType(priced))


def _priced(food: Food, prices: Mapping[str, float], foods: FoodTable) -> Food:
    """Return a food with the price of what is bought for it, else of itself, where there is one."""
    always = (row for row in sold_as_rows().get(food.food_id, ()) if not row.said)
    as_sold = next(((foods[row.sold_as], row.g_per_100g) for row in always), None)
    for sold, edible_g in (as_sold or bought(food, _WHOLE_G, foods), (food, _WHOLE_G)):
        if sold.food_id in prices:
            mass_g = edible_g * sold.sold_g_per_100g / _WHOLE_G
            return replace(food, price_usd_per_100g=mass_g * prices[sold.food_id])
    return food
