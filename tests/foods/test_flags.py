"""What a food contains, its allergens and the flags that safety reads."""

import csv
import tomllib
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

import pytest

from foods.embedded import (
    data_settings,
    fodmap_lists,
    read_data_text,
    read_embedded_foods,
    read_lookup_foods,
    small_portions,
)
from foods.fodmap import NOT_LOW
from planner.candidates.dish import read_embedded_dishes
from planner.request.diets import read_allergens
from tests.rows import rows

FOODS = read_embedded_foods()
TOLD = tomllib.loads((Path(__file__).parent / "data/flags.toml").read_text("utf-8"))
ABSORPTION = tomllib.loads(files("configs").joinpath("absorption.toml").read_text("utf-8"))
RICH_MG = ABSORPTION["oxalate"]["rich_from_mg_per_100g"]
RAW_BY_GROUP = {
    "egg": "raw_egg", "fish": "raw_fish", "shellfish": "raw_fish", "poultry": "raw_meat",
    "red_meat": "raw_meat", "processed_meat": "raw_meat",
}  # fmt: skip
RAW_THOUGH_READY = {"smoked_salmon": "raw_fish", "alfalfa_sprouts": "raw_sprouts",
                    "bean_sprouts_raw": "raw_sprouts"}  # fmt: skip
RICH_BY_KIN = TOLD["rich_by_kin"]
PHOSPHATE = {*TOLD["phosphate"]["foods"]}


def flagged(flag):
    return {food.food_id for food in FOODS if flag in food.flags}


def test_every_raw_food_of_animals_is_flagged_as_raw():
    for food in FOODS:
        expected = RAW_BY_GROUP.get(food.group) if food.state == "raw" else None
        expected = expected or RAW_THOUGH_READY.get(food.food_id)
        raw = {flag for flag in food.flags if flag.startswith("raw_")}
        assert raw == ({expected} if expected else set()), food.food_id


def test_what_is_cooked_is_no_longer_raw():
    for food in FOODS:
        if food.food_id.endswith(("_cooked", "_roasted", "_braised", "_broiled", "_canned")):
            assert not any(flag.startswith("raw_") for flag in food.flags), food.food_id


def test_foods_that_the_table_calls_rich_in_oxalate_are_flagged_and_no_others():
    rows = csv.DictReader(read_data_text("phytate_oxalate.csv").splitlines())
    typical = {row["food_id"]: float(row["oxalate_mg"]) for row in rows}
    rich = {food_id for food_id, content_mg in typical.items() if content_mg >= RICH_MG}
    assert rich <= flagged("oxalate_rich")
    assert flagged("oxalate_rich") == rich | set(RICH_BY_KIN)


def test_figures_that_stand_in_for_another_form_agree_with_the_flag():
    text = files("configs").joinpath("absorption.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        is_rich = float(row["oxalate_typical_mg"] or 0) >= RICH_MG
        assert is_rich == (row["food_id"] in flagged("oxalate_rich")), row["food_id"]


def test_greens_rich_in_oxalate_are_rich_in_oxalate():
    assert flagged("oxalate_green") <= flagged("oxalate_rich")


def test_foods_that_usually_hold_added_phosphate_are_flagged():
    assert flagged("additive_phosphate") == PHOSPHATE


def test_no_salad_of_raw_tomatoes_is_for_a_narrow_gut():
    rows = tomllib.loads(files("configs").joinpath("safety/effects.toml").read_text("utf-8"))
    (gut,) = (effect for effect in rows["effect"] if effect["id"] == "active_bowel")
    raw = {"tomato", "cherry_tomatoes"}
    salads = set()
    for salad in (dish for dish in read_embedded_dishes() if "salad" in dish.tags):
        raw_g = sum(part.mass_g for part in salad.ingredients if part.food_id in raw)
        if raw_g >= sum(part.mass_g for part in salad.ingredients) / 4:
            salads.add(salad.dish_id)
    assert "caprese_sourdough" in salads
    assert salads <= set(gut["served_left_out"])


INHERITED_FOODS = {food.food_id: food for food in read_lookup_foods()}
BASES = defaultdict(list)
for food in INHERITED_FOODS.values():
    BASES[food.base].append(food)
FLAGS = TOLD["hands_on"]
EXCEPTIONS = {(row["food"], row["what"]): row["why"] for row in TOLD["lacks"]}
SALTED_FROM_MG = 200
SALT_OF_THEIR_OWN = {  # groups whose foods can hold as much without any added
    "baking", "egg", "fish", "herb_spice", "leafy_greens", "shellfish",
}  # fmt: skip


def held_by(food):
    """Give each word of what it contains with all foods that the word can mean."""
    for word in food.contains - {food.base, food.food_id}:
        meant = (
            BASES.get(word) or [INHERITED_FOODS[word]]
            if word in BASES or word in INHERITED_FOODS
            else []
        )
        meant = [other_food for other_food in meant if other_food is not food]
        if meant:
            yield word, meant


def lacking(trait, let_go=()):
    """Name (food, what it lacks, of which content) for what all foods of a word have."""
    return {
        (food.food_id, lost, word)
        for food in INHERITED_FOODS.values()
        for word, meant in held_by(food)
        if word not in let_go
        for lost in frozenset.intersection(*map(trait, meant)) - trait(food)
        if (food.food_id, lost) not in EXCEPTIONS
    }


def test_every_allergen_of_what_a_food_contains_stands_on_it():
    assert lacking(lambda food: food.allergens) == set()


def test_it_is_of_all_that_its_contents_are_of():
    assert lacking(lambda food: food.origin - {"plant"}) == set()


@pytest.mark.parametrize("flag", FLAGS)
def test_a_flag_of_what_a_food_contains_stands_on_it(flag):
    assert lacking(lambda food: food.flags & {flag}, FLAGS[flag]) == set()


def test_what_holds_much_salt_is_flagged_as_salted():
    found = {
        food.food_id
        for food in INHERITED_FOODS.values()
        if (food.per_100g["sodium_mg"] or 0) >= SALTED_FROM_MG
        and food.group not in SALT_OF_THEIR_OWN
    }
    assert found - {one for one in found if "added_salt" in INHERITED_FOODS[one].flags} == set()


def test_every_exception_is_needed():
    used = {
        (food.food_id, lost)
        for food in INHERITED_FOODS.values()
        for _word, meant in held_by(food)
        for trait in ("allergens", "origin", "flags")
        for lost in frozenset.intersection(*(getattr(meant_food, trait) for meant_food in meant))
        - getattr(food, trait)
    }
    assert set(EXCEPTIONS) <= used


OF_A_BASE = {}
for food in FOODS:
    OF_A_BASE.setdefault(food.base, []).append(food)
COMPOSITE = {"sauce", "bread", "baked_sweet", "snack", "alcohol"}
ONE_THING = {"tortilla_chips"}  # of its own base
TRACES = {("kimchi", "sulphites")}  # of the shrimp paste


@rows(__file__, "a_composite_food_contains_what_it")
def test_a_composite_food_contains_what_it_is_usually_made_of(food_id, held):
    assert set(held.split()) <= FOODS[food_id].contains


def test_no_composite_food_is_without_its_list():
    assert not [
        food.food_id
        for food in FOODS
        if food.group in COMPOSITE and not food.contains and food.food_id not in ONE_THING
    ]


def test_what_a_food_contains_brings_its_allergens_and_its_own_contents():
    for food in FOODS:
        for word in food.contains & OF_A_BASE.keys():
            every = frozenset.intersection(*(member.allergens for member in OF_A_BASE[word]))
            lost = {one for one in every - food.allergens if (food.food_id, one) not in TRACES}
            assert not lost, (food.food_id, word)
            within = frozenset.intersection(*(member.contains for member in OF_A_BASE[word]))
            assert within - {food.base} <= food.contains, (food.food_id, word)


DERIVED, NOT_AT_HAND = TOLD["unsaid"], {*TOLD["unsaid_elsewhere"]["names"]}


def test_every_name_of_what_holds_an_allergen_unsaid_is_looked_for():
    told = {name for row in read_allergens().values() for name in row.derived}
    found = {name for names in DERIVED.values() for name in names}
    assert told == found | NOT_AT_HAND


@pytest.mark.parametrize("allergen", DERIVED)
def test_what_holds_an_allergen_without_saying_so_is_flagged(allergen):
    row = read_allergens()[allergen]
    for name, food_ids in DERIVED[allergen].items():
        assert name in row.derived
        assert all(allergen in FOODS[food_id].allergens for food_id in food_ids.split()), name


LISTS = fodmap_lists()
GROUPS = {"fructans", "gos", "lactose", "fructose", "polyols"}


@rows(__file__, "what_is_high_in_a_group")
def test_what_is_high_in_a_group_is_marked(food_id, group):
    assert NOT_LOW in FOODS[food_id].flags
    assert group in LISTS.row_of(FOODS[food_id]).groups


@rows(__file__, "what_lists_call_low_or_holds")
def test_what_lists_call_low_or_holds_none_by_nature_is_not_marked(food_id):
    assert NOT_LOW not in FOODS[food_id].flags


@rows(__file__, "onion_and_garlic_are_found_where")
def test_onion_and_garlic_are_found_where_they_hide(food_id):
    assert NOT_LOW in FOODS[food_id].flags


def test_what_no_list_names_is_marked_whatever_it_is():
    plain = set(data_settings("fodmap.toml")["none_by_nature"])
    unnamed = [food for food in read_lookup_foods() if LISTS.row_of(food) is None]
    assert len(unnamed) > 700
    for food in unnamed:
        assert (NOT_LOW in food.flags) or food.group in plain, food.food_id


def test_each_row_names_a_food_its_groups_and_a_source():
    known = {*FOODS.foods, *(food.base for food in FOODS)}
    papers = tomllib.loads(read_data_text("SOURCES.toml"))["papers"]
    rows = list(csv.DictReader(read_data_text("fodmap.csv").splitlines()))
    assert len({row["food"] for row in rows}) == len(rows)
    for row in rows:
        said = LISTS.rows[row["food"]]
        assert row["food"] in known
        assert said.groups <= GROUPS, row["food"]
        assert said.sources <= set(papers), row["food"]
        assert bool(said.groups) == (said.standing != "low"), row["food"]
        assert (said.portion_g is not None) == (said.standing in ("portion", "shared")), row["food"]


def test_what_shares_a_portion_is_counted_together():
    portions = small_portions()
    assert portions["shared"]["tomato"] == 65
    assert portions["shared"]["zucchini_raw"] == 65
    assert portions["sweet_potato"] == dict.fromkeys(
        ("sweet_potato_baked", "sweet_potato_boiled", "sweet_potato_raw"), 75
    )
    assert "cherry_tomatoes" not in portions["shared"]  # high whatever the amount
