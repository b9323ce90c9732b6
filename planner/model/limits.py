"""How long what comes to no end by itself may take, from configs/search.toml."""

from __future__ import annotations

from planner.settings import read_settings


def limit_s(name: str) -> float:
    """Give the limit of ``name`` [s of wall time]."""
    limit: float = read_settings("search.toml")["limits"][f"{name}_s"]
    return limit
