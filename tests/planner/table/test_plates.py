"""Weeks by the pattern of plates: a main dish with what it is served with, and nothing beside."""

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.portions import MILK_GROUPS
from planner.meals.served import NEVER, served_ways
from planner.request.profile import Profile
from planner.request.request import PlanRequest, WeekOptions
from tests.one_eater import plan_meals

FOODS = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
PEOPLE = [Profile(age_y=47), Profile("m", 9, 133, 29), Profile("m", 33, 190, 88, "active")]


@pytest.fixture(scope="module", params=PEOPLE, ids=["woman", "boy", "large man"])
def plan(request):
    found = plan_meals(PlanRequest(request.param, week=WeekOptions(days=4, pattern="plates")))
    assert found.check.passed, found.check.faults
    return found.plan


def meals(plan):
    return [meal for day in plan.days for meal in day.meals if meal.slot in ("lunch", "dinner")]


def starch(item):
    if item.kind == "dish":
        return DISHES[item.item_id].starch != "none"
    return "starch" in FOODS[item.item_id].roles


def test_a_meal_has_one_starch_at_most(plan):
    assert all(sum(map(starch, meal.items)) <= 1 for meal in meals(plan))


def test_beside_a_main_dish_stands_only_what_it_is_served_with(plan):
    for meal in meals(plan):
        main, *rest = meal.items
        way = served_ways()[DISHES[main.item_id].served]
        sides = [DISHES[one.item_id] for one in rest if one.kind == "dish"]
        if way.vegetable == NEVER:
            assert not [one for one in sides if one.role in ("vegetable", "salad")]
        if way.needs_starch:
            assert any(map(starch, rest))
        if not way.starch:
            assert not any(map(starch, rest))


def test_one_kind_of_milk_is_drunk_and_none_at_lunch_or_dinner(plan):
    glasses = [
        (meal.slot, one.item_id)
        for day in plan.days
        for meal in day.meals
        for one in meal.items
        if one.kind == "food" and FOODS[one.item_id].group in MILK_GROUPS
    ]
    assert len({food for _, food in glasses}) <= 1
    assert not {slot for slot, _ in glasses} & {"lunch", "dinner"}
