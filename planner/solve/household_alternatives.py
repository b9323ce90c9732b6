"""Some clearly different good weeks of a household: the dinners of every eater differ.

As for one eater, each further week is searched with points on the main dishes of the ones before
and judged without them, by the same bounds as the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from planner.bound.aggregate import solve_aggregate
from planner.model.build import ModelInput
from planner.search.search import Progress, SearchOptions
from planner.solve.alternatives import Apart, is_apart, led_apart
from planner.solve.household import (
    HouseholdOutcome,
    compose_household,
    refused_for_empty_places,
)
from planner.solve.pots import EaterWeek, PotOptions, Shared
from planner.solve.week import Steering, build_week

Work = tuple[SearchOptions, PotOptions]


def solve_household_alternatives(
    sources: Mapping[str, ModelInput],
    shared: Shared,
    work: Work,
    count: int,
    apart: Apart,
    started: float,
    progress: Progress | None = None,
) -> tuple[HouseholdOutcome, ...]:
    """Find up to ``count`` weeks of everybody; fewer where no further one differs enough.

    Parameters
    ----------
    sources, shared, work, started, progress
        As in ``solve_household``; the first weeks are those that it finds.
    count
        How many are wanted.
    apart
        How different they must be, for each eater.
    """
    refusal = refused_for_empty_places(sources, started)
    if refusal is not None:
        return (refusal,)
    weeks = {}
    for name, source in sources.items():
        parts = build_week(source)
        weeks[name] = EaterWeek(parts, solve_aggregate(source, parts.arrays))
    outcomes = [compose_household(weeks, shared, work, started, progress=progress)]
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


def _goes_on(outcome: HouseholdOutcome) -> bool:
    return outcome.total.has_plan and not outcome.total.stopped


def _stopped(outcome: HouseholdOutcome) -> HouseholdOutcome:
    each = {name: replace(one, stopped=True) for name, one in outcome.each.items()}
    return HouseholdOutcome(replace(outcome.total, stopped=True), each)


def _another(
    weeks: Mapping[str, EaterWeek],
    shared: Shared,
    work: Work,
    outcomes: Sequence[HouseholdOutcome],
    apart: Apart,
    started: float,
) -> HouseholdOutcome | None:
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
        options = replace(work[0], gap=None, seed=work[0].seed + number)
        found = compose_household(tables, shared, (options, work[1]), started, steering)
        if found.total.has_plan and all(
            is_apart(own, [one.each[name] for one in outcomes], apart)
            for name, own in found.each.items()
        ):
            return found
    return None
