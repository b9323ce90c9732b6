"""What can be cooked of what is at hand: which of it a dish uses, and what it needs beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.names import Meaning
from planner.kitchen.pantry import is_staple
from planner.kitchen.sold import shelves_of, sold_as

_SHOPS = "us"  # nobody says where one shops


@dataclass(frozen=True, slots=True)
class AtHand:
    """A dish, held to what somebody has.

    Parameters
    ----------
    dish
        The dish.
    used
        Which of the names it uses, in their order.
    missing
        Names of what has to be bought for it, what it takes most of first; what most kitchens have
        is not among them.
    """

    dish: Dish
    used: tuple[str, ...]
    missing: tuple[str, ...]


def dishes_of(dishes: Iterable[Dish], foods: FoodTable, at_hand: Sequence[Meaning]) -> list[AtHand]:
    """Give the dishes that use anything at hand: what uses most of it and needs least comes first.

    Parameters
    ----------
    dishes, foods
        What may be cooked, and the food table.
    at_hand
        What each name stands for.
    """
    has = frozenset().union(*(one.food_ids for one in at_hand))
    held = (_held(dish, foods, at_hand, has) for dish in dishes)
    found = [one for one in held if one.used]
    return sorted(
        found, key=lambda one: (-len(one.used), len(one.missing), one.dish.taste, one.dish.dish_id)
    )


def _held(dish: Dish, foods: FoodTable, at_hand: Sequence[Meaning], has: frozenset[str]) -> AtHand:
    used = [one.name for one in at_hand if holds(dish, one, foods)]
    shelves, missing = shelves_of(_SHOPS), dict[str, float]()
    for line in dish.ingredients:
        shelf, mass_g = sold_as(foods, shelves, line.food_id, line.mass_g, dish)
        is_there = line.food_id in has or shelf.food_id in has or is_staple(shelf.food_id)
        if not is_there and shelf.group != "water":
            missing[shelf.name] = missing.get(shelf.name, 0.0) + mass_g
    return AtHand(dish, tuple(used), tuple(sorted(missing, key=lambda one: -missing[one])))


def holds(dish: Dish, meaning: Meaning, foods: FoodTable) -> bool:
    """Whether a dish is what is meant, or holds it: as it is eaten, or as a shop sells it."""
    if dish.dish_id in meaning.dish_ids or is_sold_in(dish, meaning, foods):
        return True
    return any(line.food_id in meaning.food_ids for line in dish.ingredients)


def is_sold_in(dish: Dish, meaning: Meaning, foods: FoodTable) -> bool:
    """Whether a shop sells as what is meant what a dish holds as another food: red lentils."""
    shelves = shelves_of(_SHOPS)
    return any(
        sold_as(foods, shelves, line.food_id, 1.0, dish)[0].food_id in meaning.food_ids
        for line in dish.ingredients
        if line.food_id not in meaning.food_ids
    )
