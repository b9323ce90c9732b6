"""Search and bound against exact optima of instances small enough to solve."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.bound.lower_bound import solve_aggregate
from planner.bound.solver import solve_problem
from planner.candidates.candidate import CandidateSet
from planner.errors import SolverError
from planner.model.arrays import read_arrays
from planner.model.build import build_aggregated_week, build_average_day, build_compact_week
from planner.solve import compose
from planner.solve.parts import build_week
from tests.kitchen import TARGETS, band, searched, tiny_candidates, tiny_input
from tests.one_eater import solve_week

OPTIONS = searched(sweeps=200, rounds=6, hot=2.0)
SMALL = 1e-6  # float sums of some hundred terms


def shaken_input(seed: int, weekend=(False, False, True)):
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
    return tiny_input(weekend=weekend, candidates=candidates)


def objective_of(source, choices) -> float:
    """Fix the chosen columns in the compact model and let the solver price the rest."""
    model = build_compact_week(source)
    for plate, chosen in zip(model.plates, choices, strict=True):
        for index, variable in enumerate(plate.variables):
            variable.lowBound = variable.upBound = float(index in chosen)
    answer = solve_problem(model.problem, gap=0.0)
    assert answer.has_solution
    return answer.objective


@pytest.mark.parametrize("seed", range(4))
def test_the_bound_lies_below_the_optimum_and_the_plan_not(seed):
    source = shaken_input(seed)
    exact = solve_problem(build_compact_week(source).problem, gap=0.0)
    outcome = solve_week(source, OPTIONS)
    if exact.status == "infeasible":
        assert not outcome.has_plan
    else:
        assert outcome.bound <= exact.objective + SMALL
        assert outcome.objective >= exact.objective - SMALL


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


def test_a_plan_below_its_bound_is_a_fault_and_never_shown(monkeypatch):
    def too_good(week, found, steering):
        return replace(found, objective=week.answer.bound - 1.0)

    monkeypatch.setattr(compose, "_plain", too_good)
    with pytest.raises(SolverError, match="below its proven bound"):
        solve_week(tiny_input(), OPTIONS)


HUNGRY = (band("energy_kcal", 1200, 1600), band("magnesium_mg", 600))


def test_no_week_is_an_answer():
    # 600 mg magnesium do not fit into 1600 kcal here
    source = tiny_input(targets=HUNGRY)
    assert solve_week(source, OPTIONS).status == "infeasible"


FEW = settings(max_examples=25)
WEEKS = ((False,), (True,), (False, True), (False, False, True))


@st.composite
def kitchens(draw):
    """The tiny kitchen for one to three days, its contents and prices changed by up to a third."""
    return shaken_input(draw(st.integers(0, 10_000)), draw(st.sampled_from(WEEKS)))


def bound_of(source):
    """Points that no week can go below; infinite where there is none."""
    answer = solve_aggregate(source, build_week(source).arrays)
    return float("inf") if answer.bound is None else answer.bound


@FEW
@given(source=kitchens(), at=st.integers(0, len(TARGETS) - 1), share=st.floats(0.0, 0.3))
def test_tightening_a_target_never_lowers_the_bound(source, at, share):
    target = source.targets[at]
    lower = target.lower * (1 + share)
    upper = None if target.upper is None else max(lower, target.upper * (1 - share))
    tight = list(source.targets)
    tight[at] = replace(target, lower=lower, upper=upper)
    assert bound_of(replace(source, targets=tuple(tight))) >= bound_of(source) - SMALL
