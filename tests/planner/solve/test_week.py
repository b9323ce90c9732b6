"""The search and the bound against exact optima of instances small enough to solve."""

from dataclasses import replace

import numpy as np
import pytest

from planner.bound.conflict import find_conflict
from planner.bound.lower_bound import solve_aggregate
from planner.bound.solver import solve_problem
from planner.candidates.candidate import CandidateSet
from planner.errors import SolverError
from planner.model.arrays import read_arrays
from planner.model.build import build_aggregated_week, build_average_day, build_compact_week
from planner.search.evaluate import Between, evaluate_week
from planner.solve import compose
from tests.kitchen import TARGETS, band, searched, tiny_candidates, tiny_input
from tests.one_eater import solve_week

OPTIONS = searched(sweeps=200, rounds=6, hot=2.0)
SMALL = 1e-6  # float sums of some hundred terms


def shaken_input(seed: int):
    """The tiny kitchen with contents and prices changed by up to a third."""
    rng = np.random.default_rng(seed)
    shaken = tuple(
        replace(
            candidate,
            servings=tuple(
                replace(
                    one,
                    amounts=one.amounts * rng.uniform(0.75, 1.33, len(one.amounts)),
                    cost_usd=float(rng.uniform(0.3, 3.0)),
                )
                for one in candidate.servings
            ),
        )
        for candidate in tiny_candidates().candidates
    )
    candidates = CandidateSet(shaken, (), tiny_candidates().nutrients)
    return tiny_input(weekend=(False, False, True), candidates=candidates)


def objective_of(source, choices) -> float:
    """Fix the chosen columns in the compact model and let the solver price the rest."""
    model = build_compact_week(source)
    for plate, chosen in zip(model.plates, choices, strict=True):
        for index, variable in enumerate(plate.variables):
            variable.lowBound = variable.upBound = float(index in chosen)
    answer = solve_problem(model.problem, gap=0.0)
    assert answer.has_solution
    return answer.objective


@pytest.mark.parametrize("seed", range(8))
def test_the_bound_lies_below_the_optimum_and_the_plan_not(seed):
    source = shaken_input(seed)
    exact = solve_problem(build_compact_week(source).problem, gap=0.0)
    outcome = solve_week(source, OPTIONS)
    if exact.status == "infeasible":
        assert not outcome.has_plan
    else:
        assert outcome.bound <= exact.objective + SMALL
        assert outcome.objective >= exact.objective - SMALL


def test_the_search_finds_the_optimum_of_the_tiny_kitchen():
    source = tiny_input()
    exact = solve_problem(build_compact_week(source).problem, gap=0.0)
    assert solve_week(source, OPTIONS).objective == pytest.approx(exact.objective, abs=SMALL)


@pytest.mark.parametrize("seed", range(4))
def test_search_and_model_give_a_week_the_same_points(seed):
    source = shaken_input(seed)
    outcome = solve_week(source, replace(OPTIONS, seed=seed))
    if outcome.has_plan:
        choices = [{column.index for column in day} for day in outcome.days]
        assert objective_of(source, choices) == pytest.approx(outcome.objective, abs=1e-5)
        assert sum(outcome.terms.values()) == pytest.approx(outcome.objective, abs=SMALL)


@pytest.mark.parametrize("seed", range(4))
def test_the_arrays_give_the_bound_that_the_written_model_gives(seed):
    source = shaken_input(seed)
    written = solve_problem(build_aggregated_week(source).problem)
    answer = solve_aggregate(source, read_arrays(build_average_day(source)))
    assert answer.bound == pytest.approx(written.objective, abs=SMALL)


def test_both_classes_of_days_have_the_same_rows_but_for_the_time_on_weekdays():
    model = build_aggregated_week(tiny_input())
    by_class = ({}, {})
    for row in model.problem.constraints():
        key = model.keys[row.name]
        if key.day and not key.rule.startswith("weekday"):
            terms = {v.name.replace(f".d{key.day}", ""): c for v, c in row.items()}
            by_class[key.day - 1][replace(key, day=0).name] = (terms, row.sense, row.constant)
    assert by_class[0] == by_class[1]


def test_the_same_seed_gives_the_same_week_and_row_order_does_not_matter():
    first = solve_week(tiny_input(), replace(OPTIONS, seed=3))
    again = solve_week(tiny_input(), replace(OPTIONS, seed=3))
    assert [[c.name for c in d] for d in first.days] == [[c.name for c in d] for d in again.days]
    assert first.objective == again.objective


def test_a_rule_between_days_keeps_them_apart():
    # chard pie no sooner than after two days: in two days once at most
    outcome = solve_week(tiny_input(), OPTIONS)
    pies = sum(c.candidate.candidate_id == "chard_pie" for day in outcome.days for c in day)
    assert pies <= 1


def test_a_weekday_has_no_time_for_what_takes_longer_and_the_weekend_has():
    # pudding takes 60 minutes; day 1 is a weekday, day 2 is not
    quick = replace(tiny_input(), wishes=replace(tiny_input().wishes, max_minutes_weekday=45))
    for seed in range(3):
        outcome = solve_week(quick, replace(OPTIONS, seed=seed))
        assert "pudding" not in {c.candidate.candidate_id for c in outcome.days[0]}
    free = replace(quick, wishes=replace(quick.wishes, max_minutes_weekday=None))
    assert solve_week(free, OPTIONS).bound <= outcome.bound + SMALL


def test_the_choice_of_a_closed_dish_is_called_broken():
    model = build_average_day(tiny_input())
    arrays = read_arrays(model)
    pudding = next(c.index for c in model.table.columns if c.candidate.candidate_id == "pudding")
    between = Between((), (), ())
    assert "weekday@1" in evaluate_week(arrays, between, ((pudding,), ())).broken
    assert "weekday@2" not in evaluate_week(arrays, between, ((), (pudding,))).broken


def test_tighter_targets_never_lower_the_bound():
    loose = solve_week(tiny_input(), OPTIONS)
    tighter = (*TARGETS[:2], band("magnesium_mg", 420), *TARGETS[3:])
    tight = solve_week(tiny_input(targets=tighter), OPTIONS)
    assert tight.bound is None or tight.bound >= loose.bound - SMALL


def test_a_plan_below_its_bound_is_a_fault_and_never_shown(monkeypatch):
    def too_good(week, found, steering):
        return replace(found, objective=week.answer.bound - 1.0)

    monkeypatch.setattr(compose, "_plain", too_good)
    with pytest.raises(SolverError, match="below its proven bound"):
        solve_week(tiny_input(), OPTIONS)


HUNGRY = (band("energy_kcal", 1200, 1600), band("magnesium_mg", 600))


def test_no_week_is_an_answer_with_the_rules_that_collide():
    # 600 mg magnesium do not fit into 1600 kcal here
    source = tiny_input(targets=HUNGRY)
    assert solve_week(source, OPTIONS).status == "infeasible"
    collide = {(one.key.subject, one.key.side) for one in find_conflict(source).rules}
    assert collide == {("energy_kcal", "max"), ("magnesium_mg", "min")}


def test_the_least_change_of_one_member_opens_a_way_and_a_little_less_does_not():
    hungry = tiny_input(targets=HUNGRY, conservative={})
    change = {one.key.subject: one.change for one in find_conflict(hungry).rules}
    for share, opens in ((1.001, True), (0.98, False)):
        lower = 600 - share * change["magnesium_mg"]
        easier = (band("energy_kcal", 1200, 1600), band("magnesium_mg", lower))
        model = build_aggregated_week(replace(hungry, targets=easier))
        assert solve_problem(model.problem).has_solution is opens


def test_a_week_that_exists_has_no_conflict():
    assert find_conflict(tiny_input()).rules == ()


def test_a_place_nobody_can_fill_is_said_before_solving():
    source = tiny_input()
    kept = tuple(c for c in source.candidates.candidates if c.candidate_id != "porridge")
    empty = replace(source, candidates=CandidateSet(kept, (), source.candidates.nutrients))
    outcome = solve_week(empty, OPTIONS)
    assert outcome.status == "infeasible"
    assert outcome.broken == ("place.breakfast.main",)


def test_the_work_of_a_round_does_not_depend_on_the_clock():
    cut = solve_week(tiny_input(), replace(OPTIONS, searches=40, time_limit_s=1e-9))
    assert cut.cut_by_clock
    assert not solve_week(tiny_input(), OPTIONS).cut_by_clock
