"""How second meals come to the table: hot again, or cold from the refrigerator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.candidates.dish import Dish
from planner.plan.plan import Item
from planner.settings import read_settings


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
