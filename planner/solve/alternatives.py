"""Some clearly different good weeks of one request.

Each further week is searched with points on the main dishes of the ones before, in the LP as well
as in the search; it is judged without them, by the same bound as the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.model.board import Column
from planner.model.build import ModelInput
from planner.solve.aggregate import solve_aggregate
from planner.solve.outcome import Outcome
from planner.solve.search import Progress, SearchOptions
from planner.solve.week import (
    Steering,
    WeekParts,
    build_week,
    compose_week,
    find_empty_places,
)


@dataclass(frozen=True, slots=True)
class Apart:
    """How different further weeks must be.

    Parameters
    ----------
    per_main
        Points of a main dish that an earlier week has.
    steeper, attempts
        Factor on these points, and attempts in all, while a week is too like an earlier one.
    place, least_share
        Place whose dishes must differ, and the share of them that must.
    """

    per_main: float
    steeper: float
    attempts: int
    place: str
    least_share: float


def solve_alternatives(
    source: ModelInput,
    options: SearchOptions,
    count: int,
    apart: Apart,
    started: float,
    progress: Progress | None = None,
) -> tuple[Outcome, ...]:
    """Find up to ``count`` weeks; fewer where no further one differs enough.

    Parameters
    ----------
    source, options, started, progress
        As in ``solve_week``; the first week is the one that it finds.
    count
        How many weeks are wanted.
    apart
        How different they must be.
    """
    refusal = find_empty_places(source, started)
    if refusal is not None:
        return (refusal,)
    parts = build_week(source)
    answer = solve_aggregate(source, parts.arrays)
    outcomes = [compose_week(parts, answer, options, started, progress=progress)]
    while outcomes[-1].has_plan and not outcomes[-1].stopped and len(outcomes) < count:
        try:
            more = _another(parts, answer.bound, options, outcomes, apart, started)
        except KeyboardInterrupt:
            outcomes[-1] = replace(outcomes[-1], stopped=True)
            break
        if more is None:
            break
        outcomes.append(more)
    return tuple(outcomes)


def share_apart(one: Outcome, other: Outcome, place: str) -> float:
    """Give the share of the dishes on ``place`` that the other week does not have [0–1]."""
    mine = [
        column.candidate.source_id for day in one.days for column in day if column.place == place
    ]
    theirs = {column.candidate.source_id for day in other.days for column in day}
    return sum(dish not in theirs for dish in mine) / max(1, len(mine))


def _another(
    parts: WeekParts,
    bound: float | None,
    options: SearchOptions,
    outcomes: Sequence[Outcome],
    apart: Apart,
    started: float,
) -> Outcome | None:
    source, arrays = parts.model.source, parts.arrays
    served = {
        c.candidate.source_id for one in outcomes for day in one.days for c in day if _is_main(c)
    }
    again = [c.candidate.source_id in served and _is_main(c) for c in parts.model.table.columns]
    price = apart.per_main
    for number in range(apart.attempts):
        led = replace(arrays, points=arrays.points + price * np.array(again, dtype=float))
        answer = replace(solve_aggregate(source, led), bound=bound)
        work = replace(options, gap=None, seed=options.seed + number)
        found = compose_week(parts, answer, work, started, Steering(led))
        if found.has_plan and all(
            min(share_apart(found, one, apart.place), share_apart(one, found, apart.place))
            >= apart.least_share
            for one in outcomes
        ):
            return found
        price *= apart.steeper
    return None


def _is_main(column: Column) -> bool:
    return column.place.endswith(".main")
