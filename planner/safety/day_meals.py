"""Meals as things of the day: when they are eaten, and what they hold that binds medicines."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from foods.table import FoodTable
from planner.safety.hours import MEAL, Taken
from planner.safety.read import read_safety_settings

Hours = Mapping[str, float]
"""Meal → hour of the day, of those that are not eaten at the usual one."""
AS_USUAL: Hours = MappingProxyType({})


def meal_hour(slot: str, hours: Hours = AS_USUAL) -> float:
    """Give the hour of a meal, the usual one where nobody said another."""
    return hours[slot] if slot in hours else float(read_safety_settings("schedule")["hour"][slot])


def unknown_meal(slot: str, hours: Hours = AS_USUAL) -> Taken:
    """Give a meal of which nobody knows what it holds."""
    usual = read_safety_settings("schedule")["meal"]["holds"]["usual"]
    return meal_at(slot, dict.fromkeys(usual, math.inf), hours)


def meal_at(slot: str, holds: Mapping[str, float], hours: Hours = AS_USUAL) -> Taken:
    """Give a meal at its hour; ``holds`` is kind of ``apart.csv`` → amount."""
    first_h, lasts_h = meal_hour(slot, hours), read_safety_settings("schedule")["meal"]["lasts_h"]
    held = tuple(sorted(holds.items()))
    return Taken(slot, MEAL, spans=((first_h, first_h + lasts_h),), holds=held)


def what_it_holds(
    ingredients: Iterable[tuple[str, float]], foods: FoodTable
) -> Mapping[str, float]:
    """Give kind of ``apart.csv`` → amount [mg or g] in foods, (food id, mass [g]) each.

    A food without a figure counts as none of it.
    """
    settings = read_safety_settings("schedule")["meal"]
    kinds = (*settings["amounts"], *settings["marks"])
    holds = dict.fromkeys(kinds, 0.0)
    for food_id, mass_g in ingredients:
        food = foods[food_id]
        for kind, nutrient in settings["amounts"].items():
            holds[kind] += (food.per_100g.get(nutrient) or 0.0) * mass_g / 100
        for kind, words in settings["marks"].items():
            if (
                food.group in words["groups"]
                or not food.allergens.isdisjoint(words["allergens"])
                or not food.origin.isdisjoint(words["origin"])
                or not food.flags.isdisjoint(words["flags"])
            ):
                holds[kind] += mass_g
    return holds
