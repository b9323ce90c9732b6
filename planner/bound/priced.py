"""What rules cost: a linear program whose prices are read, and proven by moving a bound.

After an integer program prices read 0; so they are read off programs whose columns are any amounts:
the average days of a week, or one day with its dishes as they stand and amounts that may vary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from planner.bound.board_lp import BoardMatrix, Numbers, WarmProgram
from planner.bound.lower_bound import least_taken
from planner.bound.lp import LinearProgram
from planner.bound.week_lp import AverageDays, add_average_week, add_rows, place_bounds, place_rows
from planner.model.arrays import Array, Rows, WeekArrays
from planner.model.input import ModelInput

Choices = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class PlacedRows:
    """Rows of a model as they stand in a program.

    Parameters
    ----------
    rows, first
        The rows, and the number of the first.
    days
        First column and weight of each average day that they count.
    """

    rows: Rows
    first: int
    days: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A row with another bound.

    Parameters
    ----------
    placed, row
        Which of the placed rows, and its number among them.
    limit
        Its right-hand side.
    coefficients
        Its left-hand side over the columns of a day; ``None``: as it is.
    """

    placed: int
    row: int
    limit: float
    coefficients: Array | None = None


@dataclass(frozen=True, slots=True)
class Mix:
    """An answer of a program.

    Parameters
    ----------
    points
        Least points.
    values, reduced
        Amount, and reduced cost, of each column of the program.
    prices
        For each row the points that one unit more of its limit adds: 0 or less.
    """

    points: float
    values: Array
    reduced: Array
    prices: Array


class PricedProgram:
    """A program that is solved again with some rows moved, and then put back.

    Its ``best`` is the answer as it is; ``None`` where its rows cannot all hold.

    Raises
    ------
    SolverError
        When HiGHS cannot be loaded or comes to no answer.
    """

    def __init__(self, lp: LinearProgram, placed: Sequence[PlacedRows], basis: Any = None) -> None:
        self.placed = tuple(placed)
        lower, upper, starts, indices, values = lp.matrix()
        columns = np.concatenate(lp.costs), np.concatenate(lp.uppers)
        entries = starts[:-1], indices.astype(np.int64), values
        matrix = BoardMatrix(("",) * len(lower), lower, upper, *entries, *columns)
        self._program = WarmProgram(matrix, "program")
        if lp.begins_at(basis):
            self._program.basis = basis
        self.best = self._answer()
        self._basis = self._program.basis

    def prices_of(self, mix: Mix, placed: int) -> Array:
        """Return the prices of some placed rows."""
        own = self.placed[placed]
        return mix.prices[own.first : own.first + len(own.rows.limits)]

    def moved(self, moves: Sequence[MovedRow]) -> Mix | None:
        """Solve with some rows moved; ``None`` where they cannot all hold."""
        try:
            for one in moves:
                self._set(one)
            return self._answer()
        finally:
            for one in moves:
                own = self.placed[one.placed].rows
                limit, coefficients = float(own.limits[one.row]), own.coefficients[one.row]
                back = None if one.coefficients is None else coefficients
                self._set(MovedRow(one.placed, one.row, limit, back), one.coefficients)
            self._program.basis = self._basis

    def _set(self, one: MovedRow, now: Array | None = None) -> None:
        """Set a row, whose coefficients are ``now``, or those of its rows."""
        own = self.placed[one.placed]
        at = np.array([own.first + one.row])
        self._program.set_rows(at, np.array([-np.inf]), np.array([one.limit]))
        if one.coefficients is not None:
            before = own.rows.coefficients[one.row] if now is None else now
            changed = np.flatnonzero(one.coefficients != before)
            for first, weight in own.days:
                self._program.set_entries(
                    int(at[0]), changed + first, one.coefficients[changed] * weight
                )

    def _answer(self) -> Mix | None:
        points = self._program.solve()
        if points is None:
            self._program.start_anew()
            points = self._program.solve()
        if points is None:
            return None
        program = self._program
        return Mix(points, program.values(), program.reduced(), program.prices())


def price_week(
    source: ModelInput, arrays: WeekArrays, basis: Any = None
) -> tuple[PricedProgram, AverageDays]:
    """Solve the average days of a week; placed are the rows of each day, and those of the links.

    ``basis``: where HiGHS begins, the end of a program that is nearly the same.
    """
    lp = LinearProgram()
    days = add_average_week(lp, source, arrays, least_taken(source, arrays, {}))
    first_day = [source.day_kinds.index(kind) for kind in days.day_kinds]
    placed = [
        PlacedRows(arrays.rows_of(day), row, ((x, 1.0),))
        for day, row, x in zip(first_day, days.rows, days.xs, strict=True)
    ]
    each = tuple((x, float(n)) for x, n in zip(days.xs, days.counts, strict=True))
    return PricedProgram(lp, [*placed, PlacedRows(arrays.link, days.link, each)], basis), days


def price_day(
    source: ModelInput, arrays: WeekArrays, choices: Choices, day: int, columns: Numbers
) -> PricedProgram:
    """Solve one day, from 0, in some columns; what the other days have stays as it stands.

    What is left of packages, and the dishes that are cooked once for several days, stay as they are
    too. Placed are the rows of the day, and those of the links with what the other days leave.

    Parameters
    ----------
    source, arrays
        What the model was built from, and its rows.
    choices
        For each day its columns.
    day, columns
        The day, and numbers of the columns that it may have in any amounts.
    """
    own = arrays.narrowed_to(columns)
    others = [column for n, chosen in enumerate(choices) if n != day for column in chosen]
    taken = arrays.link.coefficients[:, others].sum(axis=1)
    link = replace(own.link, limits=own.link.limits - taken)
    of_day, cookings = own.rows_of(day), arrays.cookings
    if cookings.row >= 0:
        limits = of_day.limits.copy()
        limits[cookings.row] -= cookings.minutes @ cookings.cooked(choices)[day, :, 0]
        of_day = replace(of_day, limits=limits)
    lp = LinearProgram()
    x = lp.add_columns(own.points[day], 1.0 - own.closed[day])
    first = add_rows(lp, of_day, [(x, 1.0)], 1.0)
    lp.add_rows(*place_bounds(source, own, day), [(x, place_rows(source, own))])
    at = add_rows(lp, link, [(x, 1.0)], 1.0)
    return PricedProgram(
        lp, [PlacedRows(rows, n, ((x, 1.0),)) for rows, n in ((of_day, first), (link, at))]
    )
