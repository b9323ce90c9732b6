"""Names of foods as people write them: spellings, order, typing errors, words that say nothing."""

from time import perf_counter

import pytest

from foods.embedded import read_embedded_foods, read_lookup_foods
from foods.name_reader import food_reader
from foods.name_words import name_words
from foods.recipe_line import read_words
from foods.usual import usual_foods

READER = food_reader(read_embedded_foods())
NAMES = food_reader(read_lookup_foods())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("semi-skimmed milk", "Milk, 2 %"),
        ("wholemeal bread", "whole-wheat breads"),
        ("fat-free yoghurt", "nonfat yogurt"),
        ("chillies", "chilis"),
        ("peaches", "Peach"),
        ("cookies", "cookie"),
        ("Lay's", "Lay"),
    ],
)
def test_two_spellings_are_the_same_words(one, other):
    assert sorted(name_words(one)) == sorted(name_words(other))


@pytest.mark.parametrize(
    ("name", "food_id"),
    [
        ("Seeds, pumpkin, roasted, unsalted", "pumpkin_seeds"),
        ("Quaker old-fashioned oats", "rolled_oats"),
        ("cheddar chese", "cheddar"),
        ("organic red grapes", "grapes"),
        ("freshly squeezed orange juice", "orange_juice"),
        ("blue cheese", "blue_cheese"),
    ],
)
def test_a_name_is_found_whatever_stands_around_it(name, food_id):
    found = READER.find(name, usual_foods())
    assert found.item_ids[0] == food_id


@pytest.mark.parametrize(
    ("name", "food_id"),
    [
        ("almond milk", "almond_drink_unsweetened"),
        ("milk chocolate", "milk_chocolate"),
        ("chocolate milk", "chocolate_milk"),
        ("unsalted almonds", "almonds"),
        ("low-fat mozzarella cheese", "mozzarella_part_skim"),
        ("peanut butter cookie", "peanut_butter_cookies"),
        ("sweet potato fries", "sweet_potato_fries"),
        ("cream of wheat", "cream_of_wheat"),
        ("egg noodles", "egg_noodles_cooked"),
        ("grean beans", "green_beans_cooked"),
        ("quinao", "quinoa_cooked"),
        ("brusselsprouts", "brussels_sprouts_cooked"),
        ("coconut oil", "coconut_oil"),
        ("root beer", "root_beer"),
        ("PB&J", "peanut_butter_jelly_sandwich"),
    ],
)
def test_a_name_that_sounds_like_another_is_read_as_itself(name, food_id):
    assert NAMES.find(name, usual_foods()).item_ids[0] == food_id


@pytest.mark.parametrize(
    "name",
    [
        "imitation vanilla",
        "cocoa butter",
        "duck terrine",
        "casein pudding",
        "veal sweetbreads",
    ],
)
def test_a_name_that_only_sounds_like_one_of_ours_is_none(name):
    assert NAMES.find(name, usual_foods()).item_ids == ()


def test_words_of_foods_that_we_lack_are_in_no_name_of_ours():
    known = {word for one in read_lookup_foods() for word in name_words(one.name)}
    known |= {word for words in usual_foods() for word in words}
    assert not known.intersection(read_words()["words"]["lacked"])


@pytest.mark.parametrize(
    "name", ["zabaglione", "milk zabaglione", "%%%", "", "grandma's big secret pie"]
)
def test_what_nothing_is_called_is_found_nowhere(name):
    assert READER.find(name, usual_foods()).item_ids == ()


def test_what_had_to_be_mended_or_left_out_is_less_sure():
    whole, mended, partly = (
        READER.find(one).sure for one in ("tahini", "tahinni", "Zorblax tahini")
    )
    assert whole > mended > partly > 0


def test_a_name_is_read_in_few_milliseconds():
    names = ["semi skimmed milk", "brocoli", "Zorblax tahini", "chicken soup with noodles"] * 5
    READER.find(names[1])
    begun = perf_counter()
    for name in names:
        READER.find(name, usual_foods())
    assert (perf_counter() - begun) / len(names) < 0.02  # 1 ms; other work may stand beside it
