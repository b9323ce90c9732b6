"""Proofs about one day: whether it can hold what is fixed, and which rows are in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from planner.bound.lp import LinearProgram, run_lp
from planner.bound.week_lp import add_rows, place_bounds, place_rows
from planner.model.arrays import Rows, WeekArrays
from planner.model.input import ModelInput

LEAST_BREACH = 1e-6  # of a row's size: rounding of the solver, not a breach


def day_can_hold(
    source: ModelInput,
    arrays: WeekArrays,
    day: int,
    fixed: Sequence[int],
    shut: Sequence[int] = (),
) -> bool:
    """Whether the rules of one day, from 0, leave room for ``fixed`` without those of ``shut``.

    A no is a proof, a yes is none: portions may be cut here.
    """
    import highspy

    lp = _day_lp(source, arrays, arrays.rows_of(day), day, (fixed, shut))
    status = run_lp(lp, highspy).getModelStatus()
    return bool(status != highspy.HighsModelStatus.kInfeasible)


def rows_in_the_way(
    source: ModelInput,
    arrays: WeekArrays,
    day: int,
    fixed: Sequence[int],
    shut: Sequence[int] = (),
) -> tuple[str, ...]:
    """Name the rows of a day that would have to give way in the least way.

    The day has the columns of ``fixed`` and none of ``shut``.
    """
    import highspy

    rows = arrays.rows_of(day)
    limits = np.where(np.isfinite(rows.limits), np.abs(rows.limits), 0.0)
    scale = np.maximum(limits, np.abs(rows.coefficients).max(axis=1, initial=1.0))
    elastic = replace(
        rows, prices=np.where(rows.hard, 1.0 / scale, 0.0), hard=np.zeros_like(rows.hard)
    )
    lp = _day_lp(source, arrays, elastic, day, (fixed, shut))
    lp.costs[0] = np.zeros_like(lp.costs[0])
    taken = np.array(run_lp(lp, highspy).getSolution().col_value)[: arrays.points.shape[1]]
    broken = rows.hard & (rows.breaches(rows.coefficients @ taken) > LEAST_BREACH * scale)
    return tuple(rows.names[at] for at in np.flatnonzero(broken))


def _day_lp(
    source: ModelInput,
    arrays: WeekArrays,
    rows: Rows,
    day: int,
    held: tuple[Sequence[int], Sequence[int]],
) -> LinearProgram:
    """Gather one day; of ``held`` it has the first columns in any case, the second never."""
    fixed, shut = held
    lp, lowers = LinearProgram(), np.zeros(arrays.points.shape[1])
    lowers[list(fixed)] = 1.0
    uppers = 1.0 - arrays.closed[day]
    uppers[list(shut)] = 0.0
    x = lp.add_columns(arrays.points[day], uppers, lowers)
    add_rows(lp, rows, [(x, 1.0)], 1.0)
    lp.add_rows(*place_bounds(source, arrays, day), [(x, place_rows(source, arrays))])
    return lp
