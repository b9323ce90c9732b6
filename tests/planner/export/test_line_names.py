from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.export.list_parts import name_text
from planner.kitchen.as_bought import kind_told
from planner.kitchen.errand import Use
from tests.planner.kitchen.test_shopping import FOODS, shop

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


def test_of_what_is_bought_by_the_piece_it_says_how_many_are_of_a_kind():
    onions = replace(
        line_of("red", ""), name="Onion", buy="3 (330 g)", packages=3,
        kinds_g={"red": 80.0, "": 220.0},
    )  # fmt: skip
    assert name_text(onions) == "Onion (1 red)"
    new = replace(onions, name="Potatoes", need_g=600.0, kinds_g={"new": 200.0, "": 400.0},
                  uses=line_of("new", "").uses)  # fmt: skip
    assert name_text(new) == "Potatoes (200 g new)"


def test_the_list_names_kinds_as_a_shop_does():
    told = {
        (food_id, kind)
        for dish in DISHES
        for food_id in {one.food_id for one in dish.ingredients}
        if (kind := kind_told(dish, ALL_FOODS[food_id]))
    }
    wanted = {
        ("bulgur_cooked", "fine"), ("whole_wheat_pasta_cooked", "short"),
        ("brown_rice_cooked", "short-grain"), ("potato_boiled", "small"),
        ("coriander_seed", "ground"),
    }  # fmt: skip
    assert wanted <= told
    assert name_text(replace(line_of("ground"), name="Coriander seeds")) == "Ground coriander"
    assert name_text(replace(line_of(""), name="Spring onions")) == "Green onions"
    assert name_text(replace(line_of(""), name="Tomato passata")) == "Strained tomatoes (passata)"


def test_a_kind_that_the_name_says_is_not_said_again():
    assert name_text(replace(line_of("red"), name="Red lentils")) == "Red lentils"


def test_shapes_of_pasta_and_red_onions_are_read_from_recipes():
    foods = read_embedded_foods()
    told = {
        (food_id, kind)
        for dish in DISHES
        for food_id in {one.food_id for one in dish.ingredients}
        if (kind := kind_told(dish, foods[food_id]))
    }
    assert {("whole_wheat_pasta_cooked", "spaghetti"), ("pasta_cooked", "elbows")} <= told
    assert ("onion_raw", "red") in told
    assert all(kind not in foods[food_id].name.casefold() for food_id, kind in told)
    assert kind_told(None, FOODS["quinoa"]) == ""
