"""Amounts of money as people write them: ``60``, ``$60``, ``£60 a week``; a food plan: ``low``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from planner.errors import ConfigError
from planner.faults import fault
from planner.request.food_plans import food_plan_names
from planner.request.limits import known_ranges
from planner.shops import known_shops, money_of

DOLLARS = "USD"
_AMOUNT = r"(\d{1,6}(?:,\d{3})*(?:\.\d{1,2})?)"
_A_WEEK = r"(?:\s*(?:/|a|per)\s*week)?"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as it was written.

    Parameters
    ----------
    amount
        How much.
    currency
        Code of the currency, ``"GBP"``; empty where none was said: that of the shops.
    food_plan
        Name of the official food plan that was named in place of an amount, which is 0 then.
    """

    amount: float
    currency: str = ""
    food_plan: str = ""

    def in_usd(self, shops: str) -> float:
        """Give it in US dollars, in which prices are figured.

        Raises
        ------
        ConfigError
            When it is of another currency than that of the shops: nobody guesses what was meant.
        """
        own = money_of(shops)
        if self.currency in ("", own["currency"]):
            return self.amount / float(own["per_usd"])
        other = next(one for one in known_shops() if money_of(one)["currency"] == self.currency)
        there = self.amount / float(money_of(other)["per_usd"]) * float(own["per_usd"])
        written = {"amount": self.amount, "currency": self.currency, "there": there}
        kept = {"shops": shops, "money": own["currency"], "sign": own["sign"]}
        raise fault(ConfigError, "money_of_others", **written, **kept, other=other)


def read_money(text: str) -> Money:
    """Read an amount of money: ``60``, ``$60``, ``60 dollars a week``, ``£1,000``; or ``thrifty``.

    Raises
    ------
    ConfigError
        When it is none, is of a currency that no known shops have, or nobody spends as much.
    """
    if text.strip().casefold() in food_plan_names():
        return Money(0.0, food_plan=text.strip().casefold())
    found = _pattern().fullmatch(text.strip().casefold())
    named = {_currency(word) for word in found.group(1, 3) if word} if found else set()
    if found is None or len(named) > 1:
        signs = ", ".join(f'"{money_of(one)["sign"]}60"' for one in known_shops())
        plans = ", ".join(food_plan_names())
        raise fault(ConfigError, "no_money", text=text, signs=signs, plans=plans)
    return check_money(Money(float(found[2].replace(",", "")), *named), text)


def check_money(money: Money, text: str) -> Money:
    """Give it back; raise ``ConfigError`` for an amount that no week costs."""
    likely = known_ranges()["budget_per_week"]
    if money.amount not in likely:
        raise fault(ConfigError, "money_outside", text=text, likely=likely)
    return money


@cache
def _pattern() -> re.Pattern[str]:
    word = any_money()
    return re.compile(rf"({word})?\s*{_AMOUNT}\s*({word})?{_A_WEEK}")


def any_money() -> str:
    """Give the pattern of any word for money, in small letters."""
    words = sorted((word for one in known_shops() for word in money_of(one)["words"]), key=len)
    return "|".join(map(re.escape, reversed(words)))


def shops_of_money(word: str) -> str:
    """Give the country whose money is called so."""
    return next(one for one in known_shops() if word in money_of(one)["words"])


def _currency(word: str) -> str:
    return str(money_of(shops_of_money(word))["currency"])
