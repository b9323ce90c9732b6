"""Solving a week again around locks, and proofs that locks cannot stay."""

import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from planner.bound.day_proofs import day_can_hold, rows_in_the_way
from planner.bound.lower_bound import solve_aggregate
from planner.bound.solver import solve_problem
from planner.candidates.candidate import CandidateSet
from planner.model.build import build_compact_week
from planner.solve.edit import ChangePoints, EditOptions
from planner.solve.locks import Lock, locked_columns
from planner.solve.parts import build_week
from planner.solve.seating import Served, seat_week
from planner.solve.shared_locks import rows_of_the_week
from tests.kitchen import PLACES, band, searched, served, tiny_input
from tests.one_eater import solve_edit, solve_week

USUAL = searched(sweeps=200, rounds=6, hot=2.0)
NEAR = searched(sweeps=60, rounds=1, hot=0.05, cold=0.005, strict=1.0)
SWEET = replace(
    USUAL, seed=11
)  # a week nearly as good as the best that has its pudding after dinner
OPTIONS = EditOptions(NEAR, USUAL, ChangePoints(0.3, 0.1))
DAYS = (False, True)
EASY = (band("energy_kcal", 1200, 2600), band("magnesium_mg", 200))


@pytest.fixture(scope="module")
def week():
    return solve_week(tiny_input(DAYS), USUAL)


def edit(source, week, *locks):
    parts = build_week(source)
    seating = seat_week(parts, served(week))
    return solve_edit(parts, seating, locks, OPTIONS, time.perf_counter()), seating


def without(source, source_id):
    """The same kitchen with one thing less to eat."""
    kept = tuple(c for c in source.candidates.candidates if c.source_id != source_id)
    return replace(source, candidates=CandidateSet(kept, (), source.candidates.nutrients))


def names(outcome):
    return [[column.name for column in day] for day in outcome.days]


def test_a_solved_week_is_seated_where_it_stood(week):
    seating = seat_week(build_week(tiny_input(DAYS)), served(week))
    assert seating.choices == tuple(tuple(sorted(c.index for c in day)) for day in week.days)
    assert seating.missing == ()


def test_what_is_no_candidate_any_more_is_missing(week):
    parts = build_week(without(tiny_input(DAYS), "porridge"))  # every breakfast
    missing = seat_week(parts, served(week)).missing
    assert [(day, one.source_id) for day, one in missing] == [(d, "porridge") for d in range(2)]


@pytest.mark.parametrize("dear", ["snack.second", "snack.third"])
def test_what_may_stand_on_two_places_stands_where_it_costs_less(dear):
    source = tiny_input((False,))
    third = replace(PLACES[-1], place_id="snack.third")
    taste = {**source.rules.points["taste"], "place": {dear: 1.0}}
    points = {**source.rules.points, "taste": taste}
    rules = replace(source.rules, places=(*PLACES, third), points=points)
    both = tuple(
        replace(one, places=("snack.second", "snack.third")) if one.source_id == "nuts" else one
        for one in source.candidates.candidates
    )
    parts = build_week(
        replace(source, rules=rules, candidates=replace(source.candidates, candidates=both))
    )
    ((_, column),) = seat_week(parts, [[Served("snack", "nuts", 1.0)]]).days[0]
    assert {parts.model.table.columns[column].place, dear} == {"snack.second", "snack.third"}


def test_nothing_asked_moves_nothing(week):
    answer, _ = edit(tiny_input(DAYS), week)
    assert names(answer.outcome) == names(week)
    assert answer.before == pytest.approx(week.objective, abs=1e-9)
    assert answer.outcome.objective == pytest.approx(week.objective, abs=1e-9)


def test_a_locked_day_stays_when_the_rest_must_move():
    # day 2 ends with a pudding that may not be planned any more
    source = tiny_input(DAYS, targets=EASY)
    first = solve_week(source, SWEET)
    assert "dinner.finish.pudding.100" in names(first)[1]
    answer, seating = edit(without(source, "pudding"), first, Lock(0))
    assert sorted(column.index for column in answer.outcome.days[0]) == list(seating.choices[0])
    assert names(answer.outcome)[0] == names(first)[0]
    assert names(answer.outcome)[1] != names(first)[1]


def test_a_ban_changes_one_thing_where_one_change_will_do():
    # without a pudding day 2 ends without anything: its apple may not come twice a day
    source = tiny_input(DAYS, targets=EASY)
    first = solve_week(source, SWEET)
    answer, _ = edit(without(source, "pudding"), first)
    gone = {"dinner.finish.pudding.100": ""}
    expected = [[gone.get(n, n) for n in day] for day in names(first)]
    assert names(answer.outcome) == [[n for n in day if n] for day in expected]
    assert answer.before is None  # a pudding has no points where it may not be planned


def test_each_thing_that_is_locked_stays(week):
    for day, items in enumerate(served(week)):
        for one in items:
            lock = Lock(day, one.slot, one.source_id)
            answer, seating = edit(tiny_input(DAYS), week, lock)
            chosen = {column.index for column in answer.outcome.days[day]}
            assert set(locked_columns(seating, lock)) <= chosen


def test_the_bound_holds_for_the_weeks_with_what_is_locked(week):
    source = tiny_input(DAYS)
    parts = build_week(source)
    seating = seat_week(parts, served(week))
    for day in range(len(DAYS)):
        fixed = locked_columns(seating, Lock(day, "lunch"))
        model = build_compact_week(source)
        for index in fixed:
            model.plates[day].variables[index].lowBound = 1.0
        exact = solve_problem(model.problem, gap=0.0)
        answer = solve_aggregate(source, parts.arrays, {day: fixed})
        assert answer.bound <= exact.objective + 1e-6
        assert answer.bound >= solve_aggregate(source, parts.arrays).bound - 1e-6


def test_a_lock_without_room_beside_it_is_proven_and_named(week):
    # at most 500 kcal a day: no dinner leaves room for a breakfast and a lunch
    targets = (band("energy_kcal", None, 500), band("magnesium_mg", 20))
    source = tiny_input(DAYS, targets=targets)
    parts = build_week(source)
    dinner = next(c.index for c in parts.model.table.columns if c.place == "dinner.main")
    assert not day_can_hold(source, parts.arrays, 0, [dinner])
    assert "nutrient_day.energy_kcal.max.d1" in rows_in_the_way(source, parts.arrays, 0, [dinner])


def test_locks_of_several_days_name_the_rules_in_their_way():
    parts = build_week(tiny_input(DAYS, targets=(band("magnesium_mg", 20),)))
    column = next(c for c in parts.model.table.columns if c.candidate.source_id == "chard_pie")
    thing = SimpleNamespace(slot="dinner", source_id="chard_pie")
    seating = SimpleNamespace(days=[[(thing, column.index)]] * len(DAYS))
    locks = [Lock(day, "dinner") for day in range(len(DAYS))]
    assert rows_of_the_week(parts, seating, locks) == ("greens_week",)
