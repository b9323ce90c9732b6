from dataclasses import replace

import pytest

from planner.candidates.dish import read_embedded_dishes
from planner.kitchen.cooked import serving_text
from planner.settings import read_settings
from tests.plates import item

DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}


def again(dish_id):
    """A second meal of a dish of day 1."""
    return replace(item(dish_id, {"kale": 300.0}), leftover_of=1)


@pytest.mark.parametrize("dish_id", ["pasta_e_ceci", "trout_almonds_green_beans", "not_at_hand"])
def test_what_was_cooked_before_is_reheated_to_the_temperature_of_its_source(dish_id):
    assert "74 °C" in serving_text(again(dish_id), DISHES)
    assert "74 C" in read_settings("meals/second_meal.toml")["sources"]["fsis"]


@pytest.mark.parametrize("dish_id", ["lentil_salad_beets_feta", "salmon_sushi_bowl"])
def test_a_salad_is_eaten_cold(dish_id):
    assert dish_id in DISHES
    assert serving_text(again(dish_id), DISHES) == "Eat it cold, straight from the refrigerator."


def test_what_is_cooked_for_its_meal_needs_no_word():
    assert serving_text(item("pasta_e_ceci", {"kale": 300.0}), DISHES) == ""


def test_dishes_that_are_named_as_cold_are_known():
    assert set(read_settings("meals/second_meal.toml")["cold"]["dishes"]) <= set(DISHES)
