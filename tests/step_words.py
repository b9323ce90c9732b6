"""Which foods the steps of a recipe name; the words stand in ``foods/data/step_words.toml``."""

import re
import tomllib
from functools import cache
from pathlib import Path

from foods.embedded import read_embedded_foods

TABLE = tomllib.loads((Path(__file__).parent / "foods/data/step_words.toml").read_text("utf-8"))
FOODS = read_embedded_foods()
ENDINGS = (("ies", "y"), ("oes", "o"), ("ches", "ch"), ("shes", "sh"), ("s", ""))


def singular(word):
    """Give the word without its plural, well enough to compare two words."""
    for ending, instead in ENDINGS:
        if word.endswith(ending) and not word.endswith("ss"):
            return word.removesuffix(ending) + instead
    return word


def words_in(text):
    """Give the words of a text, each in the singular; the two of a compound are one."""
    said = " ".join(singular(word) for word in re.findall(r"[^\W\d_]+", text.lower()))
    for compound in TABLE["compounds"]:
        said = re.sub(rf"\b{compound}\b", compound.replace(" ", "_"), said)
    return set(said.split())


NO_NAME = {singular(word) for word in TABLE["no_name"]}


@cache
def own_names(food_id):
    """Words that name this food and its like alone: whoever says one has it in the list."""
    food = FOODS[food_id]
    return words_in(f"{food.name} {food.base.replace('_', ' ')}") - NO_NAME


@cache
def names(food_id):
    """Every word by which a cook may call a food of the list."""
    food = FOODS[food_id]
    also = [TABLE["also"].get(key, ()) for key in {food_id, food.base, food.group}]
    return own_names(food_id).union(*(words_in(word) for words in also for word in words))


@cache
def food_words():
    """Words that name some food of the table."""
    return frozenset().union(*(own_names(food.food_id) for food in FOODS))


def said_in(dish):
    """Words of a dish's steps, but for what is only likened to a food or made in the dish."""
    text = " ".join(dish.steps).lower()
    for likeness in TABLE["likenesses"]:
        text = text.replace(likeness, " ")
    return words_in(text) - words_in(" ".join(TABLE["made"].get(dish.dish_id, ())))
