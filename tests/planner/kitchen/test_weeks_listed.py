"""The list of several weeks is the lists of its weeks, one after another."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from foods.embedded import read_embedded_foods
from planner.document.terminal import as_plain
from planner.export.list_parts import shop_day_text
from planner.export.shopping import list_told
from planner.kitchen.counter import IN_BAGS
from planner.kitchen.errand import Errand
from planner.kitchen.openings import FROZEN, LEFT, package_hints, track_packages
from planner.kitchen.pantry import Pantry
from planner.kitchen.shopping import list_shopping
from planner.plan.plan import Plan
from tests.plates import day

FOODS = read_embedded_foods()
DAYS = 28
MEALS = {
    "milk_lowfat": range(1, DAYS + 1),
    "mandarin": range(2, DAYS + 1, 3),
    "bacon_raw": (6, 26),
    "tofu_firm": (3, 24),
    "bread_whole_wheat": (2, 5, 9, 20),
    "rolled_oats": (1, 9, 17, 25),
    "spinach_raw": (3, 7, 14, 21),
}
MASSES_G = {"milk_lowfat": 260.0, "bacon_raw": 30.0, "spinach_raw": 120.0, "dill_fresh": 4.0}


def plan_of(meals, days=DAYS, first=None):
    """A plan of lunches of some foods on their days."""
    own = [
        day(n, FOODS, lunch={name: MASSES_G.get(name, 80.0) for name in meals if n in meals[name]})
        for n in range(1, days + 1)
    ]
    if first is not None:
        own = [replace(one, date=first + timedelta(days=one.day - 1)) for one in own]
    return Plan(tuple(own), {}, {}, None, 0.0, 0)


def listed(plan, **said):
    return list_shopping(plan, FOODS, Errand(pantry=Pantry(), **said))


def bought(shopping):
    """What is bought before which day, and for which days a bag of it is frozen then."""
    return [
        (shopping.trips[one.trip - 1], one.food_id, one.buy, one.price_usd, one.freeze, one.late)
        for one in shopping.lines
        if not one.is_pantry
    ]


@pytest.mark.parametrize("boxes", [None, 0, 4])
def test_four_weeks_buy_and_freeze_what_each_of_them_does(boxes):
    plan = plan_of(MEALS)
    whole = listed(plan, boxes=boxes)
    weeks = [listed(plan, boxes=boxes, days=range(n, n + 7)) for n in range(1, DAYS, 7)]
    assert bought(whole) == [one for week in weeks for one in bought(week)]
    assert whole.total_usd == pytest.approx(sum(week.total_usd for week in weeks))
    assert not any(line.late for line in whole.lines)
    milk = [line.packages for line in whole.lines if line.food_id == "milk_lowfat"]
    assert len(milk) == DAYS / 7
    assert not any(line.is_pantry for line in whole.lines)  # what an earlier week bought


def test_what_keeps_is_listed_where_it_is_bought_for_all_its_days():
    (line,) = listed(plan_of({"rolled_oats": MEALS["rolled_oats"]})).lines
    assert (line.trip, [use.day for use in line.uses]) == (1, [1, 9, 17, 25])


def test_it_says_that_one_shops_each_week():
    whole = listed(plan_of(MEALS))
    told = "Shop before days 1, 8, 15, 22, each time for a week. Before days "
    assert shop_day_text(whole).startswith(told)
    assert told in " ".join(as_plain(list_told(whole)).split())
    dated = listed(plan_of(MEALS, 14, date(2031, 3, 3)))
    assert shop_day_text(dated).startswith("Shop on Sunday 2 March 2031, Sunday 9 March 2031, each")
    assert "each time" not in shop_day_text(listed(plan_of(MEALS), trips=1))
    assert "each time" not in shop_day_text(listed(plan_of(MEALS, 7)))


def test_what_is_divided_into_bags_on_the_day_of_shopping_is_not_frozen_again():
    plan = plan_of({"bacon_raw": MEALS["bacon_raw"]})
    shopping = listed(plan)
    (line,) = shopping.lines
    assert (line.freeze, line.left.where, line.left.how) == ((26,), "freezer", IN_BAGS)
    opened = track_packages(plan, FOODS, Errand(pantry=Pantry()))
    kinds = [(one.day, one.kind) for one in package_hints(opened, shopping.lines)]
    assert kinds == [(26, FROZEN)]
    assert (6, LEFT) in [(one.day, one.kind) for one in package_hints(opened)]
    once = listed(plan_of({"bacon_raw": (6,)}))
    assert once.lines[0].left.how != IN_BAGS  # no bag of it was made


def test_a_herb_is_used_fresh_within_the_days_it_keeps_and_frozen_for_later():
    plan = plan_of({"dill_fresh": (22, 27)})
    opened = track_packages(plan, FOODS, Errand(pantry=Pantry()))
    hints = [(one.day, one.kind) for one in package_hints(opened, listed(plan).lines)]
    assert hints == [(22, LEFT), (27, FROZEN)]
    near = track_packages(plan_of({"dill_fresh": (22, 25)}), FOODS, Errand(pantry=Pantry()))
    assert FROZEN not in [one.kind for one in package_hints(near)]


def test_a_second_trip_that_is_made_anyway_buys_fresh_what_the_first_would_freeze():
    meals = {"chicken_breast_raw": (1, 6), "spinach_raw": (1, 7)}
    shopping = listed(plan_of(meals, 7))
    found = {
        (one.food_id, shopping.trips[one.trip - 1]): ([use.day for use in one.uses], one.freeze)
        for one in shopping.lines
    }
    second = shopping.trips[1]
    assert found["spinach_raw", second][0] == [7]
    assert found["chicken_breast_raw", 1] == ([1], ())
    assert found["chicken_breast_raw", second] == ([6], ())
    alone = listed(plan_of({"chicken_breast_raw": (1, 6)}, 7))  # nobody goes for that alone
    assert [(one.trip, one.freeze) for one in alone.lines] == [(1, (6,))]


def test_of_several_sizes_more_is_bought_where_it_costs_less():
    (milk,) = listed(plan_of({"milk_lowfat": range(1, 6)}, 7)).lines
    assert milk.buy == "2 cartons of 1 quart"  # three pints hold enough, for $3.90
    assert milk.price_usd < 2.5


def test_a_herb_of_the_first_shop_is_frozen_after_the_days_it_keeps_whenever_it_is_cut():
    plan = plan_of({"dill_fresh": (3, 5)}, 7)
    (herb,) = track_packages(plan, FOODS, Errand(pantry=Pantry()), None, (1, 5))
    by_day = {one.day: one for one in herb.days}
    assert by_day[3].until == 4  # bought on the evening before day 1, good for four days
    assert by_day[5].is_frozen
    assert [(one.day, one.kind) for one in package_hints([herb])] == [(3, LEFT), (5, FROZEN)]


def test_spinach_of_the_first_shop_is_not_eaten_after_the_days_it_keeps():
    shopping = listed(plan_of({"spinach_raw": (3, 5)}, 7))
    bought = [(one.trip, [use.day for use in one.uses], one.packages) for one in shopping.lines]
    assert bought == [(1, [3], 1), (2, [5], 1)]
    near = listed(plan_of({"spinach_raw": (2, 4)}, 7))
    assert [(one.trip, one.packages) for one in near.lines] == [(1, 1)]
    halves = listed(plan_of({"avocado": (4, 5)}, 7))  # what is cut waits a day
    assert sum(one.packages for one in halves.lines) <= 2
