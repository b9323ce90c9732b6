import threading
from itertools import product

import numpy as np
import pytest

from planner.search import meals
from planner.search.depth_first import least_choices
from planner.search.meals import DayClasses, DayMeals
from planner.solve.parts import build_week
from tests.kitchen import tiny_input

OPEN = np.inf


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
        meal.listed(arrays.points[0], arrays.points[0], np.zeros(99, dtype=int), 4, OPEN)
