import pytest

from foods.errors import FoodNotFoundError
from foods.water import find_drink, find_water

WATERS = {"tap_water": "Tap water", "water_hepar": "Hepar mineral water"}


@pytest.mark.parametrize("name", ["hepar", "water_hepar", "Hepar mineral water", " HEPAR "])
def test_a_mineral_water_is_found_by_its_id_its_brand_or_its_name(name):
    assert find_water(name, WATERS) == "water_hepar"


@pytest.mark.parametrize("name", ["tap", "tap water", "tap-water"])
def test_tap_water_is_found(name):
    assert find_water(name, WATERS) == "tap_water"


def test_an_unknown_water_offers_the_nearest():
    with pytest.raises(FoodNotFoundError, match=r"no water 'heparr'.*hepar"):
        find_water("heparr", WATERS)


DRINKS = {
    "coffee": "Coffee",
    "coffee_decaf": "Decaf coffee",
    "black_tea": "Black tea",
    "green_tea": "Green tea",
}


@pytest.mark.parametrize(
    ("name", "drink"),
    [
        ("coffee", "coffee"),  # itself, though another one has the word too
        ("Decaf", "coffee_decaf"),
        ("decaf coffee", "coffee_decaf"),
        ("green-tea", "green_tea"),
    ],
)
def test_a_drink_is_found_by_its_id_its_name_or_words_of_its_own(name, drink):
    assert find_drink(name, DRINKS) == drink


def test_a_name_of_several_drinks_is_a_question():
    with pytest.raises(FoodNotFoundError, match=r"'tea' may be one.*one of black tea, green tea$"):
        find_drink("tea", DRINKS)


def test_what_is_no_drink_is_answered_with_those_there_are():
    with pytest.raises(FoodNotFoundError, match=r"'wine' is no drink.*black tea, coffee, decaf"):
        find_drink("wine", DRINKS)
