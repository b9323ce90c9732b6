"""Guests at a meal: what is cooked and bought for them, beside what any eater has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.servings import Portion, dish_portions, food_portions
from planner.plan.plan import Day, GuestShare, Item, Meal, Plan
from planner.targets.eater import Guests

STANDARD = 1.0  # servings of a dish, or the number of a food's measure nearest to it


def with_guests(
    plan: Plan,
    guests: Sequence[Guests],
    foods: FoodTable,
    dishes: Iterable[Dish],
    host: str | None = None,
) -> Plan:
    """Add to each dish and food of a meal with guests a standard serving for each of them.

    Parameters
    ----------
    plan
        The plan; its totals stay, since they are those of its eaters.
    guests
        Who comes, and when.
    foods, dishes
        What the plan is made of.
    host
        The eater whose dishes the guests have; everything on the table without one.
    """
    if not guests:
        return plan
    known = {dish.dish_id: dish for dish in dishes}
    coming = {(one.day, one.slot): one.count for one in guests}
    days = tuple(_day(day, coming, foods, known, host) for day in plan.days)
    return replace(plan, days=days)


def guest_texts(item: Item) -> tuple[str, ...]:
    """Say that an item is for guests too: ``("for 2 guests",)``; nothing without any."""
    if item.guests is None:
        return ()
    count = item.guests.count
    return (f"for {count} guest{'s' * (count > 1)}",)


def _day(
    day: Day,
    coming: Mapping[tuple[int, str], int],
    foods: FoodTable,
    dishes: Mapping[str, Dish],
    host: str | None,
) -> Day:
    meals = []
    for meal in day.meals:
        count = coming.get((day.day, meal.slot), 0)
        items = (
            _served(item, count, foods, dishes) if count and _is_for(item, host) else item
            for item in meal.items
        )
        meals.append(Meal(meal.slot, tuple(items)))
    return replace(day, meals=tuple(meals))


def _is_for(item: Item, host: str | None) -> bool:
    """Whether guests have some of it: nobody's pills, and no water for the whole day."""
    of_host = host is None or any(share.eater == host for share in item.shares)
    return of_host and not item.is_beside


def _served(item: Item, count: int, foods: FoodTable, dishes: Mapping[str, Dish]) -> Item:
    portion = _standard_portion(item, foods, dishes)
    if portion is None:
        return item
    ingredients = tuple((food_id, mass * count) for food_id, mass in portion.ingredients)
    return replace(item, guests=GuestShare(count, portion.servings * count, ingredients))


def _standard_portion(item: Item, foods: FoodTable, dishes: Mapping[str, Dish]) -> Portion | None:
    if item.kind == "dish":
        portions = dish_portions(dishes[item.item_id], foods) if item.item_id in dishes else ()
    else:
        portions = food_portions(foods[item.item_id])
    return min(portions, key=lambda one: abs(one.servings - STANDARD), default=None)
