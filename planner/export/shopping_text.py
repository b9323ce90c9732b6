"""The shopping list as text, CSV and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from foods.own_csv import as_cell
from planner.export.figures import price_text
from planner.export.page import WIDTH, Line, as_plain, section, wrapped, wrapped_text
from planner.kitchen.shopping import PHARMACY, ShoppingLine, ShoppingList

CSV_HEADER = ("aisle", "food_id", "name", "need_g", "buy", "surplus_g", "price", "pantry", "for")
BOX = "[ ] "
_BUY_WIDTH, _PRICE_WIDTH, _DAYS_WIDTH = 25, 7, 9
_NAME_WIDTH = WIDTH - len(BOX) - _BUY_WIDTH - _PRICE_WIDTH - _DAYS_WIDTH - 3
_AISLE_NAMES = {
    "produce": "Fruit and vegetables",
    "dairy_eggs": "Milk and eggs",
    "meat_fish": "Meat and fish",
    "grains_pasta": "Grains and pasta",
    "canned_dry_beans": "Cans and dry beans",
    "nuts_dried_fruit": "Nuts and dried fruit",
    "oils_condiments": "Oils and condiments",
    "spices_baking": "Spices and baking",
    "snacks_sweets": "Snacks and sweets",
    PHARMACY: "Pharmacy, for one person; amounts of the element or vitamin",
}


def shopping_lines(shopping: ShoppingList) -> list[Line]:
    """Give the list by aisle, what to look for in the cupboard below it."""
    people = f"{shopping.people} people" if shopping.people > 1 else "1 person"
    lines = [Line(f"Shopping list for {people}; the numbers at the end are the days", "title")]
    for aisle, own in by_aisle(shopping):
        lines += section(aisle, [line for one in own for line in _row(one)])
    pantry = "; ".join(f"{line.name} {line.buy}" for line in shopping.lines if line.is_pantry)
    lines += section("Check that you have", wrapped(pantry))
    return [*lines, Line(""), *wrapped(total_text(shopping))]


def shopping_as_text(shopping: ShoppingList) -> str:
    """Give the list as plain text."""
    return as_plain(shopping_lines(shopping))


def total_text(shopping: ShoppingList) -> str:
    """Say what it costs, and of what."""
    frozen = price_text(shopping.frozen_usd) if shopping.frozen_usd else ""
    return (
        f"Usual price of what is eaten{' or frozen' if frozen else ''}{_pills_text(shopping)}: "
        f"{price_text(shopping.total_usd)} ({shopping.currency} of {shopping.year})"
        f"{f', {frozen} of it for the freezer' if frozen else ''}. "
        "Packages hold more, so the till says more."
    )


def _pills_text(shopping: ShoppingList) -> str:
    has_pills = any(line.aisle == PHARMACY for line in shopping.lines)
    return " and of supplements that the plan adds" if has_pills else ""


def by_aisle(shopping: ShoppingList) -> list[tuple[str, list[ShoppingLine]]]:
    """Give (aisle in words, its lines) without what is in the cupboard, in the shop's order."""
    groups: dict[str, list[ShoppingLine]] = {}
    for line in shopping.lines:
        if not line.is_pantry:
            groups.setdefault(aisle_name(line.aisle), []).append(line)
    return list(groups.items())


def aisle_name(aisle: str) -> str:
    """Give an aisle in words."""
    return _AISLE_NAMES.get(aisle, aisle.replace("_", " ").capitalize())


def shopping_as_csv(shopping: ShoppingList) -> str:
    """Give the list as CSV; a blank surplus is one that depends on the package."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_HEADER)
    for line in shopping.lines:
        surplus = "" if line.surplus_g is None else f"{line.surplus_g:.1f}"
        meals = "; ".join(dict.fromkeys(use.item for use in line.uses))
        writer.writerow(
            (
                line.aisle,
                line.food_id,
                as_cell(line.name),
                f"{line.need_g:.4g}" if line.aisle == PHARMACY else f"{line.need_g:.1f}",
                as_cell(line.buy),
                surplus,
                f"{line.price_usd:.2f}",
                "yes" if line.is_pantry else "no",
                as_cell(meals),
            )
        )
    return out.getvalue()


def shopping_as_json(shopping: ShoppingList) -> dict[str, Any]:
    """Give the list as JSON values; ``packages`` is null where sizes of packages are not known."""
    return {
        "people": shopping.people,
        "lines": [_line_as_json(line) for line in shopping.lines],
        "total": {
            "price": shopping.total_usd,
            "currency": shopping.currency,
            "year": shopping.year,
            "for_freezer": shopping.frozen_usd,
        },
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
        "pantry": line.is_pantry,
        "for": [{"day": use.day, "slot": use.slot, "item": use.item} for use in line.uses],
    }


def _row(line: ShoppingLine) -> list[Line]:
    first, *rest = wrapped_text(line.name, _NAME_WIDTH)
    days = _days(use.day for use in line.uses)
    text = (
        f"{BOX}{first:<{_NAME_WIDTH}} {line.buy:<{_BUY_WIDTH}} "
        f"{price_text(line.price_usd):>{_PRICE_WIDTH}} {days}"
    )
    return [Line(text), *(Line(f"{' ' * len(BOX)}{more}") for more in rest)]


def _days(days: Iterable[int]) -> str:
    """Write days as ``1 3-5 7``."""
    runs: list[list[int]] = []
    for day in sorted(set(days)):
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return " ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
