"""What is at home when a plan is over, for the list of the next one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from planner.kitchen.errand import ShoppingList
from planner.kitchen.pantry import GRAM, PantryEntry, added, taken
from planner.kitchen.sold import CUPBOARD, SETTINGS
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
        own_g = sum(one.mass_g for one in known if one.food_id == line.food_id)
        used_g = min(own_g, line.home_g)
        if used_g:
            known = taken(known, PantryEntry(line.food_id, used_g, GRAM, 1.0))
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
                rest = added(rest, PantryEntry(line.food_id, mass_g, GRAM, 1.0, left))
    return rest
