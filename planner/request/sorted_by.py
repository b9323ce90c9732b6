"""What a list is sorted by: ``magnesium``, ``magnesium/100kcal``; most of it first."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from foods.nutrient import known_nutrients
from planner.errors import ConfigError
from planner.language.faults import fault
from planner.request.phrases import find_target_key

ENERGY = "energy_kcal"
_PER_ENERGY = re.compile(r"\s*/\s*(?:100)?\s*kcal", re.IGNORECASE)
_HUNDRED = 100.0


@dataclass(frozen=True, slots=True)
class SortedBy:
    """A nutrient, as it is or in 100 kcal.

    Parameters
    ----------
    key
        The nutrient.
    is_per_energy
        Whether it is counted in 100 kcal.
    """

    key: str
    is_per_energy: bool = False

    def amount(self, of: Callable[[str], float | None]) -> float | None:
        """Give how much of it there is, where ``of`` gives the amount of a nutrient, or nothing."""
        amount, kcal = of(self.key), of(ENERGY)
        if amount is None or not self.is_per_energy:
            return amount
        return _HUNDRED * amount / kcal if kcal else None

    def rank(self, of: Callable[[str], float | None]) -> tuple[bool, float]:
        """Give what sorts most of it first, and what nobody knows last."""
        amount = self.amount(of)
        return amount is None, -(amount or 0.0)

    def cell(self, of: Callable[[str], float | None]) -> str:
        """Write how much of it there is; a question mark where nobody knows."""
        amount = self.amount(of)
        decimals = max(known_nutrients()[self.key].decimals, int(self.is_per_energy))
        return "?" if amount is None else f"{amount:.{decimals}f}"


def read_sorted_by(text: str) -> SortedBy:
    """Read ``"magnesium"`` or ``"magnesium/100kcal"``.

    Raises
    ------
    ConfigError
        When it is no nutrient.
    """
    bare = _PER_ENERGY.sub("", text)
    key = find_target_key(bare)
    if key is None or key not in known_nutrients():
        raise fault(ConfigError, "not_sorted_by", text=text)
    return SortedBy(key, bare != text)
