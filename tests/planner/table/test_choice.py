"""What an eater may choose from: mild dishes for a child, kinds of milk, free-from foods."""

from dataclasses import replace
from datetime import date

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.cli.options import build_request
from planner.errors import ConfigError
from planner.meals.rules import read_meal_rules
from planner.request.eater import Eater
from planner.request.lay_over import lay_over
from planner.request.meal_phrases import read_cook_on
from planner.request.next_week import minutes_on
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.read import request_to_dict
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
    return {candidate.source_id for candidate in candidates if "spicy" in candidate.traits.tags}


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
            candidate.source_id: candidate.name
            for candidate in prepare_week(asked, FOODS, DISHES).source.candidates.candidates
        }
        for who, asked in requests.items()
    }
    assert names["child"][MILD] == "Chili con carne with pinto beans, mild"
    assert names["grown"][MILD] == "Chili con carne with pinto beans"
    assert not [name for name in names["grown"].values() if name.endswith(", mild")]


def test_what_a_child_shares_is_mild_for_all_who_share_it():
    eaters = (Eater("Ann", Profile("f", 40, 168, 64)), Eater("Mia", CHILD))
    table = prepare_table(PlanRequest(assumed=BODY_FIELDS, eaters=eaters), FOODS, DISHES)
    ann = table.weeks["Ann"].source.candidates.candidates
    hot = [candidate for candidate in ann if "spicy" in candidate.traits.tags]
    assert hot
    assert not [candidate for candidate in hot if "dinner.main" in candidate.places]
    shared = {one.source_id: one for one in ann if "dinner.main" in one.places}
    assert {MILD} <= HOT & shared.keys()
    assert all(shared[dish_id].name.endswith(", mild") for dish_id in HOT & shared.keys())


FREE_FROM = {food.food_id for food in FOODS if "gluten_free_label" in food.flags}
TOAST = "gluten_free_toast_avocado"
BREADS = {TOAST, "gluten_free_toast_oregano_oil"}


def free_from_of(source):
    return {
        candidate.source_id
        for candidate in source.candidates.candidates
        for serving in candidate.servings
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


def test_a_week_of_one_day_of_cooking_begins_with_it(monkeypatch):
    monkeypatch.setattr("planner.request.days.today", lambda: date(2026, 3, 4))  # a Wednesday
    assert build_request(cook_on=read_cook_on("sun")).week.start == date(2026, 3, 8)
    assert build_request(cook_on=read_cook_on("wed,fri")).week.start == date(2026, 3, 6)
    given = date(2026, 3, 9)
    assert build_request(cook_on=read_cook_on("sun"), start=given).week.start == given
