"""Which food a name of a diary means: surely one, or none and what it may be."""

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.diary.names import NameBook
from planner.language.spoken import speaking

BOOK = NameBook(read_embedded_foods(), read_embedded_dishes())


@pytest.mark.parametrize(
    ("name", "food_id", "how"),
    [
        ("pumpkin_seeds", "pumpkin_seeds", "id"),
        ("Bananas, Raw", "banana", "words"),
        ("Oats, Rolled, Dry", "rolled_oats", "name"),
        ("rolled oats", "rolled_oats", "name"),  # they are written down as they are weighed
        ("Spinach, raw", "spinach_raw", "name"),
        ("acorn squash", "acorn_squash_baked", "as_eaten"),
        ("eggs", "egg_in_dish", "as_eaten"),
        ("Black beans, canned, drained", "black_beans_canned", "name"),
    ],
)
def test_a_name_of_one_food_is_matched(name, food_id, how):
    match = BOOK.find(name)
    assert (match.kind, match.item_id, match.how) == ("food", food_id, how)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("milk", {"milk_lowfat", "milk_whole"}),
        ("spinach", {"spinach_raw", "spinach_cooked"}),
        ("potatoes", {"potato_baked", "potato_boiled"}),
        ("red lentils", {"red_lentils_dry"}),  # a cup of them dry is two and a half cooked
        ("salmon", {"salmon_cooked", "smoked_salmon"}),
    ],
)
def test_a_name_of_several_is_not_guessed(name, near):
    match = BOOK.find(name)
    assert not match.item_id
    assert near <= {*match.near}
    assert "several" in match.why


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


def test_a_name_of_the_language_that_is_spoken_is_read():
    with speaking("de"):
        assert BOOK.find("Kürbiskerne, naturbelassen").item_id == "pumpkin_seeds_raw"
        assert BOOK.find("Banane").item_id == "banana"
        assert "milk_whole" in BOOK.find("Milch").near
