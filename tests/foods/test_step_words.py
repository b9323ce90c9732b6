"""The steps of a dish name all that is in its list, and no food that is not."""

from dataclasses import replace

import pytest

from planner.candidates.dish import read_embedded_dishes
from tests.foods.step_words import FOODS, TABLE, food_words, names, said_in

DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}


def held(dish):
    """Every word by which something in the list may be called."""
    return set().union(*(names(line.food_id) for line in dish.ingredients))


def not_in_the_list(dish):
    """Words of the steps that name a food, and nothing in the list."""
    return (said_in(dish) & food_words()) - held(dish)


def not_in_the_steps(dish):
    """Foods of the list that no word of the steps names."""
    said = said_in(dish)
    return [line.food_id for line in dish.ingredients if not names(line.food_id) & said]


def without(dish, food_id):
    lines = tuple(line for line in dish.ingredients if line.food_id != food_id)
    return replace(dish, ingredients=lines)


def test_every_food_that_the_steps_name_stands_in_the_list():
    found = {dish.dish_id: not_in_the_list(dish) for dish in DISHES.values()}
    assert {dish_id: words for dish_id, words in found.items() if words} == {}


def test_every_line_of_the_list_is_named_in_the_steps():
    found = {dish.dish_id: not_in_the_steps(dish) for dish in DISHES.values()}
    assert {dish_id: foods for dish_id, foods in found.items() if foods} == {}


@pytest.mark.parametrize(
    ("dish_id", "food_id", "word"),
    [
        ("pan_con_tomate", "garlic", "garlic"),
        ("scrambled_eggs_buttered_toast", "milk_lowfat", "milk"),
        ("haddock_chowder", "haddock_cooked", "haddock"),
        ("garlic_bread_parsley", "parsley_fresh", "parsley"),
        ("steamed_white_rice", "salt", "salt"),
    ],
)
def test_a_line_that_is_taken_out_is_missed_by_its_word(dish_id, food_id, word):
    assert word in not_in_the_list(without(DISHES[dish_id], food_id))


def test_nearly_every_line_of_every_dish_would_be_missed():
    lines = [(dish, line.food_id) for dish in DISHES.values() for line in dish.ingredients]
    caught = sum(bool(not_in_the_list(without(dish, food_id))) for dish, food_id in lines)
    assert caught > TABLE["least_caught"] * len(lines)


def test_no_dish_can_lose_all_but_one_of_its_lines_unseen():
    for dish in DISHES.values():
        left = replace(dish, ingredients=dish.ingredients[:1])
        assert len(dish.ingredients) == 1 or not_in_the_list(left), dish.dish_id


def test_a_line_that_no_step_names_is_found():
    dish = DISHES["pan_con_tomate"]
    more = replace(dish.ingredients[0], food_id="cod_cooked")
    assert not_in_the_steps(replace(dish, ingredients=(*dish.ingredients, more))) == ["cod_cooked"]


def test_the_table_excuses_nothing_that_no_dish_says():
    texts = {dish_id: " ".join(dish.steps).lower() for dish_id, dish in DISHES.items()}
    unsaid = [one for one in TABLE["likenesses"] if not any(one in text for text in texts.values())]
    unmade = [one for one, made in TABLE["made"].items() if not all(w in texts[one] for w in made)]
    known = {key for food in FOODS for key in (food.food_id, food.base, food.group)}
    assert (unsaid, unmade, set(TABLE["also"]) - known) == ([], [], set())
