"""People name foods in their own way; the program finds them or asks."""

import pytest

from foods.embedded import read_embedded_foods, read_lookup_foods
from foods.errors import FoodNotFoundError
from foods.find import find_food, near_foods, search_foods


@pytest.mark.parametrize("text", ["brown_rice_cooked", "Brown rice cooked", " BROWN_rice_Cooked "])
def test_a_food_is_found_by_its_id_whatever_its_capitals(text):
    assert find_food(read_embedded_foods(), text).food_id == "brown_rice_cooked"


def test_a_food_is_found_by_its_name():
    assert find_food(read_embedded_foods(), "baked sweet potato").food_id == "sweet_potato_baked"


def test_a_base_with_one_food_is_that_food():
    assert find_food(read_embedded_foods(), "brazil nut").food_id == "brazil_nuts"


def test_a_base_with_several_foods_is_listed_and_never_guessed():
    with pytest.raises(FoodNotFoundError, match=r"can be several foods.*milk_lowfat.*milk_whole"):
        find_food(read_embedded_foods(), "milk")


def test_an_unknown_food_offers_the_nearest():
    with pytest.raises(FoodNotFoundError, match=r"the nearest: .*spinach_raw"):
        find_food(read_embedded_foods(), "spinnach")


def test_nonsense_says_how_to_search():
    with pytest.raises(FoodNotFoundError, match="magplan foods search"):
        find_food(read_embedded_foods(), "%%%")


def test_each_word_of_a_search_must_occur():
    found = [food.food_id for food in search_foods(read_embedded_foods(), "beans black")]
    assert found[0].startswith("black_beans")
    assert all("black" in food_id and "bean" in food_id for food_id in found)


def test_a_group_can_be_searched():
    assert len(search_foods(read_embedded_foods(), "leafy greens")) >= 10


@pytest.mark.parametrize("typed", ["spinnach_raw", "Spinach row", "SPINNACH"])
def test_a_misspelt_id_or_name_is_answered_with_the_food_that_was_meant(typed):
    assert "spinach_raw" in {food.food_id for food in near_foods(read_embedded_foods(), typed)}


def test_what_no_plan_has_is_not_taken_for_another_food():
    with pytest.raises(FoodNotFoundError, match="'baked beans' is"):
        find_food(read_embedded_foods(), "baked beans")
    assert find_food(read_lookup_foods(), "baked beans").food_id == "baked_beans"
