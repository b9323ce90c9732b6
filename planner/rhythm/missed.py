"""What somebody misses in a plan, as far as no price is needed to answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from planner.candidates.candidate import Column
from planner.candidates.names import Meaning
from planner.explain.account import WhyNot
from planner.explain.asked import why_left_out
from planner.model.variety import serves
from planner.plan.plan import Day, Item, Plan
from planner.shops import named

if TYPE_CHECKING:
    from planner.table.prepare import PreparedEater

PLANNED, LEFT_OUT, NO_PLACE = "planned", "left_out", "no_place"
RULES_BROKEN, DEARER, BETTER = "rules", "dearer", "better"
IN_PLAN = "{name} is in the plan: {places}."
NOT_A_PLATE = "{name} is in no dish or food that is planned."
NOT_THERE = "{name} is not for {slot}: it may stand at {slots}."
WOULD_GO = "These would have to give way: {rules}."
INSTEAD = "{new} may stand on day {day} at {slot} instead of {old}; all rules hold."
BESIDE = "{new} may stand on day {day} at {slot} besides what there is; all rules hold."
NOT_FOUND = "The search did not find this option: use `magplan swap` to make the change."


def answer_plainly(
    what: tuple[str, Meaning, str],
    plan: Plan,
    week: PreparedEater,
    days: Sequence[int],
    slots: Sequence[str],
    none: Sequence[str] = (),
) -> WhyNot | None:
    """Explain that a thing is planned, no candidate, or of another meal; ``None``: none of these.

    Parameters
    ----------
    what
        Its name as a person wrote it, what that means, and the meal; any when empty.
    plan, week
        An eater's plan, and what its request is planned from.
    days
        Days of the plan that are looked at, from 1.
    slots
        The meals that it may be planned for.
    none
        What is said where there are none, and nothing else is known of it.
    """
    name, meaning, slot = what
    places = "; ".join(_stands(*place) for place in _holding(plan, week, meaning, days, slot))
    if places:
        return WhyNot(name, PLANNED, (IN_PLAN.format(name=named(name), places=places),))
    if not slots:
        found = [reason.text for reason in why_left_out(meaning, week.candidates, week.dishes)]
        found = found or list(_own_reasons(week, meaning)) or list(none)
        return WhyNot(name, LEFT_OUT, tuple(found) or (NOT_A_PLATE.format(name=named(name)),))
    if slot and slot not in slots:
        others = ", ".join(dict.fromkeys(slots))
        told = NOT_THERE.format(name=named(name), slot=slot, slots=others)
        return WhyNot(name, NO_PLACE, (told,))
    return None


def serving(columns: Sequence[Column], meaning: Meaning, week: PreparedEater) -> list[int]:
    """Return the numbers of the columns that serve what a name means."""
    return [int(at) for at in np.flatnonzero(serves(columns, meaning, _line_g(week)))]


def _own_reasons(week: PreparedEater, meaning: Meaning) -> Iterator[str]:
    """Describe why what is named is not served, of which dishes hold but a little."""
    for left_out in week.candidates.left_out:
        if left_out.candidate_id in meaning.food_ids | meaning.dish_ids:
            yield f"{named(left_out.name)} is {left_out.told}"


def _line_g(week: PreparedEater) -> float:
    return float(week.source.rules.rules["line"]["lower"])


def _holding(
    plan: Plan, week: PreparedEater, meaning: Meaning, days: Sequence[int], slot: str
) -> Iterator[tuple[Day, str, Item]]:
    """Return what of a plan is, or holds, what a name covers."""
    line_g = _line_g(week)
    for day in plan.days:
        for meal in day.meals if day.day in days else ():
            for item in meal.items if slot in ("", meal.slot) else ():
                mass = sum(m for food, m in item.ingredients if food in meaning.food_ids)
                if item.item_id in meaning.dish_ids or mass >= line_g:
                    yield day, meal.slot, item


def _stands(day: Day, slot: str, item: Item) -> str:
    return f"day {day.day} {slot}: {named(item.name)}"
