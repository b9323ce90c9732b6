"""What the realism score takes a thing on the table for."""

import pytest

from planner.realism.served import ScoredEater, serve_plan
from tests.bench.panel.reader import DISHES, FOODS, read_plan

BY_ID = {dish.dish_id: dish for dish in DISHES.values()}


def served(text):
    """Give the single thing that a menu of one line tells."""
    (thing,) = serve_plan(read_plan(text), FOODS, BY_ID, ScoredEater()).days[0].things()
    return thing


@pytest.mark.parametrize(
    ("text", "starch"),
    [
        ("1 cup brown rice, cooked", "rice"),
        ("2 slices whole-wheat bread", "bread"),
        ("1 pita whole-wheat pita", "flatbread"),
        ("1 medium apple", "none"),
        ("Pasta e ceci [114 g whole-wheat pasta, cooked, 144 g chickpeas, boiled]", "pasta"),
        ("A pot of mine [200 g brown rice, cooked, 90 g carrot]", "rice"),
    ],
)
def test_a_starch_is_known_by_its_family(text, starch):
    assert served(f"Dinner: {text}").starch == starch


def test_a_dish_that_nobody_knows_is_a_main_dish():
    assert served("Dinner: A pot of mine [200 g brown rice, cooked, 90 g carrot]").is_main
    assert not served("Dinner: 1 cup brown rice, cooked").is_main


def test_what_was_cooked_for_an_earlier_meal_is_warmed():
    dish = "Pasta e ceci{} [114 g whole-wheat pasta, cooked]"
    assert served("Lunch: " + dish.format(" (leftover)")).is_warmed
    assert not served("Lunch: " + dish.format("")).is_warmed
