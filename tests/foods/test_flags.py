"""What a food contains, its allergens and the flags that safety reads."""

import csv
import tomllib
from collections import defaultdict
from importlib.resources import files

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
ABSORPTION = tomllib.loads(files("configs").joinpath("absorption.toml").read_text("utf-8"))
RICH_MG = ABSORPTION["oxalate"]["rich_from_mg_per_100g"]
RAW_BY_GROUP = {
    "egg": "raw_egg", "fish": "raw_fish", "shellfish": "raw_fish", "poultry": "raw_meat",
    "red_meat": "raw_meat", "processed_meat": "raw_meat",
}  # fmt: skip
RAW_THOUGH_READY = {"smoked_salmon": "raw_fish", "alfalfa_sprouts": "raw_sprouts",
                    "bean_sprouts_raw": "raw_sprouts"}  # fmt: skip
RICH_BY_KIN = {  # no figure of their own, or one below the limit: what makes them rich
    "almond_butter": "almonds, ground",
    "almonds_slivered": "almonds",
    "amaranth_dry": "60 mg cooked, in which 100 g stand for 260 g",
    "bran_flakes": "about 40 % wheat bran",
    "buckwheat_dry": "the grain of buckwheat flour",
    "cashew_butter": "cashews, ground",
    "cashews": "cashews, roasted",
    "chocolate_chips": "half of them cocoa",
    "dark_chocolate_60_69": "two thirds cocoa",
    "flour_soy": "dry soybeans",
    "fruit_nut_bar": "nuts, almonds and cashews first",
    "hot_cocoa": "a cup takes 10 g of cocoa powder",
    "mixed_nuts": "peanuts, cashews, almonds, Brazil nuts and hazelnuts",
    "okra_raw": "okra",
    "peanuts_roasted": "peanuts",
    "poppy_seeds": "seeds whole in their hull, as sesame",
    "quinoa_dry": "54 mg cooked, in which 100 g stand for 270 g",
    "sesame_seeds": "whole in their hull, with which they are often sold",
    "spinach_frozen": "spinach",
    "spinach_frozen_cooked": "spinach",
    "textured_soy_protein": "dry soybeans without their fat",
    "trail_mix": "peanuts and almonds",
    "wheat_germ": "wheat germ before it is toasted",
}
PHOSPHATE = {
    "angel_food_cake", "bacon_cooked", "bacon_raw", "baking_powder", "clams_canned", "cola",
    "evaporated_milk", "ham", "naan", "oat_drink", "oat_rings", "orange_juice_calcium",
    "pork_sausage_cooked", "pork_sausage_raw", "rice_drink", "scallops_cooked", "scallops_raw",
    "shrimp_cooked", "shrimp_raw", "tortilla_flour", "tortilla_whole_wheat",
}  # fmt: skip


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
    (gut,) = (one for one in rows["effect"] if one["id"] == "active_bowel")
    raw = {"tomato", "cherry_tomatoes"}
    salads = set()
    for one in (dish for dish in read_embedded_dishes() if "salad" in dish.tags):
        raw_g = sum(part.mass_g for part in one.ingredients if part.food_id in raw)
        if raw_g >= sum(part.mass_g for part in one.ingredients) / 4:
            salads.add(one.dish_id)
    assert "caprese_sourdough" in salads
    assert salads <= set(gut["served_left_out"])


INHERITED_FOODS = {food.food_id: food for food in read_lookup_foods()}
BASES = defaultdict(list)
for one in INHERITED_FOODS.values():
    BASES[one.base].append(one)
FLAGS = {  # flag → what does not hand it on, and why
    "additive_phosphate": {},
    "added_salt": {},
    "alcohol": {"vanilla": "a few drops of its extract"},
    "caffeine": {},
    "cold_cuts": dict.fromkeys(
        ("chorizo", "corned_beef", "ham", "pepperoni", "salami", "turkey"),
        "in pizza, soups and bakes it is heated through; sandwiches stand by themselves",
    ),
    "high_fructose": {"grape": "stands for wine and vinegar too; raisins stand by themselves"},
    "high_mercury": {},
    "histamine_rich": {"vinegar": "in a dressing or a pickle: mostly distilled, and little of it"},
    "legume": {
        "lupin_beans": "their flour, a little in a dough",
        "soybeans": "mostly their lecithin or oil; foods of soy stand by themselves",
    },
    "liver": {},
    "mould_ripened": {},
    "raw_egg": {},
    "unpasteurised": {},
}
EXCEPTIONS = {  # (food, what it lacks): why
    ("dark_chocolate_70_85", "dairy"): "milk of other batches: for an allergy, not for a diet",
    ("cola_diet", "high_fructose"): "sweetened without sugar",
    ("gelatine", "meat"): "its own name says so",
    ("hibiscus_tea", "high_fructose"): "an infusion",
    ("kimchi", "additive_phosphate"): "of its shrimp paste, a trace",
    ("kimchi", "sulphites"): "of its shrimp paste, a trace",
    ("vegetable_stock", "histamine_rich"): "tomato boiled out in much water",
    ("vinegar_cider", "high_fructose"): "fermented until no sugar is left",
    ("yogurt_fruit_lowfat", "meat"): "of its gelatine, which is said",
}
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
        meant = [one for one in meant if one is not food]
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
        for lost in frozenset.intersection(*(getattr(one, trait) for one in meant))
        - getattr(food, trait)
    }
    assert set(EXCEPTIONS) <= used


OF_A_BASE = {}
for one in FOODS:
    OF_A_BASE.setdefault(one.base, []).append(one)
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
            every = frozenset.intersection(*(one.allergens for one in OF_A_BASE[word]))
            lost = {one for one in every - food.allergens if (food.food_id, one) not in TRACES}
            assert not lost, (food.food_id, word)
            within = frozenset.intersection(*(one.contains for one in OF_A_BASE[word]))
            assert within - {food.base} <= food.contains, (food.food_id, word)


# What allergens.toml tells of foods that hold an allergen unsaid → foods of the catalogue that are
# called so.
DERIVED = {
    "celery": {"most stock and bouillon": "chicken_stock vegetable_stock"},
    "egg": {"mayonnaise": "mayonnaise mayonnaise_light", "fresh pasta and egg noodles":
            "egg_noodles_dry", "many cakes and batters": "gingerbread angel_food_cake"},
    "fish": {"fish sauce": "fish_sauce", "Worcestershire sauce": "worcestershire_sauce",
             "Caesar dressing": "caesar_dressing"},
    "gluten": {"soy sauce": "soy_sauce soy_sauce_reduced_salt", "beer": "beer",
               "malt and malt vinegar": "corn_flakes",
               "wheat germ and bran": "wheat_germ wheat_bran",
               "couscous, bulgur, semolina, farro, spelt and kamut":
               "couscous_dry bulgur_dry farro_dry kamut_dry",
               "many stocks and sauces thickened with flour": "chicken_gravy",
               "ordinary oats": "rolled_oats oatmeal_cooked"},
    "lupin": {"lupin flour in gluten-free bread and pasta": "bread_gluten_free_white"},
    "milk": {"butter and ghee": "butter ghee", "pesto": "pesto",
             "cheese": "cheddar feta goat_cheese_soft", "yogurt and kefir": "yogurt_whole kefir",
             "cream": "heavy_cream sour_cream half_and_half", "whey and casein": "bread_multigrain",
             "milk chocolate": "milk_chocolate", "many breads and margarines": "margarine_soft"},
    "molluscs": {"oyster sauce": "oyster_sauce"},
    "mustard": {"mayonnaise": "mayonnaise mayonnaise_light", "curry powder": "curry_powder",
                "salad dressings": "italian_dressing vinaigrette ranch_dressing caesar_dressing",
                "pickles": "dill_pickles sweet_pickles"},
    "peanut": {"peanut butter": "peanut_butter peanut_butter_unsalted", "satay sauce":
               "peanut_sauce", "some mixed nuts and muesli": "mixed_nuts trail_mix"},
    "sesame": {"tahini": "tahini", "hummus": "hummus", "sesame oil": "sesame_oil",
               "many breads and burger buns": "bread_multigrain"},
    "soy": {"tofu and tempeh": "tofu_firm tempeh_raw", "miso": "miso", "edamame": "edamame_frozen",
            "soy sauce and tamari": "soy_sauce tamari", "soy drink": "soy_drink",
            "soy lecithin": "milk_chocolate chocolate_chips",
            "textured vegetable protein": "textured_soy_protein"},
    "sulphites": {"wine": "red_wine white_wine", "bottled lemon juice": "lemon_juice lime_juice",
                  "most bright dried apricots and other pale dried fruit":
                  "apricots_dried apples_dried mango_dried",
                  "wine vinegar": "vinegar_red_wine vinegar_balsamic vinaigrette"},
    "tree_nut": {"nut butters and nut drinks": "almond_butter almond_drink_unsweetened",
                 "pesto": "pesto", "granola and muesli": "granola granola_bar"},
    "wheat": {"couscous, bulgur, semolina, farro, spelt and kamut":
              "couscous_dry bulgur_dry farro_dry kamut_dry",
              "flour-thickened sauces": "chicken_gravy", "soy sauce": "soy_sauce",
              "bread, pasta and noodles": "bread_white pasta_dry",
              "wheat germ and bran": "wheat_germ wheat_bran"},
}  # fmt: skip
NOT_AT_HAND = {  # the catalogue has nothing of them
    "celery salt", "many soups and spice mixes", "tomato juice cocktails", "shrimp paste",
    "many fish stocks and Thai curry pastes", "surimi", "aioli", "meringue", "anchovy paste",
    "dashi", "seitan", "lupin protein", "squid ink pasta", "piccalilli", "halva",
    "cold-pressed peanut oil", "za'atar", "marzipan", "praline and nut chocolate",
    "some pickles",  # those with sulphites; of the catalogue's, none is told to have them
}  # fmt: skip


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
