"""Flags that safety reads: on every food that they are true of, and on no other."""

import csv
import tomllib
from importlib.resources import files

from foods.embedded import read_data_text, read_embedded_foods
from planner.candidates.dish import read_embedded_dishes

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
