from dataclasses import replace

from planner.candidates.dish import read_embedded_dishes
from planner.kitchen.batch import plan_batch
from planner.kitchen.cooked import cooked_dishes
from planner.plan.plan import GuestShare, Plan
from tests.plates import day, food, item, table

FOODS = table(food("kale"))
KALE = {"kale": 300.0}
DISHES = read_embedded_dishes()


def cooked(*days):
    plan = Plan(tuple(days), {}, {}, None, 0.0, 1)
    return cooked_dishes(plan, FOODS, plan_batch(plan, DISHES))


def test_a_dinner_is_cooked_with_the_lunches_that_are_made_of_it():
    first, again = item("pasta_e_ceci", KALE), replace(item("pasta_e_ceci", KALE), leftover_of=1)
    found = cooked(
        day(1, FOODS, dinner=first), day(2, FOODS, lunch=again), day(3, FOODS, lunch=again)
    )
    one = found[1, "dinner", "pasta_e_ceci"]
    assert one.item.servings == 3.0
    assert one.item.ingredients == (("kale", 900.0),)  # 300 g now and twice later


def test_the_share_of_the_freezer_is_cooked_with_it():
    found = cooked(day(1, FOODS, dinner=item("chili_sin_carne_cocoa", KALE)))
    one = found[1, "dinner", "chili_sin_carne_cocoa"]
    assert (one.item.servings, one.cooking.frozen_servings) == (2.0, 1.0)
    assert one.item.ingredients == (("kale", 600.0),)


def test_what_guests_have_is_cooked_once():
    guests = GuestShare(2, 2.0, (("kale", 600.0),))
    first = replace(item("pasta_e_ceci", KALE), guests=guests)
    again = replace(item("pasta_e_ceci", KALE), leftover_of=1)
    found = cooked(day(1, FOODS, dinner=first), day(2, FOODS, lunch=again))
    one = found[1, "dinner", "pasta_e_ceci"]
    # one serving and two guests now, one serving later
    assert (one.item.servings, one.item.ingredients) == (4.0, (("kale", 1200.0),))


def test_what_its_meal_eats_up_is_no_more_than_that():
    assert cooked(day(1, FOODS, dinner=item("pasta_e_ceci", KALE))) == {}
    plan = Plan((day(1, FOODS, dinner=item("pasta_e_ceci", KALE)),), {}, {}, None, 0.0, 1)
    assert cooked_dishes(plan, FOODS, None) == {}
