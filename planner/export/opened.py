"""What a cook should know of opened packages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from foods.table import FoodTable
from planner.export.who import number_label
from planner.kitchen.batch import BatchPlan
from planner.kitchen.bought import MOST_OF, share_in_words
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
from planner.language.names import listed, named, pack, packed
from planner.language.spoken import _, is_english, mark, ngettext, tongue
from planner.plan.plan import Day, Plan
from planner.safety.often import WEEKDAYS

USE_FROZEN = mark("Use the {name} that you froze.")
BUY_FRESH = mark(
    "Buy fresh {name} for today, if you can: what you froze turns soft and is for cooking."
)
CUT_UP = mark("Use up the {name} cut on {opened}.")
CUT_NEW = mark("Cut a new {name}: what was cut on {opened} was good until {until}.")
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
    texts = [_(USE_FROZEN).format(name=listed(frozen))] if frozen else []
    fresh = [stateless_name(one.name) for one in hints if one.kind == FRESH]
    texts += [_(BUY_FRESH).format(name=listed(fresh))] if fresh else []
    texts += [hint_text(one, day) for one in hints if one.kind in (USE_UP, OPEN_NEW)]
    left = [_left_text(one, day) for one in hints if one.kind == LEFT]
    return [*texts, *([_("Left over: {what}.").format(what="; ".join(left))] if left else [])]


def hint_text(hint: PackageHint, day: Day) -> str:
    """Say what is to be known of one package."""
    if hint.kind == LEFT:
        return _("Left over: {what}.").format(what=_left_text(hint, day))
    words = {
        "package": pack(hint.package, hint.food_id),
        "name": short_name(hint.name),
        "opened": day_word(hint.opened_day, day),
    }
    if hint.kind in (FROZEN, FRESH):
        told = USE_FROZEN if hint.kind == FROZEN else BUY_FRESH
        return _(told).format(name=stateless_name(hint.name))
    is_cut = hint.package == EACH
    if hint.kind == USE_UP:
        told = _(CUT_UP) if is_cut else _("Use up the {package} of {name} opened on {opened}.")
        return told.format(**words)
    until = day_word(hint.good_until_day, day)
    pattern = _("Open a new {package} of {name}: that of {opened} was good until {until}.")
    return (_(CUT_NEW) if is_cut else pattern).format(**words, until=until)


def _left_text(hint: PackageHint, day: Day) -> str:
    words, until = share_in_words(hint.share, hint.package), _until(hint.good_until_day, day)
    share = share_told(words, hint.food_id, hint.package)
    pattern = _("{share} of {name}, good {until}")
    if hint.package == EACH:
        pattern = _("{share} {name}, good {until}")
    if hint.how:
        how, until = _(hint.how), _by(hint.good_until_day, day)
        pattern = _("{share} of {name}: freeze {how} {until}").replace("{how}", how)
    return pattern.format(share=share, name=short_name(hint.name), until=until)


def share_told(words: str, food_id: str, package: str) -> str:
    """Say how much of a package is left, from its words in the list or those of a day."""
    if words == MOST_OF.format(package=package):
        return _(MOST_OF).format(package=pack(package, food_id))
    return packed(words, food_id)


def short_name(name: str) -> str:
    """Name a food within a sentence: ``"Canned beets drained"`` are beets."""
    name = named(name)
    if not is_english():
        return name.partition(",")[0]
    for end in _ENDS:
        name = name.partition(end)[0]
    name = name.removeprefix("Canned ").removesuffix(" drained")
    return f"{name[:1].lower()}{name[1:]}"


def stateless_name(name: str) -> str:
    """Name a food in a sentence that says itself whether it is fresh or frozen: ``"cilantro"``."""
    return re.sub(tongue()["names"]["state"], "", short_name(name))


def _until(number: int, day: Day) -> str:
    """Say how long something is good from ``day`` on; that may be behind the plan."""
    more = number - day.day
    if more <= 0:
        return _("today only")
    if day.date is None or more >= len(WEEKDAYS):
        return ngettext("for {count} more day", "for {count} more days", more).format(count=more)
    return _("until {day}").format(day=day_word(number, day))


def _by(number: int, day: Day) -> str:
    """Say by which day something is done."""
    if number <= day.day:
        return _("today")
    return _("by {day}").format(day=day_word(number, day))


def day_word(number: int, day: Day) -> str:
    """Name a day of the plan, by its weekday where that is within a week of ``day``."""
    if day.date is None:
        return _("day {number}").format(number=number)
    when = day.date + timedelta(days=number - day.day)
    return (
        number_label(number, {number: when}) if is_far(number, day) else _(WEEKDAYS[when.weekday()])
    )


def is_far(number: int, day: Day) -> bool:
    """Whether no weekday alone names a day: without dates, or a week from ``day`` or more."""
    return day.date is None or abs(number - day.day) >= len(WEEKDAYS)
