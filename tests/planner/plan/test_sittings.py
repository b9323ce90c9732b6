"""Snacks at several hours: what is eaten at which, and each held to the most of a meal."""

from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.check.judge import check_plan
from planner.cli.options import build_request
from planner.errors import ConfigError
from planner.plan.sittings import sittings
from planner.request.request import NAMELESS
from planner.targets.derive import targets_of
from tests.one_eater import plan_everybody

MOST_KCAL = 500


def test_each_of_several_snacks_keeps_to_the_energy_of_a_meal():
    habits = {"energy_a_meal_kcal": MOST_KCAL}
    request = build_request(sex="m", age=49, days=2, pattern="six_small_meals", habit=habits)
    report = plan_everybody(request)
    request = report.request
    held = [
        sum(item.nutrients["energy_kcal"] for item in sitting.meal.items)
        for day in report.plan.days
        for sitting in sittings(day, request.week)
    ]
    assert len(held) == 12
    assert max(held) <= MOST_KCAL
    together = max(
        sum(item.nutrients["energy_kcal"] for item in meal.items)
        for day in report.plan.days
        for meal in day.meals
    )
    assert together > MOST_KCAL  # the three snacks of a day, which are no one meal
    least = replace(request, habits={"energy_a_meal_kcal": int(max(held)) - 5})
    targets = report.reports[NAMELESS].targets.targets
    faults = check_plan(report.plan.days, targets, read_embedded_foods(), least).faults
    assert any("kcal of energy" in fault for fault in faults)


def test_meals_that_cannot_hold_the_energy_of_a_day_are_refused_at_once():
    asked = {"sex": "m", "age": 49, "habit": {"energy_a_meal_kcal": 350}}
    with pytest.raises(
        ConfigError, match="6 meals a day of at most 350 kcal are 2,100 kcal, and 2"
    ):
        targets_of(build_request(pattern="six_small_meals", **asked))
    with pytest.raises(ConfigError, match="4 meals a day of at most 350 kcal are 1,400 kcal"):
        targets_of(build_request(**asked))
