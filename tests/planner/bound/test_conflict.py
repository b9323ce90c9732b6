"""The smallest set that cannot hold, held to PuLP's word on the rows that it leaves."""

import pulp
import pytest

from planner.bound import conflict
from planner.bound.conflict import find_conflict, find_core
from planner.bound.solver import solve_problem
from planner.bound.trials import RuleRows, Trials
from planner.errors import OutOfTimeError
from planner.model.build import build_aggregated_week
from planner.model.input import Wishes
from planner.model.keys import MEAL, PLATE, rules_standing
from tests.kitchen import TARGETS, band, tiny_input
from tests.planner.bound.built_trials import BuiltTrials

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


def test_a_week_can_hold_where_nothing_collides(monkeypatch):
    assert conflict.can_hold(tiny_input())
    assert not any(conflict.can_hold(tiny_input(**changes)) for changes in IMPOSSIBLE)
    monkeypatch.setattr(Trials, "give_way", late)
    with pytest.raises(OutOfTimeError):
        conflict.can_hold(tiny_input())  # not known


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


def test_what_was_asked_for_is_named_before_what_a_week_is_like():
    rules = {one.key.rule for one in find_conflict(tiny_input(wishes=Wishes(budget_usd=0.5))).rules}
    assert rules <= {"budget", "nutrient_day", "nutrient_week"}
    assert "budget" in rules


def test_a_change_that_time_was_too_short_for_is_no_proof_that_there_is_none(monkeypatch):
    rules = all_rules_of(IMPOSSIBLE[0])
    assert find_core(rules).is_measured
    monkeypatch.setattr("planner.bound.conflict._least_change", late)
    core = find_core(rules)
    assert core.is_smallest
    assert not core.is_measured
    assert {change for _, change in core.groups} == {None}
