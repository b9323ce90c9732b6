"""Figures, prices and dates in the marks of a language.

Rounding is Python's in every language, so that the same figure has the same digits.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from planner.language.spoken import is_english, tongue
from planner.language.spoken import number_text as number_text

_DOLLARS = "USD"


def price_as(price_usd: float) -> str:
    """Give a price in dollars and cents as the language writes it: ``"$15.68"``, ``"15,68 $"``."""
    if is_english():
        return f"${price_usd:,.2f}"
    from babel.numbers import format_currency

    cents = Decimal(f"{price_usd:.2f}")
    return format_currency(cents, _DOLLARS, locale=tongue()["locale"]).replace("\xa0", " ")


def date_as(when: date, pattern: str) -> str:
    """Write a date by a pattern of the language: ``"day"``, ``"long_day"`` or ``"date"``."""
    from babel.dates import format_date

    about = tongue()
    return format_date(when, about["dates"][pattern], locale=about["locale"])
