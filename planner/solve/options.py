"""How much the search works: a fixed amount of work by default, never the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from planner.request.request import SolveOptions
from planner.search.work import ProofOptions, SearchOptions
from planner.settings import read_settings
from planner.solve.alternatives import WeeksApart
from planner.solve.compose import Work
from planner.solve.edit import ChangePoints, EditOptions
from planner.solve.pots import PotOptions

EditWork = Callable[[SolveOptions, Mapping[str, float], int], tuple[EditOptions, PotOptions]]


def _settings() -> Mapping[str, Any]:
    return read_settings("search.toml")


def search_options(asked: SolveOptions) -> SearchOptions:
    """Turn what a person asked for into the work of the search.

    A gap asked for allows more rounds, which end as soon as it is reached; a time limit lets the
    search go on until then. With both, it goes on until one of them.
    """
    work = _settings()["work"]
    rounds = "rounds" if asked.gap is None else "rounds_for_gap"
    rounds = rounds if asked.time_limit_s is None else "rounds_until_clock"
    options = _options(work, asked, work[rounds])
    if asked.gap is None:
        return options
    return replace(options, proof=ProofOptions(**_settings()["proof"]))


def table_work(asked: SolveOptions, eaters: int) -> Work:
    """Give the work of searching the weeks of everybody at a table together."""
    usual, table = search_options(asked), dict(_settings()["household"])
    if asked.gap is None and asked.time_limit_s is None:
        give_up = _settings()["give_up"]
        most = give_up["work"] + (eaters - 1) * give_up["work_further"]
        usual = replace(usual, most_work=most, stuck=give_up["stuck"])
    rounds, until_clock = table.pop("rounds"), table.pop("rounds_until_clock")
    rounds_for_gap = table.pop("rounds_for_gap")
    if asked.time_limit_s is not None:
        rounds = until_clock
    elif asked.gap is not None:
        rounds = rounds_for_gap
    own = ("sweeps", "pot_pairs", "repair_rounds")
    work = {key: table.pop(key) for key in own}
    points = tuple(table.pop("column_points"))
    if eaters == 1:
        return usual, PotOptions(**table)
    wide = replace(usual, rounds=rounds, column_points=points, **work)
    return wide, PotOptions(**table)


def trial_work(asked: SolveOptions, eaters: int) -> Work:
    """Give the first part of the usual work: what finds a plan with this, finds it with all."""
    options, pots = table_work(replace(asked, gap=None, time_limit_s=None), eaters)
    trials = _settings()["trials"]
    most = trials["work"] + (eaters - 1) * trials["work_further"]
    return replace(options, most_work=most, any_week=True, stuck=trials["stuck"]), pots


def sweep_work(asked: SolveOptions, eaters: int) -> Work:
    """Give the work of one point of a sweep: the same for each, whatever clock or gap is asked."""
    options, pots = table_work(replace(asked, gap=None, time_limit_s=None), eaters)
    rule = _settings()["sweep"]
    most = rule["work"] + (eaters - 1) * rule["work_further"]
    sweeps = round(options.sweeps * rule["sweeps"])
    return replace(options, rounds=rule["rounds"], sweeps=sweeps, most_work=most), pots


def polish_work(asked: SolveOptions, eaters: int) -> tuple[Work, ...]:
    """Give the searches that follow from the best plan that neighbours in a sweep have found."""
    _, pots = table_work(replace(asked, gap=None, time_limit_s=None), eaters)
    near = _settings()["near"]
    plain = replace(asked, gap=None, time_limit_s=None)
    return tuple(
        (
            replace(
                _options(near | {"sweeps": one["sweeps"]}, plain, one["rounds"]),
                hot=one["hot_points"],
                strict=one["strict"],
                repair_rounds=0,
                most_work=0.0,
            ),
            pots,
        )
        for one in _settings()["sweep"]["polish"]
    )


def thorough_limits() -> tuple[float, float]:
    """Give the gap and the time limit [s] of a thorough search."""
    thorough = _settings()["thorough"]
    return thorough["gap"], thorough["time_limit_s"]


def edit_work(
    asked: SolveOptions, change: Mapping[str, float], eaters: int
) -> tuple[EditOptions, PotOptions]:
    """Give the work of solving weeks again, and the points of ``change`` in the objective."""
    near = _settings()["near"]
    usual, pots = table_work(replace(asked, gap=None), eaters)
    options = EditOptions(
        near=replace(_options(near, asked, near["rounds"]), gap=None, strict=near["strict"]),
        usual=usual,
        points=ChangePoints(change["per_item"], change["per_portion"]),
    )
    return options, pots


def trial_edit_work(
    asked: SolveOptions, change: Mapping[str, float], eaters: int
) -> tuple[EditOptions, PotOptions]:
    """Give the work of ``edit_work`` as far as a trial goes."""
    options, pots = edit_work(replace(asked, time_limit_s=None), change, eaters)
    usual, _ = trial_work(asked, eaters)
    return replace(options, usual=usual), pots


def apart_options(change: Mapping[str, float]) -> WeeksApart:
    """Say how different alternatives must be."""
    return WeeksApart(per_main=change["per_main"], **_settings()["apart"])


def _options(work: Mapping[str, Any], asked: SolveOptions, rounds: int) -> SearchOptions:
    return SearchOptions(
        sweeps=work["sweeps"],
        rounds=rounds,
        repair_rounds=work["repair_rounds"],
        repair_sweeps=work["repair_sweeps"],
        repair_warm=work["repair_warm_points"],
        hot=work["hot_points"],
        cold=work["cold_points"],
        pairs=work["pairs"],
        exchanges=work["exchanges"],
        whole_meals=work["whole_meals"],
        few=work["few"],
        across=work["across"],
        column_points=tuple(_settings()["work"]["column_points"]),
        **_settings()["hard_rows"],
        seed=asked.seed,
        gap=asked.gap,
        time_limit_s=asked.time_limit_s,
        together=_settings()["work"]["together"],
    )
