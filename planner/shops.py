"""The shops of a plan: their country, its money, and its words for food.

Prices are US dollars wherever they are figured. They are shown in the money of the shops, at the
rate of ``configs/shop/shop.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from planner.settings import read_rows, read_settings

Rest = ParamSpec("Rest")
Made = TypeVar("Made")
Of = TypeVar("Of")
NEUTRAL = "us"  # shops whose money and words files are written in
_shops: ContextVar[str] = ContextVar("shops", default=NEUTRAL)


def shops() -> str:
    """Return the country whose money and words are shown: ``"us"``, ``"uk"``."""
    return _shops.get()


@contextmanager
def shopping_in(country: str) -> Iterator[None]:
    """Show prices and food as in a country within the block, or within what this decorates.

    Files that are read again are made in ``NEUTRAL``: they are the same in every country.
    """
    before = _shops.set(country)
    try:
        yield
    finally:
        _shops.reset(before)


def in_its_shops(
    make: Callable[Concatenate[Of, Rest], Made],
) -> Callable[Concatenate[Of, Rest], Made]:
    """Let a function show what it is given as in the shops of its request, or of its list."""

    @wraps(make)
    def told(of: Of, /, *args: Rest.args, **more: Rest.kwargs) -> Made:
        asked: Any = getattr(of, "request", of)
        with shopping_in(asked.shops):
            return make(of, *args, **more)

    return told


def known_shops() -> tuple[str, ...]:
    """Return the countries whose shops are known."""
    return tuple(read_settings("shop/shop.toml")["countries"])


def money_of(country: str) -> Mapping[str, Any]:
    """Return the money of a country: ``currency``, ``sign``, ``words`` and ``per_usd``."""
    money: Mapping[str, Any] = read_settings("shop/shop.toml")["money"][country]
    return money


def currency() -> str:
    """Return the code of the money that is shown: ``"GBP"``."""
    return str(money_of(shops())["currency"])


def as_told(price_usd: float) -> float:
    """Return a price in the money that is shown."""
    return price_usd * float(money_of(shops())["per_usd"])


def in_usd(amount: float) -> float:
    """Return an amount of the money that is shown in US dollars."""
    return amount / float(money_of(shops())["per_usd"])


def cost_as(price_usd: float) -> str:
    """Return a price as a cell below the code of its money: ``"15.68"``."""
    return f"{as_told(price_usd):.2f}"


def price_as(price_usd: float, decimals: int = 2) -> str:
    """Return a price in the money of the shops as it is written: ``"$15.68"``."""
    return f"{money_of(shops())['sign']}{as_told(price_usd):,.{decimals}f}"


def named(text: str) -> str:
    """Return a name, or a text about food, as the shops call it: ``"coriander"`` in the UK."""
    words = _words_in(shops())
    if not words:
        return text

    def as_there(found: re.Match[str]) -> str:
        word = words[found[0].casefold()]
        return f"{word[:1].upper()}{word[1:]}" if found[0][:1].isupper() else word

    return _any_of(tuple(words)).sub(as_there, text)


@cache
def _words_in(country: str) -> Mapping[str, str]:
    """Return what is called otherwise in the English of a country."""
    name = read_settings("shop/shop.toml")["words"].get(country)
    rows = read_rows(f"shop/{name}.csv") if name else ()
    return {row["written"]: row["called"] for row in rows}


@cache
def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])", re.IGNORECASE)
