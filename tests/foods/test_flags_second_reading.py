"""Flags and origins a second time, by names, groups and figures: both readings must agree.

What safety and diets read of a food is written into the catalogue by hand. Here each word is worked
out anew from something else that the tables say of the food, so a word that is lost or slips onto
another row is found.
"""

import re

import pytest

from foods.embedded import read_embedded_foods

FOODS = list(read_embedded_foods())
FOODS_BY_ID = {food.food_id: food for food in FOODS}
BY_NAME = {  # what a food is called, with what is not meant
    "high_mercury": r"swordfish|king mackerel|shark|marlin|tilefish|bigeye|orange roughy",
    "liver": r"\blivers?\b",
    "brazil_nut": r"\bbrazil nuts?\b",
    "alcohol": r"\bbeer\b|\bwine$|\bspirits?\b|liqueur|vanilla extract",
    "caffeine": r"^coffee$|\b(black|green) tea\b|\bcola\b",
    "oxalate_green": r"spinach|\bchard\b|beet greens",
    "mould_ripened": r"\bbrie\b|camembert|blue cheese|gorgonzola|roquefort|stilton",
    "cold_cuts": r"\bham\b|^turkey breast, roasted",
    "gluten_free_label": r"gluten-free|wheat-free",
    "whole_nut": r"^(roasted |raw |dry roasted )?(almonds|brazil nuts|cashews|chestnuts|hazelnuts"
    r"|macadamia nuts|mixed nuts|peanuts|pecans|pistachios|walnuts"
    r"|trail mix with nuts and raisins|fruit and nut bar)( unsalted)?$",
}
CALCIUM_SET = {"firm tofu, calcium-set", "firm tofu, nigari-set", "soft tofu"}
ORIGIN_BY_GROUP = {"fish": "fish", "shellfish": "shellfish", "poultry": "poultry", "egg": "egg",
                   "red_meat": "meat", "milk": "dairy", "cheese": "dairy",
                   "cream": "dairy"}  # fmt: skip
ORIGIN_BY_ALLERGEN = {"fish": {"fish"}, "egg": {"egg"}, "dairy": {"milk"},
                      "shellfish": {"crustaceans", "molluscs"}}  # fmt: skip
TRACES = {"dairy": ["dark_chocolate_70_85"]}  # of other batches: for an allergy, not for a diet
ORIGIN_BY_NAME = {
    "honey": r"^honey$|(oatmeal|multigrain) bread|granola|graham crackers|fruit and nut bar",
    "gelatine": r"gelatine|fruit yogurt",
    "rennet": r"parmesan|gruyere|provolone|blue cheese|\bbrie\b|pesto|caesar",
    "poultry": r"\b(chickens?|turkey|duck)\b",
    "meat": r"\b(beef|pork|bacon|ham|lamb|veal|venison|bison|sausage|sirloin)\b",
}

B12_OF_ANIMALS = {"milk", "egg", "fish", "crustaceans", "molluscs"}
B12_OF_ITSELF = {  # food: why it has vitamin B12 though nothing of an animal is in it, nor added
    "beer": "made by yeast in its mash",
    "miso": "fermented",
    "mushrooms_raw": "of the bed that they grow in",
    "tempeh_cooked": "fermented",
    "tempeh_raw": "fermented",
    "tortilla_chips": "maize, oil and salt as sold: a figure of the release that we cannot explain",
    "yeast_dry": "of what yeast grows on",
}


def named(pattern):
    return {food.food_id for food in FOODS if re.search(pattern, food.name.lower())}


def flagged(flag):
    return {food.food_id for food in FOODS if flag in food.flags}


def of_origin(word):
    return {food.food_id for food in FOODS if word in food.origin}


@pytest.mark.parametrize(("flag", "pattern"), BY_NAME.items())
def test_a_flag_stands_on_every_food_of_that_name_and_on_no_other(flag, pattern):
    assert flagged(flag) == named(pattern)


def test_what_holds_added_calcium_is_flagged_and_what_is_flagged_is_fortified():
    added = {food.food_id for food in FOODS if (food.per_100g.get("calcium_added_mg") or 0) > 0}
    set_with_it = {food.food_id for food in FOODS if food.name.lower() in CALCIUM_SET}
    assert flagged("ca_fortified") == added | set_with_it
    assert added <= flagged("fortified") | set_with_it


@pytest.mark.parametrize(("group", "word"), ORIGIN_BY_GROUP.items())
def test_what_is_of_an_animal_by_its_group_is_so_by_its_origin(group, word):
    assert all(word in food.origin for food in FOODS if food.group == group)


@pytest.mark.parametrize(("word", "allergens"), ORIGIN_BY_ALLERGEN.items())
def test_origin_and_allergens_tell_the_same(word, allergens):
    held = {food.food_id for food in FOODS if allergens & food.allergens}
    assert of_origin(word) == held - set(TRACES.get(word, ()))


@pytest.mark.parametrize(("word", "pattern"), ORIGIN_BY_NAME.items())
def test_an_origin_stands_on_every_food_of_that_name_and_on_no_other(word, pattern):
    assert of_origin(word) == named(pattern)


def test_what_grows_is_of_plants():
    of_animals = {"fish", "shellfish", "poultry", "egg", "red_meat", "processed_meat", "milk"}
    for food in FOODS:
        if food.origin == {"plant"}:
            assert food.group not in of_animals | {"cheese", "cream"}, food.food_id


def test_vitamin_b12_comes_of_an_animal_or_was_added():
    without = {
        food.food_id
        for food in FOODS
        if (food.per_100g.get("vitamin_b12_ug") or 0) > 0
        and food.origin == {"plant"}
        and "fortified" not in food.flags
        and not food.allergens & B12_OF_ANIMALS
    }
    assert without == set(B12_OF_ITSELF)


def test_vitamin_d_of_plants_was_added_unless_light_makes_it():
    without = {
        food.food_id
        for food in FOODS
        if (food.per_100g.get("vitamin_d_ug") or 0) > 0
        and food.origin == {"plant"}
        and "fortified" not in food.flags
    }
    assert {food_id for food_id in without if FOODS_BY_ID[food_id].group != "mushrooms"} == set()
