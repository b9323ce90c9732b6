from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from planner.bound.aggregate import solve_aggregate
from planner.bound.solver import solve_problem
from planner.errors import SolverError
from planner.model.build import build_compact_week
from planner.request.request import SolveOptions
from planner.search.evaluate import evaluate_week
from planner.search.improve import Improving
from planner.search.layout import Share
from planner.search.menus import DayColumns, DayKinds
from planner.search.search import SearchOptions, WeekSearch
from planner.solve.options import search_options
from planner.solve.parts import build_week, columns_for
from tests.kitchen import tiny_input

SMALL = 1e-6
SEARCH = SearchOptions(sweeps=60, rounds=1, repair_rounds=6, pairs=0.4, hot=2.0, recorded=20)
WORK = search_options(SolveOptions(gap=0.0)).columns
SOURCES = [
    {},
    {"weekend": (False, False)},
    {"weekend": (True, True)},
]


def columns_of(source):
    parts = build_week(source)
    answer = solve_aggregate(source, parts.arrays)
    places = columns_for(parts.model, answer.reduced, 1.0)
    search = WeekSearch([Share(parts.arrays, places, parts.between, answer.likely)])
    (found,) = search.run(SEARCH, 0.0, None)
    table = parts.model.table.columns
    mains = [c.candidate.source_id if c.place.endswith(".main") else None for c in table]
    columns = DayColumns(source, parts.arrays, parts.between, places, answer.likely, mains)
    columns.add_weeks([*search.recorded(), found.choices])
    return columns, found, parts, answer


@pytest.mark.parametrize("changes", SOURCES)
def test_the_bound_from_prices_of_days_never_exceeds_the_optimum(changes):
    source = tiny_input(**changes)
    columns, found, _, _ = columns_of(source)
    exact = solve_problem(build_compact_week(source).problem, time_limit_s=60.0)
    rng = np.random.default_rng(1)
    prices = columns.generate(WORK, 0, None)
    for swing in (1.0, 0.5, 1.5, *rng.uniform(0.0, 2.0, 3)):
        bound = columns.bound(prices * swing, WORK, None)
        assert bound <= exact.objective + SMALL
    assert found.broken or found.objective >= exact.objective - SMALL


@pytest.mark.parametrize("changes", SOURCES)
def test_weeks_put_together_hold_what_their_points_say(changes):
    columns, found, parts, answer = columns_of(tiny_input(**changes))
    columns.vary(WORK, columns.generate(WORK, 0, None), 0, None)
    work = replace(SEARCH, recorded=0, repair_rounds=0)
    week = columns.combine(found, WORK, work, None)
    again = Share(parts.arrays, columns.places, parts.between, answer.likely).evaluate(week.choices)
    assert again == week


def test_menus_weigh_what_the_exact_evaluation_says_of_their_week():
    columns, _, _, _ = columns_of(tiny_input())
    keys = [(kind, menu) for kind, menu in columns.menus if columns.menus[kind, menu] is not None]
    arrays, between = columns._arrays_of(keys), columns._between(keys)
    for chosen in product(range(len(keys)), repeat=2):
        kinds = tuple(keys[at][0] for at in chosen)
        if kinds == columns.kinds.of_day:
            whole = evaluate_week(arrays, between, tuple((at,) for at in chosen))
            menus = tuple(keys[at][1] for at in chosen)
            plain = evaluate_week(columns.arrays, columns.between, menus)
            assert whole.objective == pytest.approx(plain.objective)
            assert set(whole.broken) == set(plain.broken)


def test_improving_never_makes_a_week_worse():
    columns, found, parts, answer = columns_of(tiny_input(weekend=(False, False)))
    assert not found.broken
    improving = Improving(
        parts.model, parts.arrays, parts.between, columns.places, answer.likely,
        found, answer.bound, search_options(SolveOptions(gap=0.0)), None,
    )  # fmt: skip
    improving.run([])
    assert not improving.best.broken
    assert improving.best.objective <= found.objective
    assert improving.bound <= improving.best.objective + SMALL


def test_days_of_one_class_are_those_with_the_same_points_and_limits():
    arrays = build_week(tiny_input(weekend=(False, True, False))).arrays
    kinds = DayKinds.of(arrays)
    assert kinds.of_day == (0, 1, 0)
    assert kinds.first == (0, 1)
    assert kinds.count == (2, 1)


def test_a_menu_that_breaks_its_day_is_no_menu():
    columns, found, _, _ = columns_of(tiny_input())
    assert columns.add(columns.kinds.of_day[0], found.choices[0])
    assert not columns.add(0, ())


def test_an_integer_program_without_a_bound_proves_no_more_than_its_relaxation(monkeypatch):
    columns, _, _, _ = columns_of(tiny_input())
    prices = columns.generate(WORK, 0, None)
    full = columns.bound(prices, WORK, None)
    monkeypatch.setattr("planner.search.menus._proven", lambda *_: -np.inf)
    assert columns.bound(prices, WORK, None) <= full + SMALL


def test_menus_with_forbidden_dishes_are_the_same_each_time():
    first, second = columns_of(tiny_input())[0], columns_of(tiny_input())[0]
    for columns in (first, second):
        columns.vary(WORK, columns.master.solve(), 3, None)
    assert list(first.menus) == list(second.menus)


def test_a_solver_that_fails_leaves_the_week_found_before(monkeypatch):
    columns, found, parts, answer = columns_of(tiny_input())

    def broken(*_):
        raise SolverError("HiGHS failed")

    monkeypatch.setattr("planner.search.menus.DayColumns.generate", broken)
    improving = Improving(
        parts.model, parts.arrays, parts.between, columns.places, answer.likely,
        found, answer.bound, search_options(SolveOptions(gap=0.0)), None,
    )  # fmt: skip
    improving.run([])
    assert improving.best == found
    assert improving.bound == answer.bound
