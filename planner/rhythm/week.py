"""From the binaries of a week to the columns of its days, as a plan is assembled from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planner.candidates.beside import BESIDE_SLOTS
from planner.candidates.candidate import Column
from planner.plan.outcome import Outcome
from planner.rhythm.choices import Choices
from planner.rhythm.conflict import missed_most
from planner.rhythm.programme import Programme
from planner.rhythm.rhythms import MAIN


def days_of(choices: Choices, taken: Sequence[int]) -> tuple[tuple[Column, ...], ...]:
    """Return for each day what stands on its places; what is left of a dish as warmed up."""
    days: list[list[Column]] = [[] for _ in choices.source.weekend]
    for at in taken:
        choice = choices.choices[at]
        role, plate = choices.rhythm.roles[choice.role], choices.plates[choice.plate]
        for number, occasion in enumerate(role.occasions):
            is_again = role.kind == MAIN and choice.part == MAIN and number > 0 and not role.anew
            candidate = plate.again if is_again and plate.again else plate.candidate
            place = occasion.place if choice.part == MAIN else f"{occasion.slot}.{choice.part}"
            days[occasion.day].append(Column(at, place, candidate, plate.serving))
    order = {place.place_id: at for at, place in enumerate(choices.source.rules.places)}
    for day, columns in enumerate(days):
        is_here = bool(columns)
        for place, candidate, serving in choices.fixed if is_here else ():
            days[day].append(Column(-1, place, candidate, serving))
        columns.sort(key=lambda one: (one.slot in BESIDE_SLOTS, order[one.place]))
    return tuple(tuple(columns) for columns in days)


def outcome_of(
    programme: Programme, choices: Choices, taken: Sequence[int], started: float, *, holds: bool
) -> Outcome:
    """Return a week as what came of solving; without days where not all that must hold does.

    ``started``: reading of ``time.perf_counter`` from which time is counted.
    """
    x, count = programme.taking(taken), len(programme.points)
    blank = Outcome.without_week(started, considered=count)
    if not holds:
        broken = tuple(dict.fromkeys(breach.label for breach in missed_most(programme, taken)))
        return replace(blank, status="no_plan_in_time", broken=broken)
    return replace(
        blank,
        status="feasible",
        days=days_of(choices, taken),
        objective=programme.value(x),
        terms=programme.terms(x),
    )
