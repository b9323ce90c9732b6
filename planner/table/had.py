"""Dishes that were had on days that are past: they stay as they were cooked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial

from planner.candidates.as_cooked import ALL, with_amounts, with_either_salt
from planner.candidates.at_hand import foods_at_hand
from planner.candidates.dish import Dish
from planner.candidates.servings import mass_per_food
from planner.kitchen.batch import more_key
from planner.kitchen.shopping import batch_asked
from planner.plan.locks import past_days
from planner.plan.plan import Plan
from planner.request.day_words import today
from planner.request.preferences import Preferences
from planner.request.request import PlanRequest
from planner.table.choice import cooked_for, foods_used
from planner.table.prepare import dishes_at_hand
from planner.targets.eaters import eater_requests


def dishes_before(plan: Plan, request: PlanRequest) -> Mapping[str, Dish]:
    """Return the dishes of past days where others are cooked since, or with other amounts."""
    is_other = any(eater.names_lasting or eater.since for eater in request.everybody)
    return dishes_had(plan, request, past_days(plan, today())) if is_other else {}


def dishes_had(plan: Plan, request: PlanRequest, past: Collection[int]) -> dict[str, Dish]:
    """Return the dishes (by id) of past days as they were cooked, whatever is asked now."""
    items = [item for day in plan.days if day.day in past for item in day.items()]
    had = {item.item_id: item.ingredients for item in reversed(items)}
    if not had:
        return {}
    foods = foods_at_hand(request)
    written = dishes_at_hand(request, foods)
    used = foods_used(request, foods, written)
    each = eater_requests(request)
    week, nothing = replace(request.week, pantry=()), Preferences()  # as before an earlier wish
    bare = {name: replace(one, week=week, preferences=nothing) for name, one in each.items()}
    usual = cooked_for(bare, foods, written, salt=ALL)
    found: dict[str, list[Dish]] = {}
    for made in (cooked_for(each, foods, written, used, ALL), usual, written):
        own = tuple(dish for dish in made if dish.dish_id in had)
        for dish in with_either_salt(own):
            found.setdefault(dish.dish_id, []).append(dish)
    amounts = request.week.amounts
    return {
        name: min(with_amounts(those, amounts), key=partial(_apart, had[name]))
        for name, those in found.items()
    }


def with_cooked(request: PlanRequest, plan: Plan, past: Collection[int]) -> PlanRequest:
    """Return the request of a plan with what was cooked for later, and begun for the day after."""
    items = ((day.day, item) for day, _, item in plan.served() if day.day in past)
    own = ((day, item.item_id) for day, item in items if item.kind == "dish")
    foods = foods_at_hand(request) if past else None
    if foods is None:
        return request
    batch = batch_asked(plan, request, tuple(dishes_at_hand(request, foods)), foods)
    more = {(cooking.day, cooking.dish_id): sum(cooking.portions[1:]) for cooking in batch.cook}
    cooked = {more_key(*pair): more.get(pair, 0.0) for pair in own}
    first = next(day for day in plan.days if day.day not in past)
    begun = {str(first.day): [item.item_id for item in first.items()], **request.week.begun}
    return replace(request, week=replace(request.week, cooked_more=cooked, begun=begun))


def _apart(eaten: Iterable[tuple[str, float]], dish: Dish) -> float:
    """Describe how far the shares of foods in a dish are from those in what was eaten.

    Each counts by how many times as much it is: a pinch of salt tells one way from another.
    """
    shares = []
    for masses in (dict(eaten), mass_per_food(dish)):
        whole = sum(masses.values())
        shares.append({food: mass / whole for food, mass in masses.items()})
    had, made = shares
    pairs = [(had.get(food, 0.0), made.get(food, 0.0)) for food in {**had, **made}]
    return sum(abs(share - other) / max(share, other) for share, other in pairs if share or other)
