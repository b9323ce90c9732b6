"""What is at home when dishes are cooked, or a plan is over, for the list of the next one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from foods.food import EATEN_OUT
from foods.table import FoodTable
from foods.water import TAP_WATER
from planner.candidates.dish import Dish
from planner.kitchen.errand import ShoppingList
from planner.kitchen.pantry import GRAM, PantryEntry, added, taken
from planner.kitchen.sold import CUPBOARD, FREEZER, SETTINGS, Shelves, sold_as
from planner.plan.plan import Item
from planner.request.request import AtHome
from planner.settings import read_settings


def home_after(
    entries: Iterable[PantryEntry], shopping: ShoppingList, days: range
) -> tuple[AtHome, ...]:
    """Give what is at home after some days as a request has it; parameters of ``pantry_after``."""
    rest = pantry_after(entries, shopping, days)
    return tuple(AtHome(one.food, one.amount, one.unit, one.days) for one in rest)


def pantry_after(
    entries: Iterable[PantryEntry], shopping: ShoppingList, days: range
) -> tuple[PantryEntry, ...]:
    """Give one's own pantry after some days: less what they take, older, and with what stays over.

    What has to be kept cold and is too little to plan with is no stock.

    Parameters
    ----------
    entries
        What was at home before.
    shopping
        What was bought for these days, and what it takes from home.
    days
        Their numbers.
    """
    known, least_g = tuple(entries), read_settings(SETTINGS)["pantry"]["least_g"]
    for line in shopping.lines:
        known, _ = _less(known, line.food_id, line.home_g)
    rest: tuple[PantryEntry, ...] = ()
    for one in known:
        left = None if one.days is None else one.days - len(days)
        if left is None or (left > 0 and one.mass_g >= least_g):
            rest = (*rest, replace(one, days=left))
    for line in shopping.lines:
        if line.left is not None:
            until = line.left.until_day
            left = None if until is None else until - days[-1]
            is_stock = line.left.where == CUPBOARD or line.left.mass_g >= least_g
            if is_stock and (left is None or left > 0):
                mass_g = round(line.left.mass_g, 1)
                is_frozen = line.left.where == FREEZER and left is not None  # else it is sold so
                rest = added(rest, PantryEntry(line.food_id, mass_g, GRAM, 1.0, left, is_frozen))
    return rest


@dataclass(frozen=True, slots=True)
class TakenOff:
    """A food that dishes take, as it is bought: how much they need and was at home [g]."""

    food_id: str
    need_g: float
    before_g: float

    @property
    def after_g(self) -> float:
        """What is at home then [g]; never less than nothing."""
        return max(0.0, self.before_g - self.need_g)

    @property
    def is_short(self) -> bool:
        """Whether there was less than it takes, by more than a list shows."""
        return round(self.need_g - self.before_g, 1) > 0


def pantry_cooked(
    entries: Iterable[PantryEntry],
    items: Iterable[Item],
    dishes: Mapping[str, Dish],
    foods: FoodTable,
    shelves: Shelves,
) -> tuple[tuple[PantryEntry, ...], tuple[TakenOff, ...]]:
    """Take what was cooked off a pantry, as far as it is there, and say of each food how much.

    Parameters
    ----------
    entries
        What was at home.
    items
        All that was cooked, with the amounts that its recipe prints.
    dishes, foods, shelves
        Recipes by id, the food table and what shops sell, as of a shopping list; what is at home
        as it is eaten, such as lime juice, is taken itself.
    """
    known, needs = tuple(entries), dict[str, float]()
    there = {one.food_id for one in known}
    for item in items:
        for food_id, mass_g in item.ingredients:
            food, edible_g = foods[food_id], mass_g
            if food_id == TAP_WATER or food.group == EATEN_OUT:
                continue
            if food_id not in there:
                food, edible_g = sold_as(foods, shelves, food_id, mass_g, dishes.get(item.item_id))
            need_g = edible_g * food.sold_g_per_100g / 100
            needs[food.food_id] = needs.get(food.food_id, 0.0) + need_g
    told = []
    for food_id, need_g in needs.items():
        known, before_g = _less(known, food_id, need_g)
        told.append(TakenOff(food_id, need_g, before_g))
    return known, tuple(told)


def _less(
    entries: tuple[PantryEntry, ...], food_id: str, most_g: float
) -> tuple[tuple[PantryEntry, ...], float]:
    """Take so much of a food, or all where that is less; gives also what there was of it [g]."""
    own_g = sum(one.mass_g for one in entries if one.food_id == food_id)
    used_g = min(own_g, most_g)
    if used_g:
        entries = taken(entries, PantryEntry(food_id, used_g, GRAM, 1.0))
    return entries, own_g
