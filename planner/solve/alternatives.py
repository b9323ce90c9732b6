"""Some clearly different good weeks of one request.

Each further week is searched with points on the main dishes of the ones before, in the LP as well
as in the search; it is judged without them, by the same bound as the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.bound.aggregate import solve_aggregate
from planner.model.arrays import WeekArrays
from planner.model.board import Column
from planner.model.build import ModelInput
from planner.search.search import Progress, SearchOptions
from planner.solve.outcome import Outcome
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
    for number in range(apart.attempts):
        led = led_apart(parts, outcomes, apart, number)
        answer = replace(solve_aggregate(parts.model.source, led), bound=bound)
        work = replace(options, gap=None, seed=options.seed + number)
        found = compose_week(parts, answer, work, started, Steering(led))
        if found.has_plan and is_apart(found, outcomes, apart):
            return found
    return None


def led_apart(
    parts: WeekParts, outcomes: Sequence[Outcome], apart: Apart, attempt: int
) -> WeekArrays:
    """Give the rows of a model with points on the main dishes that earlier weeks have.

    Parameters
    ----------
    parts, outcomes
        The model, and the weeks that were found with it.
    apart
        How dear these dishes are.
    attempt
        Number of the attempt, from 0; each is steeper than the one before.
    """
    served = {
        c.candidate.source_id for one in outcomes for day in one.days for c in day if _is_main(c)
    }
    again = [c.candidate.source_id in served and _is_main(c) for c in parts.model.table.columns]
    price = apart.per_main * apart.steeper**attempt
    return replace(parts.arrays, points=parts.arrays.points + price * np.array(again, dtype=float))


def is_apart(found: Outcome, outcomes: Sequence[Outcome], apart: Apart) -> bool:
    """Whether enough of the dishes of a week are not in any of the others, and the other way."""
    return all(
        min(share_apart(found, one, apart.place), share_apart(one, found, apart.place))
        >= apart.least_share
        for one in outcomes
    )


def _is_main(column: Column) -> bool:
    return column.place.endswith(".main")
