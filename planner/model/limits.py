"""How much what comes to no end by itself may work, from configs/search.toml."""

from __future__ import annotations

from planner.settings import read_settings


def limit_s(name: str) -> float:
    """Give the limit of ``name`` [s of wall time]."""
    limit: float = read_settings("search.toml")["limits"][f"{name}_s"]
    return limit


def most_iterations() -> int:
    """Give the most iterations of the simplex method in one run of a trial."""
    limit: int = read_settings("search.toml")["limits"]["trial_iterations"]
    return limit
