"""Dry beans of one's own in the place of those from a can: boiled, they are the same food."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace

from foods.packages import bought
from foods.table import FoodTable
from planner.candidates.dish import Dish, Ingredient
from planner.errors import CandidatesError
from planner.kitchen.as_bought import is_canned
from planner.kitchen.pantry import pantry_of
from planner.kitchen.sold import COOKING, is_from_dry
from planner.kitchen.used_up import foods_meant
from planner.language.names import short_name
from planner.request.request import PlanRequest
from planner.settings import read_settings

DRY = "dry"
_CUT = ", "
_CANNED = re.compile(r"\((?:home-cooked, or )?canned[^()]*\)")


def with_own_dry(
    dishes: Iterable[Dish], request: PlanRequest, foods: FoodTable
) -> tuple[Dish, ...]:
    """Give the dishes with dry beans that are to be used up, or eaten first, for canned ones.

    Only for dishes of which they are enough for a serving. A recipe says then how they are boiled.

    Raises
    ------
    ConfigError
        When the request names what is at home in words that are not understood.
    """
    own = _at_home(request, foods)
    return tuple(_from_dry(one, own, foods) if own else one for one in dishes)


def _at_home(request: PlanRequest, foods: FoodTable) -> Mapping[str, float]:
    """Give food id → mass of what is dry and at home [g]: named so, or in a pantry eaten first."""
    held: dict[str, float] = {}
    for name, mass_g in (use for one in request.everybody for use in one.use.items()):
        with suppress(CandidatesError):  # told where it is asked for
            meant = foods_meant(name, foods, ())
            if all(foods[one].state == DRY for one in meant):
                held |= {one: held.get(one, 0.0) + mass_g for one in meant}
    for entry in pantry_of(request, foods).entries if request.week.from_pantry else ():
        if foods[entry.food_id].state == DRY:
            held[entry.food_id] = held.get(entry.food_id, 0.0) + entry.mass_g
    return held


def _from_dry(dish: Dish, own: Mapping[str, float], foods: FoodTable) -> Dish:
    canned = [line for line in dish.ingredients if is_canned(line)]
    taken = {line: bought(foods[line.food_id], line.mass_g, foods) for line in canned}
    fit = {
        line: food
        for line, (food, mass_g) in taken.items()
        if mass_g / dish.servings <= own.get(food.food_id, 0.0)
    }
    if not fit:
        return dish
    rule, steps = read_settings(COOKING)["from_dry"], dish.steps
    boil = [
        rule["boil" if food.food_id in rule["not_soaked"] else "soaked"].format(
            food=short_name(food.name)
        )
        for food in fit.values()
    ]
    if len(fit) == len(canned):
        steps = tuple(_CANNED.sub(f"({rule['ready']})", step) for step in steps)
    lines = tuple(_measured(one) if one in fit else one for one in dish.ingredients)
    return replace(dish, ingredients=lines, steps=(*boil, *steps))


def _measured(line: Ingredient) -> Ingredient:
    """Say of a line from a can that it is from dry."""
    measure = read_settings(COOKING)["measure"]
    canned = measure["says_canned"].split(_CUT)
    kept = (part for part in line.measure.split(_CUT) if part not in canned)
    return replace(line, measure=_CUT.join((*kept, measure["from_dry"])))


def soaked(dish: Dish, pot: Iterable[tuple[str, float]], foods: FoodTable) -> Mapping[str, float]:
    """Give name → mass [g] of what is soaked for a dish, of (food id, mass [g]) that are cooked."""
    dry = {line.food_id for line in dish.ingredients if is_from_dry(line)}
    found = (bought(foods[one], mass_g, foods) for one, mass_g in pot if one in dry)
    at_once = read_settings(COOKING)["from_dry"]["not_soaked"]
    return {food.name: mass_g for food, mass_g in found if food.food_id not in at_once}
