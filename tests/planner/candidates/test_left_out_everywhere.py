"""Every name leaves out what it names and whatever contains it, and that is said."""

from functools import cache

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.names import find_left_out
from planner.candidates.readings import read_left_out, read_narrow
from planner.check.lines import KnownFood
from planner.check.names import find_excluded
from planner.request.read import request_from_dict
from tests.each import for_each
from tests.one_eater import prepare_week
from tests.rows import rows

FOODS, DISHES = read_embedded_foods(), read_embedded_dishes()
KNOWN = [KnownFood(food.food_id, food.name, food.group, food.per_100g, food) for food in FOODS]


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


@rows(__file__, "what_contains_it_goes_too")
def test_what_contains_it_goes_too(name, gone):
    assert set(gone.split()) <= left_out(name)


def test_a_wish_leaves_out_no_more_than_the_food_it_names():
    assert left_out("ground turkey") == {"ground_turkey_raw", "ground_turkey_cooked"}
    assert "beef_sirloin_raw" not in left_out("beef liver")
    assert left_out("apple juice") == {"apple_juice"}


@rows(__file__, "the_nearest_nut_goes_along_and")
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


NUTS = {"almonds", "almond_meal", "walnuts", "mixed_nuts", "pesto", "granola"}
PEANUTS = {"peanuts_roasted", "peanut_butter", "peanut_sauce"}
COCONUT = {"coconut_dried", "coconut_milk_canned", "coconut_drink", "coconut_oil", "coconut_water"}


def left_out_of_readings(name):
    return find_left_out(name, FOODS, DISHES).food_ids


def read(profile=None, **preferences):
    table = {"profile": profile or {}, "preferences": preferences}
    return read_left_out(request_from_dict(table), FOODS, DISHES)


@pytest.mark.parametrize("name", ["nuts", "nut", "all nuts", "Nuts"])
def test_nuts_are_tree_nuts_and_peanuts_and_coconut_stays(name):
    assert left_out_of_readings(name) >= NUTS | PEANUTS
    assert not COCONUT & left_out_of_readings(name)


def test_tree_nuts_and_peanuts_are_each_left_out_alone_where_they_are_named():
    assert left_out_of_readings("tree nuts") >= NUTS
    assert not (PEANUTS | COCONUT) & left_out_of_readings("tree nuts")
    assert PEANUTS | {"mixed_nuts", "trail_mix"} <= left_out_of_readings("peanuts")
    assert "walnuts" not in left_out_of_readings("peanuts")


def test_shellfish_fish_and_seafood_are_told_apart():
    assert {"shrimp_cooked", "mussels_cooked", "oyster_sauce"} <= left_out_of_readings("shellfish")
    assert {"cod_cooked", "fish_sauce", "worcestershire_sauce"} <= left_out_of_readings("fish")
    assert not left_out_of_readings("fish") & {"shrimp_cooked", "mussels_cooked"}
    assert left_out_of_readings("seafood") == left_out_of_readings("fish") | left_out_of_readings(
        "shellfish"
    )


@rows(__file__, "a_part_or_a_kind_means")
def test_a_part_or_a_kind_means_the_whole_allergen(name, food_id):
    assert food_id in left_out_of_readings(name)


@pytest.mark.parametrize("nut", ["almonds", "cashew", "hazelnuts", "Brazil nut", "pine nuts"])
def test_one_kind_of_nut_takes_the_mixtures_that_may_hold_it_along(nut):
    assert {"mixed_nuts", "trail_mix", "fruit_nut_bar", "granola", "pesto"} <= left_out_of_readings(
        nut
    )
    assert "pecans" not in left_out_of_readings(nut)


def test_a_frequency_of_none_leaves_out_what_the_word_means():
    request = {"preferences": {"per_week": ["nuts <= 0", "fish <= 1"]}}
    candidates = prepare_week(request_from_dict(request)).candidates
    for one in candidates.candidates:
        held = {food_id for serving in one.servings for food_id, _ in serving.portion.ingredients}
        assert not held & left_out_of_readings("nuts"), one.name
    assert any(one.source_id == "baked_salmon_potatoes_broccoli" for one in candidates.candidates)


def test_each_name_is_read_with_what_stays_and_how_many_foods_go():
    (nuts, spinach) = read(without=["nuts", "spinach"])
    count = len(left_out_of_readings("nuts"))
    assert nuts.sentence == (
        f"Without nuts: tree nuts and peanuts (that rules out {count} foods); coconut is still "
        "allowed (leave out with --without coconut)."
    )
    assert spinach.sentence == (
        "Without spinach: Cooked spinach, Frozen spinach, Spinach and 2 more "
        "(that rules out 5 foods)."
    )


@rows(__file__, "nothing_is_said_to_be_allowed")
def test_nothing_is_said_to_be_allowed_that_the_diet_leaves_out(name, diet, stays):
    (found,) = read(without=[name], diet=diet)
    assert (stays in found.stays) if stays else not found.stays


@rows(__file__, "what_a_condition_leaves_out_is")
def test_what_a_condition_leaves_out_is_read_as_the_condition(profile, said, understood):
    (found,) = read(profile)
    assert found.said == said
    assert found.understood.startswith(understood)


@rows(__file__, "what_a_limited_word_does_not")
def test_what_a_limited_word_does_not_mean_is_said_once(preferences, told):
    request = request_from_dict({"preferences": preferences})
    assert [name for name, _stays in read_narrow(request)] == told
