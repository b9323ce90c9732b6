"""How children take a lunch along that is eaten hot: nobody reheats it where they eat it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.candidates.dish import Dish
from planner.kitchen.cooked import ChildBox, Key, is_served_hot
from planner.kitchen.evenings import work_days
from planner.plan.plan import Plan
from planner.request.preferences import COLD
from planner.request.request import NAMELESS, PlanRequest
from planner.settings import read_settings
from planner.targets.eaters import eater_requests

THE_CHILD = "the child"


def child_boxes(
    plan: Plan, dishes: Mapping[str, Dish], request: PlanRequest
) -> Mapping[Key, ChildBox]:
    """Give (day, slot, dish id) → how children take it along, of what is eaten hot.

    Source: ``configs/meals/second_meal.toml``.
    """
    rule, found = read_settings("meals/second_meal.toml")["child"], dict[Key, ChildBox]()
    children = [name for name, own in eater_requests(request).items() if _is_child(own, rule)]
    days = work_days(request.week) if children else frozenset[int]()
    for day, meal, item in plan.served():
        dish = dishes.get(item.item_id)
        who = [one.eater for one in item.shares] or [NAMELESS]
        names = [name for name in who if name in children]
        is_lunch = day.day in days and meal.slot == rule["slot"] and names
        if is_lunch and dish and dish.kind == "main" and is_served_hot(dish):
            is_boxed = not dish.tags.isdisjoint(rule["box"]["tags"])
            says = str(rule["box" if is_boxed else "thermos"]["says"])
            told = " and ".join([name or THE_CHILD for name in names])
            is_all = names == who and not item.guests
            found[day.day, meal.slot, item.item_id] = ChildBox(says.format(names=told), is_all)
    return found


def _is_child(own: PlanRequest, rule: Mapping[str, Any]) -> bool:
    is_young = own.profile.age_y < rule["below_y"]
    return is_young and own.takes_lunch_along and own.preferences.lunch != COLD
