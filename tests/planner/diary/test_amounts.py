"""Amounts as people and programs write them: numbers and measures, and grams of a food."""

import pytest

from foods.embedded import read_embedded_foods
from foods.line_mass import usual_mass
from foods.recipe_line import parse_line
from planner.diary.amounts import read_amount, read_measure
from tests.plates import food

OATS = food("oats", piece_g=30.0)  # a cup of it is 100 g, a piece 30 g


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("150.00 g", (150.0, "g")),
        ("1 1/2 cups", (1.5, "cups")),
        ("½ cup", (0.5, "cup")),
        ("2½ slices", (2.5, "slices")),
        ("2", (2.0, "")),
        ("1,250.5 g", (1250.5, "g")),
        ("0,5 cup", (0.5, "cup")),
        ("1.00 full recipe", (1.0, "full recipe")),
        ("0 g", None),
        ("1/0 cup", None),
        ("-3 g", None),
        ("some", None),
        ("", None),
    ],
)
def test_a_number_and_its_measure_are_read(text, amount):
    assert read_amount(text) == amount


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("2 oz", 56.7),
        ("3-4 oz", 99.2),  # the middle
        ("1 LB", 453.6),
        ("1 cup", 100.0),
        ("2 cups, chopped", 200.0),
        ("1/2 cup (3 oz)", 85.05),
        ("4 tbsp", 25.0),  # a sixteenth of a cup each
        ("236.6 ml", 100.0),
        ("3 pieces", 90.0),
        ("3", 90.0),
        ("15 oats", 450.0),  # the food itself is the measure
        ("half a cup", 50.0),
        ("cup", 100.0),
    ],
)
def test_measures_that_a_food_has_become_grams(text, grams):
    assert usual_mass(read_measure(text, "oats"), OATS) == (pytest.approx(grams, rel=1e-3), False)


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("2 handfuls", 80.0),  # 40 g of vegetables each
        ("large", 39.0),  # 1.3 pieces
        ("2 servings", 170.0),  # 85 g of vegetables each
        ("1 bowl", 300.0),
    ],
)
def test_a_measure_that_a_food_has_not_weighs_what_people_mean_by_it(text, grams):
    assert usual_mass(read_measure(text), OATS) == (pytest.approx(grams), True)


def test_without_an_amount_a_serving_counts_and_beside_something_else_less():
    assert usual_mass(parse_line(""), OATS) == (85.0, True)
    assert usual_mass(parse_line(""), OATS, "beside") == (60.0, True)


@pytest.mark.parametrize(
    "text", ["1 full recipe", "2 buckets", "1 e3 g", "some", "0 g", "-3 g", ""]
)
def test_a_measure_that_nobody_knows_is_not_made_up(text):
    assert read_measure(text) is None


def test_a_measure_of_the_food_goes_before_a_piece_of_another_size():
    roll = read_embedded_foods()["roll_whole_wheat"]  # small 28 g, large 60 g
    assert usual_mass(parse_line("2 rolls"), roll) == (86.0, False)
