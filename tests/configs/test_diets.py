"""Diets and allergens, in the words of the food catalogue."""

import itertools
import re

from foods.embedded import read_embedded_foods
from planner.candidates.names import is_known
from planner.request.diets import read_allergens, read_diets
from planner.settings import read_settings
from planner.targets.left_out import find_reading, read_readings
from tests.rows import rows

CATALOGUE_WORDS = {
    "gluten", "wheat", "crustaceans", "egg", "fish", "peanut", "soy", "milk", "tree_nut",
    "celery", "mustard", "sesame", "sulphites", "lupin", "molluscs",
}  # fmt: skip
ORIGINS = {
    "plant", "dairy", "egg", "honey", "gelatine", "meat", "poultry", "fish", "shellfish", "rennet",
    "wool",
}  # fmt: skip


def test_there_are_14_european_and_9_american_allergens():
    allergens = read_allergens().values()
    assert sum(allergen.eu for allergen in allergens) == 14
    assert sum(allergen.us for allergen in allergens) == 9


def test_every_allergen_is_a_word_of_the_catalogue_and_names_derived_foods():
    for allergen in read_allergens().values():
        assert allergen.words <= CATALOGUE_WORDS
        assert allergen.derived
    assert set().union(*(one.words for one in read_allergens().values())) == CATALOGUE_WORDS


@rows(__file__, "an_allergen_is_found_by")
def test_an_allergen_is_found_by_what_people_call_it(word, words):
    found = find_reading(word)
    assert found is not None
    assert found.allergens == words


def test_a_food_is_no_allergen():
    assert find_reading("spinach") is None


def test_what_could_be_meant_too_is_said_with_the_way_to_leave_it_out():
    assert (
        "coconut is still allowed (leave out with --without coconut)" in find_reading("nuts").stays
    )
    assert (
        "shellfish is still allowed (leave out with --without shellfish)"
        in find_reading("fish").stays
    )
    assert "peanuts are still allowed" in find_reading("tree nuts").stays
    for reading in set(read_readings().values()):
        assert reading.text
        for name in re.findall(r'--without ("[^"]+"|\w+(?: \w+)*)', reading.stays):
            assert is_known(name.strip('"'), read_embedded_foods()), reading.stays


def test_every_word_of_a_reading_is_one_of_the_catalogue_and_covers_foods():
    foods = list(read_embedded_foods())
    known = {food.base for food in foods} | {food.group for food in foods}
    known = known.union(*(food.contains for food in foods))
    for word, reading in read_readings().items():
        assert reading.allergens <= CATALOGUE_WORDS, word
        assert reading.groups | reading.bases <= known, word
        assert any(map(reading.covers, foods)), word


def test_no_word_is_read_in_two_ways():
    settings = read_settings("diets/allergens.toml")
    rows = [(key, row) for kind in ("allergens", "readings") for key, row in settings[kind].items()]
    names = [name.lower() for key, row in rows for name in {key, *row["also"]}]
    assert len(names) == len(set(names))


def test_each_diet_leaves_out_what_the_wider_one_does_and_more():
    diets = read_diets()
    chain = [diets[key].without_origin for key in ("omnivore", "pescatarian", "vegetarian")]
    chain.append(diets["vegan"].without_origin)
    assert all(wide < narrow for wide, narrow in itertools.pairwise(chain))
    assert chain[-1] == ORIGINS - {"plant"} | {"unknown"}  # an own food whose origin nobody says
