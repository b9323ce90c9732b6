"""The shopping list for paper: trips, aisles, and a line with a box for each thing to buy."""

from __future__ import annotations

from planner.export.documents import WeekDocument
from planner.export.line_names import name_text
from planner.export.pdf_week import Values, span_text
from planner.export.shopping_text import (
    AT_HOME,
    buy_text,
    by_trip,
    days_text,
    line_price_text,
    list_notes,
    total_text,
)
from planner.kitchen.errand import ShoppingLine
from planner.language.spoken import _, mark

LIST_TITLE = mark("Shopping list")


def list_values(week: WeekDocument) -> Values:
    """Give the list by trip and aisle, and below it what is at home, what stays, and the till."""
    shopping = week.shopping
    told = _("{count} people").format(count=shopping.people)
    people = told if shopping.people > 1 else ""
    return {
        "title": _(LIST_TITLE),
        "span": ", ".join(filter(None, (span_text(week.plan.days), people))),
        "legend": _("The numbers at the end of a line are the days it is for."),
        "trips": [
            {
                "title": title,
                "aisles": [
                    {"heading": heading, "lines": [_line(one) for one in own]}
                    for heading, own in groups
                ],
            }
            for title, groups in by_trip(shopping)
        ],
        "notes": [
            {
                "title": one.title,
                "lead": one.lead,
                "items": list(one.items),
                "is_ticked": one.title == _(AT_HOME),
            }
            for one in list_notes(shopping)
        ],
        "total": total_text(shopping),
    }


def _line(one: ShoppingLine) -> Values:
    days = days_text(use.day for use in one.uses)
    return {
        "name": name_text(one),
        "buy": buy_text(one),
        "price": line_price_text(one),
        "days": days,
    }
