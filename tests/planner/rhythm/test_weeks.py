"""Whole weeks in a rhythm, judged by the check."""

import pytest

from planner.request.read import request_from_dict
from planner.rhythm.plan import plan_rhythm

PEOPLE = {
    "woman of 55": {"profile": {"sex": "f", "age": 55}},
}


@pytest.fixture(scope="module", params=PEOPLE)
def report(request):
    return plan_rhythm(request_from_dict(PEOPLE[request.param], "test"), "usual").alone


def test_the_judge_passes_the_week(report):
    assert report.check.faults == ()
    assert report.check.passed


def test_a_week_is_a_dozen_recipes(report):
    cooked = {
        item.item_id for day in report.plan.days for item in day.items() if item.kind == "dish"
    }
    assert 9 <= len(cooked) <= 18
