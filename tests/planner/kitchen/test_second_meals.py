from dataclasses import replace

import pytest

from planner.candidates.dish import read_embedded_dishes
from planner.kitchen.boxes import child_boxes
from planner.kitchen.cooked import serving_text
from planner.plan.plan import Day, Meal, Plan, Share
from planner.request.eater import Eater
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import PlanRequest, WeekOptions
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


CHILD = Profile("f", 9, 135.0, 30.0)
ADULT = Profile("f", 38, 168.0, 64.0)


def boxes(lunch, dish_id, *people):
    """How children take a second meal along, on a Monday and a Saturday."""
    shares = tuple(Share(name, 1.0, "1 serving", 300.0, (), {}, 0.0) for name in people)
    meals = (Meal("lunch", (replace(again(dish_id), shares=shares),)),)
    days = tuple(Day(number, None, meals, {}, None, 0.0) for number in (1, 6))
    plan = Plan(days, {}, {}, None, 0.0, 1)
    eaters = tuple(
        Eater(name, CHILD if name != "Ann" else ADULT, Preferences(lunch=lunch)) for name in people
    )
    request = PlanRequest(ADULT, eaters=eaters, week=WeekOptions(days=7))
    return child_boxes(plan, DISHES, request)


def test_a_child_takes_a_hot_lunch_in_a_thermos_and_reheats_none_at_noon():
    found = boxes("packed", "pasta_e_ceci", "Lea", "Max")
    assert [*found] == [(1, "lunch", "pasta_e_ceci")]  # no workday, no box
    (box,) = found.values()
    text = serving_text(again("pasta_e_ceci"), DISHES, box)
    assert text.startswith("For Lea and Max in a thermos")
    assert "60 °C (140 °F)" in text
    assert "Reheat" not in text
    assert "140 F" in read_settings("meals/second_meal.toml")["sources"]["fsis_lunch"]


def test_beside_a_child_an_adult_reheats():
    (box,) = boxes("packed", "pasta_e_ceci", "Ann", "Lea").values()
    text = serving_text(again("pasta_e_ceci"), DISHES, box)
    assert text.startswith("Reheat")
    assert "For Lea in a thermos" in text


@pytest.mark.parametrize(
    ("lunch", "dish_id", "who"),
    [
        ("packed", "lentil_salad_beets_feta", "Lea"),
        ("home", "pasta_e_ceci", "Lea"),
        ("packed_cold", "pasta_e_ceci", "Lea"),
        ("packed", "pasta_e_ceci", "Ann"),
    ],
)
def test_what_is_cold_or_eaten_at_home_needs_no_thermos(lunch, dish_id, who):
    assert boxes(lunch, dish_id, who) == {}


def test_dishes_that_are_named_as_cold_are_known():
    assert set(read_settings("meals/second_meal.toml")["cold"]["dishes"]) <= set(DISHES)
