"""Sums and rows, as arrays and as PuLP writes them."""

import numpy as np
import pulp
import pytest

from planner.errors import SolverError
from planner.model.arrays import read_arrays
from planner.model.board import Board
from planner.model.build import build_average_day
from planner.model.keys import IMPLICIT, RULES, RowKey
from planner.model.sums import Part, Sum
from tests.kitchen import tiny_input

PROBLEM = pulp.LpProblem("sums")
X = [PROBLEM.add_variable(f"x{n}") for n in range(3)]


def of_columns(*values):
    """Sum the first columns with these coefficients."""
    return Sum(Part(X, np.arange(len(values)), np.array(values)))


def written(row):
    return {v.name: c for v, c in row.items()}, row.sense, row.constant


def test_a_row_is_written_as_pulp_writes_it():
    row = (of_columns(2.0, 3.0) - Sum.of(X[2]) <= 4.0).in_pulp()
    assert written(row) == written(2.0 * X[0] + 3.0 * X[1] - X[2] <= 4.0)
    assert written((of_columns(1.0) >= 2.0).in_pulp()) == written(X[0] + 0.0 >= 2.0)
    assert written((of_columns(1.0) == 2.0).in_pulp()) == written(X[0] + 0.0 == 2.0)


def test_a_variable_that_stands_twice_is_added_up():
    twice = (of_columns(2.0, 1.0) + -of_columns(0.5)).in_pulp()
    assert {v.name: c for v, c in twice.items()} == {"x0": 1.5, "x1": 1.0}


@pytest.mark.parametrize("limit", [float("nan"), float("inf")])
def test_a_limit_that_is_no_number_is_refused(limit):
    with pytest.raises(SolverError, match=r"row fruit has a limit that is no number"):
        Board("day").require(RowKey("fruit"), of_columns(1.0) <= limit)


def test_the_search_is_given_the_rows_that_pulp_would_solve():
    model = build_average_day(tiny_input(weekend=(False, False)))
    (plate,) = model.plates
    both = (read_arrays(model).day, read_arrays(model).link)
    given = {
        name: (line, limit)
        for rows in both
        for name, line, limit in zip(rows.names, rows.coefficients, rows.limits, strict=True)
    }
    for row in model.problem.constraints():
        key = model.keys[row.name]
        if IMPLICIT not in RULES[key.rule].marks:  # an equality is given twice, the last time as >=
            sign = 1.0 if row.sense == pulp.LpConstraintLE else -1.0
            line = sign * np.array([row.get(one, 0.0) for one in plate.variables])
            weight = 1.0 if key.day else plate.weight
            assert given.pop(row.name)[0] * weight == pytest.approx(line)
    assert not given
