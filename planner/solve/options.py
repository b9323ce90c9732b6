"""How much the search works: a fixed amount of work by default, never the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from planner.request.request import SolveOptions
from planner.search.search import ColumnOptions, SearchOptions
from planner.settings import read_settings
from planner.solve.alternatives import Apart
from planner.solve.edit import ChangePoints, EditOptions
from planner.solve.pots import PotOptions


def _settings() -> Mapping[str, Any]:
    return read_settings("search.toml")


def search_options(asked: SolveOptions) -> SearchOptions:
    """Turn what a person asked for into the work of the search.

    A gap asked for allows more rounds, which end as soon as it is reached; a time limit only cuts.
    With both, the search goes on until one of them.
    """
    work = _settings()["work"]
    if asked.gap is None:
        return _options(work, asked, work["rounds"])
    columns = dict(_settings()["columns"])
    rounds, recorded = columns.pop("rounds"), columns.pop("recorded")
    until_clock = columns.pop("turns_until_clock")
    if asked.time_limit_s is not None:
        columns["turns"] = until_clock
    options = _options(work, asked, rounds)
    return replace(options, recorded=recorded, columns=ColumnOptions(**columns))


def household_options(asked: SolveOptions) -> tuple[SearchOptions, PotOptions]:
    """Give the work of searching the weeks of several eaters together."""
    usual, household = search_options(asked), dict(_settings()["household"])
    rounds, until_clock = household.pop("rounds"), household.pop("rounds_until_clock")
    rounds_for_gap = household.pop("rounds_for_gap")
    if asked.gap is not None:
        rounds = rounds_for_gap if asked.time_limit_s is None else until_clock
    work = {key: household.pop(key) for key in ("sweeps", "pot_pairs")}
    return replace(usual, rounds=rounds, columns=None, **work), PotOptions(**household)


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


def household_edit_options(
    asked: SolveOptions, change: Mapping[str, float]
) -> tuple[EditOptions, PotOptions]:
    """Give the work of solving the weeks of several eaters again."""
    usual, pots = household_options(replace(asked, gap=None))
    return replace(edit_options(asked, change), usual=usual), pots


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
        exchanges=work["exchanges"],
        whole_meals=work["whole_meals"],
        seed=asked.seed,
        gap=asked.gap,
        time_limit_s=asked.time_limit_s,
        together=_settings()["work"]["together"],
    )
