"""Keys of shares and of the ratio: which nutrient, at how many kcal per gram."""

from __future__ import annotations

from collections.abc import Mapping
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
    """Give the nutrient of a share of energy and its energy [kcal/g]."""
    entry = read_shares()[share]
    return entry["nutrient"], float(entry["kcal_per_g"])
