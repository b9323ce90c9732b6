"""The shopping list as blocks and CSV, and what is written of it: all of it from one list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from foods.own_csv import as_cell
from foods.sheet import as_csv_text
from planner.document.blocks import (
    QUIET,
    STRONG,
    Block,
    CheckList,
    Items,
    ListLine,
    Paragraph,
    paragraphs,
    section,
)
from planner.explain.table_report import TableReport
from planner.export.figures import price_text
from planner.export.list_parts import (
    day_words,
    days_text,
    freezer_texts,
    freezer_title,
    is_weekly,
    leaves_much,
    left_in_short,
    left_over,
    more_trips_text,
    name_text,
    shop_day_text,
    shop_title,
    thrown_away,
    trip_title,
    waiting_texts,
)
from planner.export.sums import total_text
from planner.export.who import day_label, span_text
from planner.kitchen.counter import IN_BAGS
from planner.kitchen.errand import ShoppingLine, ShoppingList
from planner.kitchen.labels import label_name
from planner.kitchen.shopping import FOR_FREEZER, PHARMACY
from planner.request.days import budget_counts
from planner.request.preferences import EATEN as JUST_EATEN
from planner.shops import NEUTRAL, in_its_shops, named, shopping_in
from planner.wire.kitchen import ShoppingAnswer, WrittenTrip, WrittenVisit
from planner.wording import plural

if TYPE_CHECKING:
    from planner.explain.report import Report
    from planner.export.documents import WeekDocument

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
            (aisle, tuple(_thing(one, with_meals, with_day_words) for one in own))
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
    """Say for which days a list is, and which guests come: a text of one line, or none."""
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
    """Give (title, its aisles) of each trip, without what is at home; one trip has no title."""
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
    """Say how much of a line is bought, or what is used of what is at home."""
    return line.buy


def _frozen_text(line: ShoppingLine) -> str:
    """Say for which days how much goes into the freezer: a bag for each."""
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
    frozen = (_frozen_text(one) for one in shopping.lines if one.freeze)
    home = (f"{name_text(one)} {buy_text(one)}" for one in shopping.lines if one.is_pantry)
    late = (f"{named(one.name)} ({day_words(one.late)})" for one in shopping.lines if one.late)
    fresh = (f"{named(one.name)} ({day_words(one.fresh)})" for one in shopping.lines if one.fresh)
    strange = (f"{named(one.name)}: {one.unknown}" for one in shopping.lines if one.unknown)
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
        (freezer_title(shopping), [Items("", (one,)) for one in freezer_texts(shopping)]),
        (PRICED, [Items("", tuple(named(one) for one, own in priced if one in own))]),
        ("Bought already", [Items("", tuple(map(named, shopping.bought)))]),
        ("Wait for the rest", [Items("", (one,)) for one in waiting_texts(shopping)]),
        (AT_HOME, [Items("", tuple(home), is_ticked=True)]),
        ("By weight", [Items("", (one,)) for one in strange]),
        ("Left over", [*(left_over if is_full else left_in_short)(shopping)]),
        ("Thrown away where it is not eaten up in time", [*thrown_away(shopping)]),
    ]
    return [(title, own) for title, items in found if (own := [one for one in items if one.items])]


def _labels(shopping: ShoppingList) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give each allergen, and the names of what may hold it."""
    names = {line.food_id: named(line.name) for line in shopping.lines}
    for allergen, bought in shopping.labels.items():
        yield allergen, tuple(names[food_id] for food_id in bought)


def over_budget_usd(report: TableReport | Report | WeekDocument) -> float:
    """Give how much more a list costs than the budget [USD]; nothing without a budget of a list.

    A budget of what is eaten is held by the week itself.
    """
    has_budget = report.request.preferences.budget_per_week is not None
    if report.plan is None or not has_budget or budget_counts(report.request) == JUST_EATEN:
        return 0.0  # and no list is made for it
    budget_usd = report.shopping.budget_usd
    return 0.0 if budget_usd is None else report.shopping.counted_usd - budget_usd


@shopping_in(NEUTRAL)
def shopping_as_csv(shopping: ShoppingList) -> str:
    """Give the list as CSV; a blank is unknown."""
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
