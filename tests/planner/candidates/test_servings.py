"""Portions are amounts of a kitchen, and what is printed is what is counted."""

from dataclasses import replace

import pytest

from foods.food import Measure, UsualServing
from planner.candidates.dish import Dish, Ingredient
from planner.candidates.servings import (
    dish_portions,
    food_portions,
    in_words,
    kitchen_mass,
    mass_per_food,
    odd_pieces,
)
from planner.settings import read_settings
from tests.plates import food, table

SOUP = Dish(
    "soup", "Soup", "main", ("lunch",), "any", "", 4, 1000.0, 30, 10, "none", "none",
    frozenset(), 2, 1, "half",
    (Ingredient("beans", 500.0, "3 cups"), Ingredient("oil", 10.0, "2 tsp"),
     Ingredient("bay_leaf", 0.2, "1 leaf"), Ingredient("oil", 6.0, "1 tsp")),
    ("Cook it for 20 minutes.",),
)  # fmt: skip

PITA = replace(food("pita", group="bread"), measures=(Measure("pita", 60.0),))
EGG = replace(food("egg_fried", group="egg"), measures=(Measure("large", 50.0),))
TABLE = table(food("beans"), food("oil"), food("bay_leaf"), PITA, EGG)


def soup_with(food_id, mass_g, measure, **words):
    """Give the soup for four with one more thing in it."""
    line = Ingredient(food_id, mass_g, measure, **words)
    return replace(SOUP, ingredients=(*SOUP.ingredients, line))


def offered(dish):
    return [one.servings for one in dish_portions(dish, TABLE)]


def test_a_dish_is_served_by_quarters_of_a_serving():
    portions = dish_portions(SOUP, TABLE)
    assert [one.servings for one in portions] == [0.5, 0.75, 1.0, 1.25, 1.5, 2.0]
    assert [one.measure for one in portions] == [
        "1/2 serving",
        "3/4 serving",
        "1 serving",
        "1 1/4 servings",
        "1 1/2 servings",
        "2 servings",
    ]


def test_a_dish_that_cannot_be_halved_is_served_whole():
    assert offered(replace(SOUP, portions="whole")) == [1.0, 2.0]


def test_a_dish_may_list_its_own_portions():
    assert offered(replace(SOUP, portions=(0.5, 1.25))) == [0.5, 1.25]


def test_bread_comes_in_whole_pieces():
    # 4 pitas for 4: one or two; 8: a half of a serving is one, one and a half are three
    assert offered(soup_with("pita", 240.0, "4 pitas")) == [1.0, 2.0]
    assert offered(soup_with("pita", 480.0, "8 pitas")) == [0.5, 1.0, 1.5, 2.0]
    assert odd_pieces(soup_with("pita", 360.0, "6 pitas"), TABLE, 0.5) == ("pita",)


def test_fruit_that_is_counted_is_eaten_whole_and_the_rest_by_its_step():
    step = UsualServing(Measure("medium", 180.0), 0.5, 0.5, 2.0, 7, {"snack"})
    apple = replace(food("apple", group="fruit"), serving=step)
    assert [one.measure for one in food_portions(apple)] == ["1 medium", "2 medium"]
    potato = replace(apple, group="starchy_vegetables")
    assert [one.servings for one in food_portions(potato)] == [0.5, 1.0, 1.5, 2.0]
    half = replace(apple, serving=replace(step, most=0.5))  # of a grapefruit
    assert [one.servings for one in food_portions(half)] == [0.5]


def test_a_fried_egg_stays_whole():
    assert offered(soup_with("egg_fried", 200.0, "4 large")) == [1.0, 2.0]


def test_a_recipe_may_name_the_mass_of_its_pieces_or_keep_them_whole():
    # 8 pitas of 90 g: 90 g each, as good as 8 of 60 g
    assert offered(soup_with("pita", 720.0, "8 pitas of 90 g")) == [0.5, 1.0, 1.5, 2.0]
    assert offered(soup_with("pita", 240.0, "4 pitas", whole=True)) == [1.0, 2.0]


def test_one_serving_is_always_offered():
    # 3 fried eggs for 4: only four servings would come out whole, and nobody eats those
    assert offered(soup_with("egg_fried", 150.0, "3 large")) == [1.0]


def test_every_rule_of_pieces_names_its_source():
    settings = read_settings("meals/portions.toml")
    rows = [settings["servings"], settings["count"], *settings["pieces"], settings["alone"]]
    assert {row["source"] for row in rows} == set(settings["sources"])


def test_masses_of_a_portion_are_shares_of_the_recipe_as_printed():
    # one of four servings: 125 g beans, 16 / 4 = 4 g oil, 0.05 g bay leaf shown as 0.1 g
    portion = next(one for one in dish_portions(SOUP, TABLE) if one.servings == 1)
    assert portion.ingredients == (("beans", 125.0), ("oil", 4.0), ("bay_leaf", 0.1))
    assert portion.mass_g == 129.1


def test_a_food_on_two_lines_of_a_recipe_is_one_mass():
    assert mass_per_food(SOUP) == {"beans": 500.0, "oil": 16.0, "bay_leaf": 0.2}


def test_a_food_is_served_in_steps_of_its_measure():
    # 1/2, 1 and 1 1/2 cups of 85 g: 42.5 g prints as 42 g, 127.5 g as 128 g (halves go to even)
    peas = replace(
        food("peas"), serving=UsualServing(Measure("cup", 85.0), 0.5, 0.5, 1.5, 7, {"lunch"})
    )
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
