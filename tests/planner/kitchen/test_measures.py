import re
from dataclasses import replace
from fractions import Fraction

import pytest

from foods.embedded import read_embedded_foods
from foods.food import Measure, UsualServing
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.servings import plural
from planner.kitchen.as_bought import recipe_lines
from planner.kitchen.measures import (
    G_PER_OZ,
    grams_per,
    kitchen_amount,
    pot_parts,
    servings_text,
)
from planner.settings import read_settings
from tests.plates import food


def measured(own, *measures, group="vegetables", aisle="produce"):
    """Give a food with (name, grams) measures, served in the one called ``own``."""
    known = tuple(Measure(name, mass_g) for name, mass_g in measures)
    serving = UsualServing(next(one for one in known if one.name == own), 1, 1, 2, 7, frozenset())
    return replace(food("thing", group=group), aisle=aisle, measures=known, serving=serving)


OIL = "tbsp"
RICE = "cup"
EGG = "large"
BREAD = "slice"
YOGURT = "pot"
SALT = "tsp"


@pytest.mark.parametrize(
    ("thing", "mass_g", "words"),
    [
        (RICE, 120.0, "3/4 cup"),
        (RICE, 240.0, "1 1/2 cups"),
        (RICE, 53.0, "1/3 cup"),
        (RICE, 2560.0, "16 cups"),  # what a week drinks is still measured
        (OIL, 20.0, "1 1/2 tbsp"),
        (OIL, 4.5, "1 tsp"),  # a third of a spoon of 13.5 g
        (EGG, 100.0, "2 large"),
        (EGG, 76.0, "1 1/2 large"),
        (EGG, 275.0, "5 1/2 large"),
        (EGG, 112.5, "2 1/4 large"),
        (EGG, 56.0, "about 1 large"),
        (BREAD, 208.0, "6 1/2 slices"),
        (YOGURT, 150.0, "1 pot"),
        (YOGURT, 75.0, "1/3 cup"),  # no half a pot
        (SALT, 0.8, "1/8 tsp"),  # 0.75 g
        (SALT, 2.2, "generous 1/4 tsp"),  # 1.5 g; no set of spoons has a third
        (SALT, 2.8, "1/2 tsp"),
        (SALT, 0.3, "1 pinch"),
    ],
)
def test_masses_become_what_a_cook_would_say(thing, mass_g, words):
    assert kitchen_amount(thing, mass_g) == words


def test_a_mass_that_no_measure_comes_near_to_has_no_words():
    assert kitchen_amount(EGG, 6.0) == ""  # an eighth of an egg


def test_metric_kitchens_measure_drinks_in_millilitres_and_nothing_in_cups():
    milk = "cup"
    assert kitchen_amount(milk, 244.0, "metric") == "240 ml"  # 236.588 ml to a cup
    assert kitchen_amount(RICE, 160.0, "metric") == ""
    assert kitchen_amount(OIL, 13.5, "metric") == "1 tbsp"


def test_nobody_takes_half_of_a_cherry_tomato_and_a_bit_of_onion_is_a_few_slices():
    foods = read_embedded_foods()
    tomatoes, onion = foods["cherry_tomatoes"], foods["onion_raw"]
    assert kitchen_amount(tomatoes, 26.0, cuts=["quartered"]) == "about 2 pieces"
    rings = [kitchen_amount(onion, mass_g, cuts=["in thin rings"]) for mass_g in (10, 6.2, 1)]
    assert rings == ["a few slices", "a few slices", ""]


def test_half_of_a_half_is_a_quarter():
    avocado = "half"
    words = [kitchen_amount(avocado, mass_g) for mass_g in (34.0, 68.0, 136.0)]
    assert words == ["1/4", "1/2", "1 whole"]


def test_ground_meat_is_weighed_and_never_counted_in_patties():
    beef = read_embedded_foods()["ground_beef_lean_cooked"]
    assert kitchen_amount(beef, 75.0) == "2 1/2 oz"  # 71 g
    assert kitchen_amount(beef, 75.0, "metric") == ""


NEAR = read_settings("meals/measures.toml")["near"]
COUNTED = {*read_settings("meals/measures.toml")["pieces"]["counted"]}
SAID = re.compile(r"(?:(about|scant|generous) )?((?:\d+ )?\d/\d|\d+)(?: (.+))?")


def grams_said(food, words):
    """Give whether an amount is told to be about so much, and its mass [g]."""
    nearly, number, measure = SAID.fullmatch(words).groups()
    count = float(sum(map(Fraction, number.split())))
    names = {plural(one.name): one.name for one in food.measures} | {"cups": "cup"}
    unit_g = (
        grams_per(food, names.get(measure, measure)) if measure not in (None, "whole") else None
    )
    if measure == "oz":
        unit_g = G_PER_OZ
    if unit_g is None:  # of what has halves, a whole one and its parts
        unit_g = 2 * grams_per(food, "half")
    return nearly, count * unit_g


def test_every_amount_is_as_near_as_it_says():
    """Over all foods and masses from a pinch to a pot, in both kitchens."""
    words_seen = 0
    for one in read_embedded_foods():
        for mass_g in (0.4, 0.9, 1.4, 2.2, 3.8, 7.0, 15.0, 36.0, 51.0, 86.0, 172.0, 336.0, 740.0):
            for units in ("us", "metric"):
                words = kitchen_amount(one, mass_g, units)
                if not words or "pinch" in words or " ml" in words or "lb" in words:
                    continue
                words_seen += 1
                nearly, said_g = grams_said(one, words)
                name = words.rpartition(" ")[2].removesuffix("s")
                near = NEAR["measures"].get(name, NEAR["usual"])
                off = abs(said_g - mass_g) / mass_g
                is_bit = (
                    nearly == "about" and said_g > mass_g
                )  # no less than one sprig, half a clove
                near = NEAR["counted"] if name in COUNTED else near
                most = NEAR["about"] if nearly else near
                assert off <= most + 1e-3 or is_bit, (one.food_id, mass_g, words)
    assert words_seen > 5000


def test_what_is_counted_in_a_recipe_is_what_it_weighs_for_any_table():
    """Over all dishes, for one half to three times what they are written for."""
    foods, seen = read_embedded_foods(), 0
    called = {one.name: one for one in foods}
    for dish in read_embedded_dishes():
        for share in (0.5, 0.65, 1.0, 1.3, 2.25, 3.0):
            pot = [(one.food_id, round(one.mass_g * share, 1)) for one in dish.ingredients]
            for line in recipe_lines(pot, dish, foods, "us"):
                found = SAID.fullmatch(line.words)
                food = called.get(line.name)
                names = {plural(one.name): one.name for one in food.measures} if food else {}
                measure = found and found[3] and names.get(found[3], found[3])
                unit_g = food and measure in COUNTED and grams_per(food, measure)
                if unit_g and not found[1] and measure not in ("can", "jar"):
                    said_g = float(sum(map(Fraction, found[2].split()))) * unit_g
                    slack_g = 0.03 * line.mass_g + 0.6  # masses are written in whole grams
                    assert abs(said_g - line.mass_g) <= slack_g, (dish.dish_id, share, line)
                    seen += 1
    assert seen > 1000


@pytest.mark.parametrize(
    ("food_id", "mass_g", "units", "words"),
    [
        ("garlic", 2.1, "us", "about 1/2 clove"),  # a clove has 3 g
        ("garlic", 0.7, "metric", "about 1/2 clove"),
        ("garlic", 6.0, "us", "2 cloves"),
        ("dill_fresh", 1.4, "us", "2 1/2 tbsp"),  # 7 sprigs of 0.2 g
        ("parsley_fresh", 0.5, "us", "about 1 sprig"),
        ("kale_raw", 336.0, "us", "1 1/2 bunches"),  # 16 cups of 21 g, a bunch has 200 g
        ("arugula", 105.0, "us", "3 1/2 oz"),  # 5 handfuls
        ("romaine_lettuce", 240.0, "us", "12 leaves"),
        ("spinach_raw", 263.0, "us", "9 1/2 oz"),  # 9 cups, 11 handfuls, 3/4 of a bunch
        ("pork_sausage_raw", 172.0, "us", "6 links"),
        ("pork_sausage_raw", 172.0, "metric", ""),
        ("salmon_raw", 255.0, "metric", ""),  # no fillet and a half
        ("salmon_raw", 172.0, "metric", "1 fillet"),
    ],
)
def test_nobody_measures_what_no_hand_or_spoon_has(food_id, mass_g, units, words):
    assert kitchen_amount(read_embedded_foods()[food_id], mass_g, units) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1.0, "1 serving"), (0.5, "1/2 serving"), (0.75, "1 small serving"),
        (1.25, "1 large serving"), (2.25, "about 2 servings"), (0.25, "1/4 serving"),
        (1.5, "1 1/2 servings"),
    ],
)  # fmt: skip
def test_nobody_serves_a_quarter(number, words):
    assert servings_text(number) == words


@pytest.mark.parametrize(
    ("masses_g", "parts"),
    [
        ([400.0, 400.0, 200.0], ["2/5", "2/5", "1/5"]),
        ([510.0, 690.0, 340.0, 500.0], ["1/4", "1/3", "1/6", "1/4"]),
        ([300.0, 310.0], ["1/2", "1/2"]),
        ([531.0, 317.0], ["5/8", "3/8"]),
        ([583.0, 417.0], ["58 %", "42 %"]),  # 7/12 and 5/12, which nobody parts
        ([1000.0, 20.0], ["98 %", "2 %"]),
    ],
)
def test_a_pot_is_shared_out_in_few_parts_that_are_near_or_in_percent(masses_g, parts):
    assert pot_parts(masses_g) == parts
