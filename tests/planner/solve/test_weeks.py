"""Plans of more than a week: a menu that comes again, and the judge of each week."""

import json
from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.check.document import check_document
from planner.plan.weeks import cut_weeks
from planner.request.request import PlanRequest, WeekOptions
from planner.wire.document import parse_plan_document, read_plan_document
from tests import stored
from tests.one_eater import plan_meals
from tests.rows import rows

FOODS = read_embedded_foods()


@pytest.fixture(scope="module")
def cycle_path(planned_once):
    words = ("--days", 14, "--cycle", 7, "--start", "2026-12-07", "--skip", "2:lunch")
    return planned_once(*words, "--effort", "quick") / "plan.json"


def faults_in(raw):
    return check_document(parse_plan_document(json.dumps(raw), "plan.json"), FOODS).as_one().faults


def test_each_week_is_judged_alone():
    weekly = [one for one in stored.check("four_weeks").as_one().findings if one.period == "week"]
    found = [
        next(one.value for one in weekly if (one.nutrient, one.week) == ("magnesium_mg", week))
        for week in (1, 2, 3, 4)
    ]
    means = [one.means["magnesium_mg"] for one in cut_weeks(stored.plan("four_weeks"), FOODS)]
    assert found == pytest.approx(means)


@rows(__file__, "what_a_file_states_wrongly")
def test_what_a_file_states_wrongly_of_its_days_is_found(house_path, place, value, fault):
    path = stored.folder("four_weeks") / "plan.json" if place[0] == "weeks" else house_path
    raw = json.loads(path.read_text("utf-8"))
    part = raw
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = value
    assert any(fault in one for one in faults_in(raw))


def test_a_menu_comes_again_on_its_days_and_one_that_does_not_is_found(cycle_path):
    days = read_plan_document(cycle_path).plan.days
    menus = [[item.item_id for item in day.items()] for day in days]
    assert menus[:7] == menus[7:]
    assert "lunch" not in {meal.slot for meal in days[8].meals}
    raw = json.loads(cycle_path.read_text("utf-8"))
    assert faults_in(raw) == ()
    first, *others = (day["meals"][0] for day in raw["days"][8:])
    name = first["items"][0]["id"]
    other = next(one for one in others if one["items"][0]["id"] != name)
    first["items"], other["items"] = other["items"], first["items"]
    assert any("does not have the menu of day 2 again" in one for one in faults_in(raw))


def test_a_refusal_offers_the_meals_that_are_left_out():
    skip = ((1, "lunch"), (1, "dinner"), (1, "snack"))
    week = WeekOptions(days=1, skip=skip, not_eaten=skip)
    report = plan_meals(replace(PlanRequest(), week=week))
    assert report.plan is None
    assert [one.text for one in report.refusal.relaxations] == ["no meal left out on day 1"]
    assert all(one.is_tried for one in report.refusal.relaxations)
