"""Guests at a meal, and more people like an eater: what is cooked and bought for them besides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.servings import Portion, dish_portions, food_portions, in_words
from planner.plan.plan import Day, GuestShare, Item, Meal, OwnPortion, Plan
from planner.request.eater import Eater, Guests

STANDARD = 1.0  # servings of a dish, or the number of a food's measure nearest to it


def with_guests(
    plan: Plan,
    guests: Sequence[Guests],
    foods: FoodTable,
    dishes: Iterable[Dish],
    host: str | None = None,
) -> Plan:
    """Add to each dish and food of a meal with guests what each of them has of a standard serving.

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
    coming = {(guest.day, guest.slot): guest for guest in guests}
    days = tuple(_day(day, coming, foods, known, host) for day in plan.days)
    return replace(plan, days=days)


def with_more(plan: Plan, eaters: Iterable[Eater]) -> Plan:
    """Add what others have for whom an eater stands: each of them what the eater has."""
    more = {eater.name: eater.count - 1 for eater in eaters if eater.count > 1}
    if not more:
        return plan
    days = (
        replace(day, meals=tuple(_meal_for_more(meal, more) for meal in day.meals))
        for day in plan.days
    )
    return replace(plan, days=tuple(days))


def _meal_for_more(meal: Meal, more: Mapping[str, int]) -> Meal:
    return Meal(meal.slot, tuple(_for_more(item, more) for item in meal.items))


def _for_more(item: Item, more: Mapping[str, int]) -> Item:
    own = [(more[share.eater], share) for share in item.shares if share.eater in more]
    if not own or item.is_beside:
        return item
    before = item.guests or GuestShare(0, 0.0, ())
    masses = dict(before.ingredients)
    for count, share in own:
        for food_id, mass in share.ingredients:
            masses[food_id] = round(masses.get(food_id, 0.0) + mass * count, 1)
    people = before.count + sum(count for count, _ in own)
    servings = before.servings + sum(count * share.servings for count, share in own)
    shares = tuple(replace(one, more=more.get(one.eater, 0)) for one in item.shares)
    return replace(item, shares=shares, guests=GuestShare(people, servings, tuple(masses.items())))


def parts_beside(item: Item) -> tuple[dict[str, float], dict[str, float]]:
    """Return food id → mass [g] of those for whom eaters stand, and of guests."""
    more: dict[str, float] = {}
    for share in item.shares:
        for food_id, mass in share.ingredients if share.more else ():
            more[food_id] = more.get(food_id, 0.0) + mass * share.more
    every = dict(item.guests.ingredients) if item.guests else {}
    rest = {food_id: round(mass - more.get(food_id, 0.0), 1) for food_id, mass in every.items()}
    return more, {food_id: mass for food_id, mass in rest.items() if mass > 0.0}


def pot_of(item: Item, foods: FoodTable) -> Item:
    """Return everything that is cooked of an item: for eaters and for guests."""
    if item.guests is None:
        return item
    masses = dict(item.ingredients)
    for food_id, mass in item.guests.ingredients:
        masses[food_id] = round(masses.get(food_id, 0.0) + mass, 1)
    return replace(
        item,
        servings=item.servings_cooked,
        measure=amount_in_words(item, item.servings_cooked, foods),
        mass_g=round(item.mass_g + item.guests.mass_g, 1),
        ingredients=tuple(masses.items()),
    )


def amount_in_words(item: Item, servings: float, foods: FoodTable) -> str:
    """Write so many servings of an item, or so many of its measure, in words."""
    is_dish = item.kind == "dish"
    return in_words(servings, "serving" if is_dish else foods[item.item_id].serving.measure.name)


def measure_of(item: Item, portion: OwnPortion, foods: FoodTable) -> str:
    """Describe how much of an item somebody has: all its eaters, one of them, or its guests."""
    if isinstance(portion, GuestShare):
        return amount_in_words(item, portion.servings, foods)
    return portion.measure


def _day(
    day: Day,
    coming: Mapping[tuple[int, str], Guests],
    foods: FoodTable,
    dishes: Mapping[str, Dish],
    host: str | None,
) -> Day:
    meals = []
    for meal in day.meals:
        guests = coming.get((day.day, meal.slot))
        items = (
            _served(item, guests, foods, dishes) if guests and _is_for(item, host) else item
            for item in meal.items
        )
        meals.append(Meal(meal.slot, tuple(items)))
    return replace(day, meals=tuple(meals))


def _is_for(item: Item, host: str | None) -> bool:
    """Whether guests have some of it: nobody's pills, and no water for the whole day."""
    of_host = host is None or any(share.eater == host for share in item.shares)
    return of_host and not item.is_beside


def _served(item: Item, guests: Guests, foods: FoodTable, dishes: Mapping[str, Dish]) -> Item:
    portion = _standard_portion(item, foods, dishes)
    if portion is None:
        return item
    times = guests.count * guests.servings
    ingredients = tuple((food_id, mass * times) for food_id, mass in portion.ingredients)
    return replace(item, guests=GuestShare(guests.count, portion.servings * times, ingredients))


def _standard_portion(item: Item, foods: FoodTable, dishes: Mapping[str, Dish]) -> Portion | None:
    if item.kind == "dish":
        portions = dish_portions(dishes[item.item_id], foods) if item.item_id in dishes else ()
    else:
        portions = food_portions(foods[item.item_id])
    return min(portions, key=lambda one: abs(one.servings - STANDARD), default=None)
