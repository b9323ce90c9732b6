import time
from dataclasses import replace
from itertools import product

import pytest

from planner.bound.lower_bound import solve_aggregate
from planner.errors import OutOfTimeError, SolverError
from planner.request.request import SolveOptions
from planner.search.evaluate import evaluate_week
from planner.search.improve import Improving
from planner.search.layout import SearchedEater
from planner.search.master import DayClasses
from planner.search.menu_arrays import arrays_of_menus, between_menus
from planner.search.menus import DayMenus
from planner.search.search import WeekSearch
from planner.search.work import SearchOptions
from planner.solve.options import search_options
from planner.solve.parts import build_week, columns_for
from tests.kitchen import tiny_input

SMALL = 1e-6
SEARCH = SearchOptions(sweeps=60, rounds=1, repair_rounds=6, pairs=0.4, hot=2.0, recorded=20)
WORK = search_options(SolveOptions(gap=0.0)).columns
WEEK = {"weekend": (False,) * 5 + (True,) * 2}
SOURCES = [
    {},
    {"weekend": (False, False)},
    {"weekend": (True, True)},
]


def menus_of(source):
    parts = build_week(source)
    answer = solve_aggregate(source, parts.arrays)
    places = columns_for(parts.model, answer.reduced, 1.0)
    search = WeekSearch([SearchedEater(parts.arrays, places, parts.between, answer.likely)])
    (found,) = search.run(SEARCH, 0.0, None)
    table = parts.model.table.columns
    mains = [c.candidate.source_id if c.place.endswith(".main") else None for c in table]
    menus = DayMenus(source, parts.arrays, parts.between, places, answer.likely, mains)
    menus.add_weeks([*search.recorded(), found.choices])
    return menus, found, parts, answer


@pytest.mark.parametrize("changes", SOURCES)
def test_weeks_put_together_hold_what_their_points_say(changes):
    menus, found, parts, answer = menus_of(tiny_input(**changes))
    menus.vary(WORK, menus.generate(WORK, 0, None), 0, None)
    work = replace(SEARCH, recorded=0, repair_rounds=0)
    week = menus.combine(found, WORK, work, None)
    again = SearchedEater(parts.arrays, menus.places, parts.between, answer.likely).evaluate(
        week.choices
    )
    assert again == week


def test_fewer_days_are_annealed_apart_than_a_week_has():
    menus, *_ = menus_of(tiny_input(**WEEK))
    known = len(menus.points_of)
    menus.generate(WORK, 0, None)
    assert WORK.days_at_once // 2 < len(WEEK["weekend"])
    assert len(menus.points_of) > known


def test_menus_weigh_what_the_exact_evaluation_says_of_their_week():
    menus, _, _, _ = menus_of(tiny_input())
    keys = [key for key, points in menus.points_of.items() if points is not None]
    of_day = menus.classes.of_day
    arrays = arrays_of_menus(menus.arrays, of_day, menus.points_of, keys)
    between = between_menus(menus.between, keys)
    for chosen in product(range(len(keys)), repeat=2):
        if tuple(keys[at][0] for at in chosen) == of_day:
            whole = evaluate_week(arrays, between, tuple((at,) for at in chosen))
            choices = tuple(keys[at][1] for at in chosen)
            plain = evaluate_week(menus.arrays, menus.between, choices)
            cooked = plain.terms.get("cooked", 0.0)  # menus leave out when what keeps is cooked
            assert whole.objective == pytest.approx(plain.objective - cooked)
            assert set(whole.broken) == set(plain.broken)


def test_improving_never_makes_a_week_worse():
    menus, found, parts, answer = menus_of(tiny_input(weekend=(False, False)))
    assert not found.broken
    improving = Improving(
        parts.model, parts.arrays, parts.between, menus.places, answer.likely,
        found, answer.bound, search_options(SolveOptions(gap=0.0)), None,
    )  # fmt: skip
    improving.run([])
    assert not improving.best.broken
    assert improving.best.objective <= found.objective
    assert improving.bound <= improving.best.objective + SMALL


def test_days_of_one_class_are_those_with_the_same_points_and_limits():
    arrays = build_week(tiny_input(weekend=(False, True, False))).arrays
    classes = DayClasses.of(arrays)
    assert classes.of_day == (0, 1, 0)
    assert classes.first == (0, 1)
    assert classes.count == (2, 1)


def test_a_menu_that_breaks_its_day_is_no_menu():
    menus, found, _, _ = menus_of(tiny_input())
    assert menus.add(menus.classes.of_day[0], found.choices[0])
    assert not menus.add(0, ())


def test_menus_with_forbidden_dishes_are_the_same_each_time():
    first, second = menus_of(tiny_input())[0], menus_of(tiny_input())[0]
    for menus in (first, second):
        menus.vary(WORK, menus.master.solve(), 3, None)
    assert list(first.points_of) == list(second.points_of)


def improving_of(deadline=None):
    menus, found, parts, answer = menus_of(tiny_input())
    options = search_options(SolveOptions(gap=0.0))
    return Improving(
        parts.model, parts.arrays, parts.between, menus.places, answer.likely,
        found, answer.bound, options, deadline,
    )  # fmt: skip


def test_a_solver_that_the_clock_stops_is_told_as_the_clock(monkeypatch):
    def late(self, *_):
        improving.deadline = time.perf_counter() - 1.0
        raise OutOfTimeError("HiGHS was stopped")

    monkeypatch.setattr("planner.search.menus.DayMenus.generate", late)
    improving = improving_of(time.perf_counter() + 600.0)
    improving.run([])
    assert improving.best.cut


class Proving:
    """A proof of whose rounds each takes ten seconds of the clock."""

    bound, rounds = 0.0, 0

    def of_days(self):
        self.rounds += 1
        Clock.now += 10.0
        return True


class Clock:
    now = 0.0


def test_no_round_of_proving_begins_that_would_lie_beyond_the_time(monkeypatch):
    monkeypatch.setattr(time, "perf_counter", lambda: Clock.now)
    for deadline, rounds in ((12.0, 1), (16.0, 2), (27.0, 3), (None, 5)):
        Clock.now, proof = 0.0, Proving()
        improving_of(deadline)._prove(proof, 5)
        assert proof.rounds == rounds, deadline


def test_a_solver_that_fails_leaves_the_week_found_before(monkeypatch):
    menus, found, parts, answer = menus_of(tiny_input())

    def broken(*_):
        raise SolverError("HiGHS failed")

    monkeypatch.setattr("planner.search.menus.DayMenus.generate", broken)
    improving = Improving(
        parts.model, parts.arrays, parts.between, menus.places, answer.likely,
        found, answer.bound, search_options(SolveOptions(gap=0.0)), None,
    )  # fmt: skip
    improving.run([])
    assert improving.best == found
    assert answer.bound <= improving.bound <= found.objective  # proven before it failed
