"""What is done in an evening for the day after, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from planner.export.figures import mass_text, time_text
from planner.export.opened import day_word, short_name, stateless_name
from planner.kitchen.evenings import BOX, DO, SOAK, THAW, Chore
from planner.plan.plan import Day
from planner.shops import named
from planner.wording import listed


def evening_text(chores: Sequence[Chore], later: Day, *, is_first: bool = False) -> str:
    """Say what is done in an evening for the day ``later``; that before a plan is named."""
    thawed = [stateless_name(one.what) for one in chores if one.kind == THAW]
    told = [f"take {listed(thawed)} out of the freezer"] if thawed else []
    told += [_chore_text(one) for one in chores if one.kind != THAW]
    evening = replace(later, day=later.day - 1, date=later.date and later.date - timedelta(days=1))
    if not is_first:
        return "This evening: {what}.".format(what="; ".join(told))
    if evening.date is None:
        pattern = "On the evening before day {number}: {what}."
        return pattern.format(number=later.day, what="; ".join(told))
    pattern = "{day} evening, before it begins: {what}."
    return pattern.format(day=day_word(evening.day, evening), what="; ".join(told))


def _chore_text(one: Chore) -> str:
    meal = one.slot
    if one.kind == BOX:
        told = "put {name} from the freezer into the refrigerator (for tomorrow's {meal})"
        return told.format(name=named(one.what), meal=meal)
    if one.kind == SOAK:
        told = "soak {mass} of dry {food} in plenty of water (for tomorrow's {meal})"
        return told.format(mass=mass_text(round(one.mass_g)), food=short_name(one.what), meal=meal)
    if one.kind == DO:
        return f"{one.what} (for tomorrow's {meal})"
    told = "make {name} (for tomorrow's {meal}, {time})"
    return told.format(name=named(one.what), meal=meal, time=time_text(one.minutes))
