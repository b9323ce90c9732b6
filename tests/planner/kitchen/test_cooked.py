from dataclasses import replace

from planner.candidates.dish import read_embedded_dishes
from planner.kitchen.batch import plan_batch
from planner.kitchen.cooked import cooked_dishes
from planner.plan.plan import GuestShare, Plan
from tests.plates import day, food, item, table

FOODS = table(food("kale"))
KALE = {"kale": 300.0}
DISHES = read_embedded_dishes()
KNOWN = {dish.dish_id: dish for dish in DISHES}


def cooked(*days):
    plan = Plan(tuple(days), {}, {}, None, 0.0, 1)
    return cooked_dishes(plan, FOODS, plan_batch(plan, DISHES), KNOWN)


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
    assert cooked_dishes(plan, FOODS, None, KNOWN) == {}


def test_what_is_added_to_a_second_meal_when_it_is_eaten_is_not_cooked_with_the_first():
    # 120 g of beans and 30 g of avocado each: the second avocado is cut on its own day
    soup = item("black_bean_soup_avocado_tortillas", {"black_beans_cooked": 120, "avocado": 30})
    foods = table(food("black_beans_cooked"), food("avocado"))
    days = (day(1, foods, dinner=soup), day(2, foods, lunch=replace(soup, leftover_of=1)))
    plan = Plan(days, {}, {}, None, 0.0, 1)
    found = cooked_dishes(plan, foods, plan_batch(plan, DISHES), KNOWN)
    (one,) = found.values()
    assert dict(one.item.ingredients) == {"black_beans_cooked": 240.0, "avocado": 30.0}
