"""The shopping list as blocks and CSV, its parts, and what costs most of it."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from foods.own_csv import as_cell
from foods.sheet import as_csv_text
from foods.table import FoodTable
from planner.candidates.at_hand import PLUS
from planner.document.blocks import (
    QUIET,
    STRONG,
    Block,
    CheckList,
    Items,
    ListLine,
    Paragraph,
    Table,
    bullets,
    paragraphs,
    section,
)
from planner.explain.table_report import TableReport
from planner.export.figures import mass_text, price_text
from planner.export.recipe_text import day_word
from planner.export.sums import total_text
from planner.export.who import date_text, day_label, number_label, span_text
from planner.kitchen.bought import NOT_EATEN, WORTH_TELLING, grams, grams_left
from planner.kitchen.carried import TakenOff
from planner.kitchen.counter import IN_BAGS
from planner.kitchen.errand import ShoppingLine, ShoppingList
from planner.kitchen.measures import COOKING
from planner.kitchen.shopping import FOR_FREEZER, PHARMACY
from planner.kitchen.sold import CUPBOARD, FREEZER, SETTINGS, label_name
from planner.meals.patterns import SLOTS
from planner.plan.plan import Item, Plan
from planner.plan.shares import heads_of
from planner.request.days import DAYS_PER_WEEK, OUT, budget_counts
from planner.request.preferences import EATEN as JUST_EATEN
from planner.safety.medicines import WEEKDAYS
from planner.settings import read_settings
from planner.shops import NEUTRAL, in_its_shops, named, shopping_in
from planner.wire.kitchen import ShoppingAnswer, WrittenTrip, WrittenVisit
from planner.wording import plural

if TYPE_CHECKING:
    from planner.explain.report import Report
    from planner.export.documents import WeekDocument


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
    """Describe which day to shop on: before each week, and later for what is better fresh."""
    weeks = {day.day for day in shopping.days[::DAYS_PER_WEEK] if is_weekly(shopping)}
    trips = list(zip_longest(shopping.trips, map(date_text, shopping.trip_dates)))
    mains = trips[:1] + [trip for trip in trips[1:] if trip[0] in weeks]
    later = [trip for trip in trips if trip not in mains]
    if shopping.trip_dates:
        day, days = (", ".join(date for _day, date in own) for own in (mains, later))
        told, more = "Shop on {day}.", "On {days} buy what would not keep until then."
        if weeks:
            told = "Shop on {day}, each time for a week."
    else:
        day, days = (day_words([number for number, _date in own]) for own in (mains, later))
        told = f"Shop on the day before day {shopping.days[0].day}."
        more = "Before {days} buy what would not keep until then."
        if weeks:
            told = "Shop before {day}, each time for a week."
    return " ".join([told.format(day=day), *([more.format(days=days)] if later else [])])


def more_trips_text(shopping: ShoppingList) -> Iterator[str]:
    """Describe why there are more trips than were asked for."""
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
    """Yield, once something is bought, the meals that wait for the rest: by day and meal."""
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
    """Describe how much the freezer holds."""
    return plural(
        shopping.boxes or 0,
        "Freezer: {count} box at most, each the food of one meal",
        "Freezer: {count} boxes at most, each the food of one meal",
    ).format(count=shopping.boxes)


def freezer_texts(shopping: ShoppingList) -> Iterator[str]:
    """Yield for each evening what goes into and out of the freezer, and how much is then in it."""
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
    """Describe what is done with what is left, most pressing first; a little is not told.

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
    """Yield a line for each thing to do with what is left, first things first; the rest is counted.

    Amounts are told in packages alone. Of several weeks it is what the last one leaves; the days
    before say what to do with the others.
    """
    told = read_settings(SETTINGS)["told"]
    week = {day.day for day in shopping.days[-DAYS_PER_WEEK:]} if is_weekly(shopping) else set()
    first = min(week, default=0)
    lines = (
        replace(line, left=None) if line.left and (line.left.until_day or first) < first else line
        for line in shopping.lines
    )
    later = {_LATER, _NO_FREEZER[_LATER]}
    for items in [*left_over(replace(shopping, lines=tuple(lines)))][: told["most_left"]]:
        if items.lead in later:
            count = len(items.items)
            things = plural(count, "{count} thing", "{count} things").format(count=count)
            yield Items(items.lead, (things,))
            continue
        shown = max(
            (
                number
                for number in range(1, len(items.items) + 1)
                if len(_first(items, number).text) <= told["left_letters"]
            ),
            default=1,
        )
        yield _first(items, shown)


def _first(one: Items, count: int) -> Items:
    """Return the first of some things, and how many more they are."""
    more = len(one.items) - count
    rest = [f"{more} more"] if more else []
    things = (re.sub(r" \([^()]*\d[^()]*\)", "", each) for each in one.items[:count])
    return replace(one, items=(*things, *rest))


def thrown_away(shopping: ShoppingList) -> Iterator[Items]:
    """Yield the cost of food that spoils unless eaten besides the plan, most expensive first."""
    told = read_settings(SETTINGS)["told"]
    lost = [line for line in shopping.lines if line.lost_usd >= told["lost_usd"]]
    lost = sorted(lost, key=lambda line: -line.lost_usd)[: told["most_lost"]]
    if lost:
        lead = "{price} in all"
        things = [f"{named(one.name)} {price_text(one.lost_usd)}" for one in lost]
        rest_usd = shopping.lost_usd - math.fsum(shopping_line.lost_usd for shopping_line in lost)
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
    """Return by which day something is eaten, as a plan with dates names that day."""
    if not shopping.days:
        return f"by day {number}"
    return f"by {day_word(number, shopping.days[0])}"


def _told(line: ShoppingLine, by: str, is_kept: bool) -> tuple[str, str]:
    """Return the title a line goes under, and its text; ``by`` is empty for what keeps long."""
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
        best, *rest = (named(shape) for shape in shapes if shape in dict(kinds))
        said = "{kind}, also in place of {others}".format(kind=best, others=", ".join(rest))
        return f"{named(line.name)} ({said})"
    told = plural(count, "{kind} {count} meal", "{kind} {count} meals")
    words = [told.format(kind=named(first), count=count)]
    words += [f"{named(kind)} {number}" for kind, number in others]
    return f"{named(line.name)} ({', '.join(words)})"


def _pieces_text(line: ShoppingLine, kinds: Iterable[str]) -> str:
    """Format how many pieces are of each kind, ``"1 red"``; those of another size by weight."""
    sizes = {size for some in read_settings(COOKING)["measure"]["unlike"].values() for size in some}
    whole_g = sum(line.kinds_g.values())

    def told(kind: str) -> str:
        share = line.kinds_g[kind] / whole_g
        count = max(1, math.ceil((line.packages or 0) * share - _BIT))
        return f"{grams(line.need_g * share) if kind in sizes else count} {named(kind)}"

    return ", ".join(map(told, kinds))


def taken_off_told(
    items: Sequence[Item], taken: Iterable[TakenOff], foods: FoodTable
) -> Iterator[Block]:
    """Describe what cooking took off a pantry: before, after, and what was too little."""
    names = ", ".join(f"{named(item.name)} ({f'{item.servings:.2g}'})" for item in items)
    yield Paragraph(f"Cooked, with servings: {names}")
    there = [off for off in taken if off.before_g > 0]
    missing = [off for off in taken if off.before_g <= 0]
    rows = [
        [
            named(foods[off.food_id].name),
            *map(mass_text, (off.before_g, off.need_g, off.after_g)),
            "not enough there" if off.is_short else "",
        ]
        for off in there
    ]
    if rows:
        head = ["At home, as bought", "before", "cooked", "after", ""]
        yield Table("At home, as bought", head, rows, (4,))
    lines = (f"{named(foods[off.food_id].name)} {mass_text(off.need_g)}" for off in missing)
    if told := "; ".join(lines):
        yield Paragraph(f"Not in the pantry, so nothing was taken off: {told}.")


CSV_START = (
    "aisle", "food_id", "name", "need_g", "buy", "surplus_g", "price", "pantry", "for",
)  # fmt: skip
CSV_HEADER = (
    *CSV_START, "packages", "eaten", "home_g", "trip", "freeze", "left_in", "left_until_day",
    "days",
)  # fmt: skip
AT_HOME = "Check that you have"
_NO_PRICE = "?"
PRICED = "Prices of your own; all others are estimates"


@in_its_shops
def shopping_blocks(
    shopping: ShoppingList,
    *,
    with_meals: bool = False,
    with_day_words: bool = False,
    is_full: bool = False,
) -> tuple[Block, ...]:
    """Return the list by trip and aisle, and below it what is at home, what is left, the total.

    Parameters
    ----------
    shopping
        The list.
    with_meals
        Whether each thing says which meals it is for.
    with_day_words
        Whether its days are told as ``"days 1-3"``, or as ``"1-3"`` below a sentence that says so.
    is_full
        Whether everything that stays over is named.
    """
    trips = [
        block
        for title, groups in by_trip(shopping)
        for found in [CheckList(tuple(
            (aisle, tuple(_thing(line, with_meals, with_day_words) for line in own))
            for aisle, own in groups
        ))]
        for block in (section(title, (found,)) if title else (found,))
    ]  # fmt: skip
    notes = [
        block
        for title, items in notes_of(shopping, is_full=is_full)
        for block in section(title, items)
    ]
    return (*trips, *notes, Paragraph(total_text(shopping), STRONG))


@in_its_shops
def list_told(
    shopping: ShoppingList, *, with_meals: bool = False, is_full: bool = False
) -> tuple[Block, ...]:
    """Return the list below its heading, with the numbers of its days."""
    told = paragraphs(when_texts(shopping), QUIET)
    blocks = shopping_blocks(shopping, with_meals=with_meals, is_full=is_full)
    return section(_shopping_title(shopping), (*told, *blocks), "shopping")


def when_texts(shopping: ShoppingList) -> list[str]:
    """Return one line with the days that a list is for and which guests come, or nothing."""
    coming = (
        plural(count, "{count} guest: {day}, {meal}", "{count} guests: {day}, {meal}").format(
            count=count, day=day_label(day), meal=slot
        )
        for day, slot, count in shopping.guests
    )
    if not shopping.days:
        return []
    is_told = len(shopping.trips) == 1 or is_weekly(shopping)
    told = [shop_day_text(shopping)] if is_told else [*more_trips_text(shopping)]
    return [" ".join(("; ".join((span_text(shopping.days), *coming)) + ".", *told))]


def _shopping_title(shopping: ShoppingList) -> str:
    """Return the heading of a list whose lines end in the numbers of days."""
    return plural(
        shopping.people,
        "Shopping list for {count} person; the numbers at the end are the days",
        "Shopping list for {count} people; the numbers at the end are the days",
    ).format(count=shopping.people)


def _thing(line: ShoppingLine, with_meals: bool, with_day_words: bool) -> ListLine:
    days = {use.day for use in line.uses}
    meals = "; ".join(f"{use_name(use.item)} (day {use.day})" for use in line.uses)
    return ListLine(
        name_text(line),
        buy_text(line),
        _NO_PRICE if line.price_usd is None else price_text(line.price_usd),
        day_words(days) if with_day_words else days_text(days),
        meals if with_meals else "",
    )


Group = tuple[str, list[ShoppingLine]]


def by_trip(shopping: ShoppingList) -> Iterator[tuple[str, list[Group]]]:
    """Yield (title, its aisles) of each trip, without what is at home; one trip has no title."""
    bought = [line for line in shopping.lines if not line.is_pantry]
    shops = dict.fromkeys(line.shop for line in bought)
    for number, start, shop in (
        (number, start, shop)
        for number, start in enumerate(shopping.trips, start=1)
        for shop in shops or ("",)
    ):
        groups: dict[str, list[ShoppingLine]] = {}
        for line in bought:
            if (line.trip, line.shop) == (number, shop):
                heading = shopping.aisles.get(line.aisle, line.aisle.replace("_", " ").capitalize())
                groups.setdefault(heading, []).append(line)
        title = [trip_title(shopping, number, start)] if len(shopping.trips) > 1 else []
        title += [shop_title(shop, groups)] if any(shops) else []
        if groups or not (any(shops) or shopping.bought):
            yield "; ".join(title), list(groups.items())


def buy_text(line: ShoppingLine) -> str:
    """Describe how much of a line is bought, or what is used of what is at home."""
    return line.buy


def _frozen_text(line: ShoppingLine) -> str:
    """Describe how much goes into the freezer for which days: a bag for each."""
    days: dict[str, list[int]] = {}
    for day, portion in zip(line.freeze, line.portions, strict=True):
        days.setdefault(portion, []).append(day)
    bags = (
        ("{amount} for {days}" if len(own) == 1 else "{amount} each for {days}").format(
            amount=portion, days=day_words(own)
        )
        for portion, own in days.items()
    )
    is_divided = line.left is not None and line.left.how == IN_BAGS and leaves_much(line)
    rest = ["the rest for later"] if is_divided else []
    return f"{named(line.name)}: {', '.join((*bags, *rest))}"


def notes_of(shopping: ShoppingList, *, is_full: bool = False) -> list[tuple[str, list[Items]]]:
    """Return (title, its items by kind) of what stands below the list; none without items."""
    frozen = (_frozen_text(line) for line in shopping.lines if line.freeze)
    home = (f"{name_text(line)} {buy_text(line)}" for line in shopping.lines if line.is_pantry)
    late = (f"{named(line.name)} ({day_words(line.late)})" for line in shopping.lines if line.late)
    fresh = (f"{named(one.name)} ({day_words(one.fresh)})" for one in shopping.lines if one.fresh)
    strange = (f"{named(line.name)}: {line.unknown}" for line in shopping.lines if line.unknown)
    label = "Check the label: it may name what somebody leaves out"
    freeze = "There is no freezer for this: buy it anew on the day before"
    if shopping.boxes != 0:
        freeze = (
            "Freeze on the day you shop, in a bag for each day (and one for what is left over); "
            "thaw in the refrigerator the day before"
        )
    priced = shopping.priced.items()
    found = [
        (label, [Items(label_name(name), own) for name, own in _labels(shopping)]),
        (freeze, [Items("", tuple(frozen))]),
        ("Does not keep until then: buy it anew, or frozen", [Items("", tuple(late))]),
        (
            "Better bought fresh for its day, if you can: what was frozen turns soft",
            [Items("", tuple(fresh))],
        ),
        (freezer_title(shopping), [Items("", (text,)) for text in freezer_texts(shopping)]),
        (PRICED, [Items("", tuple(named(one) for one, own in priced if one in own))]),
        ("Bought already", [Items("", tuple(map(named, shopping.bought)))]),
        ("Wait for the rest", [Items("", (text,)) for text in waiting_texts(shopping)]),
        (AT_HOME, [Items("", tuple(home), is_ticked=True)]),
        ("By weight", [Items("", (text,)) for text in strange]),
        ("Left over", [*(left_over if is_full else left_in_short)(shopping)]),
        ("Thrown away where it is not eaten up in time", [*thrown_away(shopping)]),
    ]
    return [(title, own) for title, items in found if (own := [one for one in items if one.items])]


def _labels(shopping: ShoppingList) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return each allergen, and the names of what may hold it."""
    names = {line.food_id: named(line.name) for line in shopping.lines}
    for allergen, bought in shopping.labels.items():
        yield allergen, tuple(names[food_id] for food_id in bought)


def over_budget_usd(report: TableReport | Report | WeekDocument) -> float:
    """Return how much more a plan costs than its budget [USD], as that counts; 0 without one."""
    per_week_usd = report.request.preferences.budget_per_week
    if report.plan is None or per_week_usd is None:
        return 0.0
    if budget_counts(report.request) == JUST_EATEN:  # no list is made for it
        return report.plan.cost - per_week_usd * len(report.plan.days) / DAYS_PER_WEEK
    budget_usd = report.shopping.budget_usd
    return 0.0 if budget_usd is None else report.shopping.counted_usd - budget_usd


@shopping_in(NEUTRAL)
def shopping_as_csv(shopping: ShoppingList) -> str:
    """Return the list as CSV; a blank is unknown."""
    rows = map(_csv_row, shopping.lines)
    return as_csv_text([CSV_HEADER, *([row[name] for name in CSV_HEADER] for row in rows)])


def _csv_row(line: ShoppingLine) -> dict[str, object]:
    meals = "; ".join(dict.fromkeys(use.item for use in line.uses))
    return {
        "aisle": as_cell(line.aisle),
        "food_id": line.food_id,
        "name": as_cell(line.name),
        "need_g": f"{line.need_g:.4g}" if line.aisle == PHARMACY else f"{line.need_g:.1f}",
        "buy": as_cell(line.buy),
        "surplus_g": "" if line.surplus_g is None else f"{line.surplus_g:.1f}",
        "price": "" if line.price_usd is None else f"{line.price_usd:.2f}",
        "pantry": "yes" if line.is_pantry else "no",
        "for": as_cell(meals),
        "packages": "" if line.packages is None else line.packages,
        "eaten": f"{line.eaten_usd:.2f}",
        "home_g": f"{line.home_g:.1f}",
        "trip": line.trip,
        "freeze": " ".join(map(str, line.freeze)),
        "left_in": line.left.where if line.left else "",
        "left_until_day": line.left.until_day if line.left and line.left.until_day else "",
        "days": " ".join(map(str, sorted({use.day for use in line.uses}))),
    }


@shopping_in(NEUTRAL)
def shopping_answer(shopping: ShoppingList) -> ShoppingAnswer:
    """Return the list as it is written."""
    dates = shopping.trip_dates or [None] * len(shopping.trips)
    trips = [
        WrittenTrip(trip=number, before_day=day, date=dates[number - 1])
        for number, day in enumerate(shopping.trips, start=1)
    ]
    days = [day.day for day in shopping.days]
    guests = [
        WrittenVisit(day=day.day, slot=slot, count=count) for day, slot, count in shopping.guests
    ]
    return ShoppingAnswer.of(
        shopping,
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        guests=guests,
        trips=trips,
        total=shopping,
    )


def use_name(item: str) -> str:
    """Name what something is bought for: a dish, and whether it is for the freezer."""
    name = item.removesuffix(FOR_FREEZER)
    return f"{named(name)}{FOR_FREEZER if name != item else ''}"


SHOWN = 5


@in_its_shops
def dearest_told(shopping: ShoppingList, plan: Plan) -> tuple[Block, ...]:
    """Name what costs most: things at checkout, and of the days of the list meals as eaten."""
    priced = [(line.price_usd, line) for line in shopping.lines if line.price_usd]
    dear = sorted(priced, key=lambda one: -one[0])[:SHOWN]
    if not dear:
        return ()
    things = ", ".join(f"{name_text(line)} {price_text(usd)}" for usd, line in dear)
    share = 100.0 * sum(usd for usd, _line in dear) / shopping.total_usd
    told = f"At checkout: {things} — together {share:.0f} % of it."
    return section("Dearest", bullets([told, *_meals(shopping, plan)]))


def _meals(shopping: ShoppingList, plan: Plan) -> Iterator[str]:
    """Name the meals whose food costs most as it is eaten, for all who eat, guests among them."""
    times = shopping.people / heads_of(plan)
    costs: dict[tuple[int, str], float] = defaultdict(float)
    names: dict[tuple[int, str], dict[str, bool]] = defaultdict(dict)
    own = {day.day for day in shopping.days}
    for day, meal, item in plan.served():
        if day.day in own:
            costs[day.day, meal.slot] += _cost(item, times)
            names[day.day, meal.slot][named(item.name)] = item.kind == "dish"
    dear = sorted(costs, key=lambda one: -costs[one])[:SHOWN]
    meals = (
        f"{number_label(day, plan.dates)} {slot}, {_dishes(names[day, slot])} "
        f"{price_text(costs[day, slot])}"
        for day, slot in dear
    )
    yield "Meals, as eaten: {meals}.".format(meals="; ".join(meals))
    yield "`magplan swap … --sort cost` says what is cheaper."


def _dishes(names: Mapping[str, bool]) -> str:
    """Name the dishes of a meal, where several eat each of theirs; without one its first thing."""
    return PLUS.join([name for name, is_dish in names.items() if is_dish] or [*names][:1])


def _cost(item: Item, times: float) -> float:
    """Return what a thing of a meal costs where so many times as many eat it [USD]."""
    _count, coming = item.visitors
    return item.cost / item.servings * ((item.servings_cooked - coming) * times + coming)
