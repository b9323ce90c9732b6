"""Which food a name of a diary means: surely one, or none and what it may be."""

import pytest

from foods.embedded import read_embedded_foods, read_lookup_foods
from planner.candidates.dish import read_embedded_dishes
from planner.diary.names import NameBook

BOOK = NameBook(read_embedded_foods(), read_embedded_dishes())
LOOKUP = NameBook(read_lookup_foods(), ())


@pytest.mark.parametrize(
    ("name", "food_id", "how"),
    [
        ("pumpkin_seeds", "pumpkin_seeds", "id"),
        ("Bananas, Raw", "banana", "name"),
        ("Oats, Rolled, Dry", "rolled_oats", "name"),
        ("rolled oats", "rolled_oats", "name"),  # they are written down as they are weighed
        ("Spinach, raw", "spinach_raw", "name"),
        ("Black beans, canned, drained", "black_beans_canned", "name"),
        ("semi-skimmed milk", "milk_reduced_fat", "name"),
        ("milk, 2 %", "milk_reduced_fat", "name"),
        ("fat-free yoghurt", "yogurt_nonfat", "name"),
        ("wholemeal toast", "bread_whole_wheat", "usual"),
        ("brocoli", "broccoli_cooked", "words"),
        ("tinned chickpeas", "chickpeas_canned", "name"),
        ("dry pasta", "pasta_dry", "name"),
    ],
)
def test_a_name_of_one_food_is_matched(name, food_id, how):
    match = BOOK.find(name)
    assert (match.kind, match.item_id, match.how) == ("food", food_id, how)


@pytest.mark.parametrize(
    ("name", "food_id", "near"),
    [
        ("milk", "milk_reduced_fat", {"milk_lowfat", "milk_whole"}),
        ("spinach", "spinach_raw", {"spinach_cooked"}),
        ("potatoes", "potato_boiled", {"potato_baked"}),
        ("white rice", "white_rice_cooked", {"basmati_rice_cooked"}),
        ("eggs", "egg_hard_boiled", {"egg_fried"}),
        ("salmon", "salmon_cooked", {"salmon_wild_cooked", "smoked_salmon"}),
    ],
)
def test_of_several_foods_the_usual_one_is_taken_and_the_others_are_listed(name, food_id, near):
    match = BOOK.find(name)
    assert match.item_id == food_id
    assert match.sure < 1
    assert near <= {*match.near}


def test_words_that_nobody_knows_are_left_out_only_before_a_name():
    assert BOOK.find("Grandfather's whole milk").item_id == "milk_whole"
    assert BOOK.find("Grandfather's whole milk").sure < 0.8
    assert not BOOK.find("milk zabaglione").item_id


@pytest.mark.parametrize("name", ["raw milk", "unpasteurized milk", "farm milk"])
def test_milk_from_the_farm_has_all_of_its_fat(name):
    assert BOOK.find(name).item_id == "milk_whole"


def test_a_stand_in_is_listed_and_not_taken():
    match = LOOKUP.find("apfelschorle")
    assert (match.item_id, match.near[0]) == ("", "apple_juice")


def test_a_recipe_counts_only_under_its_whole_name():
    assert BOOK.find("Avocado toast with poached eggs").kind == "dish"
    assert not BOOK.find("avocado toast").item_id


def test_what_may_be_meant_is_like_it():
    assert not [one for one in BOOK.find("KitKat").near if one.startswith("water_")]


def test_what_nothing_is_called_is_matched_to_nothing():
    match = BOOK.find("unobtainium surprise")
    assert (match.kind, match.item_id) == ("", "")
    assert "none of our foods or dishes" in match.why


def test_a_dish_is_found_by_its_id_and_by_its_whole_name():
    dish = next(iter(BOOK.dishes.values()))
    for name in (dish.dish_id, dish.name, dish.name.upper()):
        match = BOOK.find(name, is_dish=True)
        assert (match.kind, match.item_id) == ("dish", dish.dish_id)


def test_dishes_that_have_the_word_in_their_name_are_listed():
    assert "pizza" in " ".join(BOOK.find("pizza").near)
