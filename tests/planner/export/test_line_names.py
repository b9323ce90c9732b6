import re
from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.export.list_parts import name_text
from planner.kitchen.as_bought import kind_told
from planner.kitchen.errand import Use
from planner.kitchen.sold import EACH, shelves_of
from planner.kitchen.steps import COOKING
from planner.settings import read_settings
from tests.planner.kitchen.test_shopping import shop

DISHES, ALL_FOODS = read_embedded_dishes(), read_embedded_foods()


def line_of(*kinds):
    (line,) = shop({"quinoa_dry": 50.0}).lines
    uses = tuple(Use(day, "dinner", "Dish", kind) for day, kind in enumerate(kinds, start=1))
    return replace(line, name="White pasta", uses=uses)


@pytest.mark.parametrize(
    ("kinds", "name"),
    [
        (("", ""), "White pasta"),
        (("penne", "penne"), "White pasta (penne)"),
        (("penne", ""), "White pasta (penne 1 meal)"),
        (("spaghetti", "penne", "penne"), "White pasta (penne, also in place of spaghetti)"),
    ],
)
def test_a_line_says_which_kinds_its_meals_take(kinds, name):
    assert name_text(line_of(*kinds)) == name






def test_a_shape_that_steps_name_is_one_of_the_list():
    rules = read_settings(COOKING)["measure"]
    untold = []
    for dish in DISHES:
        told = {*" ".join((dish.name, *dish.steps)).casefold().replace(",", " ").split()}
        for one in dish.ingredients:
            food = ALL_FOODS[one.food_id]
            known = rules["kinds_of"].get(food.base, ()) if "noodles" in food.base else ()
            shapes = {*rules["one_does"]} if food.base.endswith("pasta") else {*known}
            if shapes & told and not kind_told(dish, food):
                untold.append((dish.name, food.name))
    assert untold == []


@pytest.mark.parametrize("country", ["us", "eu"])
def test_what_recipes_count_in_pieces_of_a_size_is_sold_in_pieces_of_it(country):
    shelves = shelves_of(country)
    unlike = []
    for dish in DISHES:
        for one in dish.ingredients:
            found = re.match(r"(\d+) [a-z ]+ of (\d+) g", one.measure)
            sizes = [each for each in shelves.get(one.food_id, ()) if each.pack == EACH]
            kind = kind_told(dish, ALL_FOODS[one.food_id])
            own = [each.size_g for each in sizes if each.label == kind]
            if found and own and abs(own[0] / float(found[2]) - 1) > 0.15:
                unlike.append((dish.name, one.measure, own))
    assert unlike == []
