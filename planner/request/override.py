"""A band that a person sets by hand, in place of or beside the standard's."""

from __future__ import annotations

from dataclasses import dataclass

from planner.request.shares import RATIO, read_shares

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
