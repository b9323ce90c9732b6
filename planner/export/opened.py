"""What a cook should know of opened packages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from foods.table import FoodTable
from planner.export.who import number_label
from planner.kitchen.batch import BatchPlan
from planner.kitchen.bought import share_in_words
from planner.kitchen.errand import Errand, ShoppingList
from planner.kitchen.openings import (
    FRESH,
    FROZEN,
    LEFT,
    OPEN_NEW,
    USE_UP,
    PackageHint,
    package_hints,
    track_packages,
)
from planner.kitchen.sold import EACH
from planner.plan.plan import Day, Plan
from planner.safety.often import WEEKDAYS
from planner.shops import named
from planner.wording import listed, plural

USE_FROZEN = "Use the {name} that you froze."
BUY_FRESH = "Buy fresh {name} for today, if you can: what you froze turns soft and is for cooking."
CUT_UP = "Use up the {name} cut on {opened}."
CUT_NEW = "Cut a new {name}: what was cut on {opened} was good until {until}."
_STATE = "^(?:fresh|frozen) "
_ENDS = (", ", " (", " without ", " with ")  # what follows says how it was canned


def plan_hints(
    plan: Plan,
    foods: FoodTable,
    errand: Errand,
    batch: BatchPlan | None,
    shopping: ShoppingList,
) -> dict[int, tuple[PackageHint, ...]]:
    """Return day number → what is to be known of packages on it.

    Parameters
    ----------
    plan, foods
        The plan and the food table.
    errand
        How one shops for it.
    batch
        What is cooked double.
    shopping
        The list, which says what is divided into bags for the freezer, and when one shops.
    """
    found: dict[int, tuple[PackageHint, ...]] = {}
    opened = track_packages(plan, foods, errand, batch, shopping.trips)
    for one in package_hints(opened, shopping.lines):
        found[one.day] = (*found.get(one.day, ()), one)
    return found


def hint_texts(hints: Sequence[PackageHint], day: Day) -> list[str]:
    """Say all of it; what was frozen and what stays over are told in one line each.

    Parameters
    ----------
    hints
        Those of the day, most pressing first.
    day
        The day; with dates, others are named by their weekdays.
    """
    frozen = [stateless_name(one.name) for one in hints if one.kind == FROZEN]
    texts = [USE_FROZEN.format(name=listed(frozen))] if frozen else []
    fresh = [stateless_name(one.name) for one in hints if one.kind == FRESH]
    texts += [BUY_FRESH.format(name=listed(fresh))] if fresh else []
    texts += [hint_text(one, day) for one in hints if one.kind in (USE_UP, OPEN_NEW)]
    left = [_left_text(one, day) for one in hints if one.kind == LEFT]
    return [*texts, *(["Left over: {what}.".format(what="; ".join(left))] if left else [])]


def hint_text(hint: PackageHint, day: Day) -> str:
    """Say what is to be known of one package."""
    if hint.kind == LEFT:
        return f"Left over: {_left_text(hint, day)}."
    words = {
        "package": hint.package,
        "name": short_name(hint.name),
        "opened": day_word(hint.opened_day, day),
    }
    if hint.kind in (FROZEN, FRESH):
        told = USE_FROZEN if hint.kind == FROZEN else BUY_FRESH
        return told.format(name=stateless_name(hint.name))
    is_cut = hint.package == EACH
    if hint.kind == USE_UP:
        told = CUT_UP if is_cut else "Use up the {package} of {name} opened on {opened}."
        return told.format(**words)
    until = day_word(hint.good_until_day, day)
    pattern = "Open a new {package} of {name}: that of {opened} was good until {until}."
    return (CUT_NEW if is_cut else pattern).format(**words, until=until)


def _left_text(hint: PackageHint, day: Day) -> str:
    words, until = share_in_words(hint.share, hint.package), _until(hint.good_until_day, day)
    pattern = "{share} of {name}, good {until}"
    if hint.package == EACH:
        pattern = "{share} {name}, good {until}"
    if hint.how:
        how, until = hint.how, _by(hint.good_until_day, day)
        pattern = "{share} of {name}: freeze {how} {until}".replace("{how}", how)
    return pattern.format(share=words, name=short_name(hint.name), until=until)


def short_name(name: str) -> str:
    """Name a food within a sentence: ``"Canned beets drained"`` are beets."""
    name = named(name)
    for end in _ENDS:
        name = name.partition(end)[0]
    name = name.removeprefix("Canned ").removesuffix(" drained")
    return f"{name[:1].lower()}{name[1:]}"


def stateless_name(name: str) -> str:
    """Name a food in a sentence that says itself whether it is fresh or frozen: ``"cilantro"``."""
    return re.sub(_STATE, "", short_name(name))


def _until(number: int, day: Day) -> str:
    """Say how long something is good from ``day`` on; that may be behind the plan."""
    more = number - day.day
    if more <= 0:
        return "today only"
    if day.date is None or more >= len(WEEKDAYS):
        return plural(more, "for {count} more day", "for {count} more days").format(count=more)
    return f"until {day_word(number, day)}"


def _by(number: int, day: Day) -> str:
    """Say by which day something is done."""
    if number <= day.day:
        return "today"
    return f"by {day_word(number, day)}"


def day_word(number: int, day: Day) -> str:
    """Name a day of the plan, by its weekday where that is within a week of ``day``."""
    if day.date is None:
        return f"day {number}"
    when = day.date + timedelta(days=number - day.day)
    return number_label(number, {number: when}) if is_far(number, day) else WEEKDAYS[when.weekday()]


def is_far(number: int, day: Day) -> bool:
    """Whether no weekday alone names a day: without dates, or a week from ``day`` or more."""
    return day.date is None or abs(number - day.day) >= len(WEEKDAYS)
