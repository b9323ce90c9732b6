"""One table for several eaters: their plans laid together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from foods.table import FoodTable
from planner.meals.patterns import SLOTS
from planner.plan.assemble import count_served
from planner.plan.guests import amount_in_words
from planner.plan.plan import SHARED, Day, Item, Meal, Plan, Share
from planner.plan.shares import plan_of, ratio_of, sum_amounts
from planner.request.request import NAMELESS

_Key = tuple[str, str, int | None, str | None]  # kind, id, day it was cooked, whose alone it is


def merge_plans(plans: Mapping[str, Plan], foods: FoodTable, line_g: float) -> Plan:
    """Lay the plans of several eaters (name → plan of the same days) on one table.

    The same dish at the same meal becomes one item with a share for each eater; pills stay apart.
    The plan of a nameless eater is the table.

    Parameters
    ----------
    plans
        Plan of each eater, in the order in which they are named.
    foods
        The food table.
    line_g
        Mass from which a food counts as distinct [g].
    """
    if NAMELESS in plans:
        return plans[NAMELESS]
    rows = zip(*(plan.days for plan in plans.values()), strict=True)
    days = tuple(_merged_day(dict(zip(plans, row, strict=True)), foods) for row in rows)
    return plan_of(days, count_served(days, foods, line_g))


def _merged_day(days: Mapping[str, Day], foods: FoodTable) -> Day:
    meals = []
    for slot in SLOTS:
        items = tuple(_merged_items(slot, days, foods))
        if items:
            meals.append(Meal(slot, items))
    first = max(days.values(), key=lambda one: one.facts.planned_share)  # who is at the table
    totals = sum_amounts([day.totals for day in days.values()])
    pills = sum_amounts([day.supplement_totals for day in days.values()])
    return replace(
        first,
        meals=tuple(meals),
        totals=totals,
        ca_mg_ratio=ratio_of(totals),
        cost=sum(day.cost for day in days.values()),
        supplement_totals={key: value for key, value in pills.items() if value is not None},
    )


def _merged_items(slot: str, days: Mapping[str, Day], foods: FoodTable) -> Iterable[Item]:
    """Return the items of a meal: what stands first for most eaters stands first."""
    held: dict[_Key, list[tuple[str, Item]]] = {}
    places: dict[_Key, int] = {}
    for eater, day in days.items():
        items = [item for meal in day.meals if meal.slot == slot for item in meal.items]
        for place, item in enumerate(items):
            own = eater if item.is_beside else None
            key = (item.kind, item.item_id, item.leftover_of, own)
            places[key] = min(places.get(key, place), place)
            held.setdefault(key, []).append((eater, item))
    for key in sorted(held, key=lambda one: (places[one] > 0, -len(held[one]))):
        yield _merged_item(held[key], foods)


def _merged_item(held: Sequence[tuple[str, Item]], foods: FoodTable) -> Item:
    first = held[0][1]
    items = [item for _, item in held]
    servings = sum(item.servings for item in items)
    masses: dict[str, float] = {}
    for item in items:
        for food_id, mass in item.ingredients:
            masses[food_id] = round(masses.get(food_id, 0.0) + mass, 1)
    return replace(
        first,
        servings=servings,
        measure=first.measure if len(items) == 1 else amount_in_words(first, servings, foods),
        mass_g=round(sum(item.mass_g for item in items), 1),
        ingredients=tuple(masses.items()),
        nutrients=sum_amounts([item.nutrients for item in items]),
        cost=sum(item.cost for item in items),
        minutes=max(item.minutes for item in items),
        active_minutes=max(item.active_minutes for item in items),
        shares=tuple(Share(who, *(getattr(one, name) for name in SHARED)) for who, one in held),
    )
