"""What in a dish could choke a child under five, or is hard to chew, and what to do about it.

Which dishes are free of it follows from ingredients, measures and steps, by the rules and sources
of ``foods/data/choking.toml`` and ``foods/data/chewing.toml``; the files of the shipped dishes say
it with the tags ``under_5`` and ``soft``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from foods.embedded import data_settings
from foods.food import Food
from foods.table import FoodTable
from planner.candidates.dish import Dish, Ingredient

CHOKING, CHEWING = "choking.toml", "chewing.toml"
_TAGS = {"under_5": CHOKING, "soft": CHEWING}
_CLAUSES = re.compile(r"[.,;:!)]\s")

Rule = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Hazard:
    """Something in a dish that a small child could choke on, or that is hard to chew.

    Parameters
    ----------
    food_id, name
        The food.
    what, remedy
        What it is to who eats it, and what the cook does about it.
    """

    food_id: str
    name: str
    what: str
    remedy: str


def is_free_of(file: str, dish: Dish, foods: FoodTable) -> bool:
    """Whether a dish is none of what the rules of ``file`` leave out, and holds no hazard."""
    rules, texts = data_settings(file), " ".join((dish.name, *dish.steps)).lower()
    is_other = any(word in texts for word in rules["not_with_words"])
    is_tagged = not dish.tags.isdisjoint(rules["not_with_tags"])
    return not is_other and not is_tagged and not hazards_of(dish, foods, file)


def tags_beside(instead: Collection[str], tags: frozenset[str]) -> frozenset[str]:
    """Return the tags of a dish in which foods stand for others: a hazard takes its tag away."""
    return tags.difference(tag for tag, file in _TAGS.items() if _named(file).intersection(instead))


def hazards_of(dish: Dish, foods: FoodTable, file: str = CHOKING) -> tuple[Hazard, ...]:
    """Return what in ``dish`` no measure or step makes safe by the rules of ``file``, each once.

    Source: ``foods/data/choking.toml``, ``foods/data/chewing.toml``.
    """
    found = (hazard for line in dish.ingredients for hazard in _hazards(dish, line, foods, file))
    return tuple({hazard.food_id: hazard for hazard in found}.values())


def is_hazard(file: str, food: Food) -> bool:
    """Whether a food is what the rules of ``file`` name, whatever is done with it."""
    return any(_is_meant(rule, food) for rule in data_settings(file)["hazard"])


def _is_meant(rule: Rule, food: Food) -> bool:
    is_named = food.food_id in rule["foods"] or food.group in rule["groups"]
    return is_named or not food.flags.isdisjoint(rule["flags"])


def _named(file: str) -> frozenset[str]:
    return frozenset(food_id for rule in data_settings(file)["hazard"] for food_id in rule["foods"])


def _hazards(dish: Dish, line: Ingredient, foods: FoodTable, file: str) -> Iterator[Hazard]:
    food, rules = foods[line.food_id], data_settings(file)
    # a word that makes it safe stands in its measure, or near its name in the steps
    texts = (line.measure.lower(), *_near(food, dish.steps, rules["words_between"] + 1))
    steps = " ".join(dish.steps).lower()
    for rule in rules["hazard"]:
        is_safe = any(word in text for word in rule["safe"] for text in texts)
        is_safe |= any(word in steps for word in rule.get("by", ()))
        if _is_meant(rule, food) and not is_safe:
            yield Hazard(food.food_id, food.name, rule["what"], rule["do"])


def _near(food: Food, steps: Iterable[str], reach: int) -> Iterator[str]:
    """Return the words around each place of the steps that names the food, within its clause."""
    own = food.base.rsplit("_", 1)[-1].rstrip("s").removesuffix("y")  # cherr(y), cherr(ies)
    for clause in _CLAUSES.split(" ".join(steps).lower()):
        words = clause.split()
        for place, word in enumerate(words):
            if word.startswith(own):
                yield " ".join(words[max(0, place - reach) : place + reach + 1])
