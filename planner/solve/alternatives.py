"""Some clearly different good weeks of a table: the dinners of every eater differ.

Each further week is searched with points on the main dishes of the ones before, in the LP as well
as in the search; it is judged without them, by the same bound as the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.bound.lower_bound import solve_aggregate
from planner.model.arrays import WeekArrays
from planner.model.board import Column
from planner.model.input import ModelInput
from planner.search.search import Progress
from planner.search.work import SearchOptions
from planner.solve.compose import TableOutcome, compose_table, refused_for_empty_places
from planner.solve.outcome import Outcome
from planner.solve.parts import EaterWeek, Shared, Steering, WeekParts, average_weeks


@dataclass(frozen=True, slots=True)
class WeeksApart:
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
    sources: Mapping[str, ModelInput],
    shared: Shared,
    work: SearchOptions,
    count: int,
    apart: WeeksApart,
    started: float,
    progress: Progress | None = None,
) -> tuple[TableOutcome, ...]:
    """Find up to ``count`` weeks of everybody; fewer where no further one differs enough.

    Parameters
    ----------
    sources, shared, work, started, progress
        As in ``solve_table``; the first weeks are those that it finds.
    count
        How many are wanted.
    apart
        How different they must be, for each eater.
    """
    refusal = refused_for_empty_places(sources, started)
    if refusal is not None:
        return (refusal,)
    weeks = average_weeks(sources)
    outcomes = [compose_table(weeks, shared, work, started, progress=progress)]
    while _goes_on(outcomes[-1]) and len(outcomes) < count:
        try:
            more = _another(weeks, shared, work, outcomes, apart, started)
        except KeyboardInterrupt:
            outcomes[-1] = _stopped(outcomes[-1])
            break
        if more is None:
            break
        outcomes.append(more)
    return tuple(outcomes)


def _goes_on(outcome: TableOutcome) -> bool:
    return outcome.total.has_plan and not outcome.total.stopped


def _stopped(outcome: TableOutcome) -> TableOutcome:
    each = {name: replace(one, stopped=True) for name, one in outcome.each.items()}
    return TableOutcome(replace(outcome.total, stopped=True), each)


def share_apart(one: Outcome, other: Outcome, place: str) -> float:
    """Return the share of the dishes on ``place`` that the other week does not have [0–1]."""
    mine = [
        column.candidate.source_id for day in one.days for column in day if column.place == place
    ]
    theirs = {column.candidate.source_id for day in other.days for column in day}
    return sum(dish not in theirs for dish in mine) / max(1, len(mine))


def _another(
    weeks: Mapping[str, EaterWeek],
    shared: Shared,
    work: SearchOptions,
    outcomes: Sequence[TableOutcome],
    apart: WeeksApart,
    started: float,
) -> TableOutcome | None:
    for number in range(apart.attempts):
        led = {
            name: led_apart(week.parts, [one.each[name] for one in outcomes], apart, number)
            for name, week in weeks.items()
        }
        answers = {
            name: replace(
                solve_aggregate(week.parts.model.source, led[name]), bound=week.answer.bound
            )
            for name, week in weeks.items()
        }
        tables = {name: EaterWeek(week.parts, answers[name]) for name, week in weeks.items()}
        steering = {name: Steering(arrays) for name, arrays in led.items()}
        options = replace(work, gap=None, seed=work.seed + number)
        found = compose_table(tables, shared, options, started, steering)
        if found.total.has_plan and all(
            is_apart(own, [one.each[name] for one in outcomes], apart)
            for name, own in found.each.items()
        ):
            return found
    return None


def led_apart(
    parts: WeekParts, outcomes: Sequence[Outcome], apart: WeeksApart, attempt: int
) -> WeekArrays:
    """Return the rows of a model with points on the main dishes that earlier weeks have.

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


def is_apart(found: Outcome, outcomes: Sequence[Outcome], apart: WeeksApart) -> bool:
    """Whether enough of the dishes of a week are not in any of the others, and the other way."""
    return all(
        min(share_apart(found, one, apart.place), share_apart(one, found, apart.place))
        >= apart.least_share
        for one in outcomes
    )


def _is_main(column: Column) -> bool:
    return column.place.endswith(".main")
