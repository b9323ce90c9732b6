"""Each shipped dish, cooked through: masses, energy, nutrients, and amounts one can measure."""

import tomllib
from importlib.resources import files

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import amount_per_serving, read_embedded_dishes
from planner.candidates.servings import dish_portions, odd_pieces
from planner.kitchen.measures import kitchen_amount
from tests.each import for_each

DEMANDS = tomllib.loads(files("configs").joinpath("dishes.toml").read_text(encoding="utf-8"))
FOODS = read_embedded_foods()
DISHES = read_embedded_dishes()
NUTRIENTS = ("energy_kcal", "protein_g", "magnesium_mg", "calcium_mg", "sodium_mg")

each_dish = for_each(DISHES, lambda dish: dish.dish_id)


@each_dish
def test_what_goes_in_comes_out(dish):
    least, most = DEMANDS["yield"]["least"], DEMANDS["yield"]["most"]
    eaten_g = [one.mass_g / one.servings for one in dish_portions(dish, FOODS)]
    recipe_g = sum(line.mass_g for line in dish.ingredients)
    assert least * recipe_g <= dish.yield_g <= most * recipe_g
    slack = DEMANDS["rounding"]["most"]
    assert eaten_g == pytest.approx([recipe_g / dish.servings] * len(eaten_g), rel=slack)


@each_dish
def test_a_serving_has_the_energy_of_its_kind(dish):
    least, most = DEMANDS["energy_kcal"][dish.kind]
    assert least <= amount_per_serving(dish, FOODS, "energy_kcal")[0] <= most


@each_dish
def test_what_is_eaten_is_its_share_of_the_recipe(dish):
    slack, salt_mg = DEMANDS["rounding"]["most"], DEMANDS["rounding"]["most_salt_mg"]
    for nutrient in NUTRIENTS:
        one, _ = amount_per_serving(dish, FOODS, nutrient)
        least = salt_mg if nutrient == "sodium_mg" else 0.0
        for portion in dish_portions(dish, FOODS):
            parts = ((FOODS[name].per_100g[nutrient] or 0, g) for name, g in portion.ingredients)
            eaten = sum(per_100g * mass_g / 100 for per_100g, mass_g in parts)
            assert eaten == pytest.approx(portion.servings * one, rel=slack, abs=least), nutrient


@each_dish
def test_every_amount_that_may_be_printed_can_be_measured(dish):
    for portion in dish_portions(dish, FOODS):
        odd = [
            (portion.servings, food_id, mass_g)
            for food_id, mass_g in portion.ingredients
            if mass_g >= DEMANDS["measured"]["least_g"]
            and FOODS[food_id].group not in DEMANDS["measured"]["apart"]
            and not kitchen_amount(FOODS[food_id], mass_g)
        ]  # fmt: skip
        assert odd == []


@each_dish
def test_eggs_slices_and_rolls_come_out_in_pieces(dish):
    numbers = [one.servings for one in dish_portions(dish, FOODS)]
    assert 1.0 in numbers
    assert [odd_pieces(dish, FOODS, number) for number in numbers] == [()] * len(numbers)


@each_dish
def test_what_is_mostly_yogurt_comes_in_whole_pots(dish):
    bodies = [
        (line.food_id, pot.mass_g)
        for line in dish.ingredients
        for pot in FOODS[line.food_id].measures
        if pot.name == "pot" and dish.kind in ("breakfast", "snack")
        if line.mass_g >= 140 * dish.servings
    ]
    for food_id, pot_g in bodies:
        portions = dish_portions(dish, FOODS)
        pots = [
            mass_g / pot_g
            for one in portions
            for name, mass_g in one.ingredients
            if name == food_id
        ]
        assert [number for number in pots if not number.is_integer()] == []
