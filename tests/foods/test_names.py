"""Foods are found by names as people write them."""

import pytest

from foods.embedded import read_embedded_foods, read_lookup_foods
from foods.errors import FoodNotFoundError
from foods.find import find_food, near_foods
from foods.line_mass import usual_foods
from foods.name_reader import food_reader, name_words
from foods.recipe_line import read_words
from tests.rows import rows

READER = food_reader(read_embedded_foods())
NAMES = food_reader(read_lookup_foods())


@rows(__file__, "two_spellings_are_the_same_words")
def test_two_spellings_are_the_same_words(one, other):
    assert sorted(name_words(one)) == sorted(name_words(other))


@rows(__file__, "a_name_is_found_whatever_stands")
def test_a_name_is_found_whatever_stands_around_it(name, food_id):
    found = READER.find(name, usual_foods())
    assert found.item_ids[0] == food_id


@rows(__file__, "a_name_that_sounds_like_another")
def test_a_name_that_sounds_like_another_is_read_as_itself(name, food_id):
    assert NAMES.find(name, usual_foods()).item_ids[0] == food_id


@rows(__file__, "a_name_that_only_sounds_like")
def test_a_name_that_only_sounds_like_one_of_ours_is_none(name):
    assert NAMES.find(name, usual_foods()).item_ids == ()


def test_words_of_foods_that_we_lack_are_in_no_name_of_ours():
    known = {word for food in read_lookup_foods() for word in name_words(food.name)}
    known |= {word for words in usual_foods() for word in words}
    assert not known.intersection(read_words()["words"]["lacked"])


@pytest.mark.parametrize(
    "name", ["zabaglione", "milk zabaglione", "%%%", "", "grandma's big secret pie"]
)
def test_what_nothing_is_called_is_found_nowhere(name):
    assert READER.find(name, usual_foods()).item_ids == ()


def test_what_had_to_be_mended_or_left_out_is_less_sure():
    whole, mended, partly = (
        READER.find(name).sure for name in ("tahini", "tahinni", "Zorblax tahini")
    )
    assert whole > mended > partly > 0


@pytest.mark.parametrize("text", ["brown_rice_cooked", "Brown rice cooked", " BROWN_rice_Cooked "])
def test_a_food_is_found_by_its_id_whatever_its_capitals(text):
    assert find_food(read_embedded_foods(), text).food_id == "brown_rice_cooked"


def test_a_base_with_several_foods_is_listed_and_never_guessed():
    with pytest.raises(FoodNotFoundError, match=r"can be several foods.*milk_lowfat.*milk_whole"):
        find_food(read_embedded_foods(), "milk")


def test_an_unknown_food_offers_the_nearest():
    with pytest.raises(FoodNotFoundError, match=r"the nearest: .*spinach_raw"):
        find_food(read_embedded_foods(), "spinnach")


@pytest.mark.parametrize("typed", ["spinnach_raw", "Spinach row", "SPINNACH"])
def test_a_misspelt_id_or_name_is_answered_with_the_food_that_was_meant(typed):
    assert "spinach_raw" in {food.food_id for food in near_foods(read_embedded_foods(), typed)}


def test_what_no_plan_has_is_not_taken_for_another_food():
    with pytest.raises(FoodNotFoundError, match="'baked beans' is"):
        find_food(read_embedded_foods(), "baked beans")
    assert find_food(read_lookup_foods(), "baked beans").food_id == "baked_beans"
