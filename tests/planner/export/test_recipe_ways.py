"""An appliance's own way stands below the steps; what a day and the list leave is the same."""

from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.equipment import appliance_of
from planner.kitchen.bought import share_in_words
from planner.kitchen.errand import errand_for
from planner.kitchen.openings import LEFT, package_hints, track_packages
from planner.plan.plan import Plan
from tests.documents import golden_week
from tests.planner.export.test_recipe_text import book_of, entry
from tests.plates import day, item

FOODS = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
FRIED = next(one for one in DISHES.values() if "air_fryer" in one.tags)


def test_the_own_way_of_an_appliance_is_no_step_and_is_told_where_there_may_be_one():
    parts = {line.food_id: line.mass_g for line in FRIED.ingredients}
    days = (day(1, FOODS, dinner=item(FRIED.dish_id, parts)),)
    book = book_of(Plan(days, {}, {}, None, 0.0, 1))
    told = entry(book, days[0])
    assert [one[:16] for one in told.ways] == ["In an air fryer:"]
    assert not any(map(appliance_of, told.steps))
    assert not entry(replace(book, absent=frozenset({"air fryer"})), days[0]).ways


@pytest.mark.parametrize("name", ["woman_55", "man_25_very_active"])
def test_what_a_day_leaves_last_is_what_the_list_says_is_left(name):
    week = golden_week(name=name).table
    errand = errand_for(week.request, week.dishes, week.foods)
    hints = package_hints(track_packages(week.plan, week.foods, errand, week.batch))
    lines = {line.food_id: line for line in week.shopping.lines}
    told = [(hint, lines[hint.food_id]) for hint in hints if hint.kind == LEFT]
    last = [(hint, line) for hint, line in told if hint.day >= max(u.day for u in line.uses)]
    assert last
    for hint, line in last:
        assert share_in_words(hint.share, hint.package) == line.left.words


