"""Why something is not in a plan: what bans it, what it would break, or how much dearer it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from planner.candidates.names import find_meaning
from planner.explain.account import WhyNot
from planner.model.board import Column
from planner.model.keys import RULES
from planner.rhythm.missed import (
    BESIDE,
    BETTER,
    DEARER,
    INSTEAD,
    NOT_FOUND,
    RULES_BROKEN,
    WOULD_GO,
    answer_plainly,
    serving,
)
from planner.search.evaluate import Choices, evaluate_week
from planner.settings import read_settings
from planner.shops import named
from planner.solve.parts import WeekParts
from planner.solve.swap import apply_swap, rank_swaps
from planner.table.session import EaterSession, SeatedWeek
from planner.why.ledger import Ledger, week_figures
from planner.why.things import rules_said

REST = "rest"
BREAKS = (
    "It does not fit anywhere with everything else unchanged; the closest is day {number} at "
    "{slot}: {column}."
)
ANYWAY = '`magplan replan PLAN.json --put "{whose}{day}:{slot}={name}"` plans with it anyway.'


@dataclass(frozen=True, slots=True)
class _Way:
    """A week with a thing in it: week and day from 0, what comes and what goes for it."""

    week: int
    day: int
    new: int
    old: int | None
    choices: Choices
    points: float
    broken: tuple[str, ...]


def why_not(
    session: EaterSession, name: str, days: Sequence[int], ledgers: Sequence[Ledger], slot: str = ""
) -> WhyNot:
    """Describe why something is not in a plan, or where it is.

    Parameters
    ----------
    session
        The plan, all of which may still be planned.
    name
        A food, group or dish, as a person wrote it.
    days
        Days of the plan that are looked at, from 1.
    ledgers
        The average days of each week, solved.
    slot
        The meal that is meant; any when empty.

    Raises
    ------
    CandidatesError
        When nothing is called so.
    """
    week = session.week
    meaning = find_meaning(name, week.foods, week.dishes, "--why-not")
    columns = session.weeks[0].parts.model.table.columns
    served = (columns[at] for at in serving(columns, meaning, week))
    fresh = [one for one in served if not one.candidate.traits.is_leftover]
    told = answer_plainly((name, meaning, slot), session.plan, week, days, [c.slot for c in fresh])
    if told is not None:
        return told
    there = [one for one in fresh if not slot or one.slot == slot]
    return _by_its_price(session, name, days, ledgers, there)


def _by_its_price(
    session: EaterSession,
    name: str,
    days: Sequence[int],
    ledgers: Sequence[Ledger],
    served: Sequence[Column],
) -> WhyNot:
    """Say what a thing costs that may be planned: in the best mix, and in its best place here."""
    ranked = sorted((reduced_cost(ledgers[0], one.index)[0], one.index) for one in served)
    reduced, parts = reduced_cost(ledgers[0], ranked[0][1])
    most = read_settings("explain.toml")["why_not"]["most_foods"]
    ways = list(_ways(session, days, [index for _, index in ranked[:most]]))
    holding = [one for one in ways if not one.broken]
    if not holding:
        told = tuple(_why_broken(session, ways))
        return WhyNot(name, RULES_BROKEN, told, reduced, parts)
    best = min(holding, key=lambda one: one.points)
    seated = session.weeks[best.week]
    before = week_figures(seated.parts, seated.seating.choices)[0]
    change = week_figures(seated.parts, best.choices)[0].less(before)
    kind = BETTER if change.points < -_least_points() else DEARER
    told = (_where(session, best), *((NOT_FOUND,) if kind == BETTER else ()))
    return WhyNot(name, kind, told, reduced, parts, change)


def _least_points() -> float:
    return float(read_settings("explain.toml")["least"]["points"])


def reduced_cost(ledger: Ledger, column: int) -> tuple[float, dict[str, float]]:
    """Return what a serving costs at the prices of a mix, on the cheapest of its average days.

    Parameters
    ----------
    ledger
        The average days of a week, solved.
    column
        Column of the model.

    Returns
    -------
    tuple
        Points, 0 for what is in the mix; and of what they are: term of its own points → points,
        rule or rule and nutrient → what its rows are worth, ``rest`` for the place that it takes
        and the packages that it opens.
    """
    best = ledger.program.best
    assert best is not None
    costs = [
        (float(best.reduced[lot.first + column]) / lot.count, number)
        for number, lot in enumerate(ledger.lots)
        if not ledger.parts.arrays.closed[lot.day][column]
    ]
    total, number = min(costs, default=(float("inf"), 0))
    model, lot = ledger.parts.model, ledger.lots[number]
    terms = model.terms[model.source.weekend[lot.day]]
    parts = defaultdict(float, {name: float(values[column]) for name, values in terms.items()})
    for placed, weight in ((number, 1.0 / lot.count), (len(ledger.lots), 1.0)):
        rows = ledger.program.placed[placed].rows
        worth = -ledger.program.prices_of(best, placed) * rows.coefficients[:, column] * weight
        for row in np.flatnonzero(worth).tolist():
            key = model.keys[rows.names[row]]
            is_band = RULES[key.rule].is_band
            parts[f"{key.rule}:{key.subject}" if is_band else key.rule] += float(worth[row])
    if np.isfinite(total):
        parts[REST] = total - sum(parts.values())
    least = _least_points()
    return total, {name: points for name, points in parts.items() if abs(points) >= least}


def _ways(session: EaterSession, days: Sequence[int], columns: Sequence[int]) -> Iterator[_Way]:
    """Return the weeks with one of some columns in them, all else as it is where it can be."""
    for number in days:
        week, day = session.place_of(number - 1)
        seated = session.weeks[week]
        for place in dict.fromkeys(seated.parts.arrays.places[at] for at in columns):
            own = [at for at in columns if seated.parts.arrays.places[at] == place]
            yield from _ways_on(seated, (week, day), place, own)


def _ways_on(
    seated: SeatedWeek, seat: tuple[int, int], place: str, columns: Sequence[int]
) -> Iterator[_Way]:
    week, day = seat
    parts, choices = seated.parts, seated.seating.choices
    stands = [at for at in choices[day] if parts.arrays.places[at] == place]
    old = stands[0] if stands else None
    if old is not None:
        for swap in rank_swaps(parts, choices, day, old, frozenset(columns)).swaps:
            after = apply_swap(choices, swap)
            yield _judged(parts, (week, day, swap.moves[0].new, old), after)
    for new in columns:
        own = tuple(sorted({*choices[day], new} - {old}))
        after = (*choices[:day], own, *choices[day + 1 :])
        yield _judged(parts, (week, day, new, old), after)


def _judged(parts: WeekParts, what: tuple[int, int, int, int | None], after: Choices) -> _Way:
    found = evaluate_week(parts.arrays, parts.between, after)
    return _Way(*what, after, found.objective, found.broken)


def _number(session: EaterSession, way: _Way) -> int:
    """Return the first day of the plan, from 1, that has a menu."""
    return sum(len(one.weekend) for one in session.week.horizon.weeks[: way.week]) + way.day + 1


def _where(session: EaterSession, way: _Way) -> str:
    columns = session.weeks[way.week].parts.model.table.columns
    new = columns[way.new]
    told = {"new": named(new.candidate.name), "day": _number(session, way), "slot": new.slot}
    if way.old is None:
        return BESIDE.format(**told)
    return INSTEAD.format(**told, old=named(columns[way.old].candidate.name))


def _why_broken(session: EaterSession, ways: Sequence[_Way]) -> Iterator[str]:
    """Describe what the place with the fewest broken rules would break."""
    nearest = min(ways, key=lambda one: (len(one.broken), one.points))
    parts = session.weeks[nearest.week].parts
    column = parts.model.table.columns[nearest.new]
    number = _number(session, nearest)
    yield BREAKS.format(number=number, slot=column.slot, column=named(column.candidate.name))
    rules = list(rules_said(parts, nearest.broken))
    if rules:
        yield WOULD_GO.format(rules="; ".join(rules))
    whose = f"{parts.model.source.eater}:" if parts.model.source.eater else ""
    name = column.candidate.name
    yield ANYWAY.format(whose=whose, day=number, slot=column.slot, name=name)
