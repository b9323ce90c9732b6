"""Dishes for children under five: what in them could choke a child, and what to do about it.

Which they are follows from the ingredients, their measures and the steps, by the rules and sources
of ``foods/data/choking.toml``; the shipped dishes' files say it with the tag ``under_5``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from foods.embedded import data_settings
from foods.food import Food
from foods.table import FoodTable
from planner.candidates.dish import Dish, Ingredient

FILE = "choking.toml"
_TAG = "under_5"
_CLAUSES = re.compile(r"[.,;:!)]\s")

Rule = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Hazard:
    """Something in a dish that a small child could choke on.

    Parameters
    ----------
    food_id, name
        The food.
    what, remedy
        What it is to a child, and what the cook does about it.
    """

    food_id: str
    name: str
    what: str
    remedy: str


def is_for_small_children(dish: Dish, foods: FoodTable) -> bool:
    """Whether a dish is mild and nothing in it could choke a child under five."""
    return dish.tags.isdisjoint(data_settings(FILE)["not_with_tags"]) and not hazards_of(
        dish, foods
    )


def tags_beside(instead: Iterable[str], tags: frozenset[str]) -> frozenset[str]:
    """Give the tags of a dish in which foods stand for others: one that chokes takes a tag away."""
    choking = {food_id for rule in data_settings(FILE)["hazard"] for food_id in rule["foods"]}
    return tags - {_TAG} if choking.intersection(instead) else tags


def hazards_of(dish: Dish, foods: FoodTable) -> tuple[Hazard, ...]:
    """Give what in ``dish`` no measure and no step makes safe, each food once.

    Source: ``foods/data/choking.toml``.
    """
    found = {one.food_id: one for line in dish.ingredients for one in _hazards(dish, line, foods)}
    return tuple(found.values())


def _hazards(dish: Dish, line: Ingredient, foods: FoodTable) -> Iterator[Hazard]:
    food = foods[line.food_id]
    # a word that makes it safe stands in its measure, or near its name in the steps
    texts = (line.measure.lower(), *_near(food, dish.steps))
    for rule in data_settings(FILE)["hazard"]:
        is_named = food.food_id in rule["foods"] or food.group in rule["groups"]
        is_meant = is_named or not food.flags.isdisjoint(rule["flags"])
        if is_meant and not any(word in text for word in rule["safe"] for text in texts):
            yield Hazard(food.food_id, food.name, rule["what"], rule["do"])


def _near(food: Food, steps: Iterable[str]) -> Iterator[str]:
    """Give the words around each place of the steps that names the food, within its clause."""
    own = food.base.rsplit("_", 1)[-1].rstrip("s").removesuffix("y")  # cherr(y), cherr(ies)
    reach = data_settings(FILE)["words_between"] + 1
    for clause in _CLAUSES.split(" ".join(steps).lower()):
        words = clause.split()
        for place, word in enumerate(words):
            if word.startswith(own):
                yield " ".join(words[max(0, place - reach) : place + reach + 1])
