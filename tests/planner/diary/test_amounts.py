"""Amounts as people and programs write them, in grams of a food."""

import pytest

from planner.diary.amounts import grams_of, read_amount, units_of
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
    ("count", "unit", "grams"),
    [
        (2, "oz", 56.7),
        (1, "LB", 453.6),
        (1, "cup", 100.0),
        (2, "cups, chopped", 200.0),
        (4, "tbsp", 25.0),  # a sixteenth of a cup each
        (236.6, "ml", 100.0),
        (3, "pieces", 90.0),
        (3, "", 90.0),
        (2, "each (50 g)", 100.0),
        (2, "bar - 40 g", 80.0),
    ],
)
def test_measures_become_grams(count, unit, grams):
    assert grams_of(OATS, count, unit) == pytest.approx(grams, rel=1e-3)


@pytest.mark.parametrize("unit", ["full recipe", "serving", "bucket", "large", "e3 g"])
def test_a_measure_that_the_food_has_not_is_not_made_up(unit):
    assert grams_of(OATS, 1, unit) is None


def test_the_measures_of_a_food_can_be_listed():
    assert {"g", "cup", "piece", "ml", "oz"} <= {*units_of(OATS)}
