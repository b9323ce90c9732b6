"""What the judge says about food to be used up: whether the meals hold what is told of it.

How much fits is nobody's rule, so little used up is no fault where it is told. What is eaten is
counted anew, at most: a recipe may buy less for a gram than is counted here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from foods.embedded import read_embedded_foods
from foods.food import Food
from foods.recipe_match import surely_meant
from planner.check.lines import KnownFood
from planner.check.names import find_excluded, find_named
from planner.check.week import is_stated
from planner.plan.plan import Day, Item
from planner.plan.shares import days_of
from planner.request.put import cooked_name, frozen_name
from planner.settings import read_settings
from planner.wire.document import PlanDocument


def use_faults(document: PlanDocument, foods: Mapping[str, KnownFood]) -> Iterator[str]:
    """Describe where a file tells of food to be used up what its request or its meals do not.

    Parameters
    ----------
    document
        The file; one that tells nothing of it, as older ones do not, is as true.
    foods
        Food id → food.
    """
    request, told = document.request, document.printed.used_up
    wanted = [("", request.preferences), *((one.name, one.preferences) for one in request.eaters)]
    asked = {(whose, name): mass_g for whose, own in wanted for name, mass_g in own.use.items()}
    stated = {(one.eater, one.food): one.asked_g for one in told if not one.is_stock}
    for key in (asked | stated) if told else ():
        if not is_stated(stated.get(key), asked.get(key)):
            pattern = "{name}: the plan states other grams to be used up than the request."
            yield pattern.format(name=key[1])
    slack = read_settings("check.toml")["used_up"]
    for one in told:
        days = days_of(document.plan, one.eater) if one.eater else document.plan.days
        most_g = _most_eaten_g(one.food, days, foods)
        if most_g is not None and one.eaten_g > most_g * (1 + slack["share"]) + slack["whole_g"]:
            pattern = "{name}: states {stated:.0f} g used up, the meals hold {most:.0f} g."
            yield pattern.format(name=one.food, stated=one.eaten_g, most=most_g)


def _most_eaten_g(name: str, days: Sequence[Day], foods: Mapping[str, KnownFood]) -> float | None:
    """Return the most that meals hold of a food, as bought [g]; ``None``: none is called so."""
    bare, every = cooked_name(name) or frozen_name(name) or name, tuple(foods.values())
    meant = {food_id for found in (find_named(bare, every), find_excluded(bare, every)) if found
             for food_id in found.food_ids}  # fmt: skip
    if (sure := surely_meant(bare, read_embedded_foods())) is not None:
        meant.add(sure.food_id)
    chains = {key: _bought(food.traits, foods) for key, food in foods.items()}
    kinds = meant.union(*(chains[food_id] for food_id in meant if food_id in chains))
    items = [item for day in days for item in day.items()]
    pots = [(one, pot.ingredients) for one in items for pot in (one, one.guests) if pot is not None]
    held = (
        mass_g * max(chains[key].values(), default=1.0)
        for item, pot in pots
        for key, mass_g in pot
        if key in chains and (kinds | _soft_for(item, kinds)) & {key, *chains[key]}
    )
    return math.fsum(held) if meant else None


def _soft_for(item: Item, kinds: AbstractSet[str]) -> set[str]:
    """Return the beans for which softer ones among ``kinds`` may stand in a dish."""
    soft = read_settings("meals/cooking.toml")["from_dry"]["soft"]
    return {soft[one]["of"] for one in kinds & soft.keys() if item.item_id in soft[one]["dishes"]}


def _bought(food: Food | None, foods: Mapping[str, KnownFood]) -> dict[str, float]:
    """Return a food and what it is bought as → the most that is bought for a gram of it [g]."""
    chain, mass_g = dict[str, float](), 1.0
    while food is not None and food.food_id not in chain:
        chain[food.food_id] = mass_g * max(1.0, food.sold_g_per_100g / 100)
        mass_g *= food.bought_g_per_100g / 100
        known = foods.get(food.bought_as or "")
        food = known.traits if known else None
    return chain
