"""Keys of shares and of the ratio: which nutrient, at how many kcal per gram."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

RATIO = "ca_mg_ratio"


@cache
def read_shares() -> Mapping[str, Mapping[str, Any]]:
    """Read ``configs/shares.toml``: share key → nutrient, kcal per gram, name."""
    text = files("configs").joinpath("shares.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["shares"]  # type: ignore[no-any-return]  # TOML is untyped


def kcal_per_g(share: str) -> tuple[str, float]:
    """Give the nutrient of a share of energy and its energy [kcal/g]."""
    entry = read_shares()[share]
    return entry["nutrient"], float(entry["kcal_per_g"])
