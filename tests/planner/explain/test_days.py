from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from planner.explain.days import facts_sentence, notes_on_days
from planner.language.spoken import speaking
from planner.plan.plan import Day, DayFacts
from planner.request.request import WeekOptions
from tests.reports import make_report

THURSDAY = Day(4, date(2026, 11, 26), (), {}, None, 0.0, facts=DayFacts(is_holiday=True))
NOT_WEEKS = SimpleNamespace(weeks=())  # one week: nothing is said of how it was made
NAMED = "Thanksgiving Day: a holiday, with the time of a weekend."


@pytest.mark.parametrize(
    ("when", "shops", "says"),
    [
        (THURSDAY.date, "us", NAMED),
        (THURSDAY.date, "uk", "A holiday, with the time of a weekend."),
        (None, "us", "A holiday, with the time of a weekend."),
        (date(2027, 1, 6), "eu", NAMED.replace("Thanksgiving Day", "Epiphany")),  # of Bavaria
    ],
)
def test_a_holiday_is_called_by_its_name_where_one_shops(when, shops, says):
    assert facts_sentence(replace(THURSDAY, date=when), shops) == says


def test_a_holiday_is_told_in_german():
    told = speaking("de")(facts_sentence)(THURSDAY, "us")
    assert told == "Thanksgiving Day: ein Feiertag, mit der Zeit eines Wochenendes."


def notes(week, shops):
    """The notes on a week whose fourth day is Thanksgiving."""
    report = make_report(days=1)
    days = (Day(number, date(2026, 11, 22 + number), (), {}, None, 0.0) for number in range(1, 5))
    plan = replace(report.plan, days=tuple(days))
    return [one for one in notes_on_days(plan, week, NOT_WEEKS, shops) if "--holiday" in one]


def test_a_holiday_that_nobody_asked_for_is_named_with_its_flag():
    week = WeekOptions(days=4, start=date(2026, 11, 23))
    assert notes(week, "us") == [
        "Day 4 is Thanksgiving Day: --holiday us plans it as a day off, on which nobody shops."
    ]
    assert notes(week, "uk") == []
    assert notes(replace(week, holidays=(2,)), "us") == []
