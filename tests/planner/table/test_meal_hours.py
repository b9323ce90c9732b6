"""Hours and minutes of meals hold in a plan for two, in the check and in replan."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from foods.embedded import read_embedded_foods
from planner.check.document import check_document
from planner.cli.options import build_request
from planner.errors import CandidatesError, ConfigError
from planner.export.as_json import as_json
from planner.export.menu import menus
from planner.export.wishes import wishes_text
from planner.model.build import build_average_day
from planner.model.weekdays import closed_on
from planner.pipeline import plan_meals
from planner.plan.shares import own_plan
from planner.plan.sittings import sittings
from planner.request.lay_over import lay_over
from planner.request.meal_hours import read_cook_on, read_meal_hours, read_minutes_on
from planner.request.next_week import request_after
from planner.request.preferences import Preferences
from planner.request.put import read_put
from planner.request.read import request_from_dict, request_to_dict
from planner.request.since import minutes_on
from planner.table.prepare import prepare_table
from planner.table.replan import replan_table
from planner.wire.document import parse_plan_document
from tests.papers import document_of
from tests.reports import make_plan

FOODS = read_embedded_foods()
ANN = {"name": "Ann", "profile": {"sex": "f", "age": 40}}
TOM = {"name": "Tom", "profile": {"sex": "m", "age": 44}}
HOURS = {"snack": [10.0, "16:00"], "mon,3:dinner": "02:00", "dinner": 18.5}
ASKED = {"meals_at": HOURS, "days": 3}


@pytest.fixture(scope="module")
def report():
    asked = build_request(eater=(ANN, TOM), days=3, max_minutes_on=(("tue:dinner", 20),))
    hours = request_from_dict({"week": ASKED}).week.meals_at
    return plan_meals(replace(asked, week=replace(asked.week, meals_at=hours)))


def dinner(plan, day):
    return next(meal for meal in plan.days[day - 1].meals if meal.slot == "dinner")


def test_everybody_has_two_snacks_a_quick_dinner_and_at_night_what_travels(report):
    boxes = {dish.dish_id for dish in next(iter(report.reports.values())).dishes
             if "lunchbox" in dish.tags}  # fmt: skip
    for name in ("Ann", "Tom"):
        plan = own_plan(report.plan, name)
        for day in plan.days:
            at = [one.said for one in sittings(day, report.request.week) if one.said]
            assert at == ["10:00", "16:00", "18:30" if day.day == 2 else "02:00"], name
        assert {dinner(plan, day).items[0].item_id for day in (1, 3)} <= boxes
    assert dinner(report.plan, 2).minutes <= 20
    assert check_document(parse_plan_document(as_json(report), "plan.json"), FOODS).passed


@pytest.mark.parametrize(
    ("part", "asked", "fault"),
    [
        ("preferences", {"max_minutes_on": {"3:dinner": 1}}, "the request allows 1."),
        ("week", {"meals_at": {f"snack {n}": float(n) for n in (7, 8, 9)}}, "fewer snacks"),
    ],
)
def test_a_forged_plan_is_found(report, part, asked, fault):
    document = parse_plan_document(as_json(report), "plan.json")
    other = replace(getattr(document.request, part), **asked)
    forged = replace(document, request=replace(document.request, **{part: other}))
    found = check_document(forged, FOODS)
    assert any(fault in one for one in found.as_one().faults)


def test_replan_keeps_minutes_that_are_asked_for_later(report):
    document = parse_plan_document(as_json(report), "plan.json")
    wanted = replace(document.request.preferences, max_minutes_on={"1,2:dinner": 20})
    week = replace(document.request.week, meals_at={})
    asked = replace(document.request, preferences=wanted, week=week)
    again = replan_table(document, asked).report
    assert again.passed
    assert max(dinner(again.plan, day).minutes for day in (1, 2)) <= 20


def test_minutes_that_nothing_keeps_are_told():
    asked = build_request(days=2, max_minutes_on=(("1:dinner", 3),))
    with pytest.raises(CandidatesError, match="no dinner can be made"):
        plan_meals(asked)


def test_days_of_cooking_leave_little_time_on_all_others():
    rest = "every day but sun+wed"
    nothing = {f"{rest}:breakfast": 10, f"{rest}:lunch": 0, f"{rest}:dinner": 0}
    assert read_cook_on("sun and wed") == nothing
    for text, message in (("mon-sun", "is every day"), ("2026-03-02", "weekday")):
        with pytest.raises(ConfigError, match=message):
            read_cook_on(text)
    monday, on = date(2026, 3, 2), (("mon:dinner", 5),)
    asked = build_request(cook_on=read_cook_on("sun"), max_minutes_on=on, start=monday)
    assert asked.preferences.max_minutes_on["every day but sun:lunch"] == 0
    told = {"breakfast": 10, "lunch": 0, "dinner": 0}
    assert minutes_on(asked.preferences, asked.week, 1) == told
    assert minutes_on(asked.preferences, asked.week, 7) == {}
    again = lay_over(request_to_dict(asked), {"cook_on": read_cook_on("mon")})
    later = Preferences(max_minutes_on=again["preferences"]["max_minutes_on"])
    assert minutes_on(later, asked.week, 1) == {"dinner": 5}


def test_a_second_meal_of_a_long_dinner_is_warmed_up_in_time():
    (own,) = prepare_table(build_request(days=2, max_minutes_on=(("2:dinner", 20),))).weeks.values()
    table = build_average_day(own.source).table
    closed = closed_on(table, own.source, own.source.day_kinds[1], np.zeros(len(table)))
    long = {one.dish_id for one in own.dishes if one.minutes > 20 and "dinner" in one.slots}
    dinners = [one for one in table.columns if one.place == "dinner.main"]
    dinners = [one for one in dinners if one.candidate.source_id in long]
    anew = {one.candidate.traits.is_leftover: set[float]() for one in dinners}
    for one in dinners:
        anew[one.candidate.traits.is_leftover].add(float(closed[one.index]))
    assert anew == {False: {1.0}, True: {0.0}}


def test_hours_and_minutes_are_said_and_those_of_weekdays_go_on():
    minutes = {"max_minutes_on": {"tue,thu:dinner": 20}}
    request = request_from_dict({"week": ASKED, "preferences": minutes})
    assert request_from_dict(request_to_dict(request)) == request
    said = wishes_text(request)
    assert "snack at 10:00; snack at 16:00; dinner on mon, 3 at 02:00; dinner at 18:30" in said
    assert "dinner on tue, thu in at most 20 minutes" in said
    after = request_after(request, None, "plan.json", None)
    assert after.week.meals_at == {"snack": 10.0, "snack 2": 16.0, "dinner": 18.5}
    assert after.preferences.max_minutes_on == {"tue,thu:dinner": 20}


def test_hours_stand_at_the_meals_of_a_menu():
    week = document_of(make_plan(2))
    hours = {"dinner": 18.5, "1:lunch": 13.0, "snack": 10.0, "snack 2": 16.0}
    at = replace(week.request.week, meals_at=hours)
    timed = replace(week, request=replace(week.request, week=at))
    (menu,) = menus(timed, week.table.book)
    assert menu.meals == ("Breakfast", "Lunch", "Dinner 18:30", "Snack 10:00, 16:00")
    first, second = ([meal[0].name for meal in day.meals] for day in menu.days)
    assert first[1].startswith("13:00 ")
    assert not second[1].startswith("1")
    assert first[3].startswith("10:00 ")
    (fridge,) = menus(timed, week.table.book, with_hours=True)
    assert (fridge.meals[0], fridge.days[1].meals[1][0].name[:6]) == ("Breakfast 08:00", "12:30 ")


def test_a_week_of_one_day_of_cooking_begins_with_it(monkeypatch):
    monkeypatch.setattr("planner.request.days.today", lambda: date(2026, 3, 4))  # a Wednesday
    assert build_request(cook_on=read_cook_on("sun")).week.start == date(2026, 3, 8)
    assert build_request(cook_on=read_cook_on("wed,fri")).week.start == date(2026, 3, 6)
    given = date(2026, 3, 9)
    assert build_request(cook_on=read_cook_on("sun"), start=given).week.start == given


def test_nothing_is_cooked_beside_what_is_put_as_not_cooked():
    asked = build_request(days=1, put=(read_put("1:lunch=no cook"), read_put("1:dinner=no cook")))
    report = plan_meals(asked)
    cold = {one.dish_id for one in report.dishes if "no_cook" in one.tags}
    (day,) = report.plan.days
    eaten = [one for meal in day.meals if meal.slot in ("lunch", "dinner") for one in meal.items]
    assert {one.item_id for one in eaten if one.kind == "dish"} <= cold
    raw = json.loads(as_json(report))
    (_, *meals) = raw["days"][0]["meals"]
    item = next(meal for meal in meals if meal["slot"] == "dinner")["items"][0]
    text = json.dumps(raw).replace(item["id"], "chicken_vegetable_noodle_soup")
    found = check_document(parse_plan_document(text, "plan.json"), FOODS).as_one().faults
    assert any("is cooked, where the request puts no cook." in one for one in found)


def test_all_meals_of_a_day_have_so_many_minutes_for_the_whole_table():
    eaters = [
        {"name": name, "profile": {"sex": sex, "age": 40}} for name, sex in (("A", "f"), ("B", "m"))
    ]
    asked = request_from_dict(
        {
            "week": {"days": 2, "start": "2026-03-07"},  # Saturday
            "preferences": {"max_minutes_on": dict([read_minutes_on("sun-fri:day=30")])},
            "eaters": eaters,
        }
    )
    plan = plan_meals(asked).plan
    saturday, sunday = (sum(meal.minutes for meal in day.meals) for day in plan.days)
    assert sunday <= 30 < saturday
    with pytest.raises(ConfigError, match="names no"):
        read_meal_hours("day=18:30")
