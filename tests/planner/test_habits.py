"""What shapes a week beside targets: meal patterns, earlier plans, boxes for lunch."""

from dataclasses import replace

from planner.candidates.dish import read_embedded_dishes
from planner.kitchen.evenings import boxed_days
from planner.meals.patterns import SLOTS, read_pattern
from planner.meals.rules import read_meal_rules
from planner.request.preferences import Preferences
from planner.request.read import request_from_dict
from tests import stored
from tests.one_eater import plan_meals

DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}


def plan(**tables):
    return plan_meals(request_from_dict(tables))


def mains(plan):
    items = {item.item_id for day in plan.days for item in day.items()}
    return {item for item in items if item in DISHES and DISHES[item].kind == "main"}


def kcal(plan, slot):
    items = (i for d in plan.days for m in d.meals if m.slot == slot for i in m.items)
    return sum(item.nutrients["energy_kcal"] for item in items)


def test_the_fast_of_ramadan_is_broken_with_dates_on_each_day():
    report = plan(profile={"sex": "f", "age": 33}, week={"pattern": "ramadan", "days": 3})
    assert report.check.passed, report.check.faults
    assert report.request.week.meals_at == {"breakfast": 4.5, "dinner": 18.5, "snack": 21.0}
    for day in report.plan.days:
        dinner = next(meal for meal in day.meals if meal.slot == "dinner")
        assert {"dates", "dates_medjool"} & {item.item_id for item in dinner.items}
        assert "lunch" not in {meal.slot for meal in day.meals}
    assert any(note.startswith("Ramadan: ") for note in report.notes)


def test_a_pattern_has_its_largest_meal_and_the_dishes_of_its_kitchens():
    noon = stored.plan("pescatarian_man_72_uk")
    assert kcal(noon, "lunch") == max(kcal(noon, slot) for slot in SLOTS)
    name = stored.request("south_asian_woman_45").week.pattern
    kitchens = read_meal_rules(name).rules["cuisine"]
    wanted = {cuisine for kitchen in read_pattern(name).kitchens for cuisine in kitchens[kitchen]}
    dishes = [DISHES[main] for main in mains(stored.plan("south_asian_woman_45"))]
    assert sum(dish.cuisine in wanted for dish in dishes) >= 0.5 * len(dishes)


def test_a_plan_after_another_shares_no_main_dish_with_it():
    history = {"history": [str(stored.folder("woman_55") / "plan.json")]}
    report = plan(preferences=history, week={"days": 3})
    assert report.check.passed
    assert not mains(report.plan) & mains(stored.plan("woman_55"))


def test_a_box_is_taken_along_on_workdays_by_who_is_of_an_age_for_it_or_asks():
    request = request_from_dict({"week": {"days": 3}})
    wishes = [Preferences(), Preferences(lunch="home"), Preferences(lunch="packed_cold")]
    asked = [replace(request, preferences=wish) for wish in wishes]
    assert [set(boxed_days(variant)) for variant in asked] == [{1, 2, 3}, set(), {1, 2, 3}]
    assert boxed_days(replace(request, profile=replace(request.profile, age_y=70))) == frozenset()
