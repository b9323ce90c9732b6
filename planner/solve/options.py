"""How much the search works: a fixed amount of work by default, never the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from planner.request.request import SolveOptions
from planner.search.work import (
    Generation,
    HardRows,
    ListedMeals,
    SearchOptions,
)
from planner.settings import read_settings
from planner.solve.edit import ChangePoints, EditOptions
from planner.solve.fewest import FewestWork

TableWork = Callable[[SolveOptions, int], SearchOptions]
EditWork = Callable[[SolveOptions, Mapping[str, float], int], EditOptions]


def _settings() -> Mapping[str, Any]:
    return read_settings("search.toml")


def table_work(asked: SolveOptions, eaters: int) -> SearchOptions:
    """Return the work of searching the weeks of everybody at a table together.

    A gap asked for allows more searches, which end as soon as it is reached; a time limit lets the
    search go on until then. With both, it goes on until one of them. Where no week holds, the usual
    work is done whatever the clock says, and no more of it when the time is up.
    """
    asked = asked.with_limits()
    work, give_up = _settings()["work"], _settings()["give_up"]
    options = _options("usual" if eaters == 1 else "table", asked)
    most = give_up["work"] + (eaters - 1) * give_up["work_further"]
    options = replace(options, most_work=most, stuck=give_up["stuck"])
    if asked.gap is None and asked.time_limit_s is None:
        return replace(options, short=_short_work()) if asked.effort == "quick" else options
    until = "searches_for_gap" if asked.time_limit_s is None else "searches_until_clock"
    return replace(options, searches=work[until])


def trial_work(asked: SolveOptions, eaters: int) -> SearchOptions:
    """Return the first part of the usual work: what finds a plan with this, finds it with all."""
    options = _plain_work(asked, eaters)
    trials = _settings()["trials"]
    most = trials["work"] + (eaters - 1) * trials["work_further"]
    return replace(options, most_work=most, any_week=True, stuck=trials["stuck"])


def last_work(asked: SolveOptions, eaters: int) -> SearchOptions:
    """Return the last part of the usual work: the most that is listed, as searched in vain before.

    What was searched in vain among less is not searched there again.
    """
    options = _plain_work(asked, eaters)
    narrower = len(options.listed) - 1
    most, seed = options.listed[narrower:], options.seed + narrower
    return replace(options, listed=most, seed=seed, any_week=True)


def anew_work(asked: SolveOptions, eaters: int) -> SearchOptions:
    """Return the usual work until a plan is found: nothing of such days was searched before."""
    return replace(_plain_work(asked, eaters), any_week=True)


def _plain_work(asked: SolveOptions, eaters: int) -> SearchOptions:
    """Return the usual work, whatever gap or time limit is asked for."""
    return table_work(asked.without_limits(), eaters)


def edit_work(asked: SolveOptions, change: Mapping[str, float], eaters: int) -> EditOptions:
    """Return the work of solving weeks again, and the points of ``change`` in the objective."""
    no_gap = replace(asked.with_limits(), gap=None)
    near, usual = _options("near", no_gap), table_work(no_gap, eaters)
    return EditOptions(near, usual, ChangePoints(change["per_item"], change["per_portion"]))


def trial_edit_work(
    usual: TableWork, asked: SolveOptions, change: Mapping[str, float], eaters: int
) -> EditOptions:
    """Return the work of ``edit_work`` as far as a trial goes: ``trial_work`` or ``last_work``."""
    options = edit_work(asked.without_limits(), change, eaters)
    return replace(options, usual=usual(asked, eaters))


def still_edit_work(asked: SolveOptions, change: Mapping[str, float], eaters: int) -> EditOptions:
    """Return the work of a look whether a week is found where most of the earlier one stays.

    Changes cost more than in ``edit_work``, and the fewest are worked out.
    """
    options, still = edit_work(asked, change, eaters), _settings()["still"]
    prices, times = options.points, still["change_times"]
    return replace(
        options,
        usual=replace(options.usual, most_work=still["work"] * options.usual.most_work),
        points=ChangePoints(times * prices.per_item, times * prices.per_portion),
        says_why=False,
        fewest=FewestWork(**_settings()["fewest"]),
    )


def _short_work() -> tuple[tuple[int, int], ...]:
    return tuple((one["rounds"], one["sweeps"]) for one in _settings()["quick"]["generations"])


def _options(kind: str, asked: SolveOptions) -> SearchOptions:
    """Return the work of a kind of search, as its table of configs/search.toml has it."""
    settings = _settings()
    own = settings[kind]
    return SearchOptions(
        generations=tuple(Generation(**one) for one in own["generations"]),
        repair=Generation(**own["repair"]),
        polish=Generation(**own["polish"]) if "polish" in own else None,
        hard_rows=HardRows(**settings["hard_rows"] | own.get("hard_rows", {})),
        listed=tuple(ListedMeals(**one) for one in own["listed"]),
        exchanges=settings["work"]["exchanges"],
        together=settings["work"]["together"],
        look=settings["work"]["look"],
        seed=asked.seed,
        gap=asked.gap,
        time_limit_s=asked.time_limit_s,
    )
