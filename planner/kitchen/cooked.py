"""What is cooked at once for meals and the freezer, and how second meals are served."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.later import fresh_parts
from planner.kitchen.batch import BatchPlan, Cooking
from planner.plan.guests import pot_of
from planner.plan.plan import Day, Item, Meal, Plan
from planner.settings import read_settings

Key = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Cooked:
    """A dish as it is cooked for a meal.

    Parameters
    ----------
    item
        Everything that is cooked of it at once.
    cooking
        What of it is for other meals or the freezer; ``None`` where nothing is.
    """

    item: Item
    cooking: Cooking | None = None


def cooked_dishes(
    plan: Plan, foods: FoodTable, batch: BatchPlan | None, dishes: Mapping[str, Dish]
) -> Mapping[Key, Cooked]:
    """Give (day, slot, dish id) → what is cooked then, where more is cooked than that meal eats.

    ``dishes`` has the recipes at hand by id: what they add to a kept portion when it is eaten is
    not cooked with the rest.
    """
    items = {
        (day.day, meal.slot, item.item_id): pot_of(item, foods) for day, meal, item in plan.served()
    }
    return {
        (one.day, one.slot, one.dish_id): Cooked(_at_once(one, items, dishes.get(one.dish_id)), one)
        for one in (batch.cook if batch else ())
        if (one.day, one.slot, one.dish_id) in items
    }


def cooked_of(
    cooked: Mapping[Key, Cooked], day: Day, meal: Meal, item: Item, foods: FoodTable
) -> Item:
    """Give everything that is cooked at once of one thing of a meal."""
    found = cooked.get((day.day, meal.slot, item.item_id))
    is_cooked = found is not None and item.leftover_of is None
    return found.item if found and is_cooked else pot_of(item, foods)


def _at_once(one: Cooking, items: Mapping[Key, Item], dish: Dish | None) -> Item:
    """Add up what is eaten then, what is eaten later but for what is added then, and frozen."""
    now = items[one.day, one.slot, one.dish_id]
    masses: dict[str, float] = {}
    later = [_kept(items[day, slot, one.dish_id], dish) for day, slot, _ in one.again]
    for parts in (now.ingredients, *later, one.frozen_parts):
        for food_id, mass_g in parts:
            masses[food_id] = round(masses.get(food_id, 0.0) + mass_g, 1)
    return replace(now, servings=one.cooked_servings, ingredients=tuple(masses.items()))


def _kept(item: Item, dish: Dish | None) -> list[tuple[str, float]]:
    """Give what is cooked of a second meal on the day of the first."""
    fresh = dict(fresh_parts(dish.ingredients, item.ingredients)) if dish else {}
    kept = ((food_id, mass_g - fresh.get(food_id, 0.0)) for food_id, mass_g in item.ingredients)
    return [(food_id, mass_g) for food_id, mass_g in kept if mass_g > 0]


def serving_text(item: Item, dishes: Mapping[str, Dish]) -> str:
    """Say how to serve a second meal; empty for everything else.

    Parameters
    ----------
    item
        What is on the table.
    dishes
        Dish id → recipe, those at hand; a dish that is not among them is reheated.
    """
    if item.leftover_of is None:
        return ""
    rules: Mapping[str, Any] = read_settings("meals/second_meal.toml")
    dish = dishes.get(item.item_id)
    ways = ("cold", "kept")
    named = [how for how in ways if item.item_id in rules[how]["dishes"]]
    tagged = [how for how in ways if dish and dish.tags & set(rules[how]["tags"])]
    (how, *_) = [*named, *tagged, "hot"]
    return str(rules[how]["says"])
