from dataclasses import replace
from datetime import date

import pytest

from planner.candidates.dish import read_embedded_dishes
from planner.kitchen.batch import freezer_months, months_later, plan_batch
from planner.plan.plan import Plan
from tests.plates import day, food, item, table

FOODS = table(food("kale"))
KALE = {"kale": 300.0}
CHILI = item("chili_sin_carne_cocoa", KALE)  # batch and freezable
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}


def plan_of(*days, start=None):
    dated = [
        replace(one, date=date.fromordinal(start.toordinal() + one.day - 1)) if start else one
        for one in days
    ]
    return Plan(tuple(dated), {}, {}, None, 0.0, 1)


def twice(dish_id="pasta_e_ceci", start=None):
    first, again = item(dish_id, KALE), replace(item(dish_id, KALE), leftover_of=1)
    days = day(1, FOODS, dinner=first), day(2, FOODS, lunch=again)
    return plan_of(*days, start=start)


def test_a_dinner_eaten_again_is_cooked_double_on_its_day():
    (one,) = plan_batch(twice(), DISHES.values()).cook
    assert (one.day, one.slot, one.dish_id) == (1, "dinner", "pasta_e_ceci")
    assert one.again == ((2, "lunch", 1.0),)
    assert (one.cooked_servings, one.frozen_servings) == (2.0, 0.0)


def test_a_label_says_until_when_the_second_meal_keeps():
    keeps = DISHES["pasta_e_ceci"].keeps_days
    (label,) = plan_batch(twice(start=date(2026, 3, 2)), DISHES.values()).labels
    assert (label.store, label.keeps, label.unit) == ("refrigerator", keeps, "days")
    assert label.use_by == date(2026, 3, 2 + keeps)
    assert label.eat_on == (2, "lunch")


def test_a_freezable_pot_is_offered_for_the_freezer_with_a_label():
    chili = plan_of(day(1, FOODS, dinner=CHILI), start=date(2026, 3, 2))
    found = plan_batch(chili, DISHES.values())
    assert [one.frozen_servings for one in found.cook] == [1.0]
    (label,) = found.labels
    # legumes: 3 months
    assert (label.store, label.keeps, label.use_by) == ("freezer", 3, date(2026, 6, 2))


def test_half_a_serving_and_what_does_not_freeze_stay_out_of_the_freezer():
    half = plan_of(day(1, FOODS, dinner=replace(CHILI, servings=0.5)))
    assert plan_batch(half, DISHES.values()).cook == ()
    fresh = next(dish for dish in DISHES.values() if "freezable" not in dish.tags)
    plain = plan_of(day(1, FOODS, dinner=item(fresh.dish_id, KALE)))
    assert plan_batch(plain, DISHES.values()).cook == ()


def test_what_is_eaten_twice_is_not_frozen_as_well():
    (one,) = plan_batch(twice("chili_sin_carne_cocoa"), DISHES.values()).cook
    assert one.frozen_servings == 0.0


def test_a_week_offers_two_dishes_for_the_freezer():
    pots = [dish_id for dish_id, one in DISHES.items() if {"batch", "freezable"} <= one.tags][:7]
    week = plan_of(*(day(n, FOODS, dinner=item(pot, KALE)) for n, pot in enumerate(pots, start=1)))
    assert len(plan_batch(week, DISHES.values()).cook) == 2


def test_a_dish_nobody_knows_still_has_its_second_meal():
    (label,) = plan_batch(twice("grandmas_stew"), DISHES.values()).labels
    assert (label.keeps, label.unit, label.use_by) == (1, "days", None)


def test_an_unknown_protein_keeps_as_usual():
    assert freezer_months("egg") == 2


@pytest.mark.parametrize(
    ("when", "months", "later"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2026, 10, 31), 2, date(2026, 12, 31)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(when, months, later):
    assert months_later(when, months) == later


def test_a_plan_knows_the_meal_a_dish_was_cooked_for():
    plan = twice()
    assert plan.slot_of(1, "pasta_e_ceci") == "dinner"
    assert plan.slot_of(2, "pasta_e_ceci") is None


def test_the_freezer_gets_only_what_the_budget_still_pays_for():
    days = day(1, FOODS, dinner=replace(CHILI, cost=3.0))
    plan = replace(plan_of(days), cost=9.0)
    # a day of 84 USD a week has 12 USD: 9 + 3 fit; of 83 USD it has 11.86 USD
    assert plan_batch(plan, DISHES.values(), 84.0).frozen_usd == 3.0
    assert plan_batch(plan, DISHES.values(), 83.0).cook == ()


def test_the_freezer_gets_as_much_again_as_is_eaten():
    plan = plan_of(day(1, FOODS, dinner=replace(CHILI, servings=1.5, cost=3.0)))
    (one,) = plan_batch(plan, DISHES.values()).cook
    assert one.frozen_parts == (("kale", 300.0),)
    assert (one.frozen_servings, one.cooked_servings, one.frozen_usd) == (1.5, 3.0, 3.0)


def test_what_a_past_day_cooked_for_a_meal_that_is_gone_goes_into_the_freezer():
    chili = plan_of(day(1, FOODS, dinner=replace(CHILI, cost=3.0)))
    (one,) = plan_batch(
        chili, DISHES.values(), 1.0, cooked_more={"1:chili_sin_carne_cocoa": 2.0}
    ).cook
    assert (one.cooked_servings, one.frozen_servings, one.frozen_usd) == (3.0, 2.0, 6.0)
    assert one.frozen_parts == (("kale", 600.0),)


def test_what_the_freezer_does_not_take_of_a_past_pot_has_no_label():
    gone = {"1:pasta_e_ceci": 2.0}
    found = plan_batch(twice(), DISHES.values(), None, lambda *_: False, gone)
    assert [(one.portions, one.is_given) for one in found.cook] == [((1.0, 1.0, 1.0), True)]
    assert [one.store for one in found.labels] == ["refrigerator"]


def test_a_past_day_cooks_nothing_more_for_the_freezer():
    chili = plan_of(day(1, FOODS, dinner=CHILI))
    assert not plan_batch(chili, DISHES.values(), cooked_more={"1:chili_sin_carne_cocoa": 0.0}).cook
