"""Wishes that the judge knows are kept where two days are planned again for another reason."""

import json
from dataclasses import replace

import pytest

from planner.export.as_json import as_json
from planner.pipeline import plan_meals
from planner.request.read import request_from_dict
from planner.table.replan import replan_table
from planner.wire.document import parse_plan_document
from tests.planner.check.test_forged import faults
from tests.planner.check.test_wishes import ALL, OWN, SWAPPED

WISHES = {
    **{key: wish for key, (wish, _) in {**OWN, **ALL}.items()},
    **{key: wish for key, (wish, *_) in SWAPPED.items()},
}
# One of each kind that two days can keep: tools, a diet, drinks, some days, energy, guests, an
# amount put, water, a box, a tag put, what is not eaten, an age.
KEPT = (
    "without stove", "vegan", "drinks", "hot food", "gain", "guests", "as_much", "water",
    "packed_cold", "lunchbox", "spicy", "child",
)  # fmt: skip
PARTS = ("profile", "preferences", "overrides", "water", "habits")


@pytest.mark.parametrize("key", KEPT)
def test_a_wish_is_kept_where_days_are_planned_again_for_another_reason(key):
    wish = WISHES[key]
    week = {"days": 2, **wish.get("week", {})}
    asked = request_from_dict({**wish, "week": week, "solve": {"time_limit_s": 0.001}})
    document = parse_plan_document(as_json(plan_meals(asked)), "plan.json")
    away = replace(document.request.week, skip=(*asked.week.skip, (1, "snack")))
    again = as_json(replan_table(document, replace(document.request, week=away)).report)
    assert faults(json.loads(again)) == ()
    now = parse_plan_document(again, "plan.json")
    assert [len(one.meals) for one in now.plan.days] == [3, 4]
    assert now.request.week == replace(asked.week, skip=away.skip)
    assert {one: getattr(now.request, one) for one in PARTS} == {
        one: getattr(asked, one) for one in PARTS
    }
