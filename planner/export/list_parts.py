"""Parts of a shopping list: names, titles, what waits, is frozen, left over, taken off."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from foods.table import FoodTable
from planner.document.blocks import Block, Items, Paragraph, Table
from planner.export.figures import mass_text, price_text
from planner.export.opened import day_word
from planner.export.who import date_text
from planner.kitchen.bought import NOT_EATEN, WORTH_TELLING, grams, grams_left
from planner.kitchen.carried import TakenOff
from planner.kitchen.errand import ShoppingLine, ShoppingList
from planner.kitchen.sold import CUPBOARD, FREEZER, SETTINGS
from planner.kitchen.steps import COOKING
from planner.meals.patterns import SLOTS
from planner.plan.plan import Item
from planner.request.days import DAYS_PER_WEEK, OUT
from planner.safety.often import WEEKDAYS
from planner.settings import read_settings
from planner.shops import named
from planner.wording import plural


def days_text(days: Iterable[int]) -> str:
    """Write days as ``1 3-5 7``."""
    runs: list[list[int]] = []
    for day in sorted(set(days)):
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return " ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def days_listed(days: Iterable[int]) -> str:
    """Write days as ``1, 3-5, 7``."""
    return days_text(days).replace(" ", ", ")


def day_words(days: Collection[int]) -> str:
    """Write days as ``"days 1, 3-5"``."""
    return plural(len(days), "day {days}", "days {days}").format(days=days_listed(days))


def trip_title(shopping: ShoppingList, number: int, start: int) -> str:
    """Name a trip by the day before its first, with its weekday where that is known."""
    if not shopping.trip_dates:
        later = "Trip {number}, on day {day}, before the evening"
        if number > 1:
            return later.format(number=number, day=start - 1)
        return f"Trip {number}, before day {start}"
    weekday = WEEKDAYS[shopping.trip_dates[number - 1].weekday()]
    pattern = "Trip {number}, on {weekday}, before day {day}"
    return pattern.format(number=number, weekday=weekday, day=start)


def is_weekly(shopping: ShoppingList) -> bool:
    """Whether a list is those of several weeks, one after another."""
    return len(shopping.days) > DAYS_PER_WEEK and not shopping.trips_asked


def shop_day_text(shopping: ShoppingList) -> str:
    """Say on which day one shops: that before each week, and later for what is better fresh."""
    weeks = {day.day for day in shopping.days[::DAYS_PER_WEEK] if is_weekly(shopping)}
    trips = list(zip_longest(shopping.trips, map(date_text, shopping.trip_dates)))
    mains = trips[:1] + [one for one in trips[1:] if one[0] in weeks]
    later = [one for one in trips if one not in mains]
    if shopping.trip_dates:
        day, days = (", ".join(date for _day, date in own) for own in (mains, later))
        told, more = "Shop on {day}.", "On {days} buy what would not keep until then."
        if weeks:
            told = "Shop on {day}, each time for a week."
    else:
        day, days = (day_words([one for one, _date in own]) for own in (mains, later))
        told = f"Shop on the day before day {shopping.days[0].day}."
        more = "Before {days} buy what would not keep until then."
        if weeks:
            told = "Shop before {day}, each time for a week."
    return " ".join([told.format(day=day), *([more.format(days=days)] if later else [])])


def more_trips_text(shopping: ShoppingList) -> Iterator[str]:
    """Say why there are more trips than were asked for."""
    if shopping.trips_asked and len(shopping.trips) > shopping.trips_asked:
        more = "You asked for {asked}: the freezer has no room, so it takes {count}."
        yield more.format(
            asked=_trips_text(shopping.trips_asked), count=_trips_text(len(shopping.trips))
        )


def _trips_text(count: int) -> str:
    return plural(count, "{count} trip", "{count} trips").format(count=count)


def shop_title(shop: str, groups: Mapping[str, Sequence[ShoppingLine]]) -> str:
    """Name the list of a shop, and say what is paid there."""
    paid_usd = sum(line.price_usd or 0.0 for own in groups.values() for line in own)
    return f"{shop or 'The other shop'} ({price_text(paid_usd)})"


def waiting_texts(shopping: ShoppingList) -> Iterator[str]:
    """Say, when some is bought, which meals wait for what is left: by day and meal."""
    waiting: dict[tuple[int, int, str], list[str]] = {}
    for line in shopping.lines if shopping.bought else ():
        for use in line.uses if not line.is_pantry else ():
            at = SLOTS.index(use.slot) if use.slot in SLOTS else len(SLOTS)
            waiting.setdefault((use.day, at, use.slot), []).append(named(line.name))
    for day, _at, slot in sorted(waiting):
        names = ", ".join(dict.fromkeys(waiting[day, _at, slot]))
        told = "Day {number}, {meal}: {names}"
        yield told.format(number=day, meal=slot, names=names)


def freezer_title(shopping: ShoppingList) -> str:
    """Say how much the freezer holds."""
    return plural(
        shopping.boxes or 0,
        "Freezer: {count} box at most, each the food of one meal",
        "Freezer: {count} boxes at most, each the food of one meal",
    ).format(count=shopping.boxes)


def freezer_texts(shopping: ShoppingList) -> Iterator[str]:
    """Say evening by evening what goes into the freezer and comes out, and what is in it then."""
    for one in shopping.freezer if shopping.boxes else ():
        told = [
            pattern.format(names=", ".join(_for_day(name, day) for name, day in moved))
            for pattern, moved in (("in: {names}", one.into), ("out: {names}", one.out))
            if moved
        ]
        boxes = plural(one.boxes, "{count} box then", "{count} boxes then")
        when = "Evening of day {number}" if one.day else "Evening before day 1"
        told.append(boxes.format(count=one.boxes))
        yield f"{when.format(number=one.day)}: {'; '.join(told)}"
    if shopping.boxes and shopping.boxes_over > 0:
        more = "More than it holds by {count}: buy that on its day"
        yield more.format(count=shopping.boxes_over)


def _for_day(name: str, day: int) -> str:
    return f"{named(name)} for day {day}" if day else named(name)


_LONG_DAYS = 14  # what keeps longer has no day
_EAT_UP = {
    "salad": "Eat up in salads and sandwiches",
    "cooked": "Eat up in a soup, an omelet or with pasta",
    "snack": "Eat up for breakfast or as a snack",
    NOT_EATEN: (
        "Freeze, give away or throw away: somebody here has limits, and what is eaten beside the "
        "plan isn't counted"
    ),
}
_AWAY = "Spoils while you are away: eat it before, freeze it or give it away"
_FREEZE = "Freeze, for later weeks"
_NEXT_WEEK = "In the refrigerator for next week"
_LATER = "In the cupboard and freezer for later weeks"
_NO_FREEZER = {_LATER: "In the cupboard for later weeks"}


def left_over(shopping: ShoppingList) -> Iterator[Items]:
    """Say what is done with what is left, most pressing first; a little is not told.

    What spoils is told by how it is eaten up, with its last day; what is to be frozen by its form,
    the dearest first; what keeps by where it is.
    """
    last = max((use.day for line in shopping.lines for use in line.uses), default=0)
    found: dict[str, list[tuple[float, str]]] = {}
    for line in shopping.lines:
        if line.left is not None and leaves_much(line):
            until = line.left.until_day or last + _LONG_DAYS
            is_long = until >= last + _LONG_DAYS
            by = "" if is_long else f" {_by(until, shopping)}"
            title, text = _told(line, by, line.kept_usd > 0.0)
            if title in _EAT_UP.values() and _is_away(shopping, until):
                title = _AWAY
            order = -line.kept_usd if title == _FREEZE else until
            found.setdefault(title, []).append((order, text))
    for title in (*_EAT_UP.values(), _AWAY, _FREEZE, _NEXT_WEEK, _LATER):
        if title in found:
            where = _NO_FREEZER.get(title, title) if shopping.boxes == 0 else title
            yield Items(where, tuple(text for _order, text in sorted(found[title])))


def left_in_short(shopping: ShoppingList) -> Iterator[Items]:
    """Say of what is left a line for each thing to do, with what comes first; the rest is counted.

    Amounts are told in packages alone. Of several weeks it is what the last one leaves; the days
    before say what to do with the others.
    """
    told = read_settings(SETTINGS)["told"]
    week = {day.day for day in shopping.days[-DAYS_PER_WEEK:]} if is_weekly(shopping) else set()
    first = min(week, default=0)
    lines = (
        replace(one, left=None) if one.left and (one.left.until_day or first) < first else one
        for one in shopping.lines
    )
    later = {_LATER, _NO_FREEZER[_LATER]}
    for one in [*left_over(replace(shopping, lines=tuple(lines)))][: told["most_left"]]:
        if one.lead in later:
            count = len(one.items)
            things = plural(count, "{count} thing", "{count} things").format(count=count)
            yield Items(one.lead, (things,))
            continue
        shown = max(
            (
                number
                for number in range(1, len(one.items) + 1)
                if len(_first(one, number).text) <= told["left_letters"]
            ),
            default=1,
        )
        yield _first(one, shown)


def _first(one: Items, count: int) -> Items:
    """Give the first of some things, and how many more they are."""
    more = len(one.items) - count
    rest = [f"{more} more"] if more else []
    things = (re.sub(r" \([^()]*\d[^()]*\)", "", each) for each in one.items[:count])
    return replace(one, items=(*things, *rest))


def thrown_away(shopping: ShoppingList) -> Iterator[Items]:
    """Say what is paid for what spoils where nobody eats it beside the plan, the dearest first."""
    told = read_settings(SETTINGS)["told"]
    lost = [line for line in shopping.lines if line.lost_usd >= told["lost_usd"]]
    lost = sorted(lost, key=lambda line: -line.lost_usd)[: told["most_lost"]]
    if lost:
        lead = "{price} in all"
        things = [f"{named(one.name)} {price_text(one.lost_usd)}" for one in lost]
        rest_usd = shopping.lost_usd - math.fsum(one.lost_usd for one in lost)
        if rest_usd >= told["lost_usd"]:
            rest = "small rests of other things {price}"
            things.append(rest.format(price=price_text(rest_usd)))
        yield Items(lead.format(price=price_text(shopping.lost_usd)), tuple(things))


def _is_away(shopping: ShoppingList, day: int) -> bool:
    """Whether a day comes after the last one, on which lunch and dinner are eaten elsewhere."""
    if not shopping.days or day <= shopping.days[-1].day:
        return False
    return {("lunch", OUT), ("dinner", OUT)} <= {*shopping.days[-1].facts.missed}


def _by(number: int, shopping: ShoppingList) -> str:
    """Say by which day something is eaten, as a plan with dates names it."""
    if not shopping.days:
        return f"by day {number}"
    return f"by {day_word(number, shopping.days[0])}"


def _told(line: ShoppingLine, by: str, is_kept: bool) -> tuple[str, str]:
    """Give the title that a line stands below, and its text; ``by`` is empty of what keeps long."""
    left, name = line.left, named(line.name)
    assert left is not None
    mass = grams_left(left.mass_g)
    words = left.words
    text = f"{name} {words} ({mass})" if words else f"{name} {mass}"
    if left.where == FREEZER and left.how:
        return _FREEZE, f"{text} {left.how}"
    if by and not is_kept:
        return _EAT_UP[left.how], f"{text}{by}"
    return (_LATER, name) if left.where in (FREEZER, CUPBOARD) else (_NEXT_WEEK, f"{text}{by}")


def leaves_much(line: ShoppingLine) -> bool:
    """Whether more than a little is left of one of its packages, or of all of what is weighed."""
    left_g = line.left.mass_g if line.left else 0.0
    package_g = (left_g + line.need_g) / max(1, line.packages or 1)
    return left_g > 0.0 and left_g >= WORTH_TELLING * package_g


_BIT = 0.1  # of a piece: nobody buys another for it


def name_text(line: ShoppingLine) -> str:
    """Name what is bought: ``"Paprika (smoked 2 meals, hot 1)"``.

    Meals whose recipe names no kind take any, and of pasta one shape does for all. What is bought
    by the piece says how many of a kind.
    """
    name = named(_name_text(line))
    return f"{name}, {line.bought_as}" if line.bought_as else name


def _name_text(line: ShoppingLine) -> str:
    own = line.name.casefold()
    kinds = Counter(use.kind for use in line.uses if use.kind and use.kind not in own).most_common()
    if not kinds:
        return named(line.name)
    (first, count), *others = kinds
    if not others and all(use.kind for use in line.uses):
        return f"{named(line.name)} ({named(first)})"
    if line.kinds_g and line.packages and line.buy.startswith(f"{line.packages} ("):
        return f"{named(line.name)} ({_pieces_text(line, [kind for kind, _meals in kinds])})"
    shapes = read_settings(COOKING)["measure"]["one_does"]
    if others and {kind for kind, _meals in kinds} <= set(shapes):
        best, *rest = (named(one) for one in shapes if one in dict(kinds))
        said = "{kind}, also in place of {others}".format(kind=best, others=", ".join(rest))
        return f"{named(line.name)} ({said})"
    told = plural(count, "{kind} {count} meal", "{kind} {count} meals")
    words = [told.format(kind=named(first), count=count)]
    words += [f"{named(kind)} {number}" for kind, number in others]
    return f"{named(line.name)} ({', '.join(words)})"


def _pieces_text(line: ShoppingLine, kinds: Iterable[str]) -> str:
    """Say of so many pieces how many are of each kind, ``"1 red"``; of another size by weight."""
    sizes = {one for some in read_settings(COOKING)["measure"]["unlike"].values() for one in some}
    whole_g = sum(line.kinds_g.values())

    def told(kind: str) -> str:
        share = line.kinds_g[kind] / whole_g
        count = max(1, math.ceil((line.packages or 0) * share - _BIT))
        return f"{grams(line.need_g * share) if kind in sizes else count} {named(kind)}"

    return ", ".join(map(told, kinds))


def taken_off_told(
    items: Sequence[Item], taken: Iterable[TakenOff], foods: FoodTable
) -> Iterator[Block]:
    """Say what cooking took off a pantry: before, after, and what was too little."""
    names = ", ".join(f"{named(one.name)} ({f'{one.servings:.2g}'})" for one in items)
    yield Paragraph(f"Cooked, with servings: {names}")
    there = [one for one in taken if one.before_g > 0]
    missing = [one for one in taken if one.before_g <= 0]
    rows = [
        [
            named(foods[one.food_id].name),
            *map(mass_text, (one.before_g, one.need_g, one.after_g)),
            "not enough there" if one.is_short else "",
        ]
        for one in there
    ]
    if rows:
        head = ["At home, as bought", "before", "cooked", "after", ""]
        yield Table("At home, as bought", head, rows, (4,))
    lines = (f"{named(foods[one.food_id].name)} {mass_text(one.need_g)}" for one in missing)
    if told := "; ".join(lines):
        yield Paragraph(f"Not in the pantry, so nothing was taken off: {told}.")
