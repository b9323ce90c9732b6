"""Dishes are salted, and cook the grain and the potatoes they hold; ``configs/dishes.toml``."""

import tomllib
from dataclasses import replace
from importlib.resources import files

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from tests.foods.step_words import names, words_in

DEMANDS = tomllib.loads(files("configs").joinpath("dishes.toml").read_text(encoding="utf-8"))
SALT, COOKED = DEMANDS["salt"], DEMANDS["cooked"]
FOODS = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}


# Salt


def is_savoury(dish):
    """Mains and sides are, and breakfasts that are not tagged sweet."""
    return dish.kind in ("main", "side") or (dish.kind == "breakfast" and "sweet" not in dish.tags)


def salt_g_per_100g(dish):
    """Salt that holds as much sodium as the dish [g per 100 g of what is ready]."""
    sodium_mg = sum(
        (FOODS[line.food_id].per_100g["sodium_mg"] or 0.0) * line.mass_g / 100
        for line in dish.ingredients
    )
    return sodium_mg / 1000 * SALT["g_per_g_sodium"] / dish.yield_g * 100


def without(dish, food_id):
    lines = tuple(line for line in dish.ingredients if line.food_id != food_id)
    return replace(dish, ingredients=lines)


def test_every_savoury_dish_is_salted():
    found = {d.dish_id: salt_g_per_100g(d) for d in DISHES.values() if is_savoury(d)}
    assert len(found) > len(DISHES) / 2
    assert {one: g for one, g in found.items() if g < SALT["least_g_per_100g"]} == {}


@pytest.mark.parametrize("dish_id", ["plain_brown_rice", "vinegar_slaw_small"])
def test_a_dish_without_its_salt_is_found(dish_id):
    assert salt_g_per_100g(without(DISHES[dish_id], "salt")) < SALT["least_g_per_100g"]


def test_a_main_dish_is_savoury_even_if_it_is_tagged_sweet():
    assert is_savoury(DISHES["peanut_butter_jelly_apple"])
    assert "sweet" in DISHES["peanut_butter_jelly_apple"].tags


# Grain and potatoes are cooked in the steps


def cooked_lines(dish):
    """Lines of grain, pasta and potatoes in the state in which they are eaten."""
    return [
        line
        for line in dish.ingredients
        if (food := FOODS[line.food_id]).state == "eaten"
        and (food.group in COOKED["groups"] or food.base in COOKED["bases"])
    ]


def told(dish, line):
    """Steps from the first that names a food to the one after the last, with its measure."""
    at = [i for i, step in enumerate(dish.steps) if names(line.food_id) & words_in(step)]
    steps = dish.steps[at[0] : at[-1] + 2] if at else ()
    return " ".join((*steps, line.measure)).lower()


def presupposed(dish):
    """Foods of a dish that no step cooks, or that its steps take as cooked already."""
    texts = {line.food_id: told(dish, line) for line in cooked_lines(dish)}
    return [
        food_id
        for food_id, text in texts.items()
        if not any(word in text for word in COOKED["any"])
        or any(phrase in text for phrase in COOKED["never"])
    ]


def test_no_dish_presupposes_cooked_grain_or_potatoes():
    found = {dish.dish_id: presupposed(dish) for dish in DISHES.values()}
    assert sum(bool(cooked_lines(dish)) for dish in DISHES.values()) > len(DISHES) / 4
    assert {dish_id: foods for dish_id, foods in found.items() if foods} == {}


def test_a_dish_whose_rice_is_there_already_is_found():
    dish = DISHES["nasi_goreng_egg_cabbage"]
    rice = "Loosen the rice with wet hands."
    uncooked = replace(dish, steps=(rice, "Serve it cold."))
    leftover = replace(dish, steps=(rice, "Boil the peas; use leftover rice of the day before."))
    assert presupposed(dish) == []
    assert presupposed(uncooked) == presupposed(leftover) == ["brown_rice_cooked"]


# One pot


def vessels(dish):
    """Kinds of pots and pans that the steps of a recipe name; a bare "pan" is any of them."""
    text = " ".join(dish.steps).lower()
    kinds = DEMANDS["vessels"]["words"]
    return {kind for kind, words in kinds.items() if any(one in text for one in words)}


def test_a_dish_of_one_pot_names_no_second_one():
    found = {d.dish_id: vessels(d) for d in DISHES.values() if "one_pot" in d.tags}
    assert len(found) > len(DISHES) / 20
    assert {dish_id: kinds for dish_id, kinds in found.items() if len(kinds) > 1} == {}
    assert len(vessels(DISHES["shrimp_edamame_fried_brown_rice"])) > 1
