"""Whether a plan has as much of a thing as somebody put on a meal."""

from __future__ import annotations

import math

from foods.embedded import read_embedded_foods, read_lookup_foods
from foods.recipe_line import parse_line
from foods.recipe_match import match_answered, match_line
from planner.check.dish_notes import Notes
from planner.check.names import find_called, words_of
from planner.plan.plan import Item
from planner.request.put import Put, looked_up
from planner.settings import read_settings


def has_words(name: str, thing: str) -> bool:
    """Whether a name has all words of what is meant, as one or as many."""
    own = {form for word in words_of(name) for form in word}
    return all(own.intersection(word) for word in words_of(thing))


def _is_called(name: str, thing: str) -> bool:
    return has_words(name, thing) and has_words(thing, name)


def is_as_much(put: Put, item: Item, notes: Notes) -> bool:
    """Whether there is as much of an item as was put; without an amount any is."""
    if not put.count or find_called(put.dish, (), notes):
        return True
    foods, kitchen = read_embedded_foods(), read_settings("check.toml")["kitchen"]
    slack = {"rel_tol": kitchen["fraction"], "abs_tol": kitchen["whole_g"]}
    if item.kind == "dish" and put.mass_g is None:
        pieces_g = _pieces_g(put)
        is_so = pieces_g is not None and math.isclose(item.mass_g, pieces_g, **slack)
        return is_so or math.isclose(item.servings, put.count)
    if item.kind == "dish" and put.mass_g is not None:
        return math.isclose(_held_g(item, put.thing) or item.mass_g, put.mass_g, **slack)
    line, food = match_line(put.dish, foods), foods.foods.get(item.item_id)
    if food is not None and food.serving.slots and _is_called(food.name, put.thing):
        asked_g = put.mass_g or put.count * food.serving.measure.mass_g
    elif line.is_sure and line.mass_g is not None:
        asked_g = line.mass_g
    elif put.mass_g is not None:
        asked_g = put.mass_g
    elif food is not None:
        asked_g = put.count * food.serving.measure.mass_g
    else:
        return True  # a food of a person's own, of which only the plan says how it is measured
    return math.isclose(item.mass_g, asked_g, **slack)


def _held_g(item: Item, thing: str) -> float:
    """Add up what a dish holds of a food by that name, of those an amount is said of [g]."""
    foods, groups = read_embedded_foods(), read_settings("meals/portions.toml")["put"]["amount_of"]
    return sum(
        mass_g
        for food_id, mass_g in item.ingredients
        if food_id in foods
        and foods[food_id].group in groups
        and has_words(foods[food_id].name.split(",")[0], thing)
    )


def _pieces_g(put: Put) -> float | None:
    """Return what ``"2 slices of pizza"`` weigh by the pieces that diaries know [g]."""
    food, amount = looked_up(put.thing), parse_line(put.dish).amount
    by_serving = read_settings("meals/portions.toml")["put"]["servings"]
    if food is None or amount is None or amount.unit in by_serving:
        return None
    return match_answered(put.dish, food, read_lookup_foods()).mass_g
