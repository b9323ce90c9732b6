"""A solver that crashes, is missing, gives up or is handed nonsense: one line."""

import json
from dataclasses import replace

import highspy
import numpy as np
import pulp
import pytest
from click.testing import CliRunner

from planner.bound.solver import solve_problem
from planner.candidates.candidate import CandidateSet
from planner.cli import cli
from planner.errors import SolverError, TargetsError
from planner.model.board import Board
from planner.model.build import build_compact_week
from planner.plan.outcome import Outcome, TableOutcome
from planner.request.request import NAMELESS, Weights
from planner.table import till
from tests.kitchen import band, searched, tiny_candidates, tiny_input
from tests.one_eater import solve_week

OPTIONS = searched(sweeps=100, rounds=2, hot=2.0)


def crash(*_):
    raise RuntimeError("segmentation fault")


def plan(*args):
    """Run the command as a user does: errors become one line and an exit code."""
    return CliRunner().invoke(cli, ["plan", "--days", "1", *args])


def give_up(monkeypatch, status):
    """Let HiGHS end every run with ``status``."""
    word = getattr(highspy.HighsModelStatus, status)
    monkeypatch.setattr(highspy.Highs, "getModelStatus", lambda self: word)


# One line


@pytest.mark.parametrize("status", ["kUnknown", "kSolveError", "kSolutionLimit"])
def test_a_solver_that_gives_up_is_one_clear_line(monkeypatch, status):
    give_up(monkeypatch, status)
    with pytest.raises(SolverError, match="HiGHS gave up"):
        solve_week(tiny_input(), OPTIONS)


def test_a_solver_that_crashes_is_one_clear_line(monkeypatch):
    monkeypatch.setattr(highspy.Highs, "run", crash)
    with pytest.raises(SolverError, match="HiGHS failed"):
        solve_week(tiny_input(), OPTIONS)


def test_an_answer_that_is_no_number_is_no_answer(monkeypatch):
    monkeypatch.setattr(pulp, "value", lambda expression: float("nan"))
    with pytest.raises(SolverError, match="no number"):
        solve_problem(build_compact_week(tiny_input()).problem)


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

    monkeypatch.setattr(till, "plan_weeks", lambda *_: (none_found(), "usual"))
    monkeypatch.setattr(till, "solve_weeks", none_found)
    result = plan(*args)
    assert result.exit_code == 3
    if args:
        assert json.loads(result.stdout)["status"] == "no_plan_in_time"


def test_a_week_that_misses_a_target_is_never_called_a_plan(monkeypatch):
    solve = till.plan_weeks

    def without_dinner(*asked):
        found, rhythm = solve(*asked)
        outcome = found.each[NAMELESS]
        days = tuple(tuple(c for c in day if c.slot != "dinner") for day in outcome.days)
        return replace(found, each={NAMELESS: replace(outcome, days=days)}), rhythm

    monkeypatch.setattr(till, "plan_weeks", without_dinner)
    result = plan("--json")
    assert result.exit_code == 3
    said = json.loads(result.stdout)
    assert said["status"] == "no_plan_in_time"
    assert said["best_effort"]["check"]["passed"] is False


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
