from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from foods.food import Measure, UsualServing
from planner.kitchen.measures import NEAR, kitchen_amount
from tests.plates import food


def measured(own, *measures, group="vegetables", aisle="produce"):
    """Give a food with (name, grams) measures, served in the one called ``own``."""
    known = tuple(Measure(name, mass_g) for name, mass_g in measures)
    serving = UsualServing(next(one for one in known if one.name == own), 1, 1, 2, 7, frozenset())
    return replace(food("thing", group=group), aisle=aisle, measures=known, serving=serving)


OIL = measured("tbsp", ("tbsp", 13.5), group="fat_oil")
RICE = measured("cup", ("cup", 160.0))
EGG = measured("large", ("large", 50.0))
SALT = measured("tsp", ("tsp", 6.0), group="herb_spice")


@pytest.mark.parametrize(
    ("thing", "mass_g", "words"),
    [
        (RICE, 120.0, "3/4 cup"),
        (RICE, 240.0, "1 1/2 cups"),
        (RICE, 53.0, "1/3 cup"),
        (RICE, 2560.0, "16 cups"),  # what a week drinks is still measured
        (OIL, 20.0, "1 1/2 tbsp"),
        (OIL, 4.5, "1 tsp"),  # a third of a spoon of 13.5 g
        (EGG, 100.0, "2 large"),
        (EGG, 76.0, "1 1/2 large"),
        (SALT, 0.8, "1/8 tsp"),  # 0.75 g
        (SALT, 2.2, "1/3 tsp"),  # 2 g; 1.5 g and 3 g are more than 15 % off
        (SALT, 0.3, "1 pinch"),
    ],
)
def test_masses_become_what_a_cook_would_say(thing, mass_g, words):
    assert kitchen_amount(thing, mass_g) == words


def test_a_mass_that_no_measure_comes_near_to_has_no_words():
    assert kitchen_amount(EGG, 17.0) == ""  # a third of an egg; half of one is 25 g


def test_metric_kitchens_measure_drinks_in_millilitres_and_nothing_in_cups():
    milk = measured("cup", ("cup", 244.0), group="milk")
    assert kitchen_amount(milk, 244.0, "metric") == "240 ml"  # 236.588 ml to a cup
    assert kitchen_amount(RICE, 160.0, "metric") == ""
    assert kitchen_amount(OIL, 13.5, "metric") == "1 tbsp"


def test_half_of_a_half_is_a_quarter():
    avocado = measured("half", ("half", 68.0))
    words = [kitchen_amount(avocado, mass_g) for mass_g in (34.0, 68.0, 136.0)]
    assert words == ["1/4", "1/2", "1 whole"]


def test_ground_meat_is_weighed_and_never_counted_in_patties():
    beef = read_embedded_foods()["ground_beef_lean_cooked"]
    assert kitchen_amount(beef, 75.0) == "2 1/2 oz"  # 71 g
    assert kitchen_amount(beef, 75.0, "metric") == ""


def test_words_are_never_further_off_than_they_may_be():
    for one in read_embedded_foods():
        for measure in one.measures:
            words = kitchen_amount(one, 1.5 * measure.mass_g)
            number, _, name = words.rpartition(" ")
            if number in ("1", "2", "3") and name == measure.name != "pinch":
                assert abs(int(number) - 1.5) <= NEAR * 1.5
