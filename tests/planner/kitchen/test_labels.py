"""Labels to be read: what may hold what somebody leaves out."""

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.names import find_left_out
from planner.kitchen.labels import (
    LABELS,
    allergens_avoided,
    bought_as_words,
    is_amount_held,
    label_name,
    labels_to_read,
)
from planner.kitchen.till import OpenedKept
from planner.request.diets import read_allergens
from planner.request.override import TargetOverride
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.read import request_from_dict
from planner.request.request import Eater, PlanRequest
from planner.settings import read_settings
from tests.planner.kitchen.test_shopping import shop

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


@pytest.mark.parametrize(
    ("person", "is_held"),
    [
        ({"conditions": ("gastroparesis",)}, True),
        ({"conditions": ("calcium oxalate stones",)}, True),
        ({"medicines": ("warfarin",)}, True),
        ({"egfr": 50}, True),
        ({"conditions": ("CKD 3a",), "clinic": (("water_g", 1500.0),)}, True),
        ({"conditions": ("high blood pressure", "osteoporosis")}, False),
        ({}, False),
    ],
)
def test_who_has_limits_is_not_told_to_eat_up_what_is_left(person, is_held):
    ann = Profile(sex="f", age_y=60, **person)
    assert is_amount_held(PlanRequest(profile=ann)) is is_held
    table = (Eater("Tom", Profile(sex="m", age_y=60)), Eater("Ann", ann))
    assert is_amount_held(PlanRequest(eaters=table)) is is_held
    (line,) = shop({"beans": 100.0}, kept=OpenedKept(eats_up=not is_held)).lines
    assert (line.left.how == "not eaten") is is_held


def test_who_asks_for_a_most_oneself_is_not_either():
    most = TargetOverride("potassium_mg", None, 2500.0)
    assert is_amount_held(PlanRequest(overrides=(most,)))


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
