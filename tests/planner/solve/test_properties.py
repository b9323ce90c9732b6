"""What holds for every week, whatever the kitchen: bounds, order, and the independent check."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foods.embedded import read_embedded_foods
from foods.table import FoodTable
from planner.bound.lower_bound import solve_aggregate
from planner.bound.solver import solve_problem
from planner.candidates.candidate import CandidateSet
from planner.candidates.dish import read_embedded_dishes
from planner.errors import SolverError
from planner.model.build import build_compact_week
from planner.request.request import PlanRequest, WeekOptions
from planner.solve.parts import build_week, judge_week
from tests.bench.profiles import draw_request
from tests.kitchen import TARGETS, searched, tiny_candidates, tiny_input
from tests.one_eater import plan_meals, prepare_week, solve_week

OPTIONS = searched(sweeps=100, rounds=2, hot=2.0)
SMALL = 1e-6  # the solver's own tolerance on sums of some hundred terms
FEW = settings(max_examples=25)
WEEKS = ((False,), (True,), (False, True), (False, False, True))


@st.composite
def kitchens(draw):
    """The tiny kitchen for one to three days, its contents and prices changed by up to a third."""
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    known = tiny_candidates()

    def shaken(one):
        amounts = one.amounts * rng.uniform(0.75, 1.33, len(one.amounts))
        return replace(one, amounts=amounts, cost_usd=float(rng.uniform(0.3, 3.0)))

    found = tuple(
        replace(one, servings=tuple(map(shaken, one.servings))) for one in known.candidates
    )
    candidates = CandidateSet(found, (), known.nutrients)
    return tiny_input(weekend=draw(st.sampled_from(WEEKS)), candidates=candidates)


def bound_of(source):
    """Points that no week can go below; infinite where there is none."""
    answer = solve_aggregate(source, build_week(source).arrays)
    return float("inf") if answer.bound is None else answer.bound


def with_candidates(source, found):
    return replace(source, candidates=replace(source.candidates, candidates=tuple(found)))


def names(outcome):
    return [[column.name for column in day] for day in outcome.days]


# Bounds


@FEW
@given(source=kitchens(), at=st.integers(0, len(TARGETS) - 1), share=st.floats(0.0, 0.3))
def test_tightening_a_target_never_lowers_the_bound(source, at, share):
    target = source.targets[at]
    lower = target.lower * (1 + share)
    upper = None if target.upper is None else max(lower, target.upper * (1 - share))
    tight = list(source.targets)
    tight[at] = replace(target, lower=lower, upper=upper)
    assert bound_of(replace(source, targets=tuple(tight))) >= bound_of(source) - SMALL


@FEW
@given(source=kitchens(), budget_usd=st.floats(10.0, 70.0))
def test_less_money_never_lowers_the_bound(source, budget_usd):
    poorer = replace(source, wishes=replace(source.wishes, budget_usd=budget_usd))
    assert bound_of(poorer) >= bound_of(source) - SMALL


@FEW
@given(source=kitchens(), data=st.data())
def test_taking_a_choice_away_never_lowers_the_bound(source, data):
    # What is asked for “where the candidates have any” is asked for no more without the last of
    # them: the pie is the only dark green there is, and rice the only starch beside a stew at
    # dinner, so both stay, the pie with one portion and rice at both its meals.
    found = source.candidates.candidates
    last = {"chard_pie", "rice"}
    marks = data.draw(st.lists(st.booleans(), min_size=len(found), max_size=len(found)))
    fewer = [
        replace(one, servings=one.servings[:1]) if cut else one
        for one, cut in zip(found, marks, strict=True)
    ]
    shorter = [
        one
        if one.candidate_id in last
        else replace(one, places=one.places[: max(1, len(one.places) - cut)])
        for one, cut in zip(fewer, marks, strict=True)
    ]
    gone = data.draw(st.sampled_from([one for one in found if one.candidate_id not in last]))
    rest = [one for one in found if one is not gone]
    for some in (fewer, shorter, rest):
        assert bound_of(with_candidates(source, some)) >= bound_of(source) - SMALL


@FEW
@given(source=kitchens(), random=st.randoms(use_true_random=False))
def test_the_order_of_candidates_does_not_change_the_bound(source, random):
    shuffled = list(source.candidates.candidates)
    random.shuffle(shuffled)
    assert bound_of(with_candidates(source, shuffled)) == pytest.approx(bound_of(source), abs=SMALL)


@settings(max_examples=15)
@given(source=kitchens(), seed=st.integers(0, 99))
def test_every_bound_holds_for_the_exact_optimum_and_no_plan_is_better(source, seed):
    exact = solve_problem(build_compact_week(source).problem, gap=0.0)
    outcome = solve_week(source, replace(OPTIONS, seed=seed))
    if exact.status == "infeasible":
        assert not outcome.has_plan
    elif exact.bound == pytest.approx(exact.objective, abs=SMALL):
        assert outcome.bound <= exact.objective + SMALL
        assert not outcome.has_plan or outcome.objective >= exact.objective - SMALL


@FEW
@given(source=kitchens(), above=st.floats(1e-4, 50.0))
def test_a_plan_below_its_bound_is_never_given(source, above):
    parts, outcome = build_week(source), solve_week(source, OPTIONS)
    if outcome.has_plan:
        choices = tuple(tuple(column.index for column in day) for day in outcome.days)
        found = found_week(parts, choices)
        bound = (found.objective + above) / (1 - SMALL)
        with pytest.raises(SolverError, match="below its proven bound"):
            judge_week(replace(outcome, bound=bound), parts, found)


def found_week(parts, choices):
    from planner.search.evaluate import evaluate_week

    return evaluate_week(parts.arrays, parts.between, choices)


# Full size


TWO_DAYS = PlanRequest(week=WeekOptions(days=2))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_foods_and_dishes_changes_neither_bound_nor_plan(seed):
    plain = plan_meals(TWO_DAYS).outcome
    foods, dishes = read_embedded_foods(), list(read_embedded_dishes())
    items = list(foods.foods.items())
    Random(seed).shuffle(items)
    Random(seed).shuffle(dishes)
    table = FoodTable(dict(items), foods.version, foods.sha256)
    mixed = plan_meals(TWO_DAYS, table, dishes).outcome
    assert (mixed.bound, mixed.objective) == (plain.bound, plain.objective)
    assert names(mixed) == names(plain)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_every_plan_of_random_people_passes_the_check(number):
    request = replace(draw_request(77, number), week=WeekOptions(days=2))
    report = plan_meals(request)
    assert report.outcome.status in ("optimal", "feasible", "infeasible", "no_plan_in_time")
    if report.plan is not None:
        assert report.check.passed, [one for one in report.check.findings if not one.holds]
        assert report.outcome.objective >= report.outcome.bound - SMALL


@pytest.mark.parametrize(
    ("nutrient", "lower"), [("magnesium_mg", 380.0), ("fibre_g", 35.0), ("iron_mg", 22.0)]
)
def test_a_real_bound_never_falls_when_a_target_is_tightened(nutrient, lower):
    from planner.request.override import TargetOverride

    plain = bound_of(prepare_week(TWO_DAYS).source)
    asked = replace(TWO_DAYS, overrides=(TargetOverride(nutrient, lower, None, hard=True),))
    assert bound_of(prepare_week(asked).source) >= plain - SMALL
