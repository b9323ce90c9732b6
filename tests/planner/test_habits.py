"""What shapes a week beside targets: meal patterns, earlier plans, seasons."""

from dataclasses import replace
from functools import cache
from itertools import combinations, product

import pytest

from foods.embedded import read_embedded_foods
from foods.seasons import foods_out_of_season
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.portions import VEGETABLE_GROUPS
from planner.errors import ConfigError
from planner.kitchen.evenings import boxed_days, evening_chores
from planner.meals.patterns import SLOTS, read_pattern
from planner.meals.rules import read_meal_rules
from planner.request.preferences import Preferences
from planner.request.read import request_from_dict
from tests.one_eater import as_json, plan_meals

FITTING = {
    "main_meal_at_noon": {"sex": "f", "age": 70},
    "mediterranean": {"sex": "m", "age": 45},
    "south_asian": {"sex": "f", "age": 35},
    "east_asian": {"sex": "m", "age": 30},
    "latin_american": {"sex": "f", "age": 45},
    "children": {"sex": "m", "age": 9},
    "six_small_meals": {"sex": "f", "age": 62},
    "ramadan": {"sex": "f", "age": 33},
    "big_breakfast": {"sex": "f", "age": 20},
}
OWN_SHARE = {"mediterranean": 0.8, "south_asian": 0.5, "east_asian": 0.5, "latin_american": 0.5}
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}


def plan(**tables):
    return plan_meals(request_from_dict(tables))


@cache
def patterned(name, seed=0):
    """A week of those whose dishes are counted; of children fewer days tell as much."""
    days = 3 if name in ("children", "six_small_meals", "ramadan", "big_breakfast") else 7
    return plan(profile=FITTING[name], week={"pattern": name, "days": days}, solve={"seed": seed})


def mains(report):
    items = {item.item_id for day in report.plan.days for item in day.items()}
    return {one for one in items if one in DISHES and DISHES[one].kind == "main"}


def kcal(report, slot):
    items = (i for d in report.plan.days for m in d.meals if m.slot == slot for i in m.items)
    return sum(item.nutrients["energy_kcal"] for item in items)


def work(report, slot):
    return sum(one.active_minutes for d in report.plan.days for one in d.meals if one.slot == slot)


def test_who_needs_much_has_six_small_meals_too():
    who = {"sex": "m", "age": 49, "height_cm": 178, "weight_kg": 88}
    report = plan(profile=who, week={"pattern": "six_small_meals"})
    assert report.plan is not None
    assert report.check.passed, report.check.faults
    assert kcal(report, "snack") > 0.3 * sum(kcal(report, slot) for slot in SLOTS)


def test_the_fast_of_ramadan_is_broken_with_dates_on_each_day_of_a_week():
    dates = [food for food in read_embedded_foods() if food.base == "date"]
    assert max(food.serving.most_per_week for food in dates) == 7


@pytest.mark.parametrize("name", FITTING)
def test_each_pattern_plans_checked_days_for_a_fitting_person(name):
    report = patterned(name)
    assert report.plan is not None
    assert report.check.passed, report.check.faults
    if name == "six_small_meals":
        snacks = [
            meal.items for day in report.plan.days for meal in day.meals if meal.slot == "snack"
        ]
        assert all(len(items) >= 3 for items in snacks)
        whole = sum(kcal(report, slot) for slot in SLOTS)
        assert max(kcal(report, slot) for slot in SLOTS[:3]) < 0.25 * whole
        assert kcal(report, "snack") > 0.3 * whole  # three of them: each more than half of a meal
    if name == "ramadan":
        assert report.request.week.meals_at == {"breakfast": 4.5, "dinner": 18.5, "snack": 21.0}
        for day in report.plan.days:
            dinner = next(meal for meal in day.meals if meal.slot == "dinner")
            assert {"dates", "dates_medjool"} & {item.item_id for item in dinner.items}
            assert "lunch" not in {meal.slot for meal in day.meals}
        assert any(note.startswith("Ramadan: ") for note in report.notes)
    if name == "big_breakfast":
        assert kcal(report, "breakfast") > 0.32 * sum(kcal(report, slot) for slot in SLOTS)
    if name == "main_meal_at_noon":
        assert kcal(report, "lunch") > kcal(report, "dinner")
        again = [report, *(patterned(name, seed) for seed in (1, 2))]  # one week alone is chance
        lunches, dinners = (sum(work(one, slot) for one in again) for slot in ("lunch", "dinner"))
        assert lunches > dinners


@pytest.mark.parametrize("name", OWN_SHARE)
def test_most_main_dishes_are_of_the_kitchens_that_a_pattern_prefers(name):
    report = patterned(name)
    kitchens = read_meal_rules(name).rules["cuisine"]
    wanted = {one for kitchen in read_pattern(name).kitchens for one in kitchens[kitchen]}
    mains = [DISHES[item.item_id] for day in report.plan.days for item in day.items()
             if item.item_id in DISHES and DISHES[item.item_id].kind == "main"]  # fmt: skip
    assert sum(one.cuisine in wanted for one in mains) >= OWN_SHARE[name] * len(mains)


def test_three_plans_in_a_row_share_no_main_dish(tmp_path):
    weeks, paths = [], []
    for number in range(3):
        report = plan(preferences={"history": list(paths)}, week={"days": 3})
        assert report.check.passed
        file = tmp_path / f"week_{number}.json"
        file.write_text(as_json(report), encoding="utf-8")
        weeks.append(mains(report))
        paths.append(str(file))
    for one, other in combinations(weeks, 2):
        assert not one & other


def test_a_history_that_is_no_plan_is_a_clear_error(tmp_path):
    with pytest.raises(ConfigError, match=r"--history.*no such file"):
        plan(preferences={"history": [str(tmp_path / "none.json")]})


def test_winter_days_cost_points_for_summer_food_only_where_days_have_dates():
    served = {True: 0.0, False: 0.0}
    for seed, is_dated in product((0, 1), served):
        dates = {"start": "2026-01-12"} if is_dated else {}
        one = plan(week={**dates, "days": 5}, solve={"seed": seed})
        assert one.check.passed
        assert ("season" in one.outcome.terms) == is_dated
        out = foods_out_of_season(one.foods, {1}, "north")
        items = (item for day in one.plan.days for item in day.items())
        served[is_dated] += sum(g for item in items for food, g in item.ingredients if food in out)
    assert served[True] < 0.9 * served[False]


def colour_of(food):
    """The group in which dietary guidelines count a vegetable or legume; else none."""
    if food.group in ("legumes", "soy"):
        return "legume"
    if food.group == "starchy_vegetables":
        return "orange_red" if "orange_red" in food.flags else "starchy"
    if food.group not in VEGETABLE_GROUPS:
        return None
    return next((one for one in ("dark_green", "orange_red") if one in food.flags), "other")


def test_weekdays_keep_to_the_minutes_asked_for_and_colours_come_often():
    report = plan(preferences={"max_minutes_weekday": 25}, week={"start": "2026-03-02"})
    assert report.check.passed, report.check.faults
    # 2 March 2026 is a Monday: days 6 and 7 are the weekend
    assert all(item.minutes <= 25 for day in report.plan.days[:5] for item in day.items())
    served = [(report.foods[food], mass) for day in report.plan.days for item in day.items()
              for food, mass in item.ingredients]  # fmt: skip
    colours = {colour_of(food) for food, _ in served} - {None}
    assert colours == {"dark_green", "orange_red", "legume", "starchy", "other"}
    fruit = {food.base for food, mass in served if food.group == "fruit" and mass >= 75}
    assert len(fruit) >= 4


def test_a_lunch_that_is_taken_along_is_made_the_evening_before():
    report = plan(preferences={"lunch": "packed_cold"}, week={"days": 3})
    assert report.check.passed, report.check.faults
    boxed = boxed_days(report.request)
    assert boxed == {1, 2, 3}  # without dates days 6 and 7 are the weekend
    dishes = {one.dish_id: one for one in report.dishes}
    chores = evening_chores(report.plan, dishes, report.shopping, boxed)
    for day in report.plan.days:
        (noon,) = [meal for meal in day.meals if meal.slot == "lunch"]
        for item in noon.items:
            if item.item_id in dishes and dishes[item.item_id].kind == "main":
                assert "lunchbox" in dishes[item.item_id].tags
                made = {one.what for one in chores[day.day - 1] if one.slot == "lunch"}
                assert item.leftover_of is not None or item.name in made
    for told, days in ({}, {1, 2, 3}), ({"lunch": "home"}, set()):
        assert boxed_days(replace(report.request, preferences=Preferences(**told))) == days
    retired = replace(report.request.profile, age_y=70)
    nobody_said = replace(report.request, profile=retired, preferences=Preferences())
    assert boxed_days(nobody_said) == frozenset()


def test_too_little_time_on_weekdays_is_said_with_what_would_help():
    report = plan(preferences={"max_minutes_weekday": 5}, week={"days": 2})
    assert report.plan is None
    assert any("weekday" in sentence for _, _, sentence in report.refusal.conflict)
    (offer,) = report.refusal.relaxations
    assert offer.text.endswith("minutes on weekdays")
    assert offer.is_tried
