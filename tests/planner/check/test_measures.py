from dataclasses import replace

from planner.check.judge import check_plan
from planner.check.measures import read_amount
from tests.plates import day, food, item, request, table
from tests.rows import rows

FOODS = table(food("kale"))  # a cup of 100 g
KALE = {"kale": 100.0}


def faults(served):
    days = [day(1, FOODS, breakfast=KALE, lunch=served, dinner=KALE)]
    return check_plan(days, [], FOODS, request()).faults


@rows(__file__, "the_number_of_an_amount_is")
def test_the_number_of_an_amount_is_read_from_its_words(text, number):
    assert read_amount(text) == number


@rows(__file__, "words_number_and_grams_of_a")
def test_words_number_and_grams_of_a_food_mean_the_same(servings, words, mass_g, sound):
    plain = item("kale", {"kale": mass_g}, "food")
    assert (faults(replace(plain, servings=servings, measure=words)) == ()) is sound


def test_a_dish_has_words_for_its_servings():
    dish = replace(item("soup", KALE), servings=2.0)
    (fault,) = faults(dish)
    assert fault == "Day 1, lunch, soup: the words '1 serving' stand for 2 of a measure."
