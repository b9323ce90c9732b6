"""Doses are settled once for all days, food first, and the bound holds for every dose."""

from dataclasses import replace

import pytest

from planner.bound.solver import solve_problem
from planner.model.build import build_aggregated_week
from planner.model.input import Wishes
from planner.request.request import Weights
from planner.solve.supplements import hold_for_all_doses, settle_doses
from tests.kitchen import TARGETS, band, searched, tiny_input
from tests.one_eater import solve_week
from tests.planner.model.pills import CHOICE, LEVEL, TAKEN_PILL, input_with_pills

OPTIONS = searched(sweeps=200, rounds=4, hot=2.0)
PLAIN = {"wishes": Wishes(), "constrained": (), "conservative": {}}
# Nothing that food saves: a week is the better for the smaller dose alone.
DOSES_ALONE = PLAIN | {"weights": Weights(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)}
ENERGY = tuple(one for one in TARGETS if one.nutrient == "energy_kcal")


def asking_for(magnesium_mg):
    """Targets of the tiny kitchen with another floor of magnesium each day."""
    return (*ENERGY, LEVEL, band("magnesium_mg", magnesium_mg))


def chosen_doses(source):
    settled = settle_doses(source).source
    return [
        one.portion.servings * 100
        for candidate in settled.candidates.candidates
        if candidate.traits.kind == "supplement"
        for one in candidate.servings
    ]


def most_magnesium_mg():
    """Give the most magnesium that a day of the tiny kitchen can hold, to the next 5 mg."""
    for floor in range(1000, 300, -5):
        source = tiny_input(targets=asking_for(floor), **PLAIN)
        if solve_problem(build_aggregated_week(source).problem).has_solution:
            return floor
    raise AssertionError


MOST_MG = most_magnesium_mg()


@pytest.mark.parametrize(("missing_mg", "dose_mg"), [(60, 100), (120, 150), (180, 200)])
def test_the_smallest_dose_that_fills_the_gap_is_chosen(missing_mg, dose_mg):
    source = input_with_pills(CHOICE, targets=asking_for(MOST_MG + missing_mg), **DOSES_ALONE)
    assert chosen_doses(source) == [dose_mg]


def test_the_level_bounds_what_is_chosen_and_what_is_taken_together():
    # 200 mg are taken, the level is 250 mg: no dose is left, and food alone does not do
    taken = replace(TAKEN_PILL, servings=(CHOICE.servings[2],))
    targets = asking_for(MOST_MG + 250)
    source = input_with_pills(taken, CHOICE, targets=targets, **PLAIN)
    assert solve_week(settle_doses(source).source, OPTIONS).status == "infeasible"


def test_the_bound_is_that_of_free_doses():
    source = input_with_pills(CHOICE, targets=asking_for(MOST_MG + 60), **PLAIN)
    free = solve_problem(build_aggregated_week(source).problem).objective
    settled = settle_doses(source)
    assert settled.bound == pytest.approx(free)
    outcome = solve_week(settled.source, OPTIONS)
    held = hold_for_all_doses(outcome, settled.bound)
    assert held.bound == settled.bound <= outcome.bound
    assert hold_for_all_doses(outcome, None) is outcome
