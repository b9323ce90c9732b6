"""Who cooks double has the dinner of the evening before at lunch, as far as the rules allow."""

from dataclasses import replace

import pytest

from planner import pipeline
from planner.candidates.at_hand import foods_at_hand
from planner.check.document import check_document
from planner.errors import ConfigError
from planner.export.as_json import as_json
from planner.export.printed import as_text
from planner.request.habits import read_habit
from planner.request.read import request_from_dict
from planner.wire.document import parse_plan_document

ASKED = {
    "profile": {"sex": "f", "age": 37},
    "preferences": {"lunch": "leftovers"},
    "week": {"days": 3, "start": "2026-03-02"},
}


@pytest.fixture(scope="module")
def report():
    request = request_from_dict({"schema": "magplan/request/1", **ASKED}, "request.toml")
    return pipeline.plan_meals(request)


def second_lunches(plan):
    """Give (day, item) of the lunches that were cooked before."""
    meals = [(day.day, meal) for day in plan.days for meal in day.meals if meal.slot == "lunch"]
    return [(day, one) for day, meal in meals for one in meal.items if one.leftover_of]


def judged(document):
    return check_document(document, foods_at_hand(document.request)).as_one()


def test_lunch_is_the_dinner_of_the_evening_before_and_is_named_so(report):
    assert report.passed
    lunches = second_lunches(report.plan)
    assert lunches
    assert all(one.leftover_of == day - 1 for day, one in lunches)
    assert f"on {len(lunches)} of 3 workdays" in " ".join(report.alone.unmet)
    assert "(from" in as_text(report)


def test_the_judge_finds_a_lunch_of_an_earlier_evening(report):
    document = parse_plan_document(as_json(report), "plan.json")
    assert judged(document).passed
    day, item = second_lunches(document.plan)[-1]
    older = replace(item, leftover_of=day - 2)
    days = [
        replace(one, meals=tuple(
            replace(meal, items=tuple(older if it is item else it for it in meal.items))
            for meal in one.meals
        ))
        for one in document.plan.days
    ]  # fmt: skip
    forged = replace(document, plan=replace(document.plan, days=tuple(days)))
    assert any("not on the evening before" in fault for fault in judged(forged).faults)


def test_who_asks_for_a_least_number_of_second_meals_is_told_the_flag():
    with pytest.raises(ConfigError, match="--lunch leftovers"):
        read_habit("second_meals_a_week>=5")
