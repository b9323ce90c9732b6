"""A plan that is forged against what was left out is found by the judge."""

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.names import find_left_out
from planner.check.judge import check_plan
from planner.request.read import request_from_dict
from tests.plates import day

FOODS = read_embedded_foods()


def faults(served, profile=None, **preferences):
    """Judge days on which one food each is served: day → food id."""
    days = [day(number, FOODS, dinner={food_id: 60.0}) for number, food_id in served.items()]
    asked = {"profile": profile or {}, "preferences": preferences}
    return " ".join(check_plan(days, [], FOODS, request_from_dict(asked)).faults)


@pytest.mark.parametrize(
    ("name", "food_id"),
    [("ground turkey", "ground_turkey_cooked"), ("beef liver", "beef_liver_cooked"),
     ("bell peppers", "red_pepper_cooked"), ("red cabbage", "red_cabbage_cooked"),
     ("turkey, ground", "ground_turkey_raw"), ("boiled chickpeas", "chickpeas_canned"),
     ("chickpeas", "hummus"), ("flax", "flaxseed_ground"), ("legumes", "hummus"),
     ("sheep milk", "feta"), ("raw eggs", "mayonnaise")],
)  # fmt: skip
def test_what_is_left_out_is_found_in_every_state_and_in_what_contains_it(name, food_id):
    assert f"without {name}" in faults({1: food_id}, without=[name])
    assert f"without {name}" in faults({1: food_id}, per_week=[f"{name} <= 0"])


@pytest.mark.parametrize(
    ("allergy", "food_id"),
    [("corn", "tortilla_corn"), ("rice", "rice_noodles_cooked"), ("tomato", "salsa"),
     ("oat", "granola"), ("chicken", "chicken_stock"), ("cashew", "pistachios"),
     ("walnut", "pecans"), ("legume", "peanut_butter"), ("mustard", "italian_dressing"),
     ("mustard", "vinaigrette"), ("lupin", "bread_gluten_free_white"), ("avocado", "guacamole"),
     ("ground turkey", "turkey_breast_roasted")],
)  # fmt: skip
def test_what_an_allergy_leaves_out_is_found(allergy, food_id):
    assert f"without {allergy}" in faults({1: food_id}, {"conditions": [f"{allergy} allergy"]})


def test_a_food_counts_in_every_state_where_it_may_stand_so_often():
    served = dict.fromkeys((1, 3, 5), "peanut_butter_unsalted")
    assert "at most 1" in faults(served, per_week=["peanut butter <= 1"])
    assert faults({1: "peanut_butter_unsalted"}, per_week=["peanut butter <= 1"]).count("most") == 0


def test_days_between_count_every_state():
    apart = {"min_days_between": {"ground turkey": 5}}
    forged = {1: "ground_turkey_raw", 3: "ground_turkey_cooked"}
    assert "5 days between" in faults(forged, **apart)
    assert "days between" not in faults(
        {1: "ground_turkey_raw", 6: "ground_turkey_cooked"}, **apart
    )


@pytest.mark.parametrize(
    ("name", "kept"), [("fresh coriander", True), ("cilantro", True), ("coriander", False)]
)
def test_who_leaves_out_the_leaf_keeps_the_seeds_but_for_an_allergy(name, kept):
    seeds = {"coriander_seed", "curry_powder"}
    held = find_left_out(name, FOODS, ()).food_ids
    assert {"cilantro_fresh", "salsa", "guacamole"} <= held
    assert seeds.isdisjoint(held) == kept
    assert seeds < find_left_out(name, FOODS, (), is_allergy=True).food_ids
    assert (f"without {name}" in faults({1: "curry_powder"}, without=[name])) != kept
    assert f"without {name}" in faults({1: "salsa"}, without=[name])
    allergic = {"conditions": [f"{name} allergy"]}
    assert f"without {name}" in faults({1: "curry_powder"}, allergic)
