"""Packages as they are sold: what is bought for a food, what it costs and how long it keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.request.days import DAYS_PER_WEEK

FOREVER = 1 << 10
"""Days that what has no figure keeps once opened: longer than any week."""

OVERNIGHT = 1
"""Days that half an avocado keeps: it is eaten by the next day or lost."""

SOON = "soon"
"""Where the rest goes of what keeps overnight alone: a key of ``per_package`` of ``[waste]``."""

Shares = Mapping[str, tuple[str, float]]
"""Food id → what is bought for it, and packages of that per gram; 0 for what is weighed [1/g]."""


@dataclass(frozen=True, slots=True)
class Sold:
    """The package of a food that is bought.

    Parameters
    ----------
    rest
        Where what is left of one goes: a key of ``per_package`` of ``[waste]``.
    usd
        What one costs [USD].
    keeps
        Days after the day of opening on which it is still good; ``None``: for the week.
    home
        Parts of one that is open when the week begins, and good for all of it.
    """

    rest: str
    usd: float = 0.0
    keeps: int | None = None
    home: int = 0

    @property
    def spoils(self) -> bool:
        """Whether what a week leaves of it is not good for all of the next."""
        return self.keeps is not None and self.keeps < 2 * DAYS_PER_WEEK - 1
