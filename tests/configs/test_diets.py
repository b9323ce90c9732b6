"""Diets and allergens, in the words of the food catalogue."""

import itertools

import pytest

from planner.targets.read import find_allergen, read_allergens, read_diets

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
    assert sum(one.in_eu for one in allergens) == 14
    assert sum(one.in_us for one in allergens) == 9


def test_every_allergen_is_a_word_of_the_catalogue_and_names_derived_foods():
    for allergen in read_allergens().values():
        assert allergen.words <= CATALOGUE_WORDS
        assert allergen.derived
    assert set().union(*(one.words for one in read_allergens().values())) == CATALOGUE_WORDS


@pytest.mark.parametrize(
    ("word", "allergen_id"),
    [("Dairy", "milk"), ("nuts", "tree_nut"), ("tree_nut", "tree_nut"), ("soya", "soy"),
     ("coeliac", "gluten"), ("groundnut", "peanut")],
)  # fmt: skip
def test_an_allergen_is_found_by_what_people_call_it(word, allergen_id):
    found = find_allergen(word)
    assert found is not None
    assert found.allergen_id == allergen_id


def test_a_food_is_no_allergen():
    assert find_allergen("walnuts") is None


def test_each_diet_leaves_out_what_the_wider_one_does_and_more():
    diets = read_diets()
    chain = [diets[key].without_origin for key in ("omnivore", "pescatarian", "vegetarian")]
    chain.append(diets["vegan"].without_origin)
    assert all(wide < narrow for wide, narrow in itertools.pairwise(chain))
    assert chain[-1] == ORIGINS - {"plant"}
