"""What a list is sorted by: ``magnesium``, ``magnesium/100kcal``; most of it first."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from foods.nutrient import known_nutrients
from planner.errors import ConfigError
from planner.faults import fault
from planner.request.money import any_money, shops_of_money
from planner.request.phrases import find_target_key
from planner.shops import NEUTRAL, money_of

ENERGY, CALCIUM = "energy_kcal", "calcium_mg"
SERVING, PRICE = "serving", "usd"
_PER = re.compile(
    rf"\s*/\s*(?:(100\s*kcal|kcal)|(calcium|ca)|(serving|portion)|({any_money()}))\s*$",
    re.IGNORECASE,
)
_NAMES = (ENERGY, CALCIUM, SERVING, PRICE)
_HUNDRED = 100.0

Of = Callable[[str], float | None]
"""Key of a nutrient, ``SERVING`` [g] or ``PRICE`` [USD], in or of 100 g → its amount, if known."""


@dataclass(frozen=True, slots=True)
class SortedBy:
    """A nutrient, as it is, or in something.

    Parameters
    ----------
    key
        The nutrient.
    per
        In what it is counted: ``ENERGY`` for 100 kcal, ``CALCIUM`` for 1 mg of it, ``SERVING`` for
        a usual one, ``PRICE`` for what costs one of the money of ``shops``; empty for as it is.
    shops
        Country whose money that is.
    """

    key: str
    per: str = ""
    shops: str = NEUTRAL

    def amount(self, of: Of) -> float | None:
        """Give how much of it there is, where ``of`` gives the amount of a nutrient, or nothing."""
        amount = of(self.key)
        if amount is None or not self.per:
            return amount
        whole = of(self.per)
        if not whole:
            return None
        if self.per == SERVING:
            return amount * whole / _HUNDRED
        if self.per == PRICE:
            whole *= float(money_of(self.shops)["per_usd"])
        return amount / whole * (_HUNDRED if self.per == ENERGY else 1.0)

    def rank(self, of: Of) -> tuple[bool, float]:
        """Give what sorts most of it first, and what nobody knows last."""
        amount = self.amount(of)
        return amount is None, -(amount or 0.0)

    def cell(self, of: Of) -> str:
        """Write how much of it there is; a question mark where nobody knows."""
        amount = self.amount(of)
        decimals = max(known_nutrients()[self.key].decimals, int(bool(self.per)))
        return "?" if amount is None else f"{amount:.{decimals}f}"


def read_sorted_by(text: str) -> SortedBy:
    """Read ``"magnesium"``, ``"magnesium/100kcal"``, ``/calcium``, ``/serving`` or ``/eur``.

    Raises
    ------
    ConfigError
        When it is no nutrient.
    """
    per = _PER.search(text)
    key = find_target_key(_PER.sub("", text))
    if key is None or key not in known_nutrients():
        raise fault(ConfigError, "not_sorted_by", text=text)
    if per is None or per.lastindex is None:
        return SortedBy(key)
    name = _NAMES[per.lastindex - 1]
    return SortedBy(key, name, shops_of_money(per[4].casefold()) if name == PRICE else NEUTRAL)
