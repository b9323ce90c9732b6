"""Cooked mass goes with cooked figures: a cup of boiled lentils never counts as one of dry ones."""

import tomllib
from importlib.resources import files

import pytest

from foods.embedded import read_embedded_foods

SWELLING = ("whole_grains", "refined_grains", "legumes")
OWN_WATER_COUNTED = {"oats", "oat_bran", "cornmeal"}  # soaked or baked with a counted liquid


def dishes():
    for file in files("foods").joinpath("data", "dishes").iterdir():
        yield from tomllib.loads(file.read_text(encoding="utf-8"))["dish"]


@pytest.mark.parametrize(("state", "least_g", "most_g"), [("eaten", 50, 90), ("dry", 5, 16)])
def test_grains_and_pulses_hold_the_water_of_their_state(state, least_g, most_g):
    # boiled rice, pasta and pulses hold 56 to 84 g of water in 100 g, dry ones 6 to 14 g
    wrong = [
        food.food_id
        for food in read_embedded_foods()
        if food.group in SWELLING
        and food.state == state
        and not least_g < food.per_100g["water_g"] < most_g
    ]
    assert wrong == []


def test_no_dish_counts_dry_grains_or_pulses_by_their_cooked_mass():
    foods = read_embedded_foods()
    wrong = [
        (dish["id"], line["food"])
        for dish in dishes()
        for line in dish["ingredients"]
        if foods[line["food"]].group in SWELLING
        and foods[line["food"]].state == "dry"
        and foods[line["food"]].base not in OWN_WATER_COUNTED
    ]
    assert wrong == []
