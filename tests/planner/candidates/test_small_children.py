"""What could choke a small child is found in a dish, and what makes it safe is believed."""

from dataclasses import replace

import pytest

from foods.embedded import parse_toml_once, read_data_text, read_embedded_foods
from planner.candidates.dish import Dish, Ingredient, read_embedded_dishes
from planner.candidates.exchanges import with_exchanges
from planner.candidates.small_children import hazards_of, is_for_small_children

FOODS = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
RULES = parse_toml_once(read_data_text("choking.toml"))
PLATE = Dish(
    "plate", "Plate", "snack", ("snack",), "any", "", 1, 100.0, 5, 5, "none", "none",
    frozenset(), 0, 1, "half", (Ingredient("banana", 100.0, "1 small"),), ("Serve it.",),
)  # fmt: skip


def plate_with(food_id, measure="", step="Serve it."):
    line = Ingredient(food_id, 30.0, measure)
    return replace(PLATE, ingredients=(*PLATE.ingredients, line), steps=(step,))


def test_a_dish_without_a_hazard_is_for_small_children_unless_it_is_hot():
    assert is_for_small_children(PLATE, FOODS)
    assert not is_for_small_children(replace(PLATE, tags=frozenset({"spicy"})), FOODS)


@pytest.mark.parametrize(
    "food_id", ["grapes", "almonds", "carrot_raw", "popcorn", "raisins", "pumpkin_seeds"]
)
def test_a_hazard_is_named_with_its_remedy(food_id):
    (found,) = hazards_of(plate_with(food_id), FOODS)
    assert (found.food_id, found.name) == (food_id, FOODS[food_id].name)
    assert found.remedy
    assert not is_for_small_children(plate_with(food_id), FOODS)


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


def test_files_say_which_are_for_small_children_and_no_others():
    said = {one.dish_id for one in DISHES.values() if "under_5" in one.tags}
    assert said == {one.dish_id for one in DISHES.values() if is_for_small_children(one, FOODS)}


def test_no_exchange_brings_what_a_small_child_could_choke_on():
    made = [
        exchanged
        for dish in DISHES.values()
        for line in dish.ingredients
        for exchanged in with_exchanges([dish], [frozenset({line.food_id})])
        if "under_5" in exchanged.tags
    ]
    assert len(made) > 1000
    assert not [one.dish_id for one in made if hazards_of(one, FOODS)]


def test_every_hazard_names_its_source_and_foods_that_exist():
    named = {food_id for rule in RULES["hazard"] for food_id in rule["foods"]}
    assert {rule["source"] for rule in RULES["hazard"]} == set(RULES["sources"])
    assert named <= {food.food_id for food in FOODS}
