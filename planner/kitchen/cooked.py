"""What is cooked at once: everything for a meal, for its second meals, and for the freezer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from foods.table import FoodTable
from planner.kitchen.batch import BatchPlan, Cooking
from planner.plan.guests import pot_of
from planner.plan.plan import Item, Plan

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


def cooked_dishes(plan: Plan, foods: FoodTable, batch: BatchPlan | None) -> Mapping[Key, Cooked]:
    """Give (day, slot, dish id) → what is cooked then, where more is cooked than that meal eats."""
    items = {
        (day.day, meal.slot, item.item_id): pot_of(item, foods)
        for day in plan.days
        for meal in day.meals
        for item in meal.items
    }
    return {
        (one.day, one.slot, one.dish_id): Cooked(_at_once(one, items), one)
        for one in (batch.cook if batch else ())
        if (one.day, one.slot, one.dish_id) in items
    }


def _at_once(one: Cooking, items: Mapping[Key, Item]) -> Item:
    """Add up what is eaten then, what is eaten later, and what is frozen."""
    now = items[one.day, one.slot, one.dish_id]
    masses: dict[str, float] = {}
    later = [items[day, slot, one.dish_id].ingredients for day, slot, _ in one.again]
    for parts in (now.ingredients, *later, one.frozen_parts):
        for food_id, mass_g in parts:
            masses[food_id] = round(masses.get(food_id, 0.0) + mass_g, 1)
    return replace(now, servings=one.cooked_servings, ingredients=tuple(masses.items()))
