"""A breakfast that keeps is made once and eaten until it is gone."""

import pytest

from planner.plan.locks import LockWish
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.request import PlanRequest
from planner.wire.document import parse_plan_document
from tests.one_eater import as_json, as_text, plan_meals, replan_meals

OATS, KEEPS = "strawberry_overnight_oats", 2  # days, as its file says
CUT_MIN = 2  # for the strawberries that go on top, configs/meals/second_meal.toml


@pytest.fixture(scope="module")
def report():
    rule = FrequencyRule("strawberry overnight oats", ">=", 4)
    return plan_meals(PlanRequest(preferences=Preferences(per_week=(rule,))))


def eaten(plan):
    return [(day.day, item) for day in plan.days for item in day.items() if item.item_id == OATS]


def test_what_was_made_within_its_days_is_not_made_again(report):
    assert report.check.passed
    made, meals = None, eaten(report.plan)
    assert len(meals) == 4
    for day, item in meals:
        if made is not None and day - made <= KEEPS:
            assert item.leftover_of == made
            assert item.active_minutes == CUT_MIN
        else:
            assert item.leftover_of is None
            assert item.active_minutes > 0
            made = day
    assert sum(item.leftover_of is not None for _, item in meals) >= 1  # four in seven days


def test_it_is_printed_as_made_before_and_the_first_meal_says_for_how_many(report):
    text = " ".join(as_text(report).split())
    day, item = next(one for one in eaten(report.plan) if one[1].leftover_of is not None)
    before = item.leftover_of - 1  # it is made on the evening before its first breakfast
    made = f"made on day {before}" if before else "before, from the refrigerator"  # in a column
    assert item.name in text
    assert made in text
    assert f"breakfast of day {day}" in text


def test_a_plan_that_is_read_back_keeps_it_where_it_was(report):
    document = parse_plan_document(as_json(report), "plan.json")
    result = replan_meals(document, document.request, [LockWish(day) for day in range(1, 8)])
    assert result.report.check.passed
    assert result.difference.changes == ()


def test_a_box_says_how_long_it_keeps_from_the_evening_on_which_it_was_made(report):
    boxes = [one for one in report.batch.labels if one.dish_id == OATS]
    assert boxes
    for one in boxes:
        assert (one.keeps, one.unit) == (KEEPS + 1, "days")
        assert one.eat_on[0] - one.cooked_day <= one.keeps
