"""Plans of more than a week, and days that miss meals, from the request to the judge."""

import json
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.errors import NotBuiltError
from planner.plan.weeks import cut_weeks
from planner.request.preferences import Preferences
from planner.request.request import SLOTS, PlanRequest, SolveOptions, WeekOptions
from planner.solve.options import table_work
from planner.solve.weeks import work_on_week
from planner.table.swap import rank_replacements as rank_for_table
from planner.wire.document import parse_plan_document
from planner.wire.swaps import swap_answer
from tests.one_eater import (
    apply_replacement,
    as_json,
    as_text,
    check_document,
    open_session,
    plan_alternatives,
    plan_meals,
    rank_replacements,
)

SKIP = ((3, "dinner"), (5, "breakfast"), (12, "lunch"), (12, "snack"))
WEEK = WeekOptions(days=14, skip=SKIP, not_eaten=((5, "breakfast"),), holidays=(2,))
WISHES = Preferences(min_days_between={"salmon": 4}, max_minutes_weekday=45)


def plan(**changes):
    return plan_meals(replace(PlanRequest(), **changes))


@pytest.fixture(scope="module")
def fortnight():
    return plan(week=WEEK, preferences=WISHES)


@pytest.fixture(scope="module")
def cycle():
    start = date(2026, 12, 7)  # a Monday; day 5 and its repeats are Fridays
    week = WeekOptions(days=21, start=start, cycle=7, holidays=(5, 12, 19), skip=((2, "lunch"),))
    return plan(week=week)


def served(report, day):
    return {meal.slot for meal in report.plan.days[day - 1].meals}


def test_a_fortnight_with_missed_meals_passes_its_check(fortnight):
    assert fortnight.check.passed
    assert len(fortnight.plan.days) == 14
    assert served(fortnight, 3) == {"breakfast", "lunch", "snack"}
    assert served(fortnight, 5) == {"lunch", "dinner", "snack"}
    assert served(fortnight, 12) == {"breakfast", "dinner"}


def test_bands_shrink_by_what_is_eaten_elsewhere_and_not_by_what_is_not_eaten(fortnight):
    energy = {
        one.day: one.lower
        for one in fortnight.check.findings
        if (one.nutrient, one.period) == ("energy_kcal", "day")
    }
    # middles of the pattern: breakfast 0.245, lunch 0.32, dinner 0.34, snack 0.145
    assert energy[3] / energy[1] == pytest.approx(0.71 / 1.05)
    assert energy[12] / energy[1] == pytest.approx(0.585 / 1.05)
    assert energy[5] == energy[1]


def test_ratios_keep_their_band_on_a_day_that_is_partly_eaten_elsewhere(fortnight):
    bands = {
        (one.lower, one.upper)
        for one in fortnight.check.findings
        if (one.nutrient, one.period) == ("ca_mg_ratio", "day")
    }
    assert len(bands) == 1


def test_each_week_is_judged_alone(fortnight):
    weekly = [one for one in fortnight.check.findings if one.period == "week"]
    assert {one.week for one in weekly} == {1, 2}
    first, second = (
        next(one for one in weekly if (one.nutrient, one.week) == ("magnesium_mg", week))
        for week in (1, 2)
    )
    means = [one.means["magnesium_mg"] for one in cut_weeks(fortnight.plan, fortnight.foods)]
    assert [first.value, second.value] == pytest.approx(means)


def test_a_later_week_leaves_the_dinners_of_the_earlier_one_for_later(fortnight):
    dinners = [
        [
            day.meals[-2].items[0].item_id
            for day in week.days
            if "dinner" in {m.slot for m in day.meals}
        ]
        for week in cut_weeks(fortnight.plan, fortnight.foods)
    ]
    assert len(set(dinners[0]) & set(dinners[1])) <= 2


def test_days_between_servings_hold_across_the_weeks(fortnight):
    days = [
        day.day
        for day in fortnight.plan.days
        for item in day.items()
        if any("salmon" in food_id for food_id, _ in item.ingredients)
    ]
    assert all(later - one >= 4 for one, later in pairwise(days))


def test_points_and_bounds_are_sums_over_the_weeks(fortnight):
    outcome = fortnight.outcome
    assert outcome.objective == pytest.approx(sum(one.objective for one in outcome.weeks))
    assert outcome.bound == pytest.approx(sum(one.bound for one in outcome.weeks))
    assert sum(outcome.terms.values()) == pytest.approx(outcome.objective)


def test_what_sets_days_apart_is_said_on_the_day_and_in_notes(fortnight):
    text = " ".join(as_text(fortnight).split())
    assert "Dinner is eaten out; the other meals cover 68 % of the day's targets." in text
    assert "Day 5: no breakfast; the other meals cover the day's targets." in text
    assert "A holiday, with the time of a weekend." in text
    assert "The week against its targets, mean a day Week 1 " in text


def test_the_file_of_a_fortnight_is_judged_by_its_request(fortnight):
    raw = json.loads(as_json(fortnight))
    assert [one["week"] for one in raw["weeks"]] == [1, 2]
    assert len(raw["solver"]["weeks"]) == 2
    assert raw["days"][2]["missed"] == [{"slot": "dinner", "eaten": "out"}]
    document = parse_plan_document(json.dumps(raw), "plan.json")
    assert check_document(document, fortnight.foods).passed


@pytest.mark.parametrize(
    ("place", "value", "fault"),
    [
        (("days", 2, "planned_share"), 0.3, "states that 0.3 of it is planned"),
        (("days", 2, "missed"), [], "states that it misses no meal"),
        (("weeks", 1, "cost"), 1.0, "Week 2: states a cost of 1.00"),
        (("weeks", 0, "last_day"), 6, "do not match its days in groups of seven"),
        (("request", "week", "skip"), [], "Day 3: no dinner"),
    ],
)
def test_what_a_file_states_wrongly_of_its_days_is_found(fortnight, place, value, fault):
    raw = json.loads(as_json(fortnight))
    part = raw
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = value
    result = check_document(parse_plan_document(json.dumps(raw), "plan.json"), fortnight.foods)
    assert not result.passed
    assert any(fault in one for one in result.faults)


def test_a_swap_in_the_second_week_changes_that_day_alone(fortnight):
    document = parse_plan_document(as_json(fortnight), "plan.json")
    session = open_session(document)
    # what is bound by the week's sums leaves some dinners without another
    every = (rank_replacements(session, day, "dinner") for day in (10, 11, 9, 8))
    found = next(one for one in every if one.offers)
    result = apply_replacement(session, found.offers[0])
    assert result.report.check.passed
    days = {change.day for change in result.difference.changes}
    assert found.day in days
    assert days <= set(range(found.day, found.day + 5))  # a second meal goes with it
    told = swap_answer(rank_for_table(session, found.day, "dinner")).json_values()["options"][0]
    changed = {found.day, *told["second_meals"], *(one["day"] for one in told["beside"])}
    assert days == changed
    assert result.before == pytest.approx(fortnight.outcome.objective)


def test_a_menu_comes_again_on_its_days(cycle):
    assert cycle.check.passed
    menus = [[item.item_id for item in day.items()] for day in cycle.plan.days]
    assert menus[:7] == menus[7:14] == menus[14:]
    assert "lunch" not in served(cycle, 16)
    assert [day.date.day for day in cycle.plan.days][-1] == 27


def test_a_holiday_of_one_round_alone_gives_no_time_and_that_is_said():
    week = WeekOptions(days=14, cycle=7, holidays=(10,), slots=("lunch", "dinner"))
    report = plan(week=week)
    assert not any(day.facts.is_holiday for day in report.plan.days)
    assert any(
        "Day 10 is a holiday, but it repeats the menu of day 3" in note for note in report.notes
    )


def test_a_menu_that_does_not_come_again_is_found(cycle):
    raw = json.loads(as_json(cycle))
    meals = raw["days"][8]["meals"]
    first = meals[0]["items"][0]["id"]
    others = (day["meals"][0] for day in raw["days"][9:])
    other = next(one for one in others if one["items"][0]["id"] != first)
    meals[0]["items"], other["items"] = other["items"], meals[0]["items"]
    result = check_document(parse_plan_document(json.dumps(raw), "plan.json"), cycle.foods)
    assert any("does not have the menu of day 2 again" in one for one in result.faults)


MEALS = st.sampled_from([(day, slot) for day in (1, 2, 3) for slot in SLOTS[:3]])


@settings(max_examples=3)
@given(meals=st.sets(MEALS, min_size=1, max_size=3), fasted=st.booleans())
def test_whatever_is_missed_a_plan_passes_its_check(meals, fasted):
    skip = tuple(sorted(meals))
    assume(all(sum(day == one for one, _ in skip) < 3 for day in (1, 2, 3)))
    report = plan(week=WeekOptions(days=3, skip=skip, not_eaten=skip[:1] if fasted else ()))
    assert report.plan is None or report.check.passed
    assert report.plan is not None or fasted  # a breakfast cannot carry every day


def test_a_refusal_offers_the_meals_that_are_left_out():
    skip = ((1, "lunch"), (1, "dinner"), (1, "snack"))
    report = plan(week=WeekOptions(days=1, skip=skip, not_eaten=skip))
    assert report.plan is None
    assert [one.text for one in report.refusal.relaxations] == ["no meal left out on day 1"]
    assert all(one.is_tried for one in report.refusal.relaxations)


def test_alternatives_of_a_fortnight_are_refused_clearly():
    with pytest.raises(NotBuiltError, match="more than 7 days"):
        plan_alternatives(replace(PlanRequest(), week=WeekOptions(days=14)), 2)


def test_after_an_interrupt_the_weeks_left_are_searched_once_and_for_no_gap():
    asked = table_work(SolveOptions(gap=0.02, time_limit_s=60.0), 1)
    assert work_on_week(asked, 2, 4, stopped=False) == replace(asked, time_limit_s=30.0)
    hurried = work_on_week(asked, 2, 4, stopped=True)
    assert (hurried.searches, hurried.gap) == (1, None)
