"""The linear program that stands on a board, as arrays, in one HiGHS that stays warm.

What is asked of it again and again differs in bounds and costs alone, so each answer starts from
the last one.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from planner.errors import OutOfTimeError, SolverError
from planner.model.board import Board
from planner.model.highs import quiet_highs, run_highs
from planner.model.limits import limit_s, most_iterations
from planner.model.sums import AT_LEAST, AT_MOST, Row

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class BoardMatrix:
    """Rows and columns of a board.

    Parameters
    ----------
    names
        Name of each row.
    lower, upper
        Limits of each row.
    starts, indices, values
        The coefficients, row after row, each column once.
    costs, most
        Points per unit of each column, and its upper bound; the lower one is 0.
    """

    names: tuple[str, ...]
    lower: Array
    upper: Array
    starts: Numbers
    indices: Numbers
    values: Array
    costs: Array
    most: Array

    @classmethod
    def of(cls, board: Board) -> BoardMatrix:
        """Read the rows and points of a board."""
        number = {id(one): at for at, one in enumerate(board.variables)}
        count, rows = len(number), list(board.rows.values())
        costs = np.zeros(count)
        for variable, points in board.objective:
            costs[number[id(variable)]] += points
        most = [np.inf if one.upBound is None else one.upBound for one in board.variables]
        lower, upper = (np.array([side(one) for one in rows]) for side in (_lower, _upper))
        return cls(tuple(board.rows), lower, upper, *_entries(rows, number), costs, np.array(most))


def _lower(row: Row) -> float:
    return -np.inf if row.sense == AT_MOST else row.limit


def _upper(row: Row) -> float:
    return np.inf if row.sense == AT_LEAST else row.limit


def _entries(rows: list[Row], number: Mapping[int, int]) -> tuple[Numbers, Numbers, Array]:
    """Return the coefficients by rows: starts, indices, values."""
    known: dict[int, Numbers] = {}
    lines, columns, values = [], [], []
    for line, row in enumerate(rows):
        for part in row.total.parts:
            if id(part.variables) not in known:
                found = [number[id(one)] for one in part.variables]
                known[id(part.variables)] = np.array(found, dtype=np.int64)
            lines.append(np.full(len(part.numbers), line))
            columns.append(known[id(part.variables)][part.numbers])
            values.append(part.values)
    # a variable may stand twice in a sum; keys are sorted, so entries come row after row
    key = np.concatenate(lines) * len(number) + np.concatenate(columns)
    once, where = np.unique(key, return_inverse=True)
    total: Array = np.bincount(where, weights=np.concatenate(values)).astype(np.float64)
    starts = np.searchsorted(once, np.arange(len(rows)) * len(number))
    return starts.astype(np.int64), once % len(number), total


class WarmProgram:
    """A linear program that is solved again with other bounds and costs.

    Parameters
    ----------
    matrix
        The program.
    limit
        How long one run may take: which of the limits of configs/search.toml.

    Raises
    ------
    SolverError
        When HiGHS cannot be loaded, crashes, or comes to no answer.
    """

    def __init__(self, matrix: BoardMatrix, limit: str = "trial") -> None:
        try:
            import highspy
        except ImportError as error:
            raise SolverError("HiGHS cannot be loaded", remedy="install highspy again") from error
        self._highspy, self._limit = highspy, limit
        self._solver: Any = quiet_highs(highspy, presolve="off")
        self.count, self.rows = len(matrix.costs), len(matrix.names)
        shape = self.count, self.rows, len(matrix.values), int(highspy.MatrixFormat.kRowwise)
        entries = matrix.starts.astype(np.int32), matrix.indices.astype(np.int32), matrix.values
        self._solver.passModel(
            *shape, 1, 0.0, matrix.costs, np.zeros(self.count), matrix.most,
            matrix.lower, matrix.upper, *entries, np.zeros(self.count, dtype=np.int32),
        )  # fmt: skip

    @property
    def version(self) -> str:
        """Version of HiGHS."""
        return str(self._solver.version())

    def add_columns(self, rows: Numbers, values: Array, starts: Numbers) -> int:
        """Add columns of 0 or more without cost, by their coefficients; gives the first's number.

        Parameters
        ----------
        rows, values
            Row and coefficient of each entry, column after column.
        starts
            First entry of each column.
        """
        first, many = self.count, len(starts)
        free = np.zeros(many), np.zeros(many), np.full(many, np.inf)
        entries = len(values), starts.astype(np.int32), rows.astype(np.int32), values
        self._solver.addCols(many, *free, *entries)
        self.count += many
        return first

    def set_columns(self, numbers: Numbers, costs: Array, most: Array) -> None:
        """Set costs and upper bounds of some columns."""
        which = len(numbers), numbers.astype(np.int32)
        self._solver.changeColsCost(*which, costs)
        self._solver.changeColsBounds(*which, np.zeros(len(numbers)), most)

    def set_rows(self, numbers: Numbers, lower: Array, upper: Array) -> None:
        """Set the limits of some rows."""
        self._solver.changeRowsBounds(len(numbers), numbers.astype(np.int32), lower, upper)

    def solve(self, until: float = math.inf) -> float | None:
        """Return the least cost; ``None`` where the rows cannot all hold.

        Parameters
        ----------
        until
            Reading of ``time.perf_counter`` after which it gives up.

        Raises
        ------
        OutOfTimeError
            When there is no answer by then.
        """
        ends = self._highspy.HighsModelStatus
        self._run(until)
        said = self._solver.getModelStatus()
        if said not in (ends.kOptimal, ends.kInfeasible):
            # where it cycles or stumbles from the last answer, it may not from the start
            self._solver.clearSolver()
            self._run(until)
            said = self._solver.getModelStatus()
        if said in (ends.kTimeLimit, ends.kIterationLimit):
            raise OutOfTimeError("HiGHS came to no end in time")
        if said == ends.kInfeasible:
            return None
        if said != ends.kOptimal:
            raise SolverError("HiGHS gave up without an answer", remedy="install CBC as well")
        return float(self._solver.getInfo().objective_function_value)

    def _run(self, until: float) -> None:
        """Run for a number of iterations, which says the same on any machine; or until the end."""
        done = max(0, self._solver.getInfo().simplex_iteration_count)
        self._solver.setOptionValue("simplex_iteration_limit", done + most_iterations())
        run_highs(self._solver, min(limit_s(self._limit), until - time.perf_counter()))

    @property
    def basis(self) -> Any:
        """Where the last answer stands; put back, the next one starts from there."""
        return self._solver.getBasis()

    @basis.setter
    def basis(self, basis: Any) -> None:
        self._solver.setBasis(basis)

    def values(self) -> Array:
        """Return the columns of the last answer."""
        return np.array(self._solver.getSolution().col_value)

    def prices(self) -> Array:
        """Return the prices of the rows of the last answer."""
        return np.array(self._solver.getSolution().row_dual)
