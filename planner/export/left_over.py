"""What a week leaves, told by what is done with it: six lines at most."""

from __future__ import annotations

from collections.abc import Iterator

from planner.document.blocks import Items
from planner.export.opened import share_told
from planner.kitchen.bought import grams_left
from planner.kitchen.errand import ShoppingLine, ShoppingList
from planner.kitchen.openings import WORTH_TELLING
from planner.kitchen.sold import CUPBOARD, FREEZER
from planner.language.figures import number_text
from planner.language.names import named
from planner.language.spoken import _, mark
from planner.request.days import OUT

_LONG_DAYS = 14  # what keeps longer has no day
_EAT_UP = {
    "salad": mark("Eat up in salads and sandwiches"),
    "cooked": mark("Eat up in a soup, an omelet or with pasta"),
    "snack": mark("Eat up for breakfast or as a snack"),
}
_AWAY = mark("Spoils while you are away: eat it before, freeze it or give it away")
_FREEZE = mark("Freeze, for later weeks")
_NEXT_WEEK = mark("In the refrigerator for next week")
_LATER = mark("In the cupboard and freezer for later weeks")


def left_over(shopping: ShoppingList) -> Iterator[Items]:
    """Say what is done with what is left, most pressing first; a little is not told.

    What spoils is told by how it is eaten up, with its last day; what is to be frozen by its form;
    what keeps by where it is.
    """
    last = max((use.day for line in shopping.lines for use in line.uses), default=0)
    found: dict[str, list[tuple[int, str]]] = {}
    for line in shopping.lines:
        if line.left is not None and line.left.mass_g >= WORTH_TELLING * _package_g(line):
            until = line.left.until_day or last + _LONG_DAYS
            title, text = _told(line, until, until >= last + _LONG_DAYS, line.kept_usd > 0.0)
            if title in _EAT_UP.values() and _is_away(shopping, until):
                title = _AWAY
            found.setdefault(title, []).append((until, text))
    for title in (*_EAT_UP.values(), _AWAY, _FREEZE, _NEXT_WEEK, _LATER):
        if title in found:
            yield Items(_(title), tuple(text for _until, text in sorted(found[title])))


def _is_away(shopping: ShoppingList, day: int) -> bool:
    """Whether a day comes after the last one, on which lunch and dinner are eaten elsewhere."""
    if not shopping.days or day <= shopping.days[-1].day:
        return False
    return {("lunch", OUT), ("dinner", OUT)} <= {*shopping.days[-1].facts.missed}


def _told(line: ShoppingLine, until: int, is_long: bool, is_kept: bool) -> tuple[str, str]:
    """Give the title that a line stands below, and its text."""
    left, name = line.left, named(line.name)
    assert left is not None
    mass = number_text(grams_left(left.mass_g))
    words = share_told(left.words, line.food_id, left.words.rpartition(" ")[2])
    text = f"{name} {words} ({mass})" if words else f"{name} {mass}"
    if left.where == FREEZER and left.how:
        return _FREEZE, f"{text} {_(left.how)}"
    dated = text if is_long else f"{text} {_('by day {number}').format(number=until)}"
    if not is_long and not is_kept:
        return _EAT_UP[left.how], dated
    return (_LATER, name) if left.where in (FREEZER, CUPBOARD) else (_NEXT_WEEK, dated)


def _package_g(line: ShoppingLine) -> float:
    """Mass of one of the packages of a line, or of all of what is weighed [g]."""
    left_g = line.left.mass_g if line.left else 0.0
    return (left_g + line.need_g) / max(1, line.packages or 1)
