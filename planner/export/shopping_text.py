"""The shopping list as text, CSV and JSON: all of it from one list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from foods.own_csv import as_cell
from foods.sheet import as_csv_text
from planner.explain.report import Report
from planner.explain.table_report import TableReport
from planner.export.figures import price_text
from planner.export.md_table import literal
from planner.export.page import WIDTH, Line, as_plain, section, wrapped, wrapped_text
from planner.kitchen.bought import grams
from planner.kitchen.errand import ShoppingLine, ShoppingList, errand_for
from planner.kitchen.openings import WORTH_TELLING
from planner.kitchen.shopping import PHARMACY, list_shopping
from planner.kitchen.sold import CUPBOARD, FREEZER, FRIDGE

CSV_START = (
    "aisle", "food_id", "name", "need_g", "buy", "surplus_g", "price", "pantry", "for",
)  # fmt: skip
CSV_HEADER = (
    *CSV_START, "packages", "eaten", "home_g", "trip", "freeze", "left_in", "left_until_day",
)  # fmt: skip
BOX = "[ ] "
_BUY_WIDTH, _PRICE_WIDTH, _DAYS_WIDTH = 25, 7, 9
_NAME_WIDTH = WIDTH - len(BOX) - _BUY_WIDTH - _PRICE_WIDTH - _DAYS_WIDTH - 3
_NO_PRICE = "?"
_LONG_DAYS = 14  # what keeps longer has no day


def shopping_lines(shopping: ShoppingList, *, with_meals: bool = False) -> list[Line]:
    """Give the list by trip and aisle, and below it what is at home, what stays, and the till.

    Parameters
    ----------
    shopping
        The list.
    with_meals
        Whether each thing says which meals it is for.
    """
    people = f"{shopping.people} people" if shopping.people > 1 else "1 person"
    lines = [Line(f"Shopping list for {people}; the numbers at the end are the days", "title")]
    for title, groups in by_trip(shopping):
        lines += [Line(""), Line(title, "title")] if title else []
        for heading, own in groups:
            lines += section(heading, [row for one in own for row in _row(one, with_meals)])
    for title, texts in notes_of(shopping):
        lines += section(title, [row for text in texts for row in wrapped(text)])
    return [*lines, Line(""), *wrapped(total_text(shopping))]


def shopping_as_text(shopping: ShoppingList, *, with_meals: bool = False) -> str:
    """Give the list as plain text."""
    return as_plain(shopping_lines(shopping, with_meals=with_meals))


def shopping_markdown(shopping: ShoppingList) -> list[str]:
    """Give the list as lines of Markdown, below a heading of the second order."""
    lines = []
    for title, groups in by_trip(shopping):
        lines += ["", f"**{title}**"] if title else []
        for heading, own in groups:
            lines += ["", f"### {literal(heading)}", "", *map(_markdown_row, own)]
    for title, texts in notes_of(shopping):
        lines += ["", f"### {title}", "", "\n\n".join(map(literal, texts))] if texts else []
    return [*lines, "", total_text(shopping)]


def _markdown_row(line: ShoppingLine) -> str:
    days = {use.day for use in line.uses}
    return f"- [ ] {literal(line.name)}: {literal(line.buy)} ({_day_words(sorted(days))})"


Group = tuple[str, list[ShoppingLine]]


def by_trip(shopping: ShoppingList) -> Iterator[tuple[str, list[Group]]]:
    """Give (title, its aisles) of each trip, without what is at home; one trip has no title."""
    for number, start in enumerate(shopping.trips, start=1):
        groups: dict[str, list[ShoppingLine]] = {}
        for line in shopping.lines:
            if line.trip == number and not line.is_pantry:
                heading = shopping.aisles.get(line.aisle, line.aisle.replace("_", " ").capitalize())
                groups.setdefault(heading, []).append(line)
        title = f"Trip {number}, before day {start}" if len(shopping.trips) > 1 else ""
        yield title, list(groups.items())


def notes_of(shopping: ShoppingList) -> Iterator[tuple[str, list[str]]]:
    """Give (title, sentences) of what stands below the list."""
    frozen = [f"{one.name} for {_day_words(one.freeze)}" for one in shopping.lines if one.freeze]
    yield (
        "Freeze on the day you shop, thaw in the refrigerator the day before",
        [f"{'; '.join(frozen)}."] if frozen else [],
    )
    home = [f"{one.name} {one.buy}" for one in shopping.lines if one.is_pantry]
    yield "Check that you have", [f"{'; '.join(home)}."] if home else []
    strange = [f"{one.name}: {one.unknown}." for one in shopping.lines if one.unknown]
    yield "By weight", strange
    yield (
        "Stays over",
        [text for where in (FRIDGE, FREEZER, CUPBOARD) for text in _left(shopping, where)],
    )


def _left(shopping: ShoppingList, where: str) -> Iterator[str]:
    """Say what of it goes where, what spoils first before the rest; a little is not told."""
    last = max((use.day for line in shopping.lines for use in line.uses), default=0)
    found = sorted(
        (line.left.until_day or last + _LONG_DAYS, line.name, line.left.mass_g)
        for line in shopping.lines
        if line.left is not None
        and line.left.where == where
        and line.left.mass_g >= WORTH_TELLING * (line.left.mass_g + line.need_g)
    )
    told = [
        f"{name} {grams(mass_g)}{f' until day {until}' if until < last + _LONG_DAYS else ''}"
        for until, name, mass_g in found
    ]
    if told:
        yield f"{where.capitalize()}: {'; '.join(told)}."


def list_of(report: Report | TableReport) -> ShoppingList:
    """Give the list of a plan as it was made: one trip, with the usual at home."""
    assert report.plan is not None
    errand = errand_for(report.request, report.dishes)
    return list_shopping(report.plan, report.foods, errand, report.batch)


def total_text(shopping: ShoppingList) -> str:
    """Say what the till says, what of it is eaten, and what it would be from an empty cupboard."""
    texts = [
        f"At the till{_pills_text(shopping)}: {price_text(shopping.total_usd)} in usual packages "
        f"at usual prices ({shopping.currency} of {shopping.year})."
    ]
    frozen = price_text(shopping.frozen_usd) if shopping.frozen_usd else ""
    texts.append(
        f"Usual price of what is eaten{' or frozen' if frozen else ''}: "
        f"{price_text(shopping.eaten_usd)}"
        f"{f', {frozen} of it for the freezer' if frozen else ''}; the rest stays over."
    )
    if any(line.home_g for line in shopping.lines):
        whose = "What most kitchens have" if shopping.is_usual else "What your pantry has"
        bare = price_text(shopping.empty_usd)
        texts.append(f"{whose} is taken to be at home; with nothing at home it is {bare}.")
    if shopping.budget_usd is not None:
        texts.append(_budget_text(shopping, shopping.budget_usd))
    unpriced = sum(line.price_usd is None for line in shopping.lines)
    texts += [f"{unpriced} without a price."] if unpriced else []
    return " ".join(texts)


def _budget_text(shopping: ShoppingList, budget_usd: float) -> str:
    over_usd = shopping.total_usd - budget_usd
    said = f"{price_text(abs(over_usd))} {'above' if over_usd > 0 else 'below'} it"
    return (
        f"The budget of {price_text(budget_usd)} counts what is eaten or frozen; "
        f"the till is {said}."
    )


def _pills_text(shopping: ShoppingList) -> str:
    has_pills = any(line.aisle == PHARMACY for line in shopping.lines)
    return ", supplements that the plan adds included" if has_pills else ""


def shopping_as_csv(shopping: ShoppingList) -> str:
    """Give the list as CSV; a blank is unknown."""
    rows = map(_csv_row, shopping.lines)
    return as_csv_text([CSV_HEADER, *([row[name] for name in CSV_HEADER] for row in rows)])


def _csv_row(line: ShoppingLine) -> dict[str, object]:
    meals = "; ".join(dict.fromkeys(use.item for use in line.uses))
    return {
        "aisle": line.aisle,
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
    }


def shopping_as_json(shopping: ShoppingList) -> dict[str, Any]:
    """Give the list as JSON values; ``packages`` is null for what is weighed or not known."""
    return {
        "people": shopping.people,
        "trips": [{"trip": n, "before_day": day} for n, day in enumerate(shopping.trips, start=1)],
        "lines": [_line_as_json(line) for line in shopping.lines],
        "total": shopping.till(),
    }


def _line_as_json(line: ShoppingLine) -> dict[str, Any]:
    return {
        "aisle": line.aisle,
        "food_id": line.food_id,
        "name": line.name,
        "need_g": line.need_g,
        "buy": line.buy,
        "packages": line.packages,
        "surplus_g": line.surplus_g,
        "price": line.price_usd,
        "eaten": line.eaten_usd,
        "home_g": line.home_g,
        "pantry": line.is_pantry,
        "left": line.left and {"in": line.left.where, "until_day": line.left.until_day},
        "trip": line.trip,
        "freeze_for_days": list(line.freeze),
        "unknown": line.unknown or None,
        "for": [{"day": use.day, "slot": use.slot, "item": use.item} for use in line.uses],
    }


def _row(line: ShoppingLine, with_meals: bool) -> list[Line]:
    first, *rest = wrapped_text(line.name, _NAME_WIDTH)
    price = _NO_PRICE if line.price_usd is None else price_text(line.price_usd)
    text = (
        f"{BOX}{first:<{_NAME_WIDTH}} {line.buy:<{_BUY_WIDTH}} "
        f"{price:>{_PRICE_WIDTH}} {days_text(use.day for use in line.uses)}"
    )
    indent = " " * len(BOX)
    rows = [Line(text), *(Line(f"{indent}{more}") for more in rest)]
    if with_meals:
        meals = "; ".join(f"{use.item} (day {use.day})" for use in line.uses)
        rows += [Line(one.text, "quiet") for one in wrapped(meals, indent=f"{indent}  ")]
    return rows


def days_text(days: Iterable[int]) -> str:
    """Write days as ``1 3-5 7``."""
    runs: list[list[int]] = []
    for day in sorted(set(days)):
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return " ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _day_words(days: Sequence[int]) -> str:
    return f"{'day' if len(days) == 1 else 'days'} {days_text(days).replace(' ', ', ')}"
