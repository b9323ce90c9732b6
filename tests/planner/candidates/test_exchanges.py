"""What may stand for what in a recipe, and for whom it does."""

import itertools
import re

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import Dish, Ingredient, allergens_of, read_embedded_dishes
from planner.candidates.exchanges import (
    Exchange,
    exchanges_for,
    foods_better_without,
    read_exchanges,
    reworded,
    standing_for,
    with_exchanges,
)
from planner.request.diets import find_diet
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.table.choice import cooked_for
from tests.exchanged import AVOIDED, foods_in, those_without
from tests.one_eater import plan_meals

FOODS, DISHES = read_embedded_foods(), read_embedded_dishes()
BY_ID = {one.dish_id: one for one in DISHES}
WORDS_OF = {  # words of steps that name what is left out, and words before which they do not
    "milk": (
        r"milk|butter|yogurt|cream|parmesan|cheddar",
        "soy|oat|rice|coconut|peanut|almond|seed|cashew|ice|tofu",
    ),
    "gluten": (
        r"flour|soy sauce|worcestershire sauce|crispbreads?|crackers|egg noodles",
        "rice|corn|chickpea|buckwheat",
    ),
    "nuts": (r"walnuts?|almonds?|cashews?|peanuts?|pecans?|hazelnuts?|pistachios?|pine nuts", ""),
    "sesame": (r"sesame|tahini", ""),
    "fish": (r"fish sauce|worcestershire sauce|anchov\w+", ""),
}


def exchanged(name):
    """Give the dishes in which another food stands for who leaves that out."""
    out = AVOIDED[name]
    held = [one for one in those_without(name) if foods_in(BY_ID[one.dish_id]) & out]
    return [one for one in held if not foods_in(one) & out]


@pytest.mark.parametrize("name", AVOIDED)
def test_a_dish_is_exchanged_wholly_or_stays_as_it_is_written(name):
    usual = {row.instead for row in read_exchanges() if row.is_usual}
    assert exchanged(name)
    for one in those_without(name):
        came = foods_in(one) - foods_in(BY_ID[one.dish_id]) - usual
        assert not came or not foods_in(one) & AVOIDED[name]


@pytest.mark.parametrize("pair", [*itertools.combinations(AVOIDED, 2)], ids=" ".join)
def test_allergens_are_those_of_what_is_in_it_for_two_wishes_at_once_too(pair):
    avoided = AVOIDED[pair[0]] | AVOIDED[pair[1]]
    for one in with_exchanges(DISHES, [avoided]):
        held = frozenset().union(*(FOODS[line.food_id].allergens for line in one.ingredients))
        assert allergens_of(one, FOODS) == held
        is_written = foods_in(one) == foods_in(BY_ID[one.dish_id])
        assert is_written or not foods_in(one) & avoided or exchanges_for(one, avoided) is None


@pytest.mark.parametrize("name", WORDS_OF)
def test_no_step_names_what_is_no_longer_there(name):
    words, before = WORDS_OF[name]
    apart = "".join(rf"(?<!{one} )" for one in before.split("|") if one)
    wrong = re.compile(rf"(?<!-){apart}\b(?:{words})\b(?! beans| seed| shell)", re.IGNORECASE)
    said = [
        (one.dish_id, found[0])
        for one in exchanged(name)
        for text in (one.name, *one.steps)
        for found in wrong.finditer(text)
        if not names_what_is_held(found[0], one)
    ]
    assert not said


def names_what_is_held(word, dish):
    """Whether a food of the dish has the word in its name: sesame oil where the seeds went."""
    return any(word.lower().rstrip("s") in FOODS[one].name.lower() for one in foods_in(dish))


def test_who_avoids_nothing_has_every_dish_as_it_was():
    usual = with_exchanges(DISHES, [frozenset()])
    alcohol = frozenset({"beer", "red_wine", "white_wine"})
    assert with_exchanges(DISHES, [alcohol]) == usual
    assert not any("gluten-free" in one.name for one in usual)


def test_the_name_says_what_stands_there():
    free, vegan = those_without("gluten"), those_without("vegan")
    names = {one.dish_id: one.name for one in (*vegan, *free)}
    assert names["spaghetti_bolognese_beef"] == "Spaghetti bolognese, with gluten-free pasta"
    assert names["rye_bread_dill_butter"] == "Gluten-free bread with butter and dill"
    names = {one.dish_id: one.name for one in vegan}
    wanted = "Corn flakes with soy drink, banana and strawberries"
    assert names["corn_flakes_milk_banana"] == wanted


def test_what_makes_a_dish_is_not_exchanged():
    vegan = {one.dish_id: one for one in those_without("vegan")}
    free = {one.dish_id: one for one in those_without("gluten")}
    nutless = {one.dish_id: one for one in those_without("nuts")}
    assert "ground_beef_lean_cooked" in foods_in(vegan["spaghetti_bolognese_beef"])
    assert "flour_white" in foods_in(free["pizza_margherita"])
    assert "cashews" in foods_in(nutless["cashew_chicken_stir_fry_brown_rice"])
    mushrooms = {one.dish_id: one for one in those_without("mushrooms")}
    assert "mushrooms_cooked" in foods_in(mushrooms["mushroom_risotto_parmesan"])
    assert "zucchini_cooked" in foods_in(mushrooms["turkey_shepherds_pie"])


def test_a_slice_stands_for_a_slice():
    # two slices of whole-wheat bread of 32 g are two of 35 g
    for name, grams in (("bread_whole_wheat", 64.0), ("bread_rye", 64.0), ("bread_white", 58.0)):
        row = next(
            r for r in standing_for(name, sandwich(name, grams)) if "gluten_free" in r.instead
        )
        assert grams * row.foods[name] == pytest.approx(70.0, rel=0.001)


def sandwich(bread, mass_g):
    written = BY_ID["tuna_salad_sandwich"]
    lines = (Ingredient(bread, mass_g, "2 slices"),)
    return Dish(**{**{f: getattr(written, f) for f in written.__slots__}, "ingredients": lines})


@pytest.mark.parametrize("name", sorted(AVOIDED))
def test_what_is_done_afresh_to_a_kept_portion_is_done_to_what_stands_in_its_place(name):
    for dish in those_without(name):
        usual = BY_ID[dish.dish_id]
        done = [(one.fresh, one.fresh_share, one.whole) for one in usual.ingredients]
        assert [(one.fresh, one.fresh_share, one.whole) for one in dish.ingredients] == done, dish


def test_every_row_is_used_and_names_foods_of_the_table():
    used = {
        row
        for dish in (*DISHES, *with_exchanges(DISHES, [frozenset()]))
        for food_id in foods_in(dish)
        for row in standing_for(food_id, dish)
    }
    for row in read_exchanges():
        assert row.is_usual or row in used, row.instead
        assert row.instead in FOODS
        assert set(row.foods) <= set(FOODS.foods)
        assert all(share > 0 for share in row.foods.values())


def test_words_are_whole_and_the_longest_goes_first():
    row = Exchange("olive_oil", {}, {"butter": "oil", "peanut butter": "peanut butter"})
    said = "Butter and peanut butter, buttered: half of the butter."
    assert reworded(said, (row,)) == "Oil and peanut butter, buttered: half of the oil."


def test_a_pot_for_all_is_cooked_for_who_needs_it_and_a_bowl_is_his_own():
    both = [frozenset(), AVOIDED["gluten"]]
    cooked = {one.dish_id: one for one in with_exchanges(DISHES, both)}
    assert "corn_pasta_cooked" in foods_in(cooked["spaghetti_bolognese_beef"])
    assert "bread_whole_wheat" in foods_in(cooked["peanut_butter_banana_toast"])
    assert "bread_whole_wheat" in foods_in(cooked["tuna_salad_sandwich"])


def test_gluten_free_bread_is_not_for_who_avoids_egg_at_the_same_table():
    both = [AVOIDED["egg"], AVOIDED["gluten"]]
    cooked = {one.dish_id: one for one in with_exchanges(DISHES, both)}
    assert "bread_sourdough" in foods_in(cooked["caprese_sourdough"])


def test_who_does_not_bear_lactose_drinks_milk_without_it():
    who = PlanRequest(Profile("f", 41, conditions=("lactose intolerance",)))
    cooked = {one.dish_id: one for one in cooked_for({"": who}, FOODS, DISHES)}
    assert foods_better_without(["lactose_intolerance"])
    assert "milk_lactose_free" in foods_in(cooked["corn_flakes_milk_banana"])


def test_a_vegan_may_have_what_was_exchanged():
    out = find_diet("vegan").without_origin
    for one in exchanged("vegan"):
        assert not any(FOODS[food_id].origin & out for food_id in foods_in(one))


def foods_of(report):
    return {
        food for day in report.plan.days for item in day.items() for food, _ in item.ingredients
    }


def test_where_nobody_avoids_gluten_the_usual_food_stands_in_its_place():
    dishes = DISHES
    free = {"tamari", "rolled_oats_gluten_free", "oatmeal_gluten_free_cooked"}
    usual = with_exchanges(dishes, [frozenset()])
    assert free <= {line.food_id for dish in dishes for line in dish.ingredients}
    assert not free & {line.food_id for dish in usual for line in dish.ingredients}
    told = " ".join(step for dish in usual for step in dish.steps).lower()
    assert "tamari" not in told
    assert "gluten-free oats" not in told


def test_what_somebody_at_the_table_leaves_out_takes_no_ones_place():
    dishes = DISHES
    drinks = frozenset({"soy_sauce", "milk_lowfat", "yogurt_lowfat"})
    cooked = {one.dish_id: one for one in with_exchanges(dishes, [drinks])}
    held = {line.food_id for one in dishes for line in one.ingredients}
    assert {"tamari", "soy_yogurt", "soy_drink_unsweetened"} <= held
    for dish in dishes:
        free = foods_in(dish) & {"tamari", "soy_yogurt", "soy_drink_unsweetened"}
        assert free <= foods_in(cooked[dish.dish_id])


def test_who_drinks_milk_has_it_in_porridge_and_a_soup_of_soy_drink_stays_one():
    usual = {dish.dish_id: dish for dish in with_exchanges(DISHES, [frozenset()])}
    rings, kinds = usual["oat_rings_banana_soy"], ("breakfast", "snack", "dessert")
    assert rings.name == "Toasted oat rings with milk and banana"
    assert "milk_lowfat" in {line.food_id for line in rings.ingredients}
    assert not any("soy drink" in step for step in rings.steps)
    drinks = {"soy_drink", "soy_drink_unsweetened", "oat_drink", "rice_drink"}
    left = [one for one in usual.values() if drinks & {line.food_id for line in one.ingredients}]
    assert left
    assert not [one.dish_id for one in left if one.kind in kinds]


def test_a_vegan_at_the_table_keeps_soy_drink_in_the_porridge_of_all():
    bea = PlanRequest(Profile("f", 35), preferences=Preferences(diet="vegan"))
    asked = {"Ann": PlanRequest(Profile("f", 41)), "Bea": bea}
    dishes = {one.dish_id: one for one in cooked_for(asked, FOODS, DISHES)}
    held = {line.food_id for line in dishes["oat_rings_banana_soy"].ingredients}
    assert "soy_drink_unsweetened" in held


def test_a_week_without_gluten_holds_none_and_a_usual_one_no_food_free_from_it():
    free = plan_meals(PlanRequest(Profile("f", 41), preferences=Preferences(without=("gluten",))))
    usual = plan_meals(PlanRequest(Profile("f", 41)))
    assert free.check.passed
    assert usual.check.passed
    assert not any("gluten" in FOODS[one].allergens for one in foods_of(free))
    assert not {"tamari", "rolled_oats_gluten_free"} & foods_of(usual)
