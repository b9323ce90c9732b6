import pytest

from planner.request.read import request_from_dict
from planner.wire.document import parse_plan_document
from tests.one_eater import as_json, report_as_json
from tests.reports import make_refusal, make_report


def test_amounts_are_unrounded_and_unknown_ones_null():
    day = report_as_json(make_report())["days"][0]
    assert day["ca_mg_ratio"] == pytest.approx(678.3 / 377.5)
    assert day["totals"]["iron_mg"] is None
    assert day["supplement_totals"] == {}


def test_a_written_plan_reads_back_as_the_same_plan():
    report = make_report(sex="m", age=40)
    document = parse_plan_document(as_json(report), "plan.json")
    assert document.plan == report.plan
    assert document.request == report.request
    assert document.targets == report.targets.targets


def test_the_request_in_a_plan_can_be_run_again():
    report = make_report(diet="vegan", without=("peanut",))
    assert request_from_dict(report_as_json(report)["request"]) == report.request


def test_two_runs_differ_in_nothing_but_the_time_of_writing(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert as_json(make_report()) == as_json(make_report())
    assert '"created": "2023-11-14T22:13:20+00:00"' in as_json(make_report())


def test_all_that_is_printed_stands_in_the_json_too():
    plan = report_as_json(make_report())
    assert plan["candidates"] == {"considered": 312, "left_out": 40}
    assert plan["solver"]["gap"] == pytest.approx(0.25)  # (4 - 3) / 4
    assert plan["why"]["uncertain_magnesium_share"] == 0.05
    assert "A note." in plan["notes"]
    assert plan["warnings"] == [
        {"code": "kidney", "text": "Ask your clinic.", "source": "own rule"}
    ]


def test_no_plan_is_an_answer_with_conflict_and_relaxations():
    answer = report_as_json(make_refusal())
    assert answer["status"] == "infeasible"
    assert answer["best_effort"] is None
    assert answer["conflict"][0]["wish"] == "calcium"
    assert answer["relaxations"][0]["accept"] == '--target "calcium_mg>=900"'


def test_a_plan_that_fails_its_check_is_only_a_best_effort():
    answer = report_as_json(make_report(passed=False))
    assert "days" not in answer
    assert answer["best_effort"]["check"]["passed"] is False
    assert answer["conflict"] == [{"wish": "plan", "value": None, "text": "Day 1: no lunch."}]
