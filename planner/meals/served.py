"""How a main dish is served: what stands on the plate beside it."""

from __future__ import annotations

from functools import cache

from planner.settings import read_settings


@cache
def served_ways() -> tuple[str, ...]:
    """Name the ways in which a main dish is served, from ``configs/meals/served.toml``."""
    return tuple(read_settings("meals/served.toml")["ways"])
