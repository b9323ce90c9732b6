"""What is cooked at once and eaten later, and how it keeps."""

from dataclasses import replace
from datetime import date

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.kitchen.batch import Cooking, cooked_dishes, plan_batch, serving_text
from planner.kitchen.evenings import child_boxes, fits_freezer, freezer_days
from planner.kitchen.leftovers import asked_uses
from planner.plan.plan import Day, GuestShare, Meal, Plan, Share
from planner.request.eater import Eater
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.put import read_use
from planner.request.read import request_from_dict
from planner.request.request import PlanRequest, WeekOptions
from planner.settings import read_settings
from tests.plates import day, food, item, table
from tests.rows import rows

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
    assert [pot.frozen_servings for pot in found.cook] == [1.0]
    (label,) = found.labels
    # legumes: 3 months
    assert (label.store, label.keeps, label.use_by) == ("freezer", 3, date(2026, 6, 2))


def test_half_a_serving_and_what_does_not_freeze_stay_out_of_the_freezer():
    half = plan_of(day(1, FOODS, dinner=replace(CHILI, servings=0.5)))
    assert plan_batch(half, DISHES.values()).cook == ()
    fresh = next(dish for dish in DISHES.values() if "freezable" not in dish.tags)
    plain = plan_of(day(1, FOODS, dinner=item(fresh.dish_id, KALE)))
    assert plan_batch(plain, DISHES.values()).cook == ()


def test_the_freezer_gets_only_what_the_budget_still_pays_for():
    days = day(1, FOODS, dinner=replace(CHILI, cost=3.0))
    plan = replace(plan_of(days), cost=9.0)
    # a day of 84 USD a week has 12 USD: 9 + 3 fit; of 83 USD it has 11.86 USD
    assert plan_batch(plan, DISHES.values(), 84.0).frozen_usd == 3.0
    assert plan_batch(plan, DISHES.values(), 83.0).cook == ()


COOKED_DISHES = read_embedded_dishes()
KNOWN = {dish.dish_id: dish for dish in COOKED_DISHES}


def cooked(*days):
    plan = Plan(tuple(days), {}, {}, None, 0.0, 1)
    return cooked_dishes(plan, FOODS, plan_batch(plan, COOKED_DISHES), KNOWN)


def test_a_dinner_is_cooked_with_the_lunches_that_are_made_of_it():
    first, again = item("pasta_e_ceci", KALE), replace(item("pasta_e_ceci", KALE), leftover_of=1)
    found = cooked(
        day(1, FOODS, dinner=first), day(2, FOODS, lunch=again), day(3, FOODS, lunch=again)
    )
    one = found[1, "dinner", "pasta_e_ceci"]
    assert one.item.servings == 3.0
    assert one.item.ingredients == (("kale", 900.0),)  # 300 g now and twice later


def test_what_guests_have_is_cooked_once():
    guests = GuestShare(2, 2.0, (("kale", 600.0),))
    first = replace(item("pasta_e_ceci", KALE), guests=guests)
    again = replace(item("pasta_e_ceci", KALE), leftover_of=1)
    found = cooked(day(1, FOODS, dinner=first), day(2, FOODS, lunch=again))
    one = found[1, "dinner", "pasta_e_ceci"]
    # one serving and two guests now, one serving later
    assert (one.item.servings, one.item.ingredients) == (4.0, (("kale", 1200.0),))


def test_what_is_added_to_a_second_meal_when_it_is_eaten_is_not_cooked_with_the_first():
    # 120 g of beans and 30 g of avocado each: the second avocado is cut on its own day
    soup = item("black_bean_soup_avocado_tortillas", {"black_beans_cooked": 120, "avocado": 30})
    foods = table(food("black_beans_cooked"), food("avocado"))
    days = (day(1, foods, dinner=soup), day(2, foods, lunch=replace(soup, leftover_of=1)))
    plan = Plan(days, {}, {}, None, 0.0, 1)
    found = cooked_dishes(plan, foods, plan_batch(plan, COOKED_DISHES), KNOWN)
    (one,) = found.values()
    assert dict(one.item.ingredients) == {"black_beans_cooked": 240.0, "avocado": 30.0}


ALL = read_embedded_foods()
FREEZER_CHILI = item("chili_sin_carne_cocoa", {"kale": 300.0})


def uses_of(name: str, mass_g: float):
    request = request_from_dict({"preferences": {"use": {name: mass_g}}}, "a test")
    return [use for _whose, use in asked_uses(request, ALL, ())]


@pytest.mark.parametrize("text", ["4 salmon fillets, frozen", "frozen salmon fillet:600g"])
def test_what_is_said_to_be_frozen_is_the_same_food_out_of_the_freezer(text):
    (use,) = uses_of(*read_use(text))
    assert use.is_frozen
    assert use.kinds == {"salmon_raw"}


def test_a_dish_for_the_freezer_takes_no_more_than_is_left_at_home():
    plan = Plan((day(1, FOODS, dinner=FREEZER_CHILI),), {}, {}, None, 0.0, 1)
    (use,) = uses_of("kale", 500.0)
    for home_g, frozen in ((600.0, 1), (500.0, 0)):
        held = (replace(use, per_g={"kale": 1.0}, own_ways={}, mass_g=home_g),)
        fits = fits_freezer((), (1,), 1, held, lambda _use: 300.0, None)
        assert len(plan_batch(plan, read_embedded_dishes(), None, fits).cook) == frozen
    fits = fits_freezer((), (1,), 1, (replace(held[0], mass_g=600.0, days=4),), lambda _: 0.0, None)
    assert not plan_batch(plan, read_embedded_dishes(), None, fits).cook  # it was cooked before


def cooking(on: int) -> Cooking:
    return Cooking(on, None, "dinner", f"pot{on}", f"Pot {on}", 1.0, (), 1.0)


def test_what_is_cooked_stays_in_the_freezer_and_each_evening_counts_the_boxes():
    told = freezer_days((), (cooking(2), cooking(4)), (1,), 7)
    assert [(evening.day, evening.into, evening.boxes) for evening in told] == [
        (2, (("Pot 2", 0),), 1),
        (4, (("Pot 4", 0),), 2),
    ]
    fits = fits_freezer((), (1,), 7, (), lambda _use: 0.0, 1)
    assert fits(cooking(2), ())
    assert not fits(cooking(4), (cooking(2),))


def again(dish_id):
    """A second meal of a dish of day 1."""
    return replace(item(dish_id, {"kale": 300.0}), leftover_of=1)


@pytest.mark.parametrize("dish_id", ["pasta_e_ceci", "trout_almonds_green_beans", "not_at_hand"])
def test_what_was_cooked_before_is_reheated_to_the_temperature_of_its_source(dish_id):
    assert "74 °C" in serving_text(again(dish_id), DISHES)
    assert "74 C" in read_settings("meals/second_meal.toml")["sources"]["fsis"]


CHILD = Profile("f", 9, 135.0, 30.0)
ADULT = Profile("f", 38, 168.0, 64.0)


def boxes(lunch, dish_id, *people):
    """How children take a second meal along, on a Monday and a Saturday."""
    shares = tuple(Share(name, 1.0, "1 serving", 300.0, (), {}, 0.0) for name in people)
    meals = (Meal("lunch", (replace(again(dish_id), shares=shares),)),)
    days = tuple(Day(number, None, meals, {}, None, 0.0) for number in (1, 6))
    plan = Plan(days, {}, {}, None, 0.0, 1)
    eaters = tuple(
        Eater(name, CHILD if name != "Ann" else ADULT, Preferences(lunch=lunch)) for name in people
    )
    request = PlanRequest(ADULT, eaters=eaters, week=WeekOptions(days=7))
    return child_boxes(plan, DISHES, request)


def test_a_child_takes_a_hot_lunch_in_a_thermos_and_reheats_none_at_noon():
    found = boxes("packed", "pasta_e_ceci", "Lea", "Max")
    assert [*found] == [(1, "lunch", "pasta_e_ceci")]  # no workday, no box
    (box,) = found.values()
    text = serving_text(again("pasta_e_ceci"), DISHES, box)
    assert text.startswith("For Lea and Max in a thermos")
    assert "60 °C (140 °F)" in text
    assert "Reheat" not in text
    assert "140 F" in read_settings("meals/second_meal.toml")["sources"]["fsis_lunch"]


@rows(__file__, "what_is_cold_or_eaten_at")
def test_what_is_cold_or_eaten_at_home_needs_no_thermos(lunch, dish_id, who):
    assert boxes(lunch, dish_id, who) == {}
