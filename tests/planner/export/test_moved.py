"""What a change did that no figure of a day says: how much of something is eaten now."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from planner.export.moved import change_texts
from planner.pipeline import plan_meals
from planner.request.request import PlanRequest, WeekOptions


def disliking(request, name):
    wanted = replace(request.preferences, dislike=MappingProxyType({name: 3}))
    return replace(request, preferences=wanted)


@pytest.fixture(scope="module")
def before():
    return plan_meals(PlanRequest(week=WeekOptions(days=1)))


@pytest.fixture(scope="module")
def after(before):
    return plan_meals(disliking(before.request, "fruit"))


def test_what_is_disliked_says_how_much_of_it_moved(before, after):
    fruit = {food.food_id for food in before.foods if food.group == "fruit"}
    old, new = (
        sum(g for item in one.plan.days[0].items() for food, g in item.ingredients if food in fruit)
        for one in (before, after)
    )
    (told,) = change_texts(before, after)
    assert old > new
    assert told == f"Of fruit, in dishes too: {old:,.0f} g → {new:,.0f} g in these days."
    assert list(change_texts(after, after)) == []
