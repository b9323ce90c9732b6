"""Who cooks on one day of the week has of its dinner for days: what may be frozen, for all week."""

from dataclasses import replace

import pytest

from planner import pipeline
from planner.candidates.at_hand import foods_at_hand
from planner.check.document import check_document
from planner.export.as_json import as_json
from planner.export.printed import as_text
from planner.kitchen.batch import FREEZER, FRIDGE
from planner.request.meal_hours import cooks_ahead, read_cook_on
from planner.request.read import request_from_dict
from planner.wire.document import parse_plan_document

ASKED = {
    "profile": {"sex": "m", "age": 33, "height_cm": 180, "weight_kg": 80},
    "preferences": {"max_minutes_on": read_cook_on("sun")},
    "week": {"start": "2026-11-29"},
}


@pytest.fixture(scope="module")
def report():
    return pipeline.plan_meals(request_from_dict(ASKED))


def judged(document):
    return check_document(document, foods_at_hand(document.request)).as_one()


def again(plan):
    return [
        (day.day, meal.slot, item)
        for day in plan.days
        for meal in day.meals
        for item in meal.items
        if item.leftover_of == 1 and meal.slot in ("lunch", "dinner")
    ]


def test_little_time_at_lunch_and_dinner_of_a_day_means_cooked_ahead():
    assert cooks_ahead(read_cook_on("sun,wed"))
    assert not cooks_ahead({"tue:dinner": 15})
    assert not cooks_ahead({"tue:dinner": 15, "tue:lunch": 45})


def test_sundays_dinner_is_for_days_and_what_keeps_less_long_is_frozen(report):
    assert report.passed
    meals = again(report.plan)
    assert len(meals) > 1
    dishes = {one.dish_id: one for one in report.dishes}
    stores = {label.eat_on: label.store for label in report.batch.labels if label.eat_on}
    for day, slot, item in meals:
        keeps = dishes[item.item_id].keeps_days
        assert stores[day, slot] == (FRIDGE if day - 1 <= keeps else FREEZER)
    told = " ".join(as_text(report).split())
    assert f"{len(meals)} are only warmed up; the others are cold. Freeze at once" in told
    day, slot, _item = meals[-1]
    assert f"{slot} of day {day}" in told


def test_on_other_days_nothing_is_cooked(report):
    dishes = {one.dish_id: one for one in report.dishes}
    made = [
        dishes[item.item_id].tags
        for day in report.plan.days[1:]
        for meal in day.meals
        for item in meal.items
        if meal.slot in ("lunch", "dinner") and item.item_id in dishes and not item.leftover_of
    ]
    assert made
    assert all("no_cook" in tags for tags in made)
    assert len({item.item_id for _day, _slot, item in again(report.plan)}) == 2  # two pots
    assert all(
        meal.minutes <= 10
        for day in report.plan.days[1:]
        for meal in day.meals
        if meal.slot == "breakfast"
    )


def test_the_judge_knows_what_may_be_frozen_and_for_how_long(report):
    document = parse_plan_document(as_json(report), "plan.json")
    assert judged(document).passed
    day, _slot, item = again(document.plan)[-1]
    late = replace(item, leftover_of=day - 8)
    days = [
        replace(one, meals=tuple(
            replace(meal, items=tuple(late if it is item else it for it in meal.items))
            for meal in one.meals
        ))
        for one in document.plan.days
    ]  # fmt: skip
    broken = replace(document, plan=replace(document.plan, days=tuple(days)))
    assert any("keeps" in fault for fault in judged(broken).faults)
