"""The hours of a planned day, with pills at meals and medicines around them."""

from dataclasses import replace

from planner.plan.plan import SUPPLEMENT, Item
from planner.plan.times import times_of_day, times_of_plan
from planner.targets.profile import Profile
from planner.targets.request import PlanRequest, Water
from tests.reports import make_day, make_plan

LEVOTHYROXINE = PlanRequest(Profile(medicines=("levothyroxine:1",)))


def pill(name, nutrient, amount):
    words = f"{name}, added"
    return Item(SUPPLEMENT, name, words, 1.0, "1 dose", 0.0, (), {nutrient: amount}, 0, 0)


def with_pill(day, slot, item):
    """Give the day with a pill at one meal."""
    meals = [replace(m, items=(*m.items, item)) if m.slot == slot else m for m in day.meals]
    return replace(day, meals=tuple(meals))


def lines(day, request=LEVOTHYROXINE):
    return {one.item: one for one in times_of_day(day, request).lines}


def test_a_pill_keeps_the_hour_of_its_meal_where_the_medicine_allows():
    day = lines(with_pill(make_day(1), "dinner", pill("Magnesium", "magnesium_mg", 200.0)))
    assert (day["Magnesium"].best, day["Magnesium"].earliest) == ("19:00", "12:00")
    assert day["Magnesium"].hours_apart_from == {"levothyroxine": 4}


def test_a_pill_at_a_meal_too_early_is_moved_and_not_the_hours():
    day = lines(with_pill(make_day(1), "breakfast", pill("Iron", "iron_mg", 27.0)))
    assert day["Iron"].best >= "12:00"  # 4 h after 08:00


def test_mineral_water_of_the_request_has_its_hours_and_tap_water_none():
    medicine = Profile(medicines=("alendronate:1",))
    hepar = PlanRequest(medicine, water=Water(drink="hepar"))
    assert lines(make_day(1), hepar)["hepar (mineral water)"].earliest == "10:00"
    assert len(lines(make_day(1), PlanRequest(medicine, water=Water(drink="tap")))) == 2


def test_days_with_the_same_hours_are_told_together():
    plan = make_plan(3)
    other = with_pill(plan.days[1], "dinner", pill("Magnesium", "magnesium_mg", 200.0))
    mixed = replace(plan, days=(plan.days[0], other, plan.days[2]))
    assert [days for days, _ in times_of_plan(mixed, LEVOTHYROXINE)] == [(1, 3), (2,)]
