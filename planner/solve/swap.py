"""Price every replacement of one thing on the table at once, as operations on the week's rows.

A replacement is offered only where every hard row holds, by the same tolerance as a plan. Where a
dinner is eaten again on a later day, the second meal goes with it. What stands beside a main dish
goes with it too, and the new one comes with what it is served with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from planner.candidates.beside import BESIDE_SLOTS
from planner.meals.served import partner_places
from planner.model.arrays import Array, Rows
from planner.model.variety import Order
from planner.search.evaluate import (
    NOTHING,
    TOLERANCE,
    Choices,
    evaluate_week,
    most_allowed,
    taken,
)
from planner.settings import read_settings
from planner.solve.parts import WeekParts
from planner.solve.refill import Columns, Place, Step, fill_places

Flags = npt.NDArray[np.bool_]
Seat = tuple[int, int]
"""Day from 0, and a column of it."""


@dataclass(frozen=True, slots=True)
class Move:
    """One column of a day in the place of another."""

    day: int
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Partners:
    """What goes from beside a main dish, and what comes: columns of a day."""

    day: int
    gone: tuple[int, ...]
    come: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Swap:
    """A replacement under which the whole week holds.

    Parameters
    ----------
    moves
        The replacement asked for, and those of second meals that go with it.
    points
        Points of the week with it less those without.
    partners
        What changes beside them, day by day.
    """

    moves: tuple[Move, ...]
    points: float
    partners: tuple[Partners, ...] = ()

    def changes(self) -> Iterator[tuple[int, int, int]]:
        """Give day from 0 and column of all that changes: -1 where it goes, 1 where it comes."""
        for move in self.moves:
            yield move.day, move.old, -1
            yield move.day, move.new, 1
        for one in self.partners:
            yield from ((one.day, column, -1) for column in one.gone)
            yield from ((one.day, column, 1) for column in one.come)


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


def rank_swaps(
    parts: WeekParts, choices: Choices, day: int, old: int, only: Collection[int] | None = None
) -> Ranking:
    """Rank what may stand in the place of a column of a day, each thing with its best partners.

    Parameters
    ----------
    parts
        The model.
    choices
        For each day its columns.
    day, old
        Day from 0, and the column of it to be replaced.
    only
        The columns that are looked at; all of the place when left out.
    """
    before = evaluate_week(parts.arrays, parts.between, choices).objective
    here = [n for n, one in enumerate(parts.arrays.places) if one == parts.arrays.places[old]]
    asked = (n for n in here if n != old and (only is None or n in only))
    new = np.array(list(asked), dtype=np.int64)
    found = _found(parts, choices, (day, old), new)
    columns = parts.model.table.columns
    known = {columns[one.moves[0].new].candidate.candidate_id for one in found}
    if len(known) < read_settings("search.toml")["swap"]["few"]:
        more = np.array([n for n in new if columns[n].candidate.candidate_id not in known], int)
        ways = [
            one
            for place in _others(parts, day, old)
            for one in _found(parts, choices, (day, old), more, [place])
        ]
        best = {one.moves[0].new: one for one in sorted(ways, key=lambda one: -one.points)}
        found += best.values()
    swaps = [replace(one, points=one.points - before) for one in found]
    swaps.sort(key=lambda one: (one.points, one.moves[0].new))
    return Ranking(tuple(swaps), len(new))


def _others(parts: WeekParts, day: int, old: int) -> list[Place]:
    """Give the places of a day that stand beside main dishes of other meals, and its snacks."""
    slot = parts.arrays.places[old].split(".")[0]
    own = (slot, *BESIDE_SLOTS)
    known = dict.fromkeys(parts.arrays.places)
    return [
        (day, one) for one in known if one.split(".")[0] not in own and not one.endswith(".main")
    ]


def _found(
    parts: WeekParts,
    choices: Choices,
    seat: Seat,
    new: Columns,
    others: Sequence[Place] = (),
) -> list[Swap]:
    """Find the best way of each new thing, where its partners and ``others`` are filled anew."""
    places = parts.arrays.places
    gone, steps = _steps(parts, choices, *seat, new)
    beside = [*_beside(parts, [(on, places[column]) for on, column in gone]), *others]
    freed = [(on, one) for on, place in beside for one in choices[on] if places[one] == place]
    rest = [[c for c in own if (d, c) not in (*gone, *freed)] for d, own in enumerate(choices)]
    if not len(steps[0].new):
        return []
    leading = replace(parts.arrays, points=parts.arrays.points + _kept(parts, freed))
    filled = fill_places(leading, rest, steps, beside)
    return _swaps(parts, rest, filled, (gone, freed)) if len(filled[0].new) else []


def _swaps(
    parts: WeekParts,
    rest: Sequence[Sequence[int]],
    steps: Sequence[Step],
    went: tuple[Sequence[Seat], Sequence[Seat]],
) -> list[Swap]:
    """Give for each new thing its best way, with the points of the week.

    Parameters
    ----------
    parts, rest, steps
        The model, the columns that stay, and what comes.
    went
        What goes: the thing with its second meals, and what stood beside them.
    """
    gone, freed = went
    holds, points = _price(parts, rest, steps)
    kept = _kept(parts, freed)
    leading = points + sum(taken(kept[one.day], one.new) for one in steps)
    return [
        Swap(
            tuple(_moved(gone, steps, at)),
            float(points[at]),
            tuple(_changed(freed, steps[len(gone) :], at)),
        )
        for at in _best_of_each(steps[0].new, np.where(holds, leading, np.inf))
    ]


def _moved(gone: Sequence[Seat], steps: Sequence[Step], at: int) -> Iterator[Move]:
    """Give the move asked for and those of second meals, but for one that stays as it was."""
    for place, ((day, old), step) in enumerate(zip(gone, steps, strict=False)):
        new = int(step.new[at])
        if not place or new != old:
            yield Move(day, old, new)


def _kept(parts: WeekParts, freed: Sequence[Seat]) -> Array:
    """Give points for what stays beside a dish, as an edit does: days × columns, they only lead."""
    points = np.zeros_like(parts.arrays.points)
    for day, column in freed:
        points[day, column] = -parts.model.source.rules.points["change"]["per_item"]
    return points


def apply_swap(choices: Choices, swap: Swap) -> Choices:
    """Give the week with a replacement made."""
    days = [set(chosen) for chosen in choices]
    for day, column, sign in swap.changes():
        (days[day].add if sign > 0 else days[day].remove)(column)
    return tuple(tuple(sorted(chosen)) for chosen in days)


def _beside(parts: WeekParts, mains: Sequence[Place]) -> list[Place]:
    """Give the places of what is served with main dishes, as far as the model has them."""
    known = frozenset(parts.arrays.places)
    return [(day, one) for day, main in mains for one in partner_places(main) if one in known]


def _best_of_each(new: Columns, points: Array) -> list[int]:
    """Find the way with the fewest points for each new thing; infinite is none."""
    order = np.argsort(points, kind="stable")
    order = order[np.isfinite(points[order])]
    return [int(order[at]) for at in np.unique(new[order], return_index=True)[1]]


def _changed(freed: Sequence[Seat], filled: Sequence[Step], at: int) -> Iterator[Partners]:
    """Say what differs beside the main dishes in one of the weeks."""
    for day in dict.fromkeys(step.day for step in filled):
        old = {column for on, column in freed if on == day}
        new = {int(step.new[at]) for step in filled if step.day == day} - {NOTHING}
        if old != new:
            yield Partners(day, tuple(sorted(old - new)), tuple(sorted(new - old)))


def _steps(
    parts: WeekParts, choices: Choices, day: int, old: int, new: Columns
) -> tuple[list[Seat], tuple[Step, ...]]:
    """Pair each new column with the second meals that it needs; drop those that have none.

    Returns
    -------
    tuple
        (Day, column) of all that goes, and what comes instead of each.
    """
    gone = [(day, old), *_second_meals(parts.model.orders, choices, day, old)]
    again = [
        np.array([_second_of(parts, int(column), later) for column in new], dtype=np.int64)
        for _, later in gone[1:]
    ]
    keep = np.all([np.ones(len(new), dtype=bool), *(one >= 0 for one in again)], axis=0)
    comes = zip(gone, (new, *again), strict=True)
    return gone, tuple(Step(on, one[keep]) for (on, _), one in comes)


def _second_meals(orders: Sequence[Order], choices: Choices, day: int, old: int) -> Iterator[Seat]:
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


def _price(
    parts: WeekParts, rest: Sequence[Sequence[int]], steps: Sequence[Step]
) -> tuple[Flags, Array]:
    """Say for each replacement whether the week holds with it, and its points."""
    arrays = parts.arrays
    size = len(steps[0].new)
    points = np.full(size, sum(float(arrays.points[d][one].sum()) for d, one in enumerate(rest)))
    holds = np.ones(size, dtype=bool)
    link = np.zeros((len(arrays.link.names), 1))
    cookings, each = arrays.cookings, [(step.day, step.new) for step in steps]
    cooked = cookings.cooked(rest, each)
    for d, kept in enumerate(rest):
        own = arrays.day.coefficients[:, kept].sum(axis=1)[:, None]
        link = link + arrays.link.coefficients[:, kept].sum(axis=1)[:, None]
        for step in steps:
            if step.day == d:
                own = own + taken(arrays.day.coefficients, step.new)
                link = link + taken(arrays.link.coefficients, step.new)
                points += taken(arrays.points[d], step.new)
                holds &= taken(arrays.closed[d], step.new) == 0.0
        if cookings.row >= 0:
            own = own + np.eye(len(own))[:, [cookings.row]] * (cookings.minutes @ cooked[d])
        points += cookings.points[d] @ cooked[d]
        holds, points = _judge(arrays.rows_of(d), own, holds, points)
    holds, points = _judge(arrays.link, link, holds, points)
    left = arrays.packages.left_points(rest, each)
    points += _kind_points(parts, rest, steps) + left
    return _between_days(parts, rest, steps, holds), points


def _judge(rows: Rows, activity: Array, holds: Flags, points: Array) -> tuple[Flags, Array]:
    """Add the verdict and the points of some rows; ``activity`` is rows × replacements or × 1."""
    fine = (activity <= most_allowed(rows)[:, None])[rows.hard].all(axis=0)
    beyond = np.maximum(activity - rows.limits[:, None], 0.0)
    return holds & fine, points + rows.prices @ beyond


def _kind_points(parts: WeekParts, rest: Sequence[Sequence[int]], steps: Sequence[Step]) -> Array:
    arrays = parts.arrays
    staying = [column for kept in rest for column in kept]
    used = np.asarray((arrays.kinds[:, staying] > 0.0).any(axis=1))[:, None]
    for step in steps:
        used = used | (taken(arrays.kinds, step.new) > 0.0)
    counts = used.sum(axis=0)
    points: Array = np.maximum(counts - arrays.most_kinds, 0) * arrays.kind_points
    return points


def _between_days(
    parts: WeekParts,
    rest: Sequence[Sequence[int]],
    steps: Sequence[Step],
    holds: Flags,
) -> Flags:
    """Add the verdict on the rules between single days."""
    days = len(rest)
    for spacing in parts.model.spacings:
        counts = _counts(spacing.columns[None, :], rest, steps)[:, 0]
        for first in spacing.windows(days):
            holds = holds & (counts[first : first + spacing.days].sum(axis=0) <= spacing.most)
    for spread in parts.model.spreads:
        amounts = _counts(spread.amounts[None, :], rest, steps)[:, 0]
        allowed = TOLERANCE * np.maximum(1.0, amounts.mean(axis=0))
        for _, factors, limit in spread.rows(days):
            holds = holds & (factors @ amounts - limit <= allowed)
    return _orders_hold(parts, rest, steps, holds)


def _orders_hold(
    parts: WeekParts, rest: Sequence[Sequence[int]], steps: Sequence[Step], holds: Flags
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


def _counts(marks: Array, rest: Sequence[Sequence[int]], steps: Sequence[Step]) -> Array:
    """Sum the marks of the columns: days × marks × replacements."""
    size = len(steps[0].new)
    counts = np.empty((len(rest), len(marks), size))
    for day, kept in enumerate(rest):
        counts[day] = marks[:, kept].sum(axis=1)[:, None]
    for step in steps:
        counts[step.day] += taken(marks, step.new)
    return counts
