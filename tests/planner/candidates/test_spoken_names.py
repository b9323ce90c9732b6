"""Names of foods and dishes as somebody writes them in another language."""

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.names import find_left_out, find_meaning
from planner.candidates.spoken_names import in_english, read_in_any, read_spoken, search_in_any
from planner.errors import CandidatesError
from planner.language.spoken import known_languages, speaking, spoken
from planner.request.equipment import equipment_in
from planner.request.meal_phrases import read_meal_out
from planner.request.phrases import FrequencyRule
from planner.request.put import read_put
from tests.sentences import rows

FOODS, DISHES = read_embedded_foods(), read_embedded_dishes()
OTHERS = [name for name in known_languages() if name != "en"]


def read(word):
    with speaking("de"):
        return read_spoken(word, FOODS, "--without")


# words of the list that are no food: they are read in hours and amounts
NO_FOODS = ("o'clock", "half a")


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("Fisch", "fish"),
        ("NÜSSE", "nuts"),
        ("Erdnuss", "peanut"),
        ("Lachs", "salmon"),
        ("Linsen", "lentils"),
        ("Eintopf", "one pot"),
        ("Öl", "oil"),
        ("Hähnchenbrüste", "chicken breast"),
    ],
)
def test_a_german_word_is_read_as_the_english_one(word, english):
    assert read(word).english == english


def test_what_a_word_is_read_as_is_named_by_its_own_names():
    assert "Haferflocken, roh" in read("Haferflocken").names


@pytest.mark.parametrize("word", ["fish", "salmon", "tofu", "tree nuts"])
def test_a_word_that_english_has_stays_as_it_is(word):
    assert read(word) is None


def test_a_word_that_may_mean_several_things_is_asked_about():
    with pytest.raises(CandidatesError, match="may mean several things") as error:
        read("Salat")
    assert "Griechischer Salat" in error.value.remedy


def test_a_word_that_english_has_for_the_same_dishes_stays():
    assert read("Pizza") is None


def test_a_word_that_no_table_has_is_left_to_english():
    assert read("Schnurzelpurz") is None


def test_in_english_nothing_is_read_anew():
    assert read_spoken("Fisch", FOODS) is None


@pytest.mark.parametrize("name", OTHERS)
def test_each_word_for_a_kind_covers_foods(name):
    for row in rows(f"configs/languages/{name}/words.csv"):
        if row["english"] in NO_FOODS:
            continue
        try:
            found = find_left_out(row["english"], FOODS, DISHES)
        except CandidatesError:  # words of dishes and of foods: oatmeal
            found = find_meaning(row["english"], FOODS, DISHES)
        is_known = found.food_ids or found.dish_ids or equipment_in(row["english"])
        assert is_known, row


def test_flags_are_read_in_german_and_it_is_told(capsys):
    given = {
        "without": ("Fisch", "peanut"),
        "like": (("Lachs", 2),),
        "per_week": (FrequencyRule("Nüsse", ">=", 2),),
        "eater": ({"name": "Ben", "preferences": {"without": ["Milch"]}},),
    }
    with speaking("de"):
        read_so = in_english(given, print)
    assert read_so["without"] == ("fish", "peanut")
    assert read_so["like"] == (("salmon", 2),)
    assert read_so["per_week"] == (FrequencyRule("nuts", ">=", 2),)
    assert read_so["eater"][0]["preferences"]["without"] == ["milk"]
    assert "Fisch: gelesen als fish" in capsys.readouterr().out


def test_what_english_has_no_word_for_is_read_in_any_language():
    told = []
    given = {"without": ("spinat", "rice"), "like": (("linsen", 3),)}
    read_so = in_english({**given, "per_week": (FrequencyRule("eintopf", ">=", 2),)}, told.append)
    assert (read_so["without"], read_so["like"]) == (("spinach", "rice"), (("lentils", 3),))
    assert read_so["per_week"] == (FrequencyRule("one pot", ">=", 2),)
    assert told == [
        "spinat: read as spinach", "linsen: read as lentils", "eintopf: read as one pot",
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["frankfurter", "bratwurst", "schnurz"])
def test_a_word_that_english_diaries_know_is_not_taken_for_a_german_one(word):
    assert read_in_any(word, FOODS) is None


@pytest.mark.parametrize("word", ["spinat", "Linsen", "hähnchenbrüste"])
def test_foods_are_searched_by_their_names_in_any_language(word):
    assert {one.base for one in search_in_any(FOODS, word)} & {
        "spinach", "lentils", "chicken_breast", "chicken",
    }  # fmt: skip
    assert search_in_any(FOODS, "schnurz") == []


def test_what_guests_leave_out_is_read_as_english():
    guests = ({"day": 6, "slot": "dinner", "count": 2, "without": ["Erdnüsse"]},)
    assert in_english({"guests": guests}, print)["guests"][0]["without"] == ["peanut"]


@pytest.mark.parametrize(
    "left", ["übriger Reis", "Reis von gestern", "Reste Reis", "übrig gebliebener Reis"]
)
def test_what_is_left_over_is_read_as_english(left):
    assert in_english({"use": ((left, 300.0),)}, print)["use"] == (("leftover rice", 300.0),)


@pytest.mark.parametrize(
    ("word", "near"), [("Süßkartofeln", "Süßkartoffel"), ("Brokkolli", "Brokkoli")]
)
def test_the_nearest_names_are_those_of_the_language_that_is_spoken(word, near):
    with pytest.raises(CandidatesError) as error:
        find_left_out(word, FOODS, DISHES)
    with speaking("de"):
        assert near in spoken(error.value.remedy)
    assert near not in error.value.remedy


@pytest.mark.parametrize(
    ("dish", "english"),
    [
        ("Pfannkuchen", "pancakes"), ("Linsensuppe", "lentil soup"), ("Rührei", "scrambled eggs"),
        ("2 Spiegeleier", "2 fried eggs"), ("2 Scheiben Brot", "2 slices of bread"),
        ("300 g Nudelsalat", "300 g pasta salad"),
        ("Omelett mit Käse und Gemüse", "Omelet with cheese and vegetables"),
    ],
)  # fmt: skip
def test_german_dishes_and_amounts_that_are_put_are_read(dish, english):
    with speaking("de"):
        (put,) = in_english({"put": (read_put(f"1:dinner={dish}"),)}, print)["put"]
    assert put.dish == english


@pytest.mark.parametrize("left", ["Reste vom Gulasch", "Gulasch von gestern", "leftover Gulasch"])
def test_what_is_left_of_a_dish_is_read_where_it_is_eaten(left):
    with speaking("de"):
        (meal,) = in_english({"eat_out": (read_meal_out(f"1:lunch={left}"),)}, print)["eat_out"]
    assert meal.dish == "leftover goulash"
