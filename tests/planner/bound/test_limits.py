"""No solver call without an end: limits, best effort, and Ctrl-C while HiGHS works."""

import os
import signal
import threading
import time

import highspy
import numpy as np
import pytest

from planner.bound import board_lp
from planner.bound.conflict import Breach, find_conflict, find_core
from planner.bound.lower_bound import solve_aggregate
from planner.bound.trials import RuleRows
from planner.errors import OutOfTimeError
from planner.explain.refusal import explain_breaches
from planner.model.build import build_aggregated_week
from planner.model.highs import quiet_highs, run_highs
from planner.model.keys import RowKey
from planner.solve.parts import build_week
from tests.kitchen import band, tiny_input

HUNGRY = (band("energy_kcal", 1200, 1600), band("magnesium_mg", 600))
HARD = 60  # size of a programme that HiGHS does not end in the time of a test


def rules_of() -> RuleRows:
    source = tiny_input(targets=HUNGRY)
    model = build_aggregated_week(source)
    return RuleRows.of(model.board, {"": model.keys}, len(source.weekend))


def endless():
    """Give HiGHS an integer program (market split) that keeps it busy for hours."""
    drawn, rows, count = np.random.default_rng(5), 6, HARD
    solver, lp = quiet_highs(highspy), highspy.HighsLp()
    weights = drawn.integers(1, 100, (rows, count)).astype(float)
    lp.num_col_, lp.num_row_ = count, rows
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(count), np.zeros(count), np.ones(count)
    lp.row_lower_ = lp.row_upper_ = np.floor(weights.sum(axis=1) / 2)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = (np.arange(rows + 1) * count).astype(np.int32)
    lp.a_matrix_.index_ = np.tile(np.arange(count), rows).astype(np.int32)
    lp.a_matrix_.value_ = weights.ravel()
    lp.integrality_ = [highspy.HighsVarType.kInteger] * count
    solver.passModel(lp)
    return solver


def test_every_run_ends_with_its_limit_though_the_clock_of_highs_goes_on():
    solver = endless()
    for _ in range(2):
        started = time.perf_counter()
        run_highs(solver, 0.4)
        assert 0.3 < time.perf_counter() - started < 30.0  # endless without a limit
        assert solver.getModelStatus() == highspy.HighsModelStatus.kTimeLimit


def test_ctrl_c_ends_a_run_of_highs_at_once():
    solver = endless()
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background ignores it
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    started = time.perf_counter()
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            run_highs(solver, 60)
    finally:
        signal.signal(signal.SIGINT, before)
    assert time.perf_counter() - started < 10.0


TIME_LIMIT = highspy.HighsModelStatus.kTimeLimit


def stop_at_once(monkeypatch):
    monkeypatch.setattr(highspy.Highs, "run", lambda self: None)
    monkeypatch.setattr(highspy.Highs, "getModelStatus", lambda self: TIME_LIMIT)


def late_after(monkeypatch, count):
    """Let the warm program have no time any more after ``count`` answers."""
    answers = iter(range(count))
    plain = board_lp.WarmProgram.solve

    def solve(self, until):
        if next(answers, None) is None:
            raise OutOfTimeError("late")
        return plain(self, until)

    monkeypatch.setattr(board_lp.WarmProgram, "solve", solve)


def test_a_conflict_search_cut_short_names_what_is_known_to_collide(monkeypatch):
    rules = rules_of()
    whole = find_core(rules)
    assert whole.is_smallest
    late_after(monkeypatch, 3)
    cut = find_core(rules)
    assert not cut.is_smallest
    assert {group for group, _ in whole.groups} <= {group for group, _ in cut.groups}
    assert all(change is None for _, change in cut.groups)


def test_a_conflict_search_cut_at_once_says_that_nothing_was_named(monkeypatch):
    late_after(monkeypatch, 0)
    source = tiny_input(targets=HUNGRY)
    found = find_conflict(source)
    assert found.rules == ()
    assert not found.is_smallest
    said = explain_breaches(found.rules, source, is_smallest=found.is_smallest)
    assert "which rules conflict was not found" in said.conflict[-1][2]
    assert "another machine" in said.conflict[-1][2]


def test_an_average_week_that_is_not_solved_in_time_says_so(monkeypatch):
    stop_at_once(monkeypatch)
    source = tiny_input()
    with pytest.raises(OutOfTimeError, match="did not solve the average week within its 60 s"):
        solve_aggregate(source, build_week(source).arrays)


@pytest.mark.parametrize(
    ("rule", "flags"), [("repeat", ['--habit "same_main_a_week<=2"']), ("work", [])]
)
def test_where_dishes_run_out_it_is_offered_that_one_comes_twice(rule, flags):
    told = explain_breaches([Breach(RowKey(rule, "pie"), 1.0, None)], tiny_input())
    assert [one.flag for one in told.relaxations] == flags
