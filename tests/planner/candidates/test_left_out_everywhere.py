"""Every name of the catalogue leaves out what it names: all states, and whatever contains it."""

from functools import cache

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.names import find_left_out
from planner.candidates.readings import read_left_out
from planner.check.lines import KnownFood
from planner.check.names import find_excluded
from planner.request.read import request_from_dict
from tests.each import for_each

FOODS, DISHES = read_embedded_foods(), read_embedded_dishes()
KNOWN = [KnownFood(one.food_id, one.name, one.group, one.per_100g, one) for one in FOODS]


@cache
def left_out(name, *, is_allergy=False):
    return find_left_out(name, FOODS, DISHES, is_allergy=is_allergy).food_ids


def kin(food):
    """Give the food itself, and what it is bought as or is bought for."""
    bought = {food.food_id, food.bought_as} - {None}
    return {one.food_id for one in FOODS if bought & {one.food_id, one.bought_as}}


@for_each(FOODS, lambda one: one.food_id)
def test_the_name_of_one_state_leaves_out_the_others(food):
    assert kin(food) <= left_out(food.name)
    allergy = left_out(food.name, is_allergy=True)
    assert not [
        one.food_id
        for one in FOODS
        if one.food_id not in allergy and (one.base == food.base or food.base in one.contains)
    ]


@for_each([*FOODS][::5], lambda one: one.food_id)
def test_one_and_several_of_it_leave_out_the_same(food):
    for name in (f"{food.name}s", food.name.removesuffix("s")):
        assert kin(food) <= left_out(name), name


@for_each(FOODS, lambda one: one.food_id)
def test_the_judge_reads_every_name_as_the_planner_does(food):
    for is_allergy in (False, True):
        judged = find_excluded(food.name, KNOWN, is_allergy=is_allergy)
        assert judged.food_ids == left_out(food.name, is_allergy=is_allergy)


@pytest.mark.parametrize("name", ["roast chicken", "boiled eggs", "tomato soup", "lentil curry"])
def test_words_of_dishes_and_foods_at_once_are_read_alike_and_keep_their_name(name):
    planned, judged = find_left_out(name, FOODS, DISHES), find_excluded(name, KNOWN)
    assert (planned.food_ids, planned.dish_ids) == (judged.food_ids, judged.dish_ids)
    assert planned.name == judged.name == name  # by it days leave it out
    assert planned.dish_ids


@pytest.mark.parametrize(
    ("name", "gone"),
    [("corn", "tortilla_corn corn_flakes cornstarch polenta_dry grits_dry popcorn corn_pasta_dry"),
     ("maize", "tortilla_chips hominy_canned"), ("rice", "rice_noodles_dry rice_cakes rice_drink"),
     ("tomato", "salsa ketchup barbecue_sauce tomato_pasta_sauce tomato_juice"),
     ("oat", "granola oat_bran_dry oat_drink oat_rings"), ("flax", "flaxseed_ground granola"),
     ("chickpeas", "hummus flour_chickpea"), ("chicken", "chicken_stock chicken_gravy"),
     ("garlic", "pesto caesar_dressing hummus"), ("honey", "granola"), ("yeast", "bread_white"),
     ("chocolate", "cocoa_powder hot_cocoa"), ("onion", "shallot salsa spring_onion"),
     ("goat milk", "feta goat_cheese_soft"), ("lentil", "red_lentils_dry lentils_cooked"),
     ("avocado", "guacamole"), ("citrus", "orange lemon_juice hummus"), ("gelatin", "gelatine"),
     ("strawberry", "strawberries_frozen jam"), ("banana", "banana"), ("kiwi", "kiwi"),
     ("sheep milk", "feta"), ("turkey, ground", "ground_turkey_raw ground_turkey_cooked"),
     ("cherry tomato", "cherry_tomatoes"), ("bell peppers", "red_pepper_cooked green_pepper_raw"),
     ("ground turkey", "ground_turkey_cooked"), ("beef liver", "beef_liver_cooked"),
     ("beet greens", "beet_greens_cooked"), ("ground chicken", "ground_chicken_cooked"),
     ("red cabbage", "red_cabbage_cooked"), ("peanut butter", "peanut_butter_unsalted")],
)  # fmt: skip
def test_what_contains_it_goes_too(name, gone):
    assert set(gone.split()) <= left_out(name)


def test_a_wish_leaves_out_no_more_than_the_food_it_names():
    assert left_out("ground turkey") == {"ground_turkey_raw", "ground_turkey_cooked"}
    assert "beef_sirloin_raw" not in left_out("beef liver")
    assert left_out("apple juice") == {"apple_juice"}


@pytest.mark.parametrize(
    ("nut", "pair"),
    [
        ("cashew", "pistachios"),
        ("pistachio", "cashews"),
        ("walnut", "pecans"),
        ("pecan", "walnuts"),
    ],
)
def test_the_nearest_nut_goes_along_and_can_be_kept(nut, pair):
    assert pair in left_out(nut)
    assert pair not in left_out(f"only {nut}")
    assert left_out(f"only {nut}") >= {"mixed_nuts", "pesto", "granola"}
    for profile, preferences in (
        ({"conditions": [f"{nut} allergy"]}, {}),
        ({}, {"without": [nut]}),
    ):
        asked = request_from_dict({"profile": profile, "preferences": preferences})
        (found,) = read_left_out(asked, FOODS, DISHES)
        assert pair in found.sentence
        assert f'--without "only {nut}"' in found.sentence


def test_legumes_say_whether_peanuts_stay():
    def read(profile, **preferences):
        asked = request_from_dict({"profile": profile, "preferences": preferences})
        (found,) = read_left_out(asked, FOODS, DISHES)
        return found.sentence

    kept, still, _mended = read({}, without=["legumes"]).partition("are still allowed")
    assert "peanuts" in kept
    assert still
    assert "peanuts, and what holds them" in read({"conditions": ["legume allergy"]})
    assert "peanut_butter" not in left_out("legumes")
    assert {"peanut_butter", "tofu_firm", "hummus", "green_peas_cooked"} <= left_out(
        "legume", is_allergy=True
    )
