"""Dishes that were had on days that are past: they stay as they were cooked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from planner.candidates.as_cooked import with_amounts
from planner.candidates.at_hand import foods_at_hand
from planner.candidates.dish import Dish
from planner.plan.locks import past_days
from planner.plan.plan import Plan
from planner.request.day_words import today
from planner.request.preferences import Preferences
from planner.request.request import PlanRequest
from planner.table.choice import cooked_for, foods_used
from planner.table.prepare import dishes_at_hand
from planner.targets.eaters import eater_requests


def dishes_before(plan: Plan, request: PlanRequest) -> Mapping[str, Dish]:
    """Give the dishes of past days where others are cooked since, as something is left out."""
    is_other = any(one.names_lasting for one in request.everybody)
    return dishes_had(plan, request, past_days(plan, today())) if is_other else {}


def dishes_had(plan: Plan, request: PlanRequest, past: Collection[int]) -> dict[str, Dish]:
    """Give the dishes (by id) of days that are past as they were cooked, whatever is asked now."""
    items = [one for day in plan.days if day.day in past for one in day.items()]
    held = {one.item_id: {food for food, _ in one.ingredients} for one in reversed(items)}
    if not held:
        return {}
    foods = foods_at_hand(request)
    written = dishes_at_hand(request, foods)
    used = foods_used(request, foods, written)
    each = eater_requests(request)
    by_request = cooked_for(each, foods, written, used)
    week, nothing = replace(request.week, pantry=()), Preferences()  # as before an earlier wish
    bare = {name: replace(one, week=week, preferences=nothing) for name, one in each.items()}
    usual = cooked_for(bare, foods, written)
    found = {one.dish_id: one for one in by_request if one.dish_id in held}
    for one in (*written, *usual, *by_request):
        if {line.food_id for line in one.ingredients} == held.get(one.dish_id):
            found[one.dish_id] = one
    return {one.dish_id: one for one in with_amounts([*found.values()], request.week.amounts)}
