"""The least points that any week can have: the LP of the aggregated week, solved from its arrays.

The rows are those of the model room, read off once for an average day; here they are written for
each class of days and handed to HiGHS as one sparse matrix.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from planner.bound.lp import LinearProgram, can_hold, run_lp
from planner.bound.solver import HIGHS
from planner.bound.week_lp import add_average_week
from planner.model.arrays import Array, WeekArrays
from planner.model.days import DayKind
from planner.model.input import ModelInput


@dataclass(frozen=True, slots=True)
class DayPrices:
    """What the aggregated week says of the days of one class.

    Parameters
    ----------
    reduced
        Reduced cost of each column on such a day [points].
    rows
        Price of each row of the day, not positive.
    """

    reduced: Array
    rows: Array


@dataclass(frozen=True, slots=True)
class Aggregate:
    """What the aggregated week says.

    Parameters
    ----------
    bound
        Points that no week can go below; ``None`` where no week exists.
    prices
        Class of days → its prices; empty where no week exists.
    likely
        How much of each column an average day takes [0–1].
    solver, version
        Who solved it.
    basis
        The basis of HiGHS at the optimum, from which programs that are nearly the same begin.
    """

    bound: float | None
    prices: Mapping[DayKind, DayPrices]
    likely: Array
    solver: str
    version: str
    basis: Any = field(default=None, repr=False, compare=False)


Fixed = Mapping[int, Sequence[int]]
"""Day from 0 → columns that it has in any case."""


def solve_aggregate(
    source: ModelInput, arrays: WeekArrays, fixed: Fixed | None = None, basis: Any = None
) -> Aggregate:
    """Solve the LP of the aggregated week.

    Parameters
    ----------
    source
        What the model was built from.
    arrays
        The rows of an average day and of the links.
    fixed
        Columns that some days have in any case; the bound then holds for the weeks that have them.
    basis
        Where HiGHS begins: the basis of a week that is nearly the same.

    Raises
    ------
    SolverError
        When HiGHS crashes or gives up.
    """
    import highspy

    least = least_taken(source, arrays, fixed or {})
    lp = LinearProgram()
    days = add_average_week(lp, source, arrays, least)
    xs, counts = days.xs, days.counts
    solver = run_lp(lp, highspy, basis)
    version = str(solver.version())
    width = arrays.points.shape[1]
    if not can_hold(solver, highspy):
        return Aggregate(None, {}, np.zeros(width), HIGHS, version)
    solution = solver.getSolution()
    values, duals = np.array(solution.col_value), np.array(solution.col_dual)
    taken = sum(values[x : x + width] * n for x, n in zip(xs, counts, strict=True))
    rows, height = np.array(solution.row_dual), len(arrays.day.names)
    each = zip(days.day_kinds, xs, counts, days.rows, strict=True)
    prices = {
        kind: DayPrices(duals[x : x + width] / n, rows[first : first + height] / n)
        for kind, x, n, first in each
    }
    return Aggregate(
        float(solver.getInfo().objective_function_value),
        prices,
        np.clip(taken / len(source.weekend), 0.0, 1.0),
        HIGHS,
        version,
        solver.getBasis(),
    )


def least_taken(source: ModelInput, arrays: WeekArrays, fixed: Fixed) -> dict[DayKind, Array]:
    """How much of each column an average day of each class takes in any case [0–1]."""
    width = arrays.points.shape[1]
    day_kinds = source.day_kinds
    least = {kind: np.zeros(width) for kind in set(day_kinds)}
    for day, columns in fixed.items():
        kind = day_kinds[day]
        least[kind][list(columns)] += 1.0 / day_kinds.count(kind)
    return least
