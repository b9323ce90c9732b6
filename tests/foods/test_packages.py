from dataclasses import replace

from foods.food import Measure
from foods.packages import bought
from tests.plates import food, table


def packed(name, package, mass_g, aisle, **changes):
    return replace(food(name), measures=(Measure(package, mass_g),), aisle=aisle, **changes)


KALE = packed("kale", "bunch", 200.0, "produce")
BOILED = replace(food("kale_boiled"), bought_as="kale", bought_g_per_100g=125.0)
PASTA = packed("pasta", "pack", 500.0, "grains_pasta")


def test_a_food_that_needs_no_buying_change_is_bought_as_itself():
    assert bought(KALE, 50.0, table(KALE)) == (KALE, 50.0)


def test_a_cooked_food_opens_the_package_of_what_is_bought_for_it():
    foods = table(KALE, BOILED, PASTA)
    # 100 g boiled are 125 g of a bunch of 200 g
    assert bought(BOILED, 100.0, foods) == (KALE, 125.0)
