"""The freezer evening by evening, below the shopping list: what goes in, what comes out."""

from __future__ import annotations

from collections.abc import Iterator

from planner.kitchen.errand import ShoppingList
from planner.language.names import named
from planner.language.spoken import _, ngettext


def freezer_title(shopping: ShoppingList) -> str:
    """Say how much the freezer holds."""
    return ngettext(
        "Freezer: {count} box at most, each the food of one meal",
        "Freezer: {count} boxes at most, each the food of one meal",
        shopping.boxes or 0,
    ).format(count=shopping.boxes)


def freezer_texts(shopping: ShoppingList) -> Iterator[str]:
    """Say evening by evening what goes into the freezer and comes out, and what is in it then."""
    for one in shopping.freezer if shopping.boxes else ():
        told = [
            pattern.format(names=", ".join(_for_day(name, day) for name, day in moved))
            for pattern, moved in ((_("in: {names}"), one.into), (_("out: {names}"), one.out))
            if moved
        ]
        boxes = ngettext("{count} box then", "{count} boxes then", one.boxes)
        when = _("Evening of day {number}") if one.day else _("Evening before day 1")
        told.append(boxes.format(count=one.boxes))
        yield f"{when.format(number=one.day)}: {'; '.join(told)}"
    if shopping.boxes and shopping.boxes_over > 0:
        more = _("More than it holds by {count}: buy that on its day")
        yield more.format(count=shopping.boxes_over)


def _for_day(name: str, day: int) -> str:
    return _("{name} for day {number}").format(name=named(name), number=day) if day else named(name)
