"""A breakfast that keeps is made once and eaten until it is gone."""

import pytest

from planner.candidates.dish import read_embedded_dishes
from tests import stored

KEEPS = {dish.dish_id: dish.keeps_days for dish in read_embedded_dishes()}
CUT_MIN = 3  # for what is cut to go on top


def breakfasts(plan):
    return [
        (day.day, item)
        for day in plan.days
        for meal in day.meals
        if meal.slot == "breakfast"
        for item in meal.items
        if item.kind == "dish"
    ]


@pytest.mark.parametrize("name", ["insulin", "south_asian_woman_45", "man_25_very_active"])
def test_what_was_made_within_its_days_is_not_made_again(name):
    meals, made, again = breakfasts(stored.plan(name)), {}, 0
    kept = {item.item_id for _, item in meals if item.leftover_of}
    for day, item in (meal for meal in meals if meal[1].item_id in kept):
        first = made.get(item.item_id)
        if first is not None and day - first <= KEEPS[item.item_id]:
            assert item.leftover_of == first
            assert item.active_minutes <= CUT_MIN
            again += 1
        else:
            assert item.leftover_of is None
            made[item.item_id] = day
    assert again
