"""How long what comes to no end by itself may take, from configs/search.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _limits() -> dict[str, float]:
    text = files("configs").joinpath("search.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["limits"])


def limit_s(name: str) -> float:
    """Give the limit of ``name`` [s of wall time]."""
    return _limits()[f"{name}_s"]
