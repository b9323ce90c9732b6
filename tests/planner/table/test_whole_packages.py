"""A planned week takes a little more or less of some foods, so that less of packages is left."""

import json
from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.check.document import check_document
from planner.export.as_json import as_json
from planner.export.printed import as_text
from planner.pipeline import plan_meals
from planner.request.next_week import request_after
from planner.request.read import read_request, request_from_dict, write_request
from planner.table.kept import report_kept
from planner.table.prepare import prepare_table
from planner.table.replan import replan_table
from planner.table.session import seat_table
from planner.table.swap import choices_of, report_choices
from planner.wire.document import parse_plan_document

NOTE = "so that packages are used up"


@pytest.fixture(scope="module")
def planned():
    ages = (45, 55, 31, 65, 38)
    weeks = (plan_meals(request_from_dict({"profile": {"age": age}})) for age in ages)
    return next(one for one in weeks if one.request.week.amounts)


@pytest.fixture
def document(planned):
    return parse_plan_document(as_json(planned), "plan.json")


def faults(planned, amounts):
    """What the judge says of the plan, were these the amounts that its file states."""
    printed = json.loads(as_json(planned))
    printed["request"]["week"]["amounts"] = amounts
    document = parse_plan_document(json.dumps(printed), "plan.json")
    return check_document(document, read_embedded_foods()).as_one().faults


def as_recipes(request):
    return replace(request, week=replace(request.week, amounts={}))


def test_the_week_has_fewer_points_and_less_that_spoils_than_by_its_recipes(planned):
    session = seat_table(planned.plan, prepare_table(as_recipes(planned.request)))
    written = report_choices(session, choices_of(session))
    assert planned.request.week.amounts
    assert planned.passed
    assert planned.outcome.objective < written.outcome.objective
    lost, before = (sum(line.lost_usd for line in one.shopping.lines) for one in (planned, written))
    assert lost < before


def test_the_judge_finds_amounts_that_the_file_does_not_state(planned):
    amounts = {key: dict(own) for key, own in planned.request.week.amounts.items()}
    assert faults(planned, amounts) == ()
    dish_id, food_id = next((key, food) for key, own in amounts.items() for food in own)
    told = [one for one in faults(planned, {}) if "than the recipe" in one]
    assert any(food_id in one for one in told)
    amounts[dish_id][food_id] = round(2.0 - amounts[dish_id][food_id], 2)
    assert any(food_id in one for one in faults(planned, amounts))


def test_a_plan_says_that_amounts_differ_and_so_does_its_file(planned, document):
    assert NOTE in " ".join(as_text(planned).split())
    assert as_text(report_kept(document)) == as_text(planned)


def test_planning_again_from_the_plan_keeps_the_amounts(document, planned):
    again = replan_table(document, as_recipes(document.request))
    assert again.report.request.week.amounts == planned.request.week.amounts
    assert again.difference.table.changes == ()


def test_neither_a_request_file_nor_the_next_week_has_them(planned, tmp_path):
    path = tmp_path / "request.toml"
    path.write_text(write_request(planned.request), encoding="utf-8")
    assert not read_request(path).week.amounts
    assert not request_after(planned.request, None, "plan.json", None).week.amounts


def test_a_table_of_two_has_the_same_amounts(monkeypatch):
    # whatever points they have: this is about what both of them eat
    way = "planner.table.whole_packages._is_better"
    monkeypatch.setattr(way, lambda report, than: report.passed)
    women = ({"name": "Ann", "profile": {"age": age}} for age in (38, 55, 31))
    ben = {"name": "Ben", "profile": {"sex": "m", "age": 40}}
    weeks = (plan_meals(request_from_dict({"eaters": [ann, ben]})) for ann in women)
    report = next((one for one in weeks if one.request.week.amounts), None)
    assert report is not None
    assert report.passed
    document = parse_plan_document(as_json(report), "plan.json")
    assert check_document(document, read_embedded_foods()).passed
