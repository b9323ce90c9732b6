"""What could choke a small child is found in a dish, and what makes it safe is believed."""

from dataclasses import replace

import pytest

from foods.embedded import parse_toml_once, read_data_text, read_embedded_foods
from planner.candidates.dish import Dish, Ingredient, read_embedded_dishes
from planner.candidates.exchanges import with_exchanges
from planner.candidates.names import find_left_out
from planner.candidates.small_children import CHEWING, CHOKING, hazards_of, is_free_of, is_hazard

FOODS = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
PLATE = Dish(
    "plate", "Plate", "snack", ("snack",), "any", "", 1, 100.0, 5, 5, "none", "none",
    frozenset(), 0, 1, "half", (Ingredient("banana", 100.0, "1 small"),), ("Serve it.",),
)  # fmt: skip


def plate_with(food_id, measure="", step="Serve it."):
    line = Ingredient(food_id, 30.0, measure)
    return replace(PLATE, ingredients=(*PLATE.ingredients, line), steps=(step,))


def test_a_dish_without_a_hazard_is_for_small_children_unless_it_is_hot():
    assert is_free_of(CHOKING, PLATE, FOODS)
    assert not is_free_of(CHOKING, replace(PLATE, tags=frozenset({"spicy"})), FOODS)


@pytest.mark.parametrize(
    "food_id", ["grapes", "almonds", "carrot_raw", "popcorn", "raisins", "pumpkin_seeds"]
)
def test_a_hazard_is_named_with_its_remedy(food_id):
    (found,) = hazards_of(plate_with(food_id), FOODS)
    assert (found.food_id, found.name) == (food_id, FOODS[food_id].name)
    assert found.remedy
    assert not is_free_of(CHOKING, plate_with(food_id), FOODS)


@pytest.mark.parametrize(
    ("food_id", "measure", "step"),
    [
        ("grapes", "10, quartered", "Serve it."),
        ("grapes", "10", "Quarter the grapes and mash the banana."),
        ("walnuts", "2 Tbsp, ground", "Serve it."),
        ("carrot_raw", "1 small", "Grate the carrot finely."),
        ("raisins", "2 Tbsp", "Soak the raisins."),
        ("cherries", "10", "Pit and crush the cherries."),
    ],
)
def test_what_is_cut_ground_or_soaked_is_none(food_id, measure, step):
    assert hazards_of(plate_with(food_id, measure, step), FOODS) == ()


@pytest.mark.parametrize(
    ("food_id", "step"),
    [
        ("grapes", "Mash the banana, and put the grapes on top."),
        ("walnuts", "Stir in the ground coriander and scatter the whole walnuts."),
        ("grapes", "Halve the grapes."),
    ],
)
def test_a_word_about_something_else_makes_nothing_safe(food_id, step):
    assert hazards_of(plate_with(food_id, "", step), FOODS)


def test_shipped_dishes_for_small_children_are_enough():
    kinds = [d.kind for d in DISHES.values() if "under_5" in d.tags]
    assert kinds.count("main") >= 100
    assert kinds.count("breakfast") >= 25
    assert "under_5" not in DISHES["hummus_carrot_sticks"].tags


TAGS = [("under_5", CHOKING), ("soft", CHEWING)]


@pytest.mark.parametrize(("tag", "file"), TAGS)
def test_files_say_which_dishes_are_free_of_hazards_and_no_others(tag, file):
    said = {one.dish_id for one in DISHES.values() if tag in one.tags}
    assert said == {one.dish_id for one in DISHES.values() if is_free_of(file, one, FOODS)}


@pytest.mark.parametrize(("tag", "file"), TAGS)
def test_no_exchange_brings_a_hazard(tag, file):
    made = [
        exchanged
        for dish in DISHES.values()
        for line in dish.ingredients
        for exchanged in with_exchanges([dish], [frozenset({line.food_id})])
        if tag in exchanged.tags
    ]
    assert len(made) > 400
    assert not [one.dish_id for one in made if hazards_of(one, FOODS, file)]


def test_soft_dishes_are_enough_for_a_plan_of_nothing_else():
    soft = [one for one in DISHES.values() if "soft" in one.tags]
    kinds = [one.kind for one in soft]
    assert (kinds.count("main") >= 90, kinds.count("breakfast") >= 15) == (True, True)
    hard = {"curd_rice_pomegranate", "cobb_salad", "hummus_carrot_sticks"}
    assert hard <= DISHES.keys()
    assert hard.isdisjoint(one.dish_id for one in soft)


@pytest.mark.parametrize(
    ("food_id", "step", "is_soft"),
    [
        ("celery_raw", "Simmer all of it.", True),
        ("celery_raw", "Serve it.", False),
        ("cucumber", "Simmer the rice, and lay the raw sticks beside it.", False),
        ("bread_sourdough", "Serve it.", False),
        ("banana", "Fry it until crisp.", False),
    ],
)
def test_what_is_hard_to_chew_is_soft_only_where_the_steps_make_it_so(food_id, step, is_soft):
    assert is_free_of(CHEWING, plate_with(food_id, step=step), FOODS) == is_soft


def test_hard_to_chew_are_dishes_without_the_tag_and_its_foods_by_themselves():
    found = find_left_out("hard to chew", FOODS, DISHES.values())
    hard = {one.dish_id for one in DISHES.values() if "soft" not in one.tags}
    assert found.dish_ids == hard | {one.food_id for one in FOODS if is_hazard(CHEWING, one)}
    assert {"apple", "popcorn", "raisins", "walnuts", "bread_rye"} <= found.dish_ids
    assert not found.food_ids  # walnuts are ground in a dish that is soft


@pytest.mark.parametrize("file", [CHOKING, CHEWING])
def test_every_hazard_names_its_source_and_foods_that_exist(file):
    rules = parse_toml_once(read_data_text(file))
    named = {food_id for rule in rules["hazard"] for food_id in rule["foods"]}
    assert {rule["source"] for rule in rules["hazard"]} == set(rules["sources"])
    assert named <= {food.food_id for food in FOODS}
