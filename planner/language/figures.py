"""Figures, prices and dates in the marks of a language.

Rounding is Python's in every language, so that the same figure has the same digits.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from planner.language.shops import as_told, currency, money_of, shops
from planner.language.spoken import is_english, tongue
from planner.language.spoken import number_text as number_text
from planner.settings import read_settings


def cost_as(price_usd: float) -> str:
    """Give a price as a cell below the code of its money: ``"15.68"``."""
    return number_text(f"{as_told(price_usd):.2f}")


def metric_text(amount: float, unit: str) -> str:
    """Say whole grams or millilitres in English marks; many of them in kilograms or liters."""
    large = read_settings("meals/measures.toml")["large"]
    if amount < large["from"]:
        return f"{amount:,.0f} {unit}"
    told = f"{amount / large['each']:,.{1 if amount >= large['tenths_from'] else 2}f}"
    return f"{told.rstrip('0').rstrip('.')} {large['units'][unit]}"


def price_as(price_usd: float) -> str:
    """Give a price in the money of the shops as it is written: ``"$15.68"``, ``"15,68 €"``."""
    amount = as_told(price_usd)
    if is_english():
        return f"{money_of(shops())['sign']}{amount:,.2f}"
    from babel.numbers import format_currency

    cents = Decimal(f"{amount:.2f}")
    return format_currency(cents, currency(), locale=tongue()["locale"]).replace("\xa0", " ")


class Figured(str):
    """A figure in English marks within a sentence that ``said`` makes."""

    __slots__ = ()

    def __format__(self, how: str) -> str:
        return number_text(str(self))


class Price:
    """A price [USD] within a sentence that ``said`` makes."""

    def __init__(self, usd: float) -> None:
        self.usd = usd

    def __format__(self, how: str) -> str:
        return price_as(self.usd)


def date_as(when: date, pattern: str) -> str:
    """Write a date by a pattern of the language: ``"day"``, ``"long_day"`` or ``"date"``."""
    from babel.dates import format_date

    about = tongue()
    return format_date(when, about["dates"][pattern], locale=about["locale"])
