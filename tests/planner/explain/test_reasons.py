"""What a plan says of itself: what stays short."""

from dataclasses import replace

from planner.check.judge import CheckResult, Finding
from planner.explain.reasons import explain_plan
from planner.language.spoken import spoken
from tests.reports import FOODS, make_plan, make_report

SHORT = Finding("vitamin_d_ug", "week", None, 9.0, 15.0, None, False, 1.0, False, "total", 1)


def told(days, *findings):
    report = make_report(days)
    check = CheckResult(True, findings, ())
    return [*map(spoken, explain_plan(make_plan(days), check, report.targets, FOODS, {}, ()).short)]


def test_what_several_weeks_lack_is_said_once_as_it_is_in_the_worst():
    less, enough = replace(SHORT, week=2, value=6.0), replace(SHORT, week=3, holds=True, value=16.0)
    (line,) = told(21, SHORT, less, enough)
    assert line.startswith("Weeks 1, 2, most of all 2: Vitamin D: 6 µg a day from food, 40 % of 15")
    assert "none was found" in line


def test_one_week_of_several_is_named_and_a_single_one_is_not():
    (line,) = told(14, replace(SHORT, week=2))
    assert line.startswith("Week 2: Vitamin D: 9 µg")
    (line,) = told(7, SHORT)
    assert line.startswith("Vitamin D: 9 µg")


def test_what_is_above_an_advised_amount_is_said_once_too():
    much = Finding("sodium_mg", "week", None, 2400.0, None, 2300.0, False, 1.0, False, "total", 1)
    (line,) = told(14, replace(much, value=2350.0), replace(much, week=2))
    assert line.startswith("Weeks 1, 2, most of all 2: Sodium: 2,400 mg a day, above the advised")
