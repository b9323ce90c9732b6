"""Second meals of dinners, in the compiled search: which has no first one that still keeps.

A week under construction holds for each eater and day the dish that is cooked for later, and the
dishes that are needed: at the meal of second meals, and on an evening off.
"""

# mypy: disable-error-code="no-untyped-call,no-untyped-def,untyped-decorator"

from __future__ import annotations

from planner.search.compiled import compiled, inlined
from planner.search.spots import FIRST, SECOND

COOKED, NEEDED, AGAIN = range(3)  # rows of ``Week.meals``: needed on a SECOND spot, on a FIRST


@inlined
def note_meal(spots, week, spot, dish):
    """Note what a spot with a role cooks for later, or needs."""
    e, d = spots.eater[spot], spots.day[spot]
    if spots.role[spot] == FIRST:
        week.meals[e, COOKED, d] = max(dish, -1)
        week.meals[e, AGAIN, d] = max(-2 - dish, -1)
    else:
        week.meals[e, NEEDED, d] = dish


@compiled
def is_cooked(spots, meals, e, dish, day):
    """Whether an eater's earlier day cooks a dish that still keeps on ``day``."""
    for earlier in range(max(0, day - spots.keeps[dish]), day):
        if meals[e, COOKED, earlier] == dish:
            return True
    return False


@inlined
def weigh_second_meals(spots, meals, spot, points, out):
    """Add points of each second meal that has no first one, for every option of an empty spot."""
    e, d, role = spots.eater[spot], spots.day[spot], spots.role[spot]
    first = spots.start[spot]
    size = spots.start[spot + 1] - first
    for which in (NEEDED, AGAIN):
        for later in range(meals.shape[2]):
            need = meals[e, which, later]
            if need < 0 or is_cooked(spots, meals, e, need, later):
                continue
            may_help = role == FIRST and d < later <= d + spots.keeps[need]
            for i in range(size):
                if not may_help or spots.dish[first + i] != need:
                    out[i] += points
    for i in range(size):
        need = spots.dish[first + i] if role == SECOND else -2 - spots.dish[first + i]
        if need >= 0 and not is_cooked(spots, meals, e, need, d):
            out[i] += points


@inlined
def unmet(spots, meals):
    """Count second meals that have no first one."""
    count = 0
    for e in range(meals.shape[0]):
        for which in (NEEDED, AGAIN):
            for later in range(meals.shape[2]):
                need = meals[e, which, later]
                if need >= 0 and not is_cooked(spots, meals, e, need, later):
                    count += 1
    return count
