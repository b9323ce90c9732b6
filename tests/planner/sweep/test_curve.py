import math

import pytest

from planner.sweep.curve import FIGURES, find_knee
from tests.planner.sweep.sweeps import made_sweep


@pytest.mark.parametrize(
    ("values", "knee"),
    [
        ([9, 5, 2, 1.5, 1, 0.5, 0], 2),  # falls steeply up to 2: (1 - 2/9) - 2/6 = 0.44 below
        ([0, 0.5, 1, 1.5, 2, 5, 9], 4),
        ([0, 1, 2, 3, 4, 5, 6], None),  # straight
        ([6, 6, 6, 6, 6, 6, 6], None),  # flat
        ([0, 4, 5, 5.5, 6, 6.2, 6.3], None),  # bends the other way
    ],
)
def test_a_knee_lies_furthest_below_the_straight_line(values, knee):
    assert find_knee([float(x) for x in range(7)], values) == knee


def test_few_points_have_no_knee():
    assert find_knee([0.0, 1.0, 2.0], [9.0, 1.0, 0.0]) is None


def test_a_knee_is_found_among_what_was_planned():
    sweep = made_sweep([None, 9.0, 5.0, 2.0, 1.5, 1.0, 0.5, 0.0])
    assert sweep.knees()[None].way.at == (4.0,)
    assert made_sweep([9.0, 5.0, 2.0, 1.5, 1.0, 0.5, 0.0], weighted=True).knees() == {}


def test_neighbours_without_a_plan_are_one_stretch_where_the_reason_is_the_same():
    lacks = ["infeasible", "infeasible", "no_plan_in_time", 5.0, "infeasible"]
    runs = made_sweep(lacks).stretches()
    assert [(one[0].way.at, one[-1].way.at) for one in runs] == [
        ((1.0,), (2.0,)), ((3.0,), (3.0,)), ((5.0,), (5.0,)),
    ]  # fmt: skip


def test_figures_are_those_of_the_plan():
    known = made_sweep([4.0]).points[0].figures
    assert set(known) == set(FIGURES)
    assert known["magnesium_mg"] == pytest.approx(377.5)  # tests/reports.py
    assert known["eaten_usd"] == 35.0
    shopping = made_sweep([4.0]).points[0].report.shopping
    assert known["kitchen_usd"] == shopping.going_usd  # the sum that a budget counts
    assert (known["points"], known["gap"]) == (4.0, 0.25)
    assert set(made_sweep([None]).points[0].figures.values()) == {None}


def test_a_sweep_is_a_table_of_pandas_with_its_units():
    frame = made_sweep([None, 9.0, 5.0]).to_frame()
    assert list(frame["ratio_max"]) == [1.0, 2.0, 3.0]
    assert list(frame["status"]) == ["infeasible", "feasible", "feasible"]
    assert math.isnan(frame["points"][0])
    assert frame.attrs["units"]["till_usd"] == "USD"


def test_what_was_left_out_is_no_stretch():
    sweep = made_sweep([5.0, "stopped", "stopped"])
    assert sweep.stretches() == []
