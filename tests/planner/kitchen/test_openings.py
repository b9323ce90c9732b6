"""Cans of 400 g that keep 3 days once opened (``opened.csv``); rests of lentils are frozen."""

from dataclasses import replace

import numpy as np
import pytest

from foods.food import Measure
from foods.openings import PARTS, in_parts
from planner.kitchen.batch import BatchPlan, Cooking
from planner.kitchen.errand import Errand
from planner.kitchen.openings import package_hints, track_packages
from planner.kitchen.pantry import Pantry
from planner.kitchen.sold import parse_packages
from planner.kitchen.till import enough_for_g
from planner.model.packages import parts_left
from planner.plan.plan import GuestShare, Plan
from tests.plates import day, food, item, table

BEANS, LENTILS = (
    replace(food(name, group=group), aisle="canned_dry_beans", measures=(Measure("can", 400.0),))
    for name, group in (("beans", "vegetables"), ("lentils", "legumes"))
)
WARM = replace(food("beans_warm"), bought_as="beans", bought_g_per_100g=125.0)
DRIED = replace(food("beans_dry"), aisle="canned_dry_beans")
CANS = "beans,can,400 g,400\nlentils,can,400 g,400\n"
SHOP = parse_packages(f"food_id,pack,label,size_g\n{CANS}", "by hand")
FOODS = table(BEANS, LENTILS, WARM, DRIED, food("tap_water", group="water"))


def plan_of(*dinners):
    """A plan of dinners: masses of beans [g], or what is on the table."""
    days = [
        day(number, FOODS, dinner={"beans": one} if isinstance(one, (int, float)) else one)
        for number, one in enumerate(dinners, start=1)
    ]
    return Plan(tuple(days), {}, {}, None, 0.0, 0)


def tracked(plan, people=1, batch=None):
    errand = Errand(own=SHOP, pantry=Pantry(), people=people)
    return track_packages(plan, FOODS, errand, batch)


def opened(*dinners, **options):
    """Cans opened on each day."""
    (one,) = tracked(plan_of(*dinners), **options)
    return [row.opened for row in one.days]


def told(*dinners):
    """(day, kind, day of opening, last good day, share) of every hint."""
    hints = package_hints(tracked(plan_of(*dinners)))
    return [
        (one.day, one.kind, one.opened_day, one.good_until_day, round(one.share, 3))
        for one in hints
    ]


@pytest.mark.parametrize(
    ("dinners", "cans"),
    [
        ((200, 0, 0, 200), [1, 0, 0, 0]),  # good on day 4, its last day
        ((200, 0, 0, 0, 200), [1, 0, 0, 0, 1]),  # past on day 5
        ((200, 400, 0, 240), [1, 1, 0, 0]),  # day 2 ends one can and opens the one of day 4
        ((920,), [3]),
        ((200, 220), [1, 0]),  # a can is enough for 400 / 0.95 = 421 g: nobody opens another
        ((200, 240), [1, 1]),
    ],
)
def test_cans_are_counted_as_they_are_opened(dinners, cans):
    assert opened(*dinners) == cans


def test_the_last_day_of_one_week_and_the_first_of_the_next_share_a_can():
    assert opened(0, 0, 0, 0, 0, 0, 200, 200) == [0, 0, 0, 0, 0, 0, 1, 0]


def test_a_second_meal_takes_its_beans_on_the_day_that_it_is_cooked():
    again = replace(item("stew", {"beans": 200.0}), leftover_of=1)
    # day 1 cooks 400 g, a whole can; eaten on their own days the 200 g of day 5 would open another
    assert opened(item("stew", {"beans": 200.0}), 0, 0, 0, again) == [1, 0, 0, 0, 0]


def test_everybody_guests_and_the_freezer_use_the_same_cans():
    guests = GuestShare(2, 2.0, (("beans", 200.0),))
    stew = replace(item("stew", {"beans": 100.0}), guests=guests)
    frozen = Cooking(1, None, "dinner", "stew", "Stew", 1.0, (), 1.0, (("beans", 160.0),), 0.0)
    batch = BatchPlan((frozen,), ())
    # 100 + 200 g, with the freezer 460 g; for three people 3 x 100 + 200 + 3 x 160 = 980 g
    assert opened(stew) == [1]
    assert opened(stew, batch=batch) == [2]
    assert opened(stew, batch=batch, people=3) == [3]


def test_beans_that_are_eaten_warm_come_out_of_the_can_too():
    # 100 g warm are 125 g out of the can
    assert opened({"beans_warm": 320.0}) == [1]
    assert opened({"beans_warm": 400.0}) == [2]


def test_what_is_in_no_package_or_keeps_is_not_followed():
    assert tracked(plan_of({"beans_dry": 100.0, "tap_water": 200.0})) == ()


def test_the_cans_are_those_that_the_model_opens():
    # day 2 ends a can and opens the next; of that a rest is past on day 6, and day 7 opens a third
    masses = [100, 450, 0, 0, 250, 0, 150]
    used = np.array([[in_parts(mass / enough_for_g(SHOP["beans"][0])) for mass in masses]])
    in_all = (int(used.sum()) + int(parts_left(used, np.array([3]))[0])) // PARTS
    assert sum(opened(*masses)) == in_all == 3


def test_a_cook_is_told_to_use_up_what_was_opened():
    # 250 g stay on day 1; day 3 uses them all
    assert told(150, 0, 250) == [(3, "use_up", 1, 4, 0.625)]


def test_a_cook_is_told_what_stays_over_on_the_day_of_its_last_use():
    # 250 g stay on day 1, 100 g on day 2, a quarter of the can
    assert told(150, 150) == [(2, "left", 1, 4, 0.25)]


def test_a_cook_is_told_that_what_is_open_is_past_its_days():
    found = told(200, 0, 0, 0, 0, 300)
    assert found == [
        (1, "left", 1, 4, 0.5),
        (6, "open_new", 1, 4, 0.5),
        (6, "left", 6, 9, 0.25),
    ]


def test_a_spoonful_that_stays_over_is_not_told():
    assert told(340) == []  # 60 g of 400 g
    assert told(320) == [(1, "left", 1, 4, 0.2)]


def test_what_is_frozen_is_used_after_its_days_and_the_cook_is_told_both_times():
    days = ({"lentils": one} for one in (200.0, 0.0, 0.0, 0.0, 0.0, 100.0, 100.0))
    (one,) = found = tracked(plan_of(*days))
    assert [row.opened for row in one.days] == [1, 0, 0, 0, 0, 0, 0]
    hints = package_hints(found)
    # half a can goes into the freezer by day 4; days 6 and 7 take from it
    assert [(one.day, one.kind, one.good_until_day, round(one.share, 2)) for one in hints] == [
        (1, "left", 4, 0.5), (6, "frozen", 4, 0.5), (7, "frozen", 4, 0.25),
    ]  # fmt: skip
    assert {one.how for one in hints} == {"rinsed, in a bag"}


def test_what_is_used_within_its_days_is_not_frozen():
    days = ({"lentils": one} for one in (200.0, 0.0, 200.0))
    assert [one.kind for one in package_hints(tracked(plan_of(*days)))] == ["use_up"]
