"""Days that miss meals: the search and the bound against exact optima of the tiny kitchen."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.bound.solver import solve_problem
from planner.model.arrays import read_arrays
from planner.model.build import build_average_day, build_compact_week
from planner.model.days import PRESENT, Absence
from planner.search.evaluate import Between, evaluate_week
from planner.solve.parts import build_week
from planner.targets.clinical import ClinicalRules
from tests.kitchen import band, searched, tiny_input
from tests.one_eater import solve_week

OPTIONS = searched(sweeps=150, rounds=4, hot=2.0)
SMALL = 1e-6  # float sums of some hundred terms
NO_DINNER, DINNER_OUT = Absence(("dinner",)), Absence(("dinner",), 0.6)
NO_SNACK, LUNCH_OUT = Absence(("snack",)), Absence(("lunch",), 0.7)
ABSENCES = (PRESENT, DINNER_OUT, NO_SNACK, LUNCH_OUT)


def away(*absences, **changes):
    """The tiny kitchen with bands that a day with a missing meal can meet."""
    bands = (
        band("energy_kcal", 1200, 2400, preferred_lower=1700, preferred_upper=2100),
        band("energy_kcal", 1400, 2300, period="week"),
        band("magnesium_mg", 250),
        band("calcium_mg", 800, period="week", hard=False),
        band("ca_mg_ratio", 0.7, 3.5, preferred_lower=1.2, preferred_upper=2.0),
    )
    wishes = replace(tiny_input().wishes, frequencies=(), budget_usd=None, min_days_between=())
    clinical = ClinicalRules(meal_upper=tiny_input().clinical.meal_upper)
    rules = tiny_input().rules
    upper = dict.fromkeys(rules.rules["components"]["upper"], 3)
    rules = replace(rules, rules={**rules.rules, "components": {"upper": upper, "usual": upper}})
    usual = {"targets": bands, "wishes": wishes, "clinical": clinical, "conservative": {}}
    kitchen = tiny_input().candidates
    often = [
        replace(one, traits=replace(one.traits, most_per_week=7)) for one in kitchen.candidates
    ]
    usual |= {"candidates": replace(kitchen, candidates=tuple(often))}
    usual |= {"rules": rules, "weekend": (False,) * (len(absences) - 1) + (True,)}
    return tiny_input(absences=tuple(absences), **(usual | changes))


@settings(max_examples=25)
@given(absences=st.lists(st.sampled_from(ABSENCES), min_size=2, max_size=3))
def test_the_bound_lies_below_the_optimum_and_the_week_not(absences):
    source = away(*absences)
    exact = solve_problem(build_compact_week(source).problem, gap=0.0)
    outcome = solve_week(source, OPTIONS)
    if exact.status == "infeasible":
        assert not outcome.has_plan
    else:
        assert outcome.bound <= exact.objective + SMALL
        assert outcome.objective >= exact.objective - SMALL


def test_a_meal_eaten_elsewhere_takes_its_share_of_the_bands_and_a_skipped_one_none():
    # at least 1200 kcal a day: 720 of them where 0.6 of the day is planned
    arrays = read_arrays(build_average_day(away(PRESENT, DINNER_OUT, NO_DINNER)))
    at = arrays.day.names.index("nutrient_day.energy_kcal.min.d1")
    assert arrays.limits[:, at].tolist() == pytest.approx([-1200, -720, -1200])
    mean = arrays.link.names.index("nutrient_week.energy_kcal.min")
    assert arrays.link.limits[mean] == pytest.approx(-1400 * 2.6)


def test_a_week_with_an_empty_place_or_a_meal_too_many_is_broken():
    parts = build_week(away(PRESENT, DINNER_OUT))
    outcome = solve_week(away(PRESENT, DINNER_OUT), OPTIONS)
    first, second = (tuple(column.index for column in day) for day in outcome.days)
    turned = evaluate_week(parts.arrays, Between(), (second, first))
    assert {"place.dinner.main@1", "weekday@2"} <= set(turned.broken)
