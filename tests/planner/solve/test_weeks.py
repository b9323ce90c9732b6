"""Two eaters over more than a week: days that miss meals, a cycle, and the judge of it all."""

import json
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

from planner import pipeline
from planner.check.document import check_document
from planner.errors import ConfigError
from planner.export.as_json import as_json
from planner.export.printed import as_text
from planner.export.week import ToldWeek
from planner.kitchen.shopping import list_shopping
from planner.plan.weeks import cut_weeks
from planner.request.eater import Eater, Guests
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.read import request_from_dict, request_to_dict
from planner.request.request import BODY_FIELDS, PlanRequest, WeekOptions
from planner.solve.together import beside_of
from planner.wire.document import parse_plan_document
from tests.told import headings, week_of

ANN = Eater("Ann", Profile("f", 40, 168, 64, "active"), Preferences(min_days_between={"salmon": 4}))
TOM = Eater("Tom", Profile("m", 10, 140, 33, "active"))
SKIP = ((3, "dinner"), (9, "snack"))  # what little a snack has, other meals can carry as well
WEEK = WeekOptions(
    days=9,
    skip=SKIP,
    not_eaten=((9, "snack"),),
    holidays=(2,),
    guests=(Guests(8, "dinner", 2),),
)


@pytest.fixture(scope="module")
def report():
    return pipeline.plan_meals(PlanRequest(assumed=BODY_FIELDS, eaters=(ANN, TOM), week=WEEK))


@pytest.fixture(scope="module")
def raw(report):
    return json.loads(as_json(report))


def judged(raw, foods):
    return check_document(parse_plan_document(json.dumps(raw), "plan.json"), foods)


def test_nine_days_of_two_eaters_pass_each_eaters_own_check(report, raw):
    assert report.passed
    assert len(report.plan.days) == 9
    result = judged(raw, report.foods)
    assert result.passed, result
    weeks = {one.week for one in result.eaters["Tom"].findings if one.period == "week"}
    assert weeks == {1, 2}


def test_the_plan_file_keeps_its_schema_and_has_each_eaters_weeks(raw):
    text = files("configs").joinpath("schemas", "plan-1.schema.json").read_text(encoding="utf-8")
    Draft202012Validator(json.loads(text)).validate(raw)
    assert [one["week"] for one in raw["eaters"][1]["weeks"]] == [1, 2]


def test_points_and_bounds_are_sums_over_eaters_and_weeks(report, raw):
    own = [week for one in report.reports.values() for week in one.outcome.weeks]
    assert len(own) == 4
    further = sum(beside_of(report.outcome).values())
    assert report.outcome.objective == pytest.approx(sum(one.objective for one in own) + further)
    assert report.outcome.bound == pytest.approx(sum(one.bound for one in own))
    of_all = [one["objective"] for one in raw["solver"]["weeks"]]
    assert sum(of_all) == pytest.approx(report.outcome.objective)
    assert of_all[1] >= own[1].objective + own[3].objective


def test_the_main_dish_of_every_dinner_is_shared_in_every_week(report):
    for day in report.plan.days:
        mains = [meal.items[0] for meal in day.meals if meal.slot == "dinner"]
        assert len(mains) == (day.day != 3)
        assert all([one.eater for one in main.shares] == ["Ann", "Tom"] for main in mains)


def test_a_later_week_leaves_all_but_one_of_the_earlier_ones_dinners_for_later(report):
    first, second = (
        {meal.items[0].item_id for day in week.days for meal in day.meals if meal.slot == "dinner"}
        for week in cut_weeks(report.plan, report.foods)
    )
    assert (
        len(first & second) <= 1
    )  # it costs points, and a quick dinner on a workday is worth them


def test_what_sets_days_apart_stands_on_the_day_and_guests_come_in_week_two(report):
    text = " ".join(as_text(report).split())
    assert "Dinner is eaten out; the other meals cover 68 % of the day's targets." in text
    assert "(+" in text
    assert "guests)" in text  # a narrow column may break the line between
    (targets,) = ToldWeek(week_of(report)).told("targets")
    assert headings([targets])[1:] == ["Ann", "Week 1", "Week 2", "Tom", "Week 1", "Week 2"]


def test_one_list_buys_for_both_weeks(report):
    weeks = [list_shopping(week, report.foods) for week in cut_weeks(report.plan, report.foods)]
    whole = list_shopping(report.plan, report.foods)
    for food_id in {line.food_id for line in whole.lines}:
        in_all, of_weeks = (
            sum(line.need_g for one in lists for line in one.lines if line.food_id == food_id)
            for lists in ([whole], weeks)
        )
        assert in_all == pytest.approx(of_weeks, abs=0.2)


@pytest.mark.parametrize(
    ("place", "value", "fault"),
    [
        (("weeks", 1, "cost"), 1.0, "Week 2: states a cost of 1.00"),
        (("weeks", 0, "last_day"), 6, "do not match its days in groups of seven"),
        (("weeks", 0, "totals", "magnesium_mg"), 5.0, "Week 1: states magnesium_mg 5"),
        (("days", 2, "missed"), [], "states that it misses no meal"),
    ],
)
def test_what_a_file_states_wrongly_of_its_weeks_is_found(report, raw, place, value, fault):
    changed = json.loads(json.dumps(raw))
    part = changed
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = value
    result = judged(changed, report.foods)
    assert not result.passed
    assert any(fault in one for one in result.faults)


def test_a_menu_comes_again_for_everybody():
    week = WeekOptions(days=14, cycle=7)
    report = pipeline.plan_meals(
        PlanRequest(assumed=BODY_FIELDS, eaters=(Eater("Ann", ANN.profile), TOM), week=week)
    )
    menus = [[item.item_id for item in day.items()] for day in report.plan.days]
    assert menus[:7] == menus[7:]
    assert judged(json.loads(as_json(report)), report.foods).passed


def test_days_between_of_one_eater_are_not_kept_over_a_cycle_of_a_week():
    table = request_to_dict(
        PlanRequest(assumed=BODY_FIELDS, eaters=(ANN, TOM), week=WeekOptions(days=14, cycle=7))
    )
    with pytest.raises(ConfigError, match="days between servings are not kept"):
        request_from_dict(table)


def test_the_week_without_a_plan_is_named_for_the_eater_in_whose_way_it_is():
    # with 13 % of the day's energy a snack alone cannot carry the whole day
    skip = tuple((8, slot) for slot in ("breakfast", "lunch", "dinner"))
    week = WeekOptions(days=8, skip=skip, not_eaten=skip)
    report = pipeline.plan_meals(
        PlanRequest(assumed=BODY_FIELDS, eaters=(Eater("Ann", ANN.profile), TOM), week=week)
    )
    assert report.plan is None
    said = [own.refusal.conflict[0][2] for own in report.reports.values()]
    assert said
    assert all(text == "Week 2 of 2 has no plan; week 1 has a plan" for text in said)
