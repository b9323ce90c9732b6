"""Labels to be read: what may hold what somebody leaves out."""

from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.names import find_left_out
from planner.kitchen.labels import (
    LABELS,
    allergens_avoided,
    bought_as_words,
    is_held_to_limits,
    label_name,
    labels_to_read,
)
from planner.request.diets import read_allergens
from planner.request.override import TargetOverride
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.read import request_from_dict
from planner.request.request import Eater, PlanRequest
from planner.settings import read_settings

FOODS, DISHES = read_embedded_foods(), read_embedded_dishes()
ROWS = read_settings(LABELS)["may_hold"]


def avoided_by(*without, others=()):
    eaters = tuple(
        Eater(name, Profile(sex="m", age_y=40), Preferences(without=own)) for name, own in others
    )
    asked = PlanRequest(
        profile=Profile(sex="f", age_y=40), preferences=Preferences(without=without), eaters=eaters
    )
    return allergens_avoided(asked, FOODS, DISHES)


def test_every_allergen_has_a_row_of_foods_and_groups_that_are_known():
    groups = {food.group for food in FOODS}
    assert ROWS.keys() == read_allergens().keys()
    for row in ROWS.values():
        assert set(row["groups"]) <= groups
        assert all(food_id in FOODS for food_id in row["foods"])


def test_who_leaves_out_an_allergen_by_any_of_its_names_reads_labels_for_it():
    assert avoided_by() == ()
    assert avoided_by("fish") == ("fish",)
    assert avoided_by("dairy") == ("milk",)
    assert avoided_by("gluten") == ("gluten",)  # and wheat with it
    assert avoided_by("nuts") == ("peanut", "tree_nut")
    assert avoided_by("cheddar") == ()
    assert avoided_by("kimchi") == ()  # no food of the catalogue


def test_a_table_reads_labels_for_all_who_sit_there():
    assert avoided_by(others=[("Ann", ("sesame",)), ("Ben", ("egg",))]) == ("egg", "sesame")


def test_who_has_a_condition_reads_labels_for_what_it_leaves_out():
    ill = Profile(sex="f", age_y=40, conditions=("celiac disease",))
    assert allergens_avoided(PlanRequest(profile=ill), FOODS, DISHES) == ("gluten",)
    table = PlanRequest(profile=Profile(sex="m", age_y=41), eaters=(Eater("Ann", ill),))
    assert allergens_avoided(table, FOODS, DISHES) == ("gluten",)


def test_the_list_names_what_may_hold_it_and_nothing_that_does():
    bought = ["bread_sourdough", "spinach_raw", "vegetable_stock", "cheddar"]
    assert labels_to_read(bought, ["milk"], FOODS) == {
        "milk": ("bread_sourdough", "vegetable_stock")
    }
    assert labels_to_read(bought, [], FOODS) == {}
    assert labels_to_read(["spinach_raw"], ["milk"], FOODS) == {}


def test_a_diet_reads_labels_for_what_is_no_allergen_and_buys_its_meat_by_a_word():
    def asked(**said):
        return PlanRequest(preferences=Preferences(**said))

    halal = asked(diet="halal")
    assert allergens_avoided(halal, FOODS, DISHES) == ("alcohol", "gelatine", "rennet")
    assert allergens_avoided(asked(diet="kosher"), FOODS, DISHES)[-2:] == ("gelatine", "rennet")
    plain = asked(without=("gelatin", "wine"))
    assert allergens_avoided(plain, FOODS, DISHES) == ("alcohol", "gelatine")
    assert labels_to_read(["cheddar", "yogurt_lowfat"], ["gelatine", "rennet"], FOODS) == {
        "gelatine": ("yogurt_lowfat",),
        "rennet": ("cheddar",),
    }
    assert bought_as_words(halal)["poultry"] == "halal"
    assert bought_as_words(plain) == {}


def test_what_stands_beside_the_allergens_is_known_and_named():
    rows = read_settings(LABELS)["may_hold_beside"]
    groups = {food.group for food in FOODS}
    for name, row in rows.items():
        assert name not in ROWS
        assert label_name(name) == row["name"]
        assert set(row["groups"]) <= groups
        assert all(food_id in FOODS for food_id in row["foods"])


def test_who_cannot_chop_gets_nothing_hard_and_buys_the_rest_ready_cut():
    request = request_from_dict({"preferences": {"without": ["peeling", "chopping"]}}, "a test")
    assert request.preferences.without == ("hard chopping",)
    gone = find_left_out("hard chopping", FOODS, DISHES).food_ids
    assert {"carrot_raw", "potato_boiled", "cabbage_raw"} <= gone
    assert not gone & {"beets_canned", "baby_carrots", "mixed_vegetables_frozen", "onion_raw"}
    assert bought_as_words(request)["onion_raw"] == "ready-cut or frozen"
    assert all(key in FOODS for key in bought_as_words(request))


@pytest.mark.parametrize(
    ("person", "is_held"),
    [
        ({"sex": "f", "age": 55}, False),
        ({"sex": "m", "age": 40, "conditions": ["celiac disease"]}, False),
        ({"sex": "m", "age": 40, "conditions": ["oxalate kidney stones"]}, True),
        ({"sex": "f", "age": 60, "medicines": ["warfarin"]}, True),
        ({"sex": "f", "age": 60, "conditions": ["gastroparesis"]}, True),
    ],
)
def test_who_is_held_to_limits_eats_nothing_beside_the_plan(person, is_held):
    asked = request_from_dict({"profile": person}, "a test")
    assert is_held_to_limits(asked) is is_held
    bound = replace(asked, overrides=(TargetOverride("potassium_mg", None, 2500.0),))
    assert is_held_to_limits(bound)


def test_effects_without_a_limit_are_effects():
    free = read_settings("shop/shop.toml")["eat_up"]["without_limit"]
    assert {*free} <= {one["id"] for one in read_settings("safety/effects.toml")["effect"]}
