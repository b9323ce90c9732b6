"""A band that a person sets by hand, and the keys of shares and of the ratio."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from planner.settings import read_settings

RATIO = "ca_mg_ratio"


@cache
def read_shares() -> Mapping[str, Mapping[str, Any]]:
    """Read ``configs/shares.toml``: share key → nutrient, kcal per gram, name."""
    shares: Mapping[str, Mapping[str, Any]] = read_settings("shares.toml")["shares"]
    return shares


def kcal_per_g(share: str) -> tuple[str, float]:
    """Return the nutrient of a share of energy and its energy [kcal/g]."""
    entry = read_shares()[share]
    return entry["nutrient"], float(entry["kcal_per_g"])


SHARE_KEYS = (RATIO, *read_shares())


@dataclass(frozen=True, slots=True)
class TargetOverride:
    """Bounds that a request puts in place of the derived ones.

    Parameters
    ----------
    nutrient
        Nutrient, share or ratio key, such as ``"magnesium_mg"`` or ``"ca_mg_ratio"``.
    lower, upper
        Inclusive bounds per day, in the unit of the key; ``None`` leaves the derived bound.
    period
        ``"day"`` or ``"week"``; ``None`` takes the bound as a reference value: the mean of the
        week is held to all of it, each day to the share of ``configs/targets.toml``.
    hard
        Whether a plan must keep the band; ``None`` keeps what the derived target says.
    """

    nutrient: str
    lower: float | None
    upper: float | None
    period: str | None = None
    hard: bool | None = None

    @property
    def sides(self) -> dict[str, float]:
        """The bounds that are set, by side, in the shape of ``[targets]``."""
        sides = {"lower": self.lower, "upper": self.upper}
        return {side: bound for side, bound in sides.items() if bound is not None}
