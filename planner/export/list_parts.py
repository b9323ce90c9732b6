"""Parts of a shopping list: titles of trips and shops, and meals that wait for the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planner.export.figures import price_text
from planner.kitchen.errand import ShoppingLine, ShoppingList
from planner.language.names import named, slot_within
from planner.language.spoken import _
from planner.meals.patterns import SLOTS
from planner.safety.often import WEEKDAYS


def trip_title(shopping: ShoppingList, number: int, start: int) -> str:
    """Name a trip by the day before its first, with its weekday where that is known."""
    if not shopping.trip_dates:
        return _("Trip {number}, before day {day}").format(number=number, day=start)
    weekday = _(WEEKDAYS[shopping.trip_dates[number - 1].weekday()])
    pattern = _("Trip {number}, on {weekday}, before day {day}")
    return pattern.format(number=number, weekday=weekday, day=start)


def shop_title(shop: str, groups: Mapping[str, Sequence[ShoppingLine]]) -> str:
    """Name the list of a shop, and say what is paid there."""
    paid_usd = sum(line.price_usd or 0.0 for own in groups.values() for line in own)
    return f"{shop or _('The other shop')} ({price_text(paid_usd)})"


def waiting_texts(shopping: ShoppingList) -> Iterator[str]:
    """Say, when some is bought, which meals wait for what is left: by day and meal."""
    waiting: dict[tuple[int, int, str], list[str]] = {}
    for line in shopping.lines if shopping.bought else ():
        for use in line.uses if not line.is_pantry else ():
            at = SLOTS.index(use.slot) if use.slot in SLOTS else len(SLOTS)
            waiting.setdefault((use.day, at, use.slot), []).append(named(line.name))
    for day, _at, slot in sorted(waiting):
        names = ", ".join(dict.fromkeys(waiting[day, _at, slot]))
        told = _("Day {number}, {meal}: {names}")
        yield told.format(number=day, meal=slot_within(slot), names=names)
