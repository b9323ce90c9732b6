"""Dishes as those get them who leave something out."""

from functools import cache

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.exchanges import with_exchanges
from planner.candidates.names import find_left_out
from planner.request.diets import find_diet

NAMES = (
    "gluten", "milk", "egg", "soy", "fish", "sesame", "nuts", "celery", "mushrooms", "pork",
    "cilantro", "raisins", "edamame", "whole-wheat pasta", "white pasta", "brown rice",
    "white rice", "whole-wheat bread", "white bread", "whole-wheat pita", "whole-wheat roll",
)  # fmt: skip
DIETS = ("vegan", "vegetarian", "pescatarian")


def _avoided():
    foods, dishes = read_embedded_foods(), read_embedded_dishes()
    found = {name: find_left_out(name, foods, dishes).food_ids for name in NAMES}
    for name in DIETS:
        out = find_diet(name).without_origin
        found[name] = frozenset(food.food_id for food in foods if food.origin & out)
    return found


AVOIDED = _avoided()


def foods_in(dish):
    return {line.food_id for line in dish.ingredients}


@cache
def those_without(name):
    """Give the dishes for who leaves that out."""
    return with_exchanges(read_embedded_dishes(), [AVOIDED[name]])
