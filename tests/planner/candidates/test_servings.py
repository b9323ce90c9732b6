"""Portions are amounts of a kitchen, and what is printed is what is counted."""

from dataclasses import replace

import pytest

from foods.food import Measure, Serving
from planner.candidates.dish import Dish, Ingredient
from planner.candidates.servings import (
    dish_portions,
    food_portions,
    in_words,
    kitchen_mass,
    mass_per_food,
)
from tests.plates import food

SOUP = Dish(
    "soup", "Soup", "main", ("lunch",), "any", "", 4, 1000.0, 30, 10, "none", "none",
    frozenset(), 2, 1, "half",
    (Ingredient("beans", 500.0, "3 cups"), Ingredient("oil", 10.0, "2 tsp"),
     Ingredient("bay_leaf", 0.2, "1 leaf"), Ingredient("oil", 6.0, "1 tsp")),
    ("Cook it for 20 minutes.",),
)  # fmt: skip


def test_a_dish_is_served_by_halves_of_a_serving():
    portions = dish_portions(SOUP)
    assert [one.servings for one in portions] == [0.5, 1.0, 1.5, 2.0]
    assert [one.measure for one in portions] == [
        "1/2 serving",
        "1 serving",
        "1 1/2 servings",
        "2 servings",
    ]


def test_a_dish_that_cannot_be_halved_is_served_whole():
    assert [one.servings for one in dish_portions(replace(SOUP, portions="whole"))] == [1.0, 2.0]


def test_masses_of_a_portion_are_shares_of_the_recipe_as_printed():
    # one of four servings: 125 g beans, 16 / 4 = 4 g oil, 0.05 g bay leaf shown as 0.1 g
    portion = dish_portions(SOUP)[1]
    assert portion.ingredients == (("beans", 125.0), ("oil", 4.0), ("bay_leaf", 0.1))
    assert portion.mass_g == 129.1


def test_a_food_on_two_lines_of_a_recipe_is_one_mass():
    assert mass_per_food(SOUP) == {"beans": 500.0, "oil": 16.0, "bay_leaf": 0.2}


def test_a_food_is_served_in_steps_of_its_measure():
    # 1/2, 1 and 1 1/2 cups of 85 g: 42.5 g prints as 42 g, 127.5 g as 128 g (halves go to even)
    peas = replace(food("peas"), serving=Serving(Measure("cup", 85.0), 0.5, 0.5, 1.5, 7, {"lunch"}))
    portions = food_portions(peas)
    assert [one.measure for one in portions] == ["1/2 cup", "1 cup", "1 1/2 cups"]
    assert [one.mass_g for one in portions] == [42.0, 85.0, 128.0]


@pytest.mark.parametrize(
    ("mass_g", "printed_g"),
    [(0.01, 0.1), (0.25, 0.2), (3.14, 3.1), (9.96, 10.0), (10.4, 10.0), (123.6, 124.0)],
)
def test_a_mass_is_whole_grams_or_tenths_below_ten_and_never_nothing(mass_g, printed_g):
    assert kitchen_mass(mass_g) == printed_g


@pytest.mark.parametrize(
    ("number", "measure", "words"),
    [
        (0.25, "cup", "1/4 cup"),
        (1, "cup", "1 cup"),
        (2, "cup", "2 cups"),
        (1.5, "tbsp", "1 1/2 tbsp"),
        (0.67, "cup", "2/3 cup"),
        (2.33, "slice", "2 1/3 slices"),
        (1.4, "cup", "1.4 cups"),
        (2, "leaf", "2 leaves"),
        (3, "half", "3 halves"),
        (2, "patty", "2 patties"),
        (2, "glass", "2 glasses"),
        (2, "medium", "2 medium"),
    ],
)
def test_an_amount_is_written_as_a_cook_would(number, measure, words):
    assert in_words(number, measure) == words
