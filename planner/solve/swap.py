"""Price every replacement of one thing on the table at once, as operations on the week's rows.

A replacement is offered only where every hard row holds, by the same tolerance as a plan. Where a
dinner is eaten again on a later day, the second meal goes with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.model.arrays import Array, Rows
from planner.model.variety import Order
from planner.search.evaluate import TOLERANCE, Choices, evaluate_week, most_allowed
from planner.solve.parts import WeekParts

Flags = npt.NDArray[np.bool_]
Columns = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Move:
    """One column of a day in the place of another."""

    day: int
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Swap:
    """A replacement under which the whole week holds.

    Parameters
    ----------
    moves
        The replacement asked for, and those of second meals that go with it.
    points
        Points of the week with it less those without.
    """

    moves: tuple[Move, ...]
    points: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """All replacements of one thing, the one with the fewest points first.

    Parameters
    ----------
    swaps
        Those that hold.
    considered
        Portions that may stand on the place.
    """

    swaps: tuple[Swap, ...]
    considered: int


@dataclass(frozen=True, slots=True)
class _Step:
    """What happens on one day: ``old`` goes, and each of ``new`` comes in its turn."""

    day: int
    old: int
    new: Columns


def rank_swaps(parts: WeekParts, choices: Choices, day: int, old: int) -> Ranking:
    """Rank what may stand in the place of a column of a day.

    Parameters
    ----------
    parts
        The model.
    choices
        For each day its columns.
    day, old
        Day from 0, and the column of it to be replaced.
    """
    place = parts.arrays.places[old]
    here = [n for n, one in enumerate(parts.arrays.places) if one == place and n != old]
    steps = _steps(parts, choices, day, old, np.array(here, dtype=np.int64))
    if not len(steps[0].new):
        return Ranking((), len(here))
    holds, points = _price(parts, choices, steps)
    before = evaluate_week(parts.arrays, parts.between, choices).objective
    order = sorted(np.flatnonzero(holds).tolist(), key=lambda at: (points[at], steps[0].new[at]))
    swaps = [
        Swap(
            tuple(Move(step.day, step.old, int(step.new[at])) for step in steps),
            float(points[at]) - before,
        )
        for at in order
    ]
    return Ranking(tuple(swaps), len(here))


def apply_swap(choices: Choices, swap: Swap) -> Choices:
    """Give the week with a replacement made."""
    days = [list(chosen) for chosen in choices]
    for move in swap.moves:
        days[move.day].remove(move.old)
        days[move.day].append(move.new)
    return tuple(tuple(sorted(chosen)) for chosen in days)


def _steps(
    parts: WeekParts, choices: Choices, day: int, old: int, new: Columns
) -> tuple[_Step, ...]:
    """Pair each new column with the second meals that it needs; drop those that have none."""
    orders = parts.model.orders
    seconds = list(_second_meals(orders, choices, day, old))
    steps = []
    keep = np.ones(len(new), dtype=bool)
    for later_day, later in seconds:
        partners = np.array([_second_of(parts, int(column), later) for column in new])
        keep &= partners >= 0
        steps.append((later_day, later, partners))
    return (
        _Step(day, old, new[keep]),
        *(_Step(later_day, later, partners[keep]) for later_day, later, partners in steps),
    )


def _second_meals(
    orders: Sequence[Order], choices: Choices, day: int, old: int
) -> Iterator[tuple[int, int]]:
    """Give (day, column) of the second meals of what is to be replaced."""
    for order in orders:
        if order.earlier[old]:
            for later_day in range(day + 1, min(len(choices), day + order.days + 1)):
                for column in choices[later_day]:
                    if order.later[column]:
                        yield later_day, column


def _second_of(parts: WeekParts, first: int, second: int) -> int:
    """Give the second meal of ``first`` in the portion of ``second``, -1 where there is none."""
    columns = parts.model.table.columns
    servings = columns[second].serving.portion.servings
    for order in parts.model.orders:
        if order.earlier[first]:
            for column in np.flatnonzero(order.later).tolist():
                one = columns[column]
                if one.place == columns[second].place and one.serving.portion.servings == servings:
                    return int(column)
    return -1


def _price(parts: WeekParts, choices: Choices, steps: Sequence[_Step]) -> tuple[Flags, Array]:
    """Say for each replacement whether the week holds with it, and its points."""
    arrays = parts.arrays
    rest = [list(chosen) for chosen in choices]
    for step in steps:
        rest[step.day].remove(step.old)
    size = len(steps[0].new)
    points = np.full(size, sum(float(arrays.points[d][one].sum()) for d, one in enumerate(rest)))
    holds = np.ones(size, dtype=bool)
    link = np.zeros((len(arrays.link.names), 1))
    for d, kept in enumerate(rest):
        own = arrays.day.coefficients[:, kept].sum(axis=1)[:, None]
        link = link + arrays.link.coefficients[:, kept].sum(axis=1)[:, None]
        for step in steps:
            if step.day == d:
                own = own + arrays.day.coefficients[:, step.new]
                link = link + arrays.link.coefficients[:, step.new]
                points += arrays.points[d][step.new]
                holds &= arrays.closed[d][step.new] == 0.0
        holds, points = _judge(arrays.rows_of(d), own, holds, points)
    holds, points = _judge(arrays.link, link, holds, points)
    packages = arrays.packages
    left = packages.left(rest, [(step.day, step.new) for step in steps])
    points += _kind_points(parts, rest, steps) + left * packages.points
    return _between_days(parts, rest, steps, holds, points)


def _judge(rows: Rows, activity: Array, holds: Flags, points: Array) -> tuple[Flags, Array]:
    """Add the verdict and the points of some rows; ``activity`` is rows × replacements or × 1."""
    fine = (activity <= most_allowed(rows)[:, None])[rows.hard].all(axis=0)
    beyond = np.maximum(activity - rows.limits[:, None], 0.0)
    return holds & fine, points + rows.prices @ beyond


def _kind_points(parts: WeekParts, rest: Sequence[Sequence[int]], steps: Sequence[_Step]) -> Array:
    arrays = parts.arrays
    staying = [column for kept in rest for column in kept]
    used = np.asarray((arrays.kinds[:, staying] > 0.0).any(axis=1))[:, None]
    for step in steps:
        used = used | (arrays.kinds[:, step.new] > 0.0)
    counts = used.sum(axis=0)
    points: Array = np.maximum(counts - arrays.most_kinds, 0) * arrays.kind_points
    return points


def _between_days(
    parts: WeekParts,
    rest: Sequence[Sequence[int]],
    steps: Sequence[_Step],
    holds: Flags,
    points: Array,
) -> tuple[Flags, Array]:
    """Add the verdict and the points of the rules between single days."""
    days = len(rest)
    for spacing in parts.model.spacings:
        counts = _counts(spacing.columns[None, :], rest, steps)[:, 0]
        for first in spacing.windows(days):
            excess = counts[first : first + spacing.days].sum(axis=0) - 1.0
            if spacing.price is None:
                holds = holds & (excess <= 0.0)
            else:
                points = points + np.maximum(excess, 0.0) * spacing.price
    for spread in parts.model.spreads:
        amounts = _counts(spread.amounts[None, :], rest, steps)[:, 0]
        allowed = TOLERANCE * np.maximum(1.0, amounts.mean(axis=0))
        for _, factors, limit in spread.rows(days):
            holds = holds & (factors @ amounts - limit <= allowed)
    return _orders_hold(parts, rest, steps, holds), points


def _orders_hold(
    parts: WeekParts, rest: Sequence[Sequence[int]], steps: Sequence[_Step], holds: Flags
) -> Flags:
    """Add the verdict on second meals: each has a first one that still keeps."""
    for keeps in sorted({order.days for order in parts.model.orders}):
        orders = [order for order in parts.model.orders if order.days == keeps]
        later = _counts(np.array([order.later for order in orders]), rest, steps)
        earlier = _counts(np.array([order.earlier for order in orders]), rest, steps)
        for day in range(len(rest)):
            before = earlier[max(0, day - keeps) : day].sum(axis=0)
            holds = holds & (later[day] <= before).all(axis=0)
    return holds


def _counts(marks: Array, rest: Sequence[Sequence[int]], steps: Sequence[_Step]) -> Array:
    """Sum the marks of the columns: days × marks × replacements."""
    size = len(steps[0].new)
    counts = np.empty((len(rest), len(marks), size))
    for day, kept in enumerate(rest):
        counts[day] = marks[:, kept].sum(axis=1)[:, None]
    for step in steps:
        counts[step.day] += marks[:, step.new]
    return counts
