"""A whole day eaten elsewhere: planned for nobody at the table, judged, and planned again."""

from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.check.days import DaysAsked, day_faults
from planner.check.document import check_document
from planner.cli.options import build_request
from planner.errors import ConfigError
from planner.export.as_json import as_json
from planner.pipeline import plan_meals
from planner.request.day_words import NamedDay, find_day
from planner.request.joining import OUT
from planner.request.meal_phrases import read_meal_of_day, read_start
from planner.table.replan import replan_table
from planner.wire.document import parse_plan_document

ANN = {"name": "Ann", "profile": {"sex": "f", "age": 40}, "preferences": {"drinks": {"coffee": 2}}}
TOM = {"name": "Tom", "profile": {"sex": "m", "age": 44}}
DAY = (NamedDay(2, said="wed"), "")


@pytest.fixture(scope="module")
def document():
    request = build_request(eater=(ANN, TOM), days=3, skip=(DAY,))
    return parse_plan_document(as_json(plan_meals(request)), "plan.json")


def test_a_whole_day_is_eaten_elsewhere_whatever_was_said():
    for flag in ("skip", "eat_out"):
        week = build_request(**{flag: (DAY,)}).week
        assert week.skip == tuple((3, slot) for slot in week.slots)
        assert not week.not_eaten


def test_nothing_is_planned_of_that_day_for_anybody(document):
    assert [len(day.meals) > 0 for day in document.plan.days] == [True, True, False]
    assert check_document(document, read_embedded_foods()).passed


def test_the_judge_finds_a_meal_put_onto_it(document):
    first, second, third = document.plan.days
    forged = (first, second, replace(third, meals=first.meals))
    asked = DaysAsked.of(document.request.week)
    told = " ".join(map(str, day_faults(forged, asked)))
    assert "Day 3: dinner, which the request does not ask for." in told
    assert list(day_faults(document.plan.days, asked)) == []


def test_it_can_be_planned_again_and_stays_away(document):
    week = document.request.week
    more = (*week.skip, (2, "snack"))
    again = replan_table(document, replace(document.request, week=replace(week, skip=more)))
    assert again.report.passed
    assert [len(day.meals) > 0 for day in again.report.plan.days] == [True, True, False]


@pytest.mark.parametrize("more", [{"water": "tap"}, {"allow_supplements": True}])
def test_what_is_taken_beside_meals_has_no_place_on_it(more):
    with pytest.raises(ConfigError, match=r"day 3 is wholly eaten elsewhere.*plan one meal"):
        build_request(skip=(DAY,), **more)


def test_every_meal_of_a_kind_can_be_left_out():
    for text in ("every breakfast", "Every day: breakfast", "every breakfasts"):
        word, slot = read_meal_of_day(text)
        week = build_request(skip=((word, slot),), days=3).week
        assert week.not_eaten == ((1, "breakfast"), (2, "breakfast"), (3, "breakfast"))
    assert OUT not in read_meal_of_day("wed")


def test_days_are_counted_and_the_next_one_is_not_today(monkeypatch):
    monday = read_start("2026-11-30")
    monkeypatch.setattr("planner.request.meal_phrases.today", lambda: monday)
    assert read_start("mon") == monday
    assert (read_start("next mon") - monday).days == 7
    skip = ((find_day("second fri"), "dinner"),)
    assert build_request(skip=skip, days=14).week.skip == ((12, "dinner"),)
    with pytest.raises(ConfigError, match="second fri"):
        build_request(skip=skip, days=7)
