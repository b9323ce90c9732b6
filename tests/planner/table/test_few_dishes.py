"""Low FODMAP weeks: of who eats little or much, and of two of whom one is held to them."""

import pytest

from foods.embedded import read_embedded_foods
from foods.fodmap import NOT_LOW
from planner.check.document import check_document
from planner.cli.options import build_request
from planner.export.as_json import as_json
from planner.meals.served import starch_families
from planner.pipeline import plan_meals
from planner.request.read import request_from_dict
from planner.solve.options import edit_work
from planner.table.replan import replan_table
from planner.wire.document import parse_plan_document

FOODS = read_embedded_foods()
LOW = {"conditions": ["low fodmap"]}
ANN = {"name": "Ann", "profile": {"sex": "f", "age": 38} | LOW}
BEN = {"name": "Ben", "profile": {"sex": "m", "age": 40}}
FAMILIES = starch_families()


def high_in_fodmaps(plan):
    eaten = {food_id for day in plan.days for food_id, _ in day.ingredients()}
    return {food_id for food_id in eaten if NOT_LOW in FOODS[food_id].flags}


def starches(item):
    bases = (FOODS[food_id].base for food_id, _ in item.ingredients)
    return {FAMILIES[base] for base in bases if base in FAMILIES}


@pytest.mark.parametrize("person", [{"sex": "f", "age": 38}, {"sex": "m", "age": 41}])
def test_a_week_is_found_and_what_stands_beside_a_plate_is_more_of_its_starch(person):
    report = plan_meals(request_from_dict({"profile": person | LOW}))
    assert report.passed
    assert high_in_fodmaps(report.plan) == set()
    more = 0
    for meal in (meal for day in report.plan.days for meal in day.meals if meal.slot != "snack"):
        for one in (item for item in meal.items if item.kind == "food" and starches(item)):
            others = set().union(*(starches(item) for item in meal.items if item is not one))
            assert not others or starches(one) <= others, [item.name for item in meal.items]
            more += bool(others)
    assert more


def test_a_table_of_two_cooks_dinners_that_one_of_them_can_eat():
    report = plan_meals(build_request(eater=(ANN, BEN), days=4))
    assert report.passed
    document = parse_plan_document(as_json(report), "plan.json")
    assert check_document(document, FOODS).passed
    ann, ben = (one.plan for one in report.reports.values())
    assert high_in_fodmaps(ann) == set()
    assert high_in_fodmaps(ben)
    without = build_request(eater=(ANN, BEN), days=4, skip=((2, ""),))
    again = replan_table(document, without).report
    assert again.passed
    assert high_in_fodmaps(again.reports["Ann"].plan) == set()


def test_of_weeks_that_a_wish_allows_one_is_found_near_the_earlier_one(monkeypatch):
    person = {"profile": {"sex": "f", "age": 41} | LOW}
    document = parse_plan_document(as_json(plan_meals(request_from_dict(person))), "plan.json")
    away = build_request(sex="f", age=41, condition=("low fodmap",), skip=((4, "dinner"),))
    near = replan_table(document, away)
    monkeypatch.setattr("planner.table.replan.still_edit_work", edit_work)
    far = replan_table(document, away)
    assert near.report.passed
    assert len(near.difference.table.changes) < len(far.difference.table.changes)
