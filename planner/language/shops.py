"""The country of a plan's shops, while something is told: its money, and its words for food.

Prices are US dollars wherever they are figured. They are shown in the money of the shops, at the
rate of ``configs/shop/shop.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from planner.language.spoken import shops_told
from planner.settings import read_settings

Rest = ParamSpec("Rest")
Made = TypeVar("Made")
Of = TypeVar("Of")


def shops() -> str:
    """Give the country whose money and words are told: ``"us"``, ``"uk"``."""
    return shops_told.get()


@contextmanager
def shopping_in(country: str) -> Iterator[None]:
    """Tell prices and food as in a country within the block."""
    before = shops_told.set(country)
    try:
        yield
    finally:
        shops_told.reset(before)


def in_its_shops(
    make: Callable[Concatenate[Of, Rest], Made],
) -> Callable[Concatenate[Of, Rest], Made]:
    """Let a function tell what it is given as in the shops of its request, or of its list."""

    @wraps(make)
    def told(of: Of, /, *args: Rest.args, **more: Rest.kwargs) -> Made:
        asked: Any = getattr(of, "request", of)
        with shopping_in(asked.shops):
            return make(of, *args, **more)

    return told


def known_shops() -> tuple[str, ...]:
    """Name the countries whose shops are known."""
    return tuple(read_settings("shop/shop.toml")["countries"])


def money_of(country: str) -> Mapping[str, Any]:
    """Give the money of a country: ``currency``, ``sign``, ``words`` and ``per_usd``."""
    money: Mapping[str, Any] = read_settings("shop/shop.toml")["money"][country]
    return money


def currency() -> str:
    """Give the code of the money that is told: ``"GBP"``."""
    return str(money_of(shops())["currency"])


def as_told(price_usd: float) -> float:
    """Give a price in the money that is told."""
    return price_usd * float(money_of(shops())["per_usd"])


def in_usd(amount: float) -> float:
    """Give an amount of the money that is told in US dollars."""
    return amount / float(money_of(shops())["per_usd"])
