"""Solvers say what happened; the smallest set that cannot hold; no call without an end."""

import os
import signal
import threading
import time

import highspy
import numpy as np
import pulp
import pytest

from planner.bound import board_lp
from planner.bound.conflict import find_core
from planner.bound.lower_bound import solve_aggregate
from planner.bound.solver import shadow_prices, solve_problem
from planner.bound.trials import PRICED, RuleRows, Trials
from planner.errors import OutOfTimeError
from planner.model.build import build_aggregated_week
from planner.model.highs import quiet_highs, run_highs
from planner.model.input import Wishes
from planner.model.keys import MEAL, PLATE, rules_standing
from planner.solve.parts import build_week
from tests.kitchen import TARGETS, band, tiny_input

HUNGRY = (band("energy_kcal", 1200, 1600), band("magnesium_mg", 600))
IMPOSSIBLE = [
    {"targets": HUNGRY},
    {"targets": (band("energy_kcal", 1200, 1600), band("calcium_mg", 3000))},
    {"wishes": Wishes(budget_usd=0.5)},
    {"wishes": Wishes(budget_usd=2.0), "targets": (*TARGETS, band("protein_g", 120))},
]


def all_rules_of(changes) -> RuleRows:
    """Every row of the aggregated week, with two classes of days and what is priced."""
    source = tiny_input(**changes)
    model = build_aggregated_week(source)
    return RuleRows.of(model.board, {"": model.keys}, len(source.weekend))


def can_hold(rules, groups) -> bool:
    """Whether some groups, with what a meal is, leave a week: in a problem of their own."""
    trial = pulp.LpProblem("trial", pulp.LpMinimize)
    trial.setObjective(pulp.LpAffineExpression())
    for group in {*groups, *rules.of_rules(rules_standing(PLATE, MEAL))}:
        for name in rules.groups[group]:
            trial.addConstraint(rules.board.rows[name].in_pulp(), name)
    return solve_problem(trial).has_solution


@pytest.mark.parametrize("changes", IMPOSSIBLE)
def test_any_rule_taken_from_a_conflict_lets_the_others_hold(changes):
    rules = all_rules_of(changes)
    core = [group for group, _ in find_core(rules).groups]
    assert core
    assert not can_hold(rules, core)
    for group in core:
        assert can_hold(rules, [one for one in core if one != group])


def late(*_):
    raise OutOfTimeError("the time is over")


@pytest.mark.parametrize("changes", IMPOSSIBLE)
def test_the_least_change_opens_a_way_for_all_rules(changes):
    rules = all_rules_of(changes)
    trial = BuiltTrials(rules)
    for group, change in find_core(rules).groups:
        others = [one for one in rules.groups if one != group]
        alone = trial.give_way(others, [group])
        assert (change is None) is (alone is None)
        if change is not None:
            assert change == pytest.approx(trial.given(group), rel=1e-6)


def test_a_warm_program_says_what_problems_built_anew_say():
    rules = all_rules_of(IMPOSSIBLE[0])
    warm, cold = Trials(rules), BuiltTrials(rules)
    structure = rules.of_rules(rules_standing(PLATE, MEAL))
    groups = [group for group in rules.groups if group not in structure]
    for elastic in (groups, groups[::2], groups[1::2], groups[:5], groups):
        expected = cold.give_way(structure, elastic)
        assert warm.give_way(structure, elastic) == pytest.approx(expected, abs=1e-7)


def test_a_change_that_time_was_too_short_for_is_no_proof_that_there_is_none(monkeypatch):
    rules = all_rules_of(IMPOSSIBLE[0])
    assert find_core(rules).is_measured
    monkeypatch.setattr("planner.bound.conflict._least_change", late)
    core = find_core(rules)
    assert core.is_smallest
    assert not core.is_measured
    assert {change for _, change in core.groups} == {None}


class BuiltTrials:
    """Answers as ``Trials`` does, and knows nothing of how those are found."""

    def __init__(self, rules):
        self._rules, self._prices, self._values = rules, {}, {}

    def give_way(self, hard, elastic):
        trial = self._problem(set(hard), set(elastic))
        answer = solve_problem(trial)
        self._values = answer.values
        if not answer.has_solution:
            return None
        self._prices = shadow_prices(trial)
        return answer.objective or 0.0

    def _problem(self, hard, elastic):
        trial, rules = pulp.LpProblem("trial", pulp.LpMinimize), self._rules
        objective = []
        for number, (group, names) in enumerate(rules.groups.items()):
            if group not in hard and group not in elastic:
                continue
            slacks = [
                (trial.add_variable(f"give.{number}.{side}", lowBound=0), sign)
                for side, sign in enumerate(rules.slacks(group) if group in elastic else ())
            ]
            objective += [(slack, rules.price(group)) for slack, _ in slacks]
            for name in names:
                row = rules.board.rows[name]
                given = [(slack, sign * rules.share(name)) for slack, sign in slacks]
                terms = pulp.LpAffineExpression([*row.total.in_pulp().items(), *given])
                trial.addConstraint(pulp.LpConstraint(terms, row.sense, rhs=row.limit), name)
        trial.setObjective(pulp.LpAffineExpression(objective))
        return trial

    def priced(self):
        return {
            group
            for group, names in self._rules.groups.items()
            if any(abs(self._prices.get(name, 0.0)) > PRICED for name in names)
        }

    def given(self, group):
        own = f"give.{list(self._rules.groups).index(group)}."
        return sum(value for name, value in self._values.items() if name.startswith(own))


def two_foods(category="Continuous", need=5.0, price_a=2.0, sense=pulp.LpMinimize):
    """Minimise 2 a + 3 b where a + 2 b >= need and a <= 4: b = need / 2."""
    problem = pulp.LpProblem("two_foods", sense)
    a = problem.add_variable("a", 0, 4, category)
    b = problem.add_variable("b", 0, None, category)
    problem.setObjective(price_a * a + 3.0 * b)
    problem.addConstraint(a + 2.0 * b >= need, "need")
    return problem


def test_an_lp_is_solved_with_values_and_bound():
    answer = solve_problem(two_foods())
    assert answer.status == "optimal"
    assert answer.has_solution
    assert answer.objective == pytest.approx(7.5)  # 2.5 units of b at 3
    assert answer.bound == pytest.approx(7.5)
    assert answer.values == pytest.approx({"a": 0.0, "b": 2.5})


def test_an_integer_problem_is_solved_in_whole_units_and_nothing_is_printed(capfd):
    answer = solve_problem(two_foods("Integer"), gap=0.0)
    assert answer.status == "optimal"
    assert answer.values == pytest.approx({"a": 1.0, "b": 2.0})  # 8; three of b cost 9
    assert answer.bound == pytest.approx(8.0)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("category", ["Continuous", "Integer"])
def test_an_infeasible_problem_has_no_values(category):
    problem = two_foods(category)
    problem.addConstraint(problem.variablesDict()["b"] <= 0.25, "little_b")
    answer = solve_problem(problem)
    assert (answer.status, answer.objective, answer.values) == ("infeasible", None, {})


def test_prices_are_the_change_of_cost_per_unit_of_bound():
    problem = two_foods()
    solve_problem(problem)
    assert shadow_prices(problem) == pytest.approx({"need": 1.5})  # half a b at 3


HARD = 60  # size of a programme that HiGHS does not end in the time of a test


def rules_of() -> RuleRows:
    source = tiny_input(targets=HUNGRY)
    model = build_aggregated_week(source)
    return RuleRows.of(model.board, {"": model.keys}, len(source.weekend))


def endless():
    """Return HiGHS an integer program (market split) that keeps it busy for hours."""
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


def test_an_average_week_that_is_not_solved_in_time_says_so(monkeypatch):
    stop_at_once(monkeypatch)
    source = tiny_input()
    with pytest.raises(OutOfTimeError, match="did not solve the average week within its 60 s"):
        solve_aggregate(source, build_week(source).arrays)
