from dataclasses import replace

import pytest

from foods.food import Measure
from foods.packages import bought, spoiling_package
from planner.settings import read_settings
from tests.plates import food, table

RULE = read_settings("packages.toml")["spoil"]


def packed(name, package, mass_g, aisle, **changes):
    return replace(food(name), measures=(Measure(package, mass_g),), aisle=aisle, **changes)


KALE = packed("kale", "bunch", 200.0, "produce")
BOILED = replace(food("kale_boiled"), bought_as="kale", bought_g_per_100g=125.0)
CABBAGE = packed("cabbage", "head", 900.0, "produce")
BEANS = packed("beans", "can", 255.0, "canned_dry_beans")
PASTA = packed("pasta", "pack", 500.0, "grains_pasta")
TEA = packed("tea", "pot", 950.0, "drinks")
LOOSE = packed("carrot", "medium", 60.0, "produce")


@pytest.mark.parametrize(("one", "mass_g"), [(KALE, 200.0), (BEANS, 255.0)])
def test_fresh_packages_and_opened_cans_spoil(one, mass_g):
    assert spoiling_package(one, RULE).mass_g == mass_g


@pytest.mark.parametrize("one", [CABBAGE, PASTA, TEA, LOOSE])
def test_what_keeps_is_brewed_or_comes_loose_has_no_package_that_spoils(one):
    assert spoiling_package(one, RULE) is None


def test_a_food_that_needs_no_buying_change_is_bought_as_itself():
    assert bought(KALE, 50.0, table(KALE)) == (KALE, 50.0)


def test_a_cooked_food_opens_the_package_of_what_is_bought_for_it():
    foods = table(KALE, BOILED, PASTA)
    # 100 g boiled are 125 g of a bunch of 200 g
    assert bought(BOILED, 100.0, foods) == (KALE, 125.0)
