"""What is cooked at once for meals and the freezer, and how second meals are served."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.later import fresh_parts
from planner.kitchen.batch import BatchPlan, Cooking
from planner.plan.guests import pot_of
from planner.plan.plan import Day, Item, Meal, Plan
from planner.settings import read_settings
from planner.wording import joined

Key = tuple[int, str, str]


class ChildBox(NamedTuple):
    """How children take their part of a dish along.

    Parameters
    ----------
    text
        What is said of it.
    is_all
        Whether nobody else has any of it.
    """

    text: str
    is_all: bool


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


def serving_text(item: Item, dishes: Mapping[str, Dish], box: ChildBox | None = None) -> str:
    """Say how to serve a second meal, and how a child takes a meal along; else empty.

    Parameters
    ----------
    item
        What is on the table.
    dishes
        Dish id → recipe, those at hand; a dish that is not among them is reheated.
    box
        How children take it along; nothing else is said where they have all of it.
    """
    parts = [box.text] if box else []
    if item.leftover_of is None or (box and box.is_all):
        return joined(parts)
    how = _way(item.item_id, dishes.get(item.item_id))
    return joined([str(read_settings("meals/second_meal.toml")[how]["says"]), *parts])


def is_served_hot(dish: Dish) -> bool:
    """Whether a dish is eaten hot: neither as a second meal nor from a box it is eaten as it is."""
    rule = read_settings("meals/rules.toml")["lunch"]
    is_cold = dish.dish_id in rule["cold_dishes"] or dish.tags & set(rule["cold_tags"])
    return not is_cold and _way(dish.dish_id, dish) == "hot"


def _way(dish_id: str, dish: Dish | None) -> str:
    rules: Mapping[str, Any] = read_settings("meals/second_meal.toml")
    ways = ("cold", "kept")
    named = [how for how in ways if dish_id in rules[how]["dishes"]]
    tagged = [how for how in ways if dish and dish.tags & set(rules[how]["tags"])]
    return [*named, *tagged, "hot"][0]
