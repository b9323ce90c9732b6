import threading
from itertools import product

import numpy as np
import pytest

from planner.bound.lp import LinearProgram
from planner.bound.solver import solve_problem
from planner.bound.week_lp import add_rows, place_bounds, place_rows
from planner.model.build import build_compact_week
from planner.model.highs import quiet_highs, run_highs
from planner.request.request import SolveOptions
from planner.search import meals
from planner.search.depth_first import least_choices
from planner.search.proof import WeekProof
from planner.solve.options import search_options
from tests.kitchen import tiny_input
from tests.planner.search.test_menus import SOURCES, menus_of

SMALL = 1e-6


def highs_lp(gathered, highspy):
    """Put the gathered LP into HiGHS's own form."""
    lower, upper, starts, indices, values = gathered.matrix()
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = gathered.count, len(lower)
    lp.col_cost_ = np.concatenate(gathered.costs)
    lp.col_lower_ = np.concatenate(gathered.lowers)
    lp.col_upper_ = np.concatenate(gathered.uppers)
    lp.row_lower_, lp.row_upper_ = lower, upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = starts.astype(np.int32)
    lp.a_matrix_.index_ = indices.astype(np.int32)
    lp.a_matrix_.value_ = values
    return lp


PROOF = search_options(SolveOptions(gap=0.0)).proof
OPEN = np.inf


def exact_day(menus, day_class, points):
    """The least day by an integer program over all rows at once."""
    import highspy

    arrays, day, lp = menus.arrays, menus.classes.first[day_class], LinearProgram()
    x = lp.add_columns(points, 1.0 - arrays.closed[day])
    add_rows(lp, arrays.rows_of(day), [(x, 1.0)], 1.0)
    lp.add_rows(*place_bounds(menus.source, arrays, day), [(x, place_rows(menus.source, arrays))])
    program = highs_lp(lp, highspy)
    whole, any_number = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    rest = program.num_col_ - len(points)
    program.integrality_ = [whole] * len(points) + [any_number] * rest
    solver = quiet_highs(highspy, mip_rel_gap=0.0)
    solver.passModel(program)
    run_highs(solver)
    return solver.getInfo().objective_function_value


@pytest.mark.parametrize("changes", SOURCES)
def test_neither_meals_nor_days_prove_more_than_the_optimum(changes):
    source = tiny_input(**changes)
    menus, found, _, answer = menus_of(source)
    exact = solve_problem(build_compact_week(source).problem, time_limit_s=60.0)
    proof, rng = WeekProof(menus, PROOF), np.random.default_rng(1)
    of_meals = proof.of_meals(found.choices, None)
    assert 0.9 * answer.bound <= of_meals <= exact.objective + SMALL
    while proof.of_days() and len(menus.points_of) < 300:
        assert of_meals - SMALL <= proof.bound <= exact.objective + SMALL
    prices = menus.master.solve()
    for swing in (0.0, 0.5, 1.5, *rng.uniform(0.0, 2.0, 3)):
        drawn = menus.master.legal(prices * swing - rng.uniform(0.0, 0.01, len(prices)))
        assert proof.at(drawn) <= exact.objective + SMALL


@pytest.mark.parametrize("changes", SOURCES)
def test_the_least_day_is_that_of_an_integer_program_over_all_rows(changes):
    menus, _, _, _ = menus_of(tiny_input(**changes))
    proof, rng = WeekProof(menus, PROOF), np.random.default_rng(2)
    for day_class, first in enumerate(menus.classes.first):
        for _ in range(5):
            points = menus.arrays.points[first] + rng.normal(0.0, 0.5, menus.arrays.points.shape[1])
            exact = exact_day(menus, day_class, points)
            least, days = proof.days[day_class].least(points, exact + 1.0)
            assert least == pytest.approx(exact, abs=1e-5)
            assert menus.add(day_class, days[0])


def test_lists_of_meals_that_are_cut_prove_less_and_never_more():
    menus, _, _, _ = menus_of(tiny_input())
    proof = WeekProof(menus, PROOF)
    points = menus.arrays.points[menus.classes.first[0]]
    exact = exact_day(menus, 0, points)
    for most in (2, 4):
        day = WeekProof(menus, PROOF).days[0]
        day.work = type(day.work)(
            steps=0,
            near=0.5,
            near_days=0.5,
            rounds=1,
            rounds_a_turn=1,
            reserved=0.0,
            meals=most,
            days=2,
        )
        assert day.least(points, exact + 1.0)[0] <= exact + SMALL
    assert proof.days[0].least(points, exact - 1.0) == (exact - 1.0, [])


@pytest.mark.parametrize("run", [least_choices, least_choices.py_func])
@pytest.mark.parametrize("most", [2, 5, 500])
def test_no_choice_below_the_points_that_are_told_is_missing(run, most):
    rng = np.random.default_rng(3)
    start = np.array([0, 4, 8, 12])
    led = np.concatenate([np.sort(rng.uniform(0.0, 1.0, 4)) for _ in range(3)])
    own, use = led + rng.uniform(0.0, 0.2, 12), rng.normal(0.0, 1.0, (12, 4))
    rows = np.array([[0.5, 0.5, 0.5, 0.5], [0.0, 0.0, 0.3, 0.3], [1.0, 1.0, 0.0, 0.0]])
    wanted = {}
    for choice in product(*(range(first, first + 4) for first in start[:-1])):
        beyond = np.maximum(use[list(choice)].sum(axis=0) - rows[0], 0.0)
        if not beyond[:2].any():
            wanted[choice] = own[list(choice)].sum() + beyond @ rows[1]
    chosen, values, top = run(start, led, own, use, rows, OPEN, most)
    given = {tuple(one): value for one, value in zip(chosen.tolist(), values, strict=True)}
    assert len(given) <= most
    assert {one for one, value in wanted.items() if value < top} <= set(given)
    for one, value in given.items():
        assert value == pytest.approx(wanted[one])


def test_the_main_thread_compiles_nothing_where_an_interrupt_would_be_lost(monkeypatch):
    seen = []
    monkeypatch.setattr(meals, "_compile_choices", lambda: seen.append(threading.current_thread()))
    meals.compiled_choices.__wrapped__()
    assert seen
    assert threading.main_thread() not in seen
