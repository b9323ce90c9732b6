"""Who has what of a table: each eater's own days, taken from it.

The judge reads plans through this too, so it knows nothing of how they are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from foods.nutrient import known_nutrients
from planner.plan.plan import ABSENT, SHARED, Day, Item, Meal, Plan, Share
from planner.request.request import NAMELESS

CALCIUM, MAGNESIUM = "calcium_mg", "magnesium_mg"
Amounts = Mapping[str, float | None]


def eaters_of(plan: Plan) -> tuple[str, ...]:
    """Name everybody who has a share of something, in the order of the table.

    A plan without shares is that of its nameless eater.
    """
    return tuple(_people_of(plan)) or (NAMELESS,)


def heads_of(plan: Plan) -> int:
    """Count who eats of a plan: its eaters, and those for whom they stand."""
    return sum(_people_of(plan).values()) or 1


def _people_of(plan: Plan) -> dict[str, int]:
    """Return eater → how many people that is, in the order of the table; empty without shares."""
    shares = (share for day in plan.days for item in day.items() for share in item.shares)
    return {share.eater: 1 + share.more for share in shares}


def days_of(plan: Plan, eater: str) -> tuple[Day, ...]:
    """Return the days of one eater's own plan; their totals are sums over the shares."""
    if eater == NAMELESS:
        return plan.days
    return tuple(_own_day(day, eater) for day in plan.days)


def own_plan(plan: Plan, eater: str) -> Plan:
    """Return one eater's own plan; the nameless one's is the whole."""
    if eater == NAMELESS:
        return plan
    days = days_of(plan, eater)
    return plan_of(days, len({food_id for day in days for food_id, _ in day.ingredients()}))


def plan_of(days: Iterable[Day], distinct_foods: int) -> Plan:
    """Return days as a plan, with their sums."""
    days = tuple(days)
    totals, count = sum_amounts(day.totals for day in days), len(present_days(days))
    means = {key: None if value is None else value / count for key, value in totals.items()}
    cost = sum(day.cost for day in days)
    return Plan(days, totals, means, ratio_of(totals), cost, distinct_foods)


def present_days(days: Sequence[Day]) -> Sequence[Day]:
    """Return the days on which the eater is at the table: all where that is none of them."""
    return [day for day in days if day.facts != ABSENT] or days


def with_sums(day: Day, meals: Iterable[Meal]) -> Day:
    """Return a day with other meals, and with their sums."""
    own = replace(day, meals=tuple(meals))
    totals = sum_amounts(item.nutrients for item in own.items())
    pills = sum_amounts(item.nutrients for item in own.items() if item.is_supplement)
    return replace(
        own,
        totals=totals,
        ca_mg_ratio=ratio_of(totals),
        cost=sum(item.cost for item in own.items()),
        supplement_totals={key: value for key, value in pills.items() if value is not None},
    )


def sum_amounts(parts: Iterable[Amounts]) -> dict[str, float | None]:
    """Sum amounts by nutrient; unknown parts add nothing, all unknown stays unknown."""
    totals: dict[str, float | None] = dict.fromkeys(known_nutrients())
    for part in parts:
        for key, value in part.items():
            if value is not None:
                totals[key] = (totals[key] or 0.0) + value
    return totals


def ratio_of(totals: Amounts) -> float | None:
    """Return calcium to magnesium by weight; ``None`` without magnesium."""
    calcium, magnesium = totals[CALCIUM], totals[MAGNESIUM]
    return calcium / magnesium if calcium is not None and magnesium else None


def _own_day(day: Day, eater: str) -> Day:
    own = (own_meal(meal, eater) for meal in day.meals)
    meals = [meal for meal in own if meal.items]
    is_absent = not meals and any(meal.items for meal in day.meals)
    return with_sums(replace(day, facts=ABSENT) if is_absent else day, meals)


def own_meal(meal: Meal, eater: str) -> Meal:
    """Return what one eater has of a meal; the nameless one has all of it."""
    if eater == NAMELESS:
        return meal
    pairs = ((item, share) for item in meal.items for share in item.shares)
    items = tuple(own_item(item, share) for item, share in pairs if share.eater == eater)
    return Meal(meal.slot, items)


def own_item(item: Item, share: Share) -> Item:
    """Return one eater's portion as an item of its own."""
    own: dict[str, Any] = {name: getattr(share, name) for name in SHARED}
    return replace(item, **own, shares=(), guests=None)
