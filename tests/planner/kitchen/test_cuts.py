"""Measures that measure the thing as it is cut, and pinches that are one amount."""

from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.kitchen.as_bought import recipe_lines
from planner.kitchen.measures import kitchen_amount, never_for
from planner.kitchen.steps import without_leftovers, without_thirds

FOODS = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}


@pytest.mark.parametrize("units", ["us", "metric"])
def test_no_line_of_any_dish_has_a_measure_that_does_not_measure_its_cut(units):
    for dish in DISHES.values():
        for servings in (1, 1.5, 4):
            share = servings / dish.servings
            parts = [(line.food_id, line.mass_g * share) for line in dish.ingredients]
            for line in recipe_lines(parts, dish, FOODS, units):
                unit = line.words.rpartition(" ")[2].removesuffix("s")
                told = (dish.dish_id, line.name, line.note, line.words)
                assert not ("grated" in line.note and unit == "slice"), told
                assert not ("rings" in line.note and unit in ("tsp", "tbsp")), told
                assert not line.words.endswith(" handfuls") or float(line.words.split()[0]) <= 3


def test_a_cut_keeps_out_measures_and_says_parts_of_a_whole_one():
    onion, cheddar = FOODS["onion_raw"], FOODS["cheddar"]
    assert never_for(cheddar, ["grated"]) >= {"slice"}
    assert kitchen_amount(cheddar, 21) == "1 slice"
    assert "slice" not in kitchen_amount(cheddar, 21, "us", ["grated"])
    assert kitchen_amount(onion, 20, "us", ["in thin rings"]) == "about 1/4 medium"
    assert kitchen_amount(onion, 20, "us", ["finely chopped"]) == "2 tbsp"


def test_a_pinch_is_a_sixteenth_of_a_teaspoon_and_less_or_more_is_said():
    # a teaspoon of salt is 6 g, so a pinch 0.375 g
    words = [kitchen_amount(FOODS["salt"], mass_g) for mass_g in (0.2, 0.4, 0.55)]
    assert words == ["scant 1 pinch", "1 pinch", "generous 1 pinch"]


def test_steps_say_of_leftovers_and_of_little_salt_what_can_be_done():
    dish = DISHES["chicken_vegetable_pasta_soup"]
    assert "Reheat leftovers" in " ".join(dish.steps)
    assert "Reheat" not in " ".join(without_leftovers(dish.steps))
    rice = replace(dish, steps=("Serve; chill leftovers within an hour and reheat them to 74 °C.",))
    assert without_leftovers(rice.steps) == ("Serve; chill leftovers within an hour.",)
    step = "Fry it with a third of the salt, then with another third of the salt."
    assert without_thirds([step], 1.6) == (step,)
    assert without_thirds([step], 0.7) == (
        "Fry it with a little of the salt, then with a little more of the salt.",
    )
