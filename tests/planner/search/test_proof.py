import threading
from itertools import product

import numpy as np
import pytest

from planner.bound.lower_bound import solve_aggregate
from planner.bound.solver import solve_problem
from planner.model.build import build_compact_week
from planner.request.request import SolveOptions
from planner.search import meals
from planner.search.average_meals import AverageMeals, bound_of_meals
from planner.search.depth_first import least_choices
from planner.search.master import Links
from planner.search.meals import DayClasses, DayMeals
from planner.search.search import WeekSearch
from planner.solve.menus import served_eaters
from planner.solve.options import table_work
from planner.solve.parts import EaterWeek, Steering, build_week
from tests.kitchen import searched, sold, tiny_input

SEARCH = searched(sweeps=60, rounds=1, repairs=6, hot=2.0)
SMALL = 1e-6


SOURCES = [
    {},
    {"weekend": (False, False)},
    {"weekend": (True, True)},
    {"sold": sold({}, ("beans", "fish", "milk"))},
]
PROOF = table_work(SolveOptions(gap=0.0), 1).proof
OPEN = np.inf


def found_of(source):
    """Search a week of the tiny kitchen; gives its parts, what the average week says, the week."""
    parts = build_week(source)
    answer = solve_aggregate(source, parts.arrays)
    leads = {"": Steering(parts.arrays)}
    eaters = served_eaters({"": EaterWeek(parts, answer)}, {}, leads, SEARCH.listed[0])
    (found,) = WeekSearch(eaters).run(SEARCH, 0.0, None)
    return parts, answer, found


@pytest.mark.parametrize("changes", SOURCES)
def test_whole_meals_prove_no_more_than_the_optimum(changes):
    source = tiny_input(**changes)
    parts, answer, found = found_of(source)
    exact = solve_problem(build_compact_week(source).problem, time_limit_s=60.0)
    orders = parts.between.orders
    proven = bound_of_meals(parts.arrays, orders, found.choices, PROOF, None)
    assert 0.9 * answer.bound <= proven <= exact.objective + SMALL


@pytest.mark.parametrize("changes", SOURCES)
def test_any_legal_prices_prove_no_more_than_the_optimum(changes):
    source = tiny_input(**changes)
    parts, _, found = found_of(source)
    exact = solve_problem(build_compact_week(source).problem, time_limit_s=60.0)
    classes = DayClasses.of(parts.arrays)
    meals = [DayMeals(parts.arrays, day) for day in classes.first]
    links = Links(parts.arrays, parts.between.orders, classes)
    average, rng = AverageMeals(parts.arrays, links, meals), np.random.default_rng(1)
    average.add_weeks([found.choices])
    prices = average.master.solve()
    for swing in (0.0, 0.5, 1.5, *rng.uniform(0.0, 2.0, 3)):
        drawn = average.master.legal(prices * swing - rng.uniform(0.0, 0.01, len(prices)))
        assert average._bound(drawn) <= exact.objective + SMALL


def test_days_of_one_class_are_those_with_the_same_points_and_limits():
    arrays = build_week(tiny_input(weekend=(False, True, False))).arrays
    classes = DayClasses.of(arrays)
    assert classes.of_day == (0, 1, 0)
    assert classes.first == (0, 1)
    assert classes.count == (2, 1)


@pytest.mark.parametrize("run", [least_choices, least_choices.py_func])
@pytest.mark.parametrize("most", [2, 5, 500])
def test_no_choice_below_the_points_that_are_told_is_missing(run, most):
    rng = np.random.default_rng(3)
    start = np.array([0, 4, 8, 12])
    points = np.concatenate([np.sort(rng.uniform(0.0, 1.0, 4)) for _ in range(3)])
    use = rng.normal(0.0, 1.0, (12, 4))
    rows = np.array([[0.5, 0.5, 0.5, 0.5], [0.0, 0.0, 0.3, 0.3], [1.0, 1.0, 0.0, 0.0]])
    wanted = {}
    for choice in product(*(range(first, first + 4) for first in start[:-1])):
        beyond = np.maximum(use[list(choice)].sum(axis=0) - rows[0], 0.0)
        if not beyond[:2].any():
            wanted[choice] = points[list(choice)].sum() + beyond @ rows[1]
    firsts = np.array([0, 4])
    chosen, values, counts, top = run(firsts, start[:-1], start[1:], points, use, rows, OPEN, most)
    assert counts.tolist() == [len(values)]
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


@pytest.mark.parametrize("handed", [1, 2])
def test_an_interrupt_while_meals_are_handed_over_is_one(monkeypatch, handed):
    cause: BaseException = KeyboardInterrupt()
    for _ in range(handed):  # numba's loader hands it over once more
        cause, cause.__cause__ = SystemError("a result with an exception set"), cause

    def interrupted(*_):
        raise cause

    arrays = build_week(tiny_input()).arrays
    meal = DayMeals(arrays, 0).meals[0]
    monkeypatch.setattr(meals, "compiled_choices", lambda: interrupted)
    with pytest.raises(KeyboardInterrupt):
        meal.least(arrays.points[0])
