"""How much the search works: a fixed amount of work by default, never the clock."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from planner.solve.search import SearchOptions
from planner.targets.request import SolveOptions


@cache
def _settings() -> dict[str, Any]:
    text = files("configs").joinpath("search.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def search_options(asked: SolveOptions) -> SearchOptions:
    """Turn what a person asked for into the work of the search.

    A gap asked for allows more rounds, which end as soon as it is reached; a time limit only cuts.
    """
    work = _settings()["work"]
    rounds = work["rounds_for_gap"] if asked.gap is not None else work["rounds"]
    return SearchOptions(
        sweeps=work["sweeps"],
        rounds=rounds,
        repair_rounds=work["repair_rounds"],
        hot=work["hot_points"],
        cold=work["cold_points"],
        pairs=work["pairs"],
        seed=asked.seed,
        gap=asked.gap,
        time_limit_s=asked.time_limit_s,
    )
