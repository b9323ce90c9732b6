from dataclasses import replace

import pytest

from planner.check.judge import check_plan
from planner.check.measures import read_amount
from tests.plates import day, food, item, request, table

FOODS = table(food("kale"))  # a cup of 100 g
KALE = {"kale": 100.0}


def faults(served):
    days = [day(1, FOODS, breakfast=KALE, lunch=served, dinner=KALE)]
    return check_plan(days, [], FOODS, request()).faults


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 cup", 1.0),
        ("1 1/2 cups", 1.5),
        ("1/4 cup", 0.25),
        ("0.6 cup", 0.6),
        ("2 tbsp", 2.0),
        ("cups", None),
        ("1/0 cup", None),
        ("", None),
    ],
)
def test_the_number_of_an_amount_is_read_from_its_words(text, number):
    assert read_amount(text) == number


@pytest.mark.parametrize(
    ("servings", "words", "mass_g", "sound"),
    [
        (1.5, "1 1/2 cups", 150.0, True),
        (0.33, "1/3 cup", 33.0, True),
        (1.5, "1 1/2 cups", 150.5, True),  # grams are printed whole
        (1.5, "1 1/2 cups", 150.6, False),
        (1.5, "1 1/2 mugs", 150.0, False),  # another measure than the food has
        (1.5, "2 cups", 150.0, False),  # the words say more than the number
        (1.5, "1 1/2 cups", 180.0, False),  # and the grams more than both
        (1.5, "a few cups", 150.0, False),
    ],
)
def test_words_number_and_grams_of_a_food_mean_the_same(servings, words, mass_g, sound):
    plain = item("kale", {"kale": mass_g}, "food")
    assert (faults(replace(plain, servings=servings, measure=words)) == ()) is sound


def test_a_dish_has_words_for_its_servings():
    dish = replace(item("soup", KALE), servings=2.0)
    (fault,) = faults(dish)
    assert fault == "Day 1, lunch, soup: the words '1 serving' stand for 2 of a measure."
