"""Foods that people write down and that no plan uses: complete, and of what they are made of."""

import csv
import re
import tomllib
from pathlib import Path

import pytest

from foods.catalogue import content_digest
from foods.embedded import read_data_text, read_embedded_foods, read_lookup_foods
from planner.candidates.dish import read_embedded_dishes
from tests.foods.test_allergens_second_reading import WORDS, reads

PLANNED = read_embedded_foods()
FOODS = read_lookup_foods()
LOOKUP = [food for food in FOODS if food.food_id not in PLANNED]
BASES = {base: [one for one in FOODS if one.base == base] for base in {food.base for food in FOODS}}
NO_WHEAT = {"huevos_rancheros", "pakora", "pho", "prawn_crackers", "soup_tortilla", "summer_roll"}
NO_ALLERGEN = {  # (food, allergen): why its name says it and it holds none
    ("peanut_butter_jelly_sandwich", "milk"): "peanut butter",
    ("thai_curry", "milk"): "coconut milk",
    ("tortilla_chips_flavored", "wheat"): "corn",
    ("tortilla_chips_flavored", "gluten"): "corn",
    ("taco_beef", "wheat"): "a shell of corn",
    ("taco_beef", "gluten"): "a shell of corn",
    ("root_beer", "gluten"): "a soda",
    ("pbj_frozen", "milk"): "peanut butter",
    ("peanut_butter_sandwich", "milk"): "peanut butter",
    ("apple_butter", "milk"): "apples, boiled down",
    ("cream_soda", "milk"): "a soda",
    ("oyster_mushrooms", "molluscs"): "mushrooms",
    ("spaghetti_squash_cooked", "wheat"): "a squash",
    ("spaghetti_squash_cooked", "gluten"): "a squash",
    ("peanut_crackers", "milk"): "peanut butter",
    **{
        (food_id, allergen): "corn, rice, cassava or chickpeas instead of wheat"
        for food_id in NO_WHEAT
        for allergen in ("wheat", "gluten")
    },
}
REREAD = Path(__file__).parent / "data" / "reread.csv"
RICH_IN_CALCIUM_MG = 90.0  # in 100 g; twice what grain has
ORIGINS = {"milk": "dairy", "egg": "egg", "fish": "fish", "crustaceans": "shellfish"}


def test_no_dish_holds_them_and_none_is_served_alone():
    assert len(LOOKUP) >= 640
    assert len(LOOKUP) + len(PLANNED.foods) >= 1300
    held = {line.food_id for dish in read_embedded_dishes() for line in dish.ingredients}
    assert not held & {food.food_id for food in LOOKUP}
    assert not [food.food_id for food in LOOKUP if food.serving.slots]


def test_their_bases_are_their_own():
    """So that a name that is left out of plans means what it meant without them."""
    assert not {food.base for food in LOOKUP} & {food.base for food in PLANNED}


def test_each_has_magnesium_calcium_energy_and_a_price():
    for food in LOOKUP:
        known = [food.per_100g.get(key) for key in ("magnesium_mg", "calcium_mg", "energy_kcal")]
        assert None not in known, food.food_id
        assert food.price_usd_per_100g, food.food_id


@pytest.mark.parametrize("food", LOOKUP, ids=lambda one: one.food_id)
def test_what_it_is_made_of_brings_its_allergens_origins_and_its_own_contents(food):
    for word in food.contains & BASES.keys() - {food.base}:
        assert frozenset.intersection(*(base.allergens for base in BASES[word])) <= food.allergens
        held = frozenset.intersection(*(base.contains for base in BASES[word]))
        assert held - {food.base} <= food.contains, word
    for allergen, origin in ORIGINS.items():
        assert allergen not in food.allergens or origin in food.origin, allergen


@pytest.mark.parametrize("food", LOOKUP, ids=lambda one: one.food_id)
def test_it_has_the_allergens_that_its_name_says(food):
    said = {word for word, words in WORDS.items() if reads(words, food.name)}
    assert {one for one in said - food.allergens if (food.food_id, one) not in NO_ALLERGEN} == set()


def test_meat_and_poultry_stand_where_a_name_says_them():
    for food in LOOKUP:
        name = food.name.lower()
        if re.search(r"\b(beef|pork|bacon|ham|lamb)\b", name):
            assert "meat" in food.origin, food.food_id
        if re.search(r"\b(chicken|turkey)\b", name):
            assert "poultry" in food.origin, food.food_id


def test_the_version_is_that_of_these_figures():
    told = tomllib.loads(read_data_text("SOURCES.toml"))["lookup"]
    texts = (read_data_text(f"lookup/{name}.csv") for name in ("catalogue", "foods"))
    assert content_digest(*texts) == told["sha256"], "raise `version` and write this `sha256`"


def test_a_cereal_rich_in_calcium_without_milk_has_it_added():
    rich = {
        food.food_id
        for food in FOODS
        if food.group == "breakfast_cereal"
        and "dairy" not in food.origin
        and (food.per_100g["calcium_mg"] or 0) >= RICH_IN_CALCIUM_MG
    }
    assert rich
    assert rich <= {food.food_id for food in FOODS if "ca_fortified" in food.flags}


def test_rows_that_were_read_again_are_foods():
    with REREAD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["food_id"] for row in rows} & {food.food_id for food in FOODS}) == 60
    assert all(row["note"] for row in rows if row["verdict"] != "right")
