"""How much the search works: a fixed amount of work by default, never the clock."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from planner.solve.alternatives import Apart
from planner.solve.edit import ChangePoints, EditOptions
from planner.solve.household import PotOptions
from planner.solve.search import SearchOptions
from planner.targets.request import SolveOptions


@cache
def _settings() -> dict[str, Any]:
    text = files("configs").joinpath("search.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def search_options(asked: SolveOptions) -> SearchOptions:
    """Turn what a person asked for into the work of the search.

    A gap asked for allows more rounds, which end as soon as it is reached; a time limit only cuts.
    With both, the search goes on until one of them.
    """
    work = _settings()["work"]
    rounds = work["rounds"]
    if asked.gap is not None:
        is_timed = asked.time_limit_s is not None
        rounds = work["rounds_until_clock"] if is_timed else work["rounds_for_gap"]
    return _options(work, asked, rounds)


def household_options(asked: SolveOptions) -> tuple[SearchOptions, PotOptions]:
    """Give the work of searching the weeks of several eaters together."""
    usual, household = search_options(asked), dict(_settings()["household"])
    rounds, sweeps = household.pop("rounds"), household.pop("sweeps")
    pot_pairs = household.pop("pot_pairs")
    if asked.gap is None:
        usual = replace(usual, rounds=rounds)
    return replace(usual, sweeps=sweeps, pot_pairs=pot_pairs), PotOptions(**household)


def thorough_limits() -> tuple[float, float]:
    """Give the gap and the time limit [s] of a thorough search."""
    thorough = _settings()["thorough"]
    return thorough["gap"], thorough["time_limit_s"]


def edit_options(asked: SolveOptions, change: Mapping[str, float]) -> EditOptions:
    """Give the work of solving a week again, and the points of ``change`` in the objective."""
    near, usual = _settings()["near"], search_options(asked)
    return EditOptions(
        near=replace(_options(near, asked, near["rounds"]), gap=None, strict=near["strict"]),
        usual=replace(usual, gap=None, rounds=_settings()["work"]["rounds"]),
        points=ChangePoints(change["per_item"], change["per_portion"]),
    )


def apart_options(change: Mapping[str, float]) -> Apart:
    """Say how different alternatives must be."""
    return Apart(per_main=change["per_main"], **_settings()["apart"])


def _options(work: Mapping[str, Any], asked: SolveOptions, rounds: int) -> SearchOptions:
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
        together=_settings()["work"]["together"],
    )
