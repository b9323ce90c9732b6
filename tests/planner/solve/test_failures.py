"""A solver that crashes, is missing, gives up or is handed nonsense: one line or a stand-in."""

import importlib.util
import json
import sys
from dataclasses import replace

import highspy
import numpy as np
import pulp
import pytest
from click.testing import CliRunner

from planner.bound import solver
from planner.bound.solver import solve_problem
from planner.candidates.candidate import CandidateSet
from planner.cli import cli, main
from planner.errors import SolverError, TargetsError
from planner.model.board import Board
from planner.model.build import build_compact_week
from planner.request.request import NAMELESS, Weights
from planner.solve.compose import TableOutcome
from planner.solve.outcome import Outcome
from planner.table import till
from tests.kitchen import band, searched, tiny_candidates, tiny_input
from tests.one_eater import solve_week

OPTIONS = searched(sweeps=100, rounds=2, hot=2.0)


def crash(*_):
    raise RuntimeError("segmentation fault")


def without_cbc(monkeypatch):
    monkeypatch.setattr(solver, "_cbc_path", lambda: None)


def plan(*args):
    """Run the command as a user does: errors become one line and an exit code."""
    return CliRunner().invoke(cli, ["plan", "--days", "1", *args])


def ends_with(capsys, code, *args):
    """Run the program whole, and give what it says on its error stream."""
    with pytest.raises(SystemExit) as ended:
        main(["plan", "--days", "1", *args])
    assert ended.value.code == code
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    assert said.out == ""
    return said.err


def give_up(monkeypatch, status):
    """Let HiGHS end every run with ``status``."""
    word = getattr(highspy.HighsModelStatus, status)
    monkeypatch.setattr(highspy.Highs, "getModelStatus", lambda self: word)


# A stand-in


def test_where_highs_crashes_cbc_gives_the_same_bound(monkeypatch):
    by_highs = solve_week(tiny_input(), OPTIONS)
    monkeypatch.setattr(highspy.Highs, "run", crash)
    by_cbc = solve_week(tiny_input(), OPTIONS)
    assert by_cbc.solver == "CBC"
    assert by_cbc.bound == pytest.approx(by_highs.bound, abs=1e-5)
    assert by_cbc.has_plan


@pytest.mark.parametrize("status", ["kUnknown", "kSolveError", "kMemoryLimit", "kNotset"])
def test_where_highs_gives_up_cbc_stands_in(monkeypatch, status):
    give_up(monkeypatch, status)
    outcome = solve_week(tiny_input(), OPTIONS)
    assert outcome.solver == "CBC"
    assert outcome.has_plan


def test_a_library_that_cannot_be_loaded_is_one_that_is_missing(monkeypatch):
    spec = importlib.util.find_spec("highspy")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *_: spec)
    monkeypatch.setitem(sys.modules, "highspy", None)  # an import of it fails now
    assert solve_week(tiny_input(), OPTIONS).solver == "CBC"


def test_a_problem_goes_to_cbc_where_highs_crashes_and_to_nobody_where_it_was_asked(monkeypatch):
    monkeypatch.setattr(highspy.Highs, "run", crash)
    problem = build_compact_week(tiny_input()).problem
    assert solve_problem(problem).solver == "CBC"
    with pytest.raises(SolverError, match="HiGHS failed"):
        solve_problem(problem, solver="highs")


# One line


@pytest.mark.parametrize("status", ["kUnknown", "kSolveError", "kSolutionLimit"])
def test_a_solver_that_gives_up_is_one_clear_line(monkeypatch, status):
    without_cbc(monkeypatch)
    give_up(monkeypatch, status)
    with pytest.raises(SolverError, match="HiGHS gave up"):
        solve_week(tiny_input(), OPTIONS)


def test_the_command_says_that_the_solver_crashed(monkeypatch, capsys):
    without_cbc(monkeypatch)
    monkeypatch.setattr(highspy.Highs, "run", crash)
    assert "HiGHS failed" in ends_with(capsys, 1)


def test_the_command_says_that_no_solver_is_there(monkeypatch, capsys):
    without_cbc(monkeypatch)
    monkeypatch.setattr(pulp.HiGHS, "available", lambda self: False)
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *more: None if name == "highspy" else find(name)
    )
    said = ends_with(capsys, 1)
    assert "no solver works here" in said
    assert "pip install highspy" in said


def test_a_killed_cbc_is_one_clear_line(monkeypatch, tmp_path):
    dying = tmp_path / "cbc"
    dying.write_text("#!/bin/sh\nkill -9 $$\n", encoding="utf-8")
    dying.chmod(0o755)
    monkeypatch.setattr(solver, "_cbc_path", lambda: str(dying))
    with pytest.raises(SolverError, match="CBC failed — install highspy"):
        solve_problem(build_compact_week(tiny_input()).problem, solver="cbc")


@pytest.mark.parametrize("name", ["highs", "cbc"])
def test_an_answer_that_is_no_number_is_no_answer(monkeypatch, name):
    monkeypatch.setattr(pulp, "value", lambda expression: float("nan"))
    with pytest.raises(SolverError, match="no number"):
        solve_problem(build_compact_week(tiny_input()).problem, solver=name)


# Never a wrong plan


def test_no_week_found_is_no_plan_in_time_and_not_infeasible():
    # an average day mixes to 1,805 kcal; no single day can, as everything has tens of kcal
    odd = tiny_input(targets=(band("energy_kcal", 1804, 1806),), conservative={})
    outcome = solve_week(odd, OPTIONS)
    assert outcome.status == "no_plan_in_time"
    assert outcome.bound is not None
    assert any(name.startswith("nutrient_day.energy_kcal") for name in outcome.broken)


def of_one(*fields):
    outcome = Outcome(*fields)
    return TableOutcome(outcome, {NAMELESS: outcome})


@pytest.mark.parametrize("args", [[], ["--json"]])
def test_the_command_ends_with_3_when_no_week_was_found(monkeypatch, args):
    def none_found(*_, **__):
        return of_one("no_plan_in_time", (), None, 1.0, ("fruit@1",), "HiGHS", "1", 9, 9, 0.1, 0.2)

    monkeypatch.setattr(till, "solve_weeks", none_found)
    result = plan(*args)
    assert result.exit_code == 3
    if args:
        assert json.loads(result.stdout)["status"] == "no_plan_in_time"


def test_a_week_that_misses_a_target_is_never_called_a_plan(monkeypatch):
    solve = till.solve_weeks

    def without_dinner(source, *more, **others):
        found = solve(source, *more, **others)
        outcome = found.each[NAMELESS]
        days = tuple(tuple(c for c in day if c.slot != "dinner") for day in outcome.days)
        return replace(found, each={NAMELESS: replace(outcome, days=days)})

    monkeypatch.setattr(till, "solve_weeks", without_dinner)
    result = plan("--json")
    assert result.exit_code == 3
    said = json.loads(result.stdout)
    assert said["status"] == "no_plan_in_time"
    assert said["best_effort"]["check"]["passed"] is False


def test_a_no_that_nothing_collides_for_is_no_proof(monkeypatch):
    def said_infeasible(*_, **__):
        return of_one("infeasible", (), None, None, (), "HiGHS", "1", 9, 0, 0.1, 0.2)

    monkeypatch.setattr(till, "solve_weeks", said_infeasible)
    result = plan("--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["status"] == "no_plan_in_time"


def poisoned(**changes):
    """The tiny kitchen with a porridge that has no proper figure somewhere."""
    known = tiny_candidates()
    found = tuple(
        replace(one, servings=tuple(replace(s, **changes) for s in one.servings))
        if one.candidate_id == "porridge"
        else one
        for one in known.candidates
    )
    return tiny_input(candidates=CandidateSet(found, (), known.nutrients))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
@pytest.mark.parametrize(
    "field", ["amounts", "cost_usd", "vegetables_g", "fruit_g", "unknown_g", "nuts_g"]
)
def test_a_figure_that_is_no_number_never_counts_as_none(field, value):
    arrays = ("amounts", "unknown_g")
    poison = np.full(len(tiny_candidates().nutrients), value) if field in arrays else value
    with pytest.raises(SolverError, match="no number"):
        solve_week(poisoned(**{field: poison}), OPTIONS)


def test_the_dish_with_the_bad_figure_is_named():
    with pytest.raises(SolverError, match="Porridge: a figure of a portion is no number"):
        solve_week(poisoned(cost_usd=float("nan")), OPTIONS)


def test_points_and_bounds_that_are_no_numbers_are_refused():
    with pytest.raises(SolverError, match=r"points of .* no number"):
        solve_week(tiny_input(weights=Weights(taste=float("nan"))), OPTIONS)
    with pytest.raises(TargetsError, match="a bound is no number"):
        band("magnesium_mg", float("nan"))
    board = Board("empty")
    board.close()
    assert board.problem.objective is not None
