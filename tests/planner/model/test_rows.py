"""Rows of the model: cooked once, nothing twice at a meal, spreads over days, sums as PuLP's."""

from dataclasses import replace

import numpy as np
import pulp
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.errors import SolverError
from planner.model.arrays import read_arrays
from planner.model.board import Board
from planner.model.build import build_average_day
from planner.model.clinical import Spread
from planner.model.keys import IMPLICIT, RULES, RowKey
from planner.model.sums import Part, Sum
from planner.solve.parts import build_week
from tests.kitchen import tiny_input
from tests.rows import rows


def porridge_of(source):
    """The columns of the porridge, and the other ones of the day."""
    columns = build_week(source).model.table.columns
    mine = [one.index for one in columns if one.candidate.candidate_id == "porridge"]
    return mine, next(one.index for one in columns if one.index not in mine)


@rows(__file__, "a_dish_is_cooked_again")
def test_a_dish_is_cooked_again_when_it_is_past_its_days(keeps, served, cooked):
    cookings = build_week(tiny_input(weekend=(False,) * 5)).arrays.cookings
    cookings = replace(cookings, keeps=np.array([keeps]))
    (one, *_), other = porridge_of(tiny_input())
    days = [[one, other] if has else [other] for has in served]
    assert cookings.cooked(days)[:, 0, 0].astype(int).tolist() == cooked
    # the same, where each of two weeks has its own on the last day
    steps = [(4, np.array([one, -1]))]
    last = cookings.cooked([*days[:4], [other]], steps)[:, 0]
    assert last[:4].T.astype(int).tolist() == [cooked[:4]] * 2
    assert not last[4, 1]


AMOUNTS = st.lists(st.floats(50.0, 150.0), min_size=1, max_size=7)
OTHERS = st.lists(st.floats(50.0, 150.0), max_size=21).map(tuple)
MARGIN = 1e-6  # float sums; cases on the edge itself say nothing


def holds(spread, amounts):
    rows = spread.rows(len(amounts))
    return all(float(factors @ np.array(amounts)) <= limit for _, factors, limit in rows)


@given(amounts=AMOUNTS, others=OTHERS, share=st.floats(0.05, 0.6))
def test_rows_of_a_share_hold_just_where_every_day_lies_near_the_mean_of_all(
    amounts, others, share
):
    every = [*amounts, *others]
    mean = sum(every) / len(every)
    furthest = max(abs(one - mean) for one in every)
    assume(abs(furthest - share * mean) > MARGIN)
    spread = Spread("daily_spread", "x", np.ones(1), share, 0.0, others=others)
    assert holds(spread, amounts) == (furthest < share * mean)


@given(amounts=AMOUNTS, others=OTHERS, most=st.floats(5.0, 100.0))
def test_rows_of_a_difference_let_no_two_days_be_further_apart(amounts, others, most):
    assume(not others or max(others) - min(others) <= most)
    spread = Spread("meal_carbohydrate", "x", np.ones(1), 0.0, most, others=others)
    every = [*amounts, *others]
    if holds(spread, amounts):
        assert max(every) - min(every) <= most + MARGIN
    if max(every) - min(every) <= most / 2 - MARGIN:
        assert holds(spread, amounts)


PROBLEM = pulp.LpProblem("sums")
X = [PROBLEM.add_variable(f"x{n}") for n in range(3)]


def of_columns(*values):
    """Sum the first columns with these coefficients."""
    return Sum(Part(X, np.arange(len(values)), np.array(values)))


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
