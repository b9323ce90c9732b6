"""What an eater may choose from: mild dishes for a child, kinds of milk, free-from foods."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.cli.options import build_request
from planner.errors import ConfigError
from planner.export.people import wishes_text
from planner.meals.rules import read_meal_rules
from planner.model.build import build_average_day
from planner.model.weekdays import closed_on
from planner.request.eater import Eater
from planner.request.lay_over import lay_over
from planner.request.meal_phrases import read_cook_on
from planner.request.next_week import minutes_on, request_after
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.read import request_from_dict, request_to_dict
from planner.request.request import BODY_FIELDS, PlanRequest
from planner.table.prepare import prepare_table
from tests.one_eater import prepare_week

FOODS = read_embedded_foods()
DISHES = read_embedded_dishes()
HOT = {dish.dish_id for dish in DISHES if "spicy" in dish.tags}
NAMED = "jerk_chicken_rice_pigeon_peas"  # hot or nothing
MILD = "chili_con_carne_pinto_beans"
CHILD = Profile("f", 11, 144, 37)


def hot_dishes(profile, **wishes):
    request = PlanRequest(profile, preferences=Preferences(**wishes))
    candidates = prepare_week(request, FOODS, DISHES).source.candidates.candidates
    return {one.source_id for one in candidates if "spicy" in one.traits.tags}


def test_a_child_gets_no_hot_dish_and_who_is_old_enough_does():
    old_enough = read_meal_rules().rules["mild"]["below_y"]
    assert hot_dishes(CHILD) == set()
    assert hot_dishes(replace(CHILD, age_y=old_enough))


@pytest.mark.parametrize(
    "wishes", [{"like": {NAMED: 1}}, {"per_week": (FrequencyRule(NAMED, ">=", 1),)}]
)
def test_a_child_gets_the_hot_dish_that_was_asked_for_and_no_other(wishes):
    assert hot_dishes(CHILD, **wishes) == {NAMED}


def test_a_child_gets_a_hot_dish_made_mild_and_nobody_else_does():
    requests = {"child": PlanRequest(CHILD), "grown": PlanRequest(Profile("f", 12, 150, 42))}
    names = {
        who: {
            one.source_id: one.name
            for one in prepare_week(asked, FOODS, DISHES).source.candidates.candidates
        }
        for who, asked in requests.items()
    }
    assert names["child"][MILD] == "Chili con carne with pinto beans, mild"
    assert names["grown"][MILD] == "Chili con carne with pinto beans"
    assert not [name for name in names["grown"].values() if name.endswith(", mild")]


@pytest.mark.parametrize("word", ["lunchbox", "freezes", "one_pan"])
def test_a_wish_for_many_dishes_asks_for_no_hot_one_among_them(word):
    assert hot_dishes(CHILD, like={word: 2}) == set()
    assert hot_dishes(CHILD, per_week=(FrequencyRule(word, ">=", 1),)) == set()


def test_what_a_child_shares_is_mild_for_all_who_share_it():
    eaters = (Eater("Ann", Profile("f", 40, 168, 64)), Eater("Mia", CHILD))
    table = prepare_table(PlanRequest(assumed=BODY_FIELDS, eaters=eaters), FOODS, DISHES)
    ann = table.weeks["Ann"].source.candidates.candidates
    hot = [one for one in ann if "spicy" in one.traits.tags]
    assert hot
    assert not [one for one in hot if "dinner.main" in one.places]
    shared = {one.source_id: one for one in ann if "dinner.main" in one.places}
    assert {MILD} <= HOT & shared.keys()
    assert all(shared[one].name.endswith(", mild") for one in HOT & shared.keys())


def milks_drunk(**wishes):
    """Name → kinds of milk that an eater of a table may have."""
    eaters = tuple(
        Eater(name, Profile("f", 40, 168, 64), Preferences(**own)) for name, own in wishes.items()
    )
    table = prepare_table(PlanRequest(assumed=BODY_FIELDS, eaters=eaters), FOODS, DISHES)
    return {
        name: {
            one.source_id
            for one in own.source.candidates.candidates
            if not one.traits.is_dish and FOODS[one.source_id].group in ("milk", "plant_drink")
        }
        for name, own in table.alone.items()
    }


def test_a_table_whose_eaters_need_two_kinds_of_milk_has_these_two():
    found = milks_drunk(Ann={}, Ben={}, Eve={"diet": "vegan"})
    assert found["Ann"] == found["Ben"] == {"milk_lowfat"}
    assert found["Eve"] == {"soy_drink"}


FREE_FROM = {one.food_id for one in FOODS if "gluten_free_label" in one.flags}
TOAST = "gluten_free_toast_avocado"
BREADS = {TOAST, "gluten_free_toast_oregano_oil"}


def free_from_of(source):
    return {
        one.source_id
        for one in source.candidates.candidates
        for serving in one.servings
        if FREE_FROM & {food_id for food_id, _ in serving.portion.ingredients}
    }


def free_from(**wishes):
    """Give what an eater may have that holds a free-from food."""
    request = PlanRequest(Profile("f", 41), preferences=Preferences(**wishes))
    return free_from_of(prepare_week(request, FOODS, DISHES).source)


def test_nobody_who_leaves_nothing_out_has_a_free_from_food():
    assert {"bread_gluten_free_white", "corn_pasta_cooked", "tamari"} <= FREE_FROM
    assert free_from() == set()
    assert free_from(without=("nuts", "whole-wheat bread"), diet="vegan") == set()


@pytest.mark.parametrize("name", ["gluten", "wheat"])
def test_who_leaves_gluten_or_wheat_out_has_free_from_foods(name):
    found = free_from(without=(name,))
    assert {*BREADS, "spaghetti_lentil_bolognese"} <= found


def test_a_free_from_food_that_stands_for_another_one_stays():
    found = free_from(without=("whole-wheat pasta", "white pasta", "soy sauce"))
    assert {"spaghetti_lentil_bolognese", "teriyaki_chicken_edamame_rice"} <= found
    assert TOAST not in found


def test_free_from_foods_are_for_all_of_a_table_where_one_needs_them():
    ann = Eater("Ann", Profile("f", 41), Preferences(without=("gluten",)))
    bea = Eater("Bea", Profile("f", 35), Preferences())
    request = PlanRequest(ann.profile, eaters=(ann, bea))
    week = prepare_table(request, FOODS, DISHES).alone["Bea"]
    assert {TOAST, "spaghetti_lentil_bolognese"} <= free_from_of(week.source)


HOURS = {"snack": [10.0, "16:00"], "mon,3:dinner": "02:00", "dinner": 18.5}
ASKED = {"meals_at": HOURS, "days": 3}


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


def test_a_week_of_one_day_of_cooking_begins_with_it(monkeypatch):
    monkeypatch.setattr("planner.request.days.today", lambda: date(2026, 3, 4))  # a Wednesday
    assert build_request(cook_on=read_cook_on("sun")).week.start == date(2026, 3, 8)
    assert build_request(cook_on=read_cook_on("wed,fri")).week.start == date(2026, 3, 6)
    given = date(2026, 3, 9)
    assert build_request(cook_on=read_cook_on("sun"), start=given).week.start == given
