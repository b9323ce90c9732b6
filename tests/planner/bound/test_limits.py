"""No solver call without an end: limits, best effort, and Ctrl-C while HiGHS works."""

import os
import signal
import subprocess
import sys
import threading
import time
from types import SimpleNamespace

import highspy
import numpy as np
import pytest

from planner.bound import board_lp, conflict
from planner.bound.conflict import Breach, find_conflict, find_core
from planner.bound.lower_bound import solve_aggregate
from planner.bound.trials import RuleRows, Trials
from planner.errors import OutOfTimeError
from planner.explain.refusal import explain_breaches, explain_refusal
from planner.model import limits
from planner.model.build import build_aggregated_week
from planner.model.highs import quiet_highs, run_highs
from planner.model.keys import RowKey
from planner.solve.parts import build_week
from planner.table import report
from tests.kitchen import band, tiny_input
from tests.reports import make_outcome, make_refusal

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


def test_trials_after_their_time_say_so(monkeypatch):
    rules = rules_of()
    own = Trials(rules, time.perf_counter() - 1.0)
    monkeypatch.setattr(highspy.Highs, "getModelStatus", lambda self: TIME_LIMIT)
    with pytest.raises(OutOfTimeError):
        own.give_way(list(rules.groups), [])


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


def test_that_the_time_was_over_before_each_change_was_known_is_said(monkeypatch):
    def late(*_):
        raise OutOfTimeError("late")

    source = tiny_input(targets=HUNGRY)
    whole = explain_refusal(make_outcome("infeasible"), find_conflict(source), *told_of(source))
    monkeypatch.setattr(conflict, "_least_change", late)
    cut = find_conflict(source)
    assert cut.is_smallest
    refusal = explain_refusal(make_outcome("infeasible"), cut, *told_of(source))
    assert refusal.conflict[:-1] == whole.conflict
    assert "by how much some of these would have to give way" in refusal.conflict[-1].text
    assert not refusal.is_proven


def told_of(source):
    return source.candidates, source, ()


def test_an_average_week_that_is_not_solved_in_time_says_so(monkeypatch):
    stop_at_once(monkeypatch)
    source = tiny_input()
    with pytest.raises(OutOfTimeError, match="did not solve the average week within its 60 s"):
        solve_aggregate(source, build_week(source).arrays)


def test_that_the_time_was_over_before_a_plan_alone_was_known_of_is_said(monkeypatch):
    late_after(monkeypatch, 0)
    ann = SimpleNamespace(horizon=SimpleNamespace(weeks=(tiny_input(),)))
    table = SimpleNamespace(shared={"dinner.main": ("Ann", "Ben")}, alone={"Ann": ann})
    refusal = make_refusal()
    told = report._with_sharing(refusal, "Ann", table).refusal.conflict
    assert told[:-1] == refusal.refusal.conflict
    assert "fewer of these may be enough" in told[-1].text


@pytest.mark.parametrize(
    ("rule", "flags"), [("repeat", ['--habit "same_main_a_week<=2"']), ("work", [])]
)
def test_where_dishes_run_out_it_is_offered_that_one_comes_twice(rule, flags):
    told = explain_breaches([Breach(RowKey(rule, "pie"), 1.0, None)], tiny_input())
    assert [one.flag for one in told.relaxations] == flags


def test_the_conflict_search_asks_for_its_limit(monkeypatch):
    asked = []
    plain = conflict.find_core
    monkeypatch.setattr(conflict, "find_core", lambda rules, s: asked.append(s) or plain(rules, s))
    find_conflict(tiny_input(targets=HUNGRY))
    assert asked == [limits.limit_s("conflict")]


@pytest.mark.parametrize(
    "flags",
    [
        ("--age", "68", "--condition", "kidney stones", "--pattern", "south_asian"),
        ("--age", "68", "--pattern", "south_asian"),
    ],
)
def test_an_impossible_vitamin_is_answered(flags):
    command = [sys.executable, "-m", "planner", "plan", "--sex", "m", *flags]
    command += ["--target", "vitamin_b12_ug>=50"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 3, done.stderr
    assert "Vitamin B12: at least 50" in done.stdout
