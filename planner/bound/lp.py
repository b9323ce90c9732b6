"""A linear program gathered in blocks as arrays, some columns whole, and HiGHS to solve it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from planner.errors import OutOfTimeError, SolverError
from planner.model.arrays import Array
from planner.model.highs import quiet_highs, run_highs
from planner.model.limits import limit_s
from planner.model.sparse import Sparse

_OUT_OF_TIME = "HiGHS did not solve the average week within its {seconds:.0f} s"


class LinearProgram:
    """Columns and rows of an LP, gathered in blocks."""

    def __init__(self) -> None:
        self.costs: list[Array] = []
        self.lowers: list[Array] = []
        self.uppers: list[Array] = []
        self.whole: list[Array] = []
        self.count = 0
        self.blocks: list[tuple[Array, Array, list[tuple[int, Array | Sparse, float]]]] = []

    def add_columns(
        self,
        costs: Array,
        upper: float | Array,
        lower: Array | None = None,
        *,
        is_whole: bool = False,
    ) -> int:
        """Add columns with lower bound 0, or ``lower``; gives the number of the first."""
        first = self.count
        self.lowers.append(np.zeros(len(costs)) if lower is None else lower)
        self.costs.append(costs)
        self.whole.append(np.full(len(costs), is_whole))
        self.uppers.append(np.full(len(costs), upper))
        self.count += len(costs)
        return first

    def add_rows(
        self,
        lower: Array,
        upper: Array,
        parts: Sequence[tuple[int, Array | Sparse] | tuple[int, Array | Sparse, float]],
    ) -> None:
        """Add rows made of ``parts``: (first column, rows × columns, weight or 1)."""
        weighted = [(part[0], part[1], part[2] if len(part) > 2 else 1.0) for part in parts]  # noqa: PLR2004
        self.blocks.append((lower, upper, weighted))

    @property
    def rows(self) -> int:
        """Number of rows so far."""
        return sum(len(lower) for lower, _, _ in self.blocks)

    def begins_at(self, basis: Any) -> bool:
        """Whether there is a basis, of a program of this shape, from which HiGHS may begin."""
        return basis is not None and len(basis.col_status) == self.count

    def matrix(self) -> tuple[Array, Array, Any, Any, Array]:
        """Return row bounds and the matrix by rows: starts, indices, values."""
        lowers, uppers, starts, indices, values = [], [], [np.zeros(1, dtype=np.int64)], [], []
        found: dict[int, tuple[Any, Any, Array]] = {}  # the same rows stand in each class of days
        total = 0
        for lower, upper, parts in self.blocks:
            lowers.append(lower)
            uppers.append(upper)
            for _, rows, _ in parts:
                if id(rows) not in found:
                    found[id(rows)] = _entries(rows)
            held = [found[id(rows)] for _, rows, _ in parts]
            counts = np.array([count for count, _, _ in held])
            ends = counts.sum(axis=0).cumsum()
            starts.append(total + ends)
            index, value = np.empty(counts.sum(), dtype=np.int32), np.empty(counts.sum())
            total += len(index)
            # within a row one part follows the other
            begins = ends - counts[::-1].cumsum(axis=0)[::-1]
            for (first, _, weight), begin, (count, columns, own) in zip(
                parts, begins, held, strict=True
            ):
                place = np.repeat(begin - (count.cumsum() - count), count) + np.arange(len(own))
                index[place] = columns + first
                value[place] = own * weight
            indices.append(index)
            values.append(value)
        return (
            np.concatenate(lowers),
            np.concatenate(uppers),
            np.concatenate(starts),
            np.concatenate(indices),
            np.concatenate(values),
        )


def _entries(rows: Array | Sparse) -> tuple[Any, Any, Array]:
    """Return how many entries each row has, and their columns and values, row after row."""
    if isinstance(rows, Sparse):
        return rows.by_row()
    flat = rows.ravel()
    at = (flat != 0.0).nonzero()[0]
    return np.count_nonzero(rows, axis=1), at % rows.shape[1], flat[at]


def run_lp(lp: LinearProgram, highspy: Any, basis: Any = None) -> Any:
    """Let HiGHS solve the gathered LP with one thread.

    Presolving these dense rows takes four times as long as solving them without; it is done only
    where that comes to no end. From the ``basis`` of a program that is nearly the same it takes a
    third of the time; one of another shape is not taken.

    Raises
    ------
    SolverError
        When it crashes.
    """
    solver = quiet_highs(highspy, presolve="off")
    ends = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)
    hand_over(solver, lp, highspy)
    if lp.begins_at(basis):
        solver.setBasis(basis)
    run_highs(solver)
    if solver.getModelStatus() not in ends:
        solver.setOptionValue("presolve", "on")
        solver.clearSolver()
        run_highs(solver)
    return solver


def hand_over(solver: Any, lp: LinearProgram, highspy: Any) -> None:
    """Hand a gathered program over as arrays: as one of HiGHS each number is copied singly."""
    lower, upper, starts, indices, values = lp.matrix()
    shape = lp.count, len(lower), len(values), int(highspy.MatrixFormat.kRowwise)
    least = 1, 0.0  # minimise, without a constant
    columns = np.concatenate(lp.costs), np.concatenate(lp.lowers), np.concatenate(lp.uppers)
    entries = starts[:-1].astype(np.int32), indices, values
    is_whole = np.concatenate(lp.whole).astype(np.int32)
    solver.passModel(*shape, *least, *columns, lower, upper, *entries, is_whole)


def can_be_solved(lp: LinearProgram) -> bool:
    """Return whether the rows of a gathered program can all hold.

    Raises
    ------
    OutOfTimeError
        When its time is over first.
    SolverError
        When HiGHS gives up.
    """
    import highspy

    return can_hold(run_lp(lp, highspy), highspy)


def can_hold(solver: Any, highspy: Any) -> bool:
    """Whether a program that was run has an answer, or rows that cannot all hold.

    Raises
    ------
    OutOfTimeError
        When its time was over before that was known.
    SolverError
        When HiGHS gave up.
    """
    status, ends = solver.getModelStatus(), highspy.HighsModelStatus
    if status == ends.kTimeLimit:
        raise OutOfTimeError(
            _OUT_OF_TIME.format(seconds=limit_s("program")),
            remedy="let the machine do less beside it, and ask again",
        )
    if status not in (ends.kOptimal, ends.kInfeasible):
        raise SolverError("HiGHS gave up on the average week", remedy="try again")
    return bool(status == ends.kOptimal)
