"""Rows of the model: cooked once, nothing twice at a meal, spreads over days, sums as PuLP's."""

from dataclasses import astuple, replace
from itertools import product

import numpy as np
import pulp
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.bound.solver import solve_problem
from planner.candidates.candidate import CandidateSet
from planner.errors import SolverError
from planner.model.arrays import read_arrays
from planner.model.board import Board
from planner.model.build import build_average_day, build_compact_week
from planner.model.clinical import Spread
from planner.model.keys import IMPLICIT, RULES, RowKey
from planner.model.sums import Part, Sum
from planner.model.table import build_table
from planner.solve.parts import build_week, build_week_near
from tests.kitchen import NUTRIENTS, TARGETS, tiny_input
from tests.two_eaters import DINNERS, SHARED, two


def porridge_of(source):
    """The columns of the porridge, and the other ones of the day."""
    columns = build_week(source).model.table.columns
    mine = [one.index for one in columns if one.candidate.candidate_id == "porridge"]
    return mine, next(one.index for one in columns if one.index not in mine)


@pytest.mark.parametrize(
    ("keeps", "served", "cooked"),
    [
        (1, [1, 1, 1, 0, 1], [1, 0, 1, 0, 1]),
        (2, [1, 1, 1, 1, 0], [1, 0, 0, 1, 0]),
        (2, [1, 0, 0, 1, 1], [1, 0, 0, 1, 0]),
        (4, [0, 1, 0, 0, 1], [0, 1, 0, 0, 0]),
    ],
)
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


def test_the_work_of_what_keeps_counts_where_it_is_cooked():
    # a minute of work costs a point: the ten of the porridge of both days are those of the first
    source = tiny_input()
    effort = {**source.rules.points["effort"], "workday_minutes": {}}
    effort |= {"per_active_minute_weekday": 1.0, "per_active_minute_weekend": 1.0}
    rules = replace(source.rules, points={**source.rules.points, "effort": effort})
    model = build_compact_week(replace(source, rules=rules))
    assert solve_problem(model.problem).status == "optimal"
    found = model.problem.variablesDict()
    assert [round(found[f"cooked.porridge.d{day}"].varValue) for day in (1, 2)] == [1, 0]
    assert model.cookings.points.tolist() == [[10.0], [10.0]]


def names_of_rows(everyday):
    source = tiny_input()
    both = ("snack.first", "snack.second")
    found = [
        replace(one, places=both) if one.candidate_id == "pudding" else one
        for one in source.candidates.candidates
    ]
    group = "bread" if everyday else "nuts"
    groups = {**source.groups, "milk": frozenset({group})}
    changed = replace(source, candidates=CandidateSet(tuple(found), (), NUTRIENTS), groups=groups)
    rows = build_compact_week(changed).problem.constraints()
    return {
        row.name: sorted(v.name for v in row) for row in rows if row.name.startswith("food_meal")
    }


def test_what_is_made_of_everyday_foods_stands_once_at_a_meal():
    rows = names_of_rows(everyday=True)
    assert rows["food_meal.snack.pudding.twice.d1"] == [
        "x.snack.first.pudding.100.d1", "x.snack.second.pudding.100.d1",
    ]  # fmt: skip


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


@given(amounts=AMOUNTS, parts=st.lists(st.sampled_from((0.0, 0.5, 1.0)), min_size=7, max_size=7))
def test_days_that_are_partly_planned_are_scaled_up_and_others_left_out(amounts, parts):
    own = tuple(parts[: len(amounts)])
    whole = [one / part for one, part in zip(amounts, own, strict=True) if part]
    spread = Spread("daily_spread", "x", np.ones(1), 0.25, 0.0, own)
    mean = sum(whole) / len(whole) if whole else 0.0
    furthest = max((abs(one - mean) for one in whole), default=0.0)
    assume(not whole or abs(furthest - 0.25 * mean) > MARGIN)
    assert holds(spread, amounts) == (furthest <= 0.25 * mean)


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


def moved(**changes):
    """The targets with other bounds of magnesium."""
    first, *rest = TARGETS
    return (replace(first, **changes), *rest)


@pytest.mark.parametrize("weekend", [(False, True), (False, False)])
def test_rows_of_other_targets_are_those_of_a_week_built_anew(weekend):
    built = build_week(tiny_input(weekend))
    source = tiny_input(weekend, targets=moved(lower=TARGETS[0].lower * 1.1))
    near, anew = build_week_near(built, source).arrays, build_week(source).arrays
    assert near.day.names == anew.day.names
    assert near.packages is built.arrays.packages
    for one, other in zip(astuple(near.day)[1:], astuple(anew.day)[1:], strict=True):
        assert np.array_equal(one, other)
    for one, other in zip(astuple(near.link)[1:], astuple(anew.link)[1:], strict=True):
        assert np.array_equal(one, other)
    assert np.array_equal(near.limits, anew.limits)
    assert not np.array_equal(near.limits, built.arrays.limits)


def only_dinners(model, dinners):
    for plate, dish in zip(model.plates, dinners, strict=True):
        for column, variable in zip(model.table.columns, plate.variables, strict=True):
            if column.place == "dinner.main" and column.candidate.candidate_id != dish:
                variable.upBound = 0.0
    return model


def best_by_trying(sources) -> float:
    """Try every pair of dinners for both, each week in a problem of its own."""
    sums = []
    for dinners in product(DINNERS, repeat=2):
        weeks = [only_dinners(build_compact_week(one), dinners) for one in sources.values()]
        answers = [solve_problem(week.problem, gap=0.0) for week in weeks]
        if all(one.has_solution for one in answers):
            sums.append(sum(one.objective for one in answers))
    return min(sums)


@pytest.mark.parametrize("seed", range(3))
def test_the_best_of_the_household_is_that_of_all_common_dinners(seed):
    sources = two(seed)
    answer = solve_problem(build_table(sources, SHARED, build_compact_week).problem, gap=0.0)
    assert answer.objective == pytest.approx(best_by_trying(sources), abs=1e-6)


def test_each_name_says_whose_it_is():
    problem = build_table(two(0), SHARED, build_compact_week).problem
    owners = {row.name.split(".")[0] for row in problem.constraints()}
    assert owners == {"eater1_ann", "eater2_ben", "shared"}
    names = {one.name for one in problem.variables()}
    each = [build_compact_week(one).problem.variables() for one in two(0).values()]
    assert len(names) == sum(map(len, each))
