"""What is at home when a plan is over, for the list of the next one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from planner.kitchen.errand import ShoppingList
from planner.kitchen.pantry import GRAM, PantryEntry, added, taken


def pantry_after(
    entries: Iterable[PantryEntry], shopping: ShoppingList, days: range
) -> tuple[PantryEntry, ...]:
    """Give one's own pantry after some days: less what they take, older, and with what stays over.

    Parameters
    ----------
    entries
        What was at home before.
    shopping
        What was bought for these days, and what it takes from home.
    days
        Their numbers.
    """
    known = tuple(entries)
    for line in shopping.lines:
        own_g = sum(one.mass_g for one in known if one.food_id == line.food_id)
        used_g = min(own_g, line.home_g)
        if used_g:
            known = taken(known, PantryEntry(line.food_id, used_g, GRAM, 1.0))
    rest: tuple[PantryEntry, ...] = ()
    for one in known:
        left = None if one.days is None else one.days - len(days)
        rest = (*rest, replace(one, days=left)) if left is None or left > 0 else rest
    for line in shopping.lines:
        if line.left is not None:
            until = line.left.until_day
            left = None if until is None else until - days[-1]
            if left is None or left > 0:
                mass_g = round(line.left.mass_g, 1)
                rest = added(rest, PantryEntry(line.food_id, mass_g, GRAM, 1.0, left))
    return rest
