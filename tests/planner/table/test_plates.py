"""Weeks of plates: a main dish with what it is served with, and nothing beside."""

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.portions import MILK_GROUPS
from planner.meals.served import PARTNERS, bread_family, served_ways
from planner.model.board import Column
from planner.model.taste import pattern_points
from planner.request.profile import Profile
from planner.request.request import PlanRequest, WeekOptions
from planner.settings import read_settings
from tests.one_eater import plan_meals, prepare_week

FOODS = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
PEOPLE = [Profile(age_y=47), Profile("m", 9, 133, 29), Profile("m", 33, 190, 88, "active")]


@pytest.fixture(scope="module", params=PEOPLE, ids=["woman", "boy", "large man"])
def report(request):
    found = plan_meals(PlanRequest(request.param, week=WeekOptions(days=5)))
    assert found.check.passed, found.check.faults
    return found


@pytest.fixture(scope="module")
def plan(report):
    return report.plan


def meals(plan):
    return [meal for day in plan.days for meal in day.meals if meal.slot in ("lunch", "dinner")]


def starch(item):
    if item.kind == "dish":
        return DISHES[item.item_id].starch != "none"
    return "starch" in FOODS[item.item_id].roles


def beside(meal):
    """Place of each written side of a meal, and the word of what stands on it."""
    sides = [DISHES[one.item_id] for one in meal.items[1:] if one.kind == "dish"]
    return [
        ("starch", family(one)) if one.role == "starch" else ("vegetable", one.served)
        for one in sides
        if one.kind == "side"
    ]


def family(dish):
    """The family of a written starch; of a bread, whether it is a roll or a flatbread."""
    foods = [FOODS[line.food_id] for line in dish.ingredients]
    breads = [bread_family(food.base) for food in foods if food.group == "bread"]
    return breads[0] if dish.starch in ("bread", "tortilla") else dish.starch


def test_a_meal_has_one_starch_at_most(plan):
    assert all(sum(map(starch, meal.items)) <= 1 for meal in meals(plan))


def test_beside_a_main_dish_stands_only_what_it_is_served_with(plan):
    for meal in meals(plan):
        main = DISHES[meal.items[0].item_id]
        way, sides = served_ways()[main.served], beside(meal)
        assert all(word in way.takes[partner] for partner, word in sides)
        held = {partner for partner, _ in sides}
        assert way.needs <= (held | {"starch"} if starch(meal.items[0]) else held)


def test_beside_main_dishes_stand_starches_and_vegetables(plan):
    # a week of dishes that hold their starch and vegetables has none beside them
    stand = {partner for meal in meals(plan) for partner, _ in beside(meal)}
    assert stand <= set(PARTNERS)


def test_one_kind_of_milk_is_drunk_and_none_at_lunch_or_dinner_but_by_who_eats_most(report):
    glasses = [
        (meal.slot, one.item_id)
        for day in report.plan.days
        for meal in day.meals
        for one in meal.items
        if one.kind == "food" and FOODS[one.item_id].group in MILK_GROUPS
    ]
    assert len({food for _, food in glasses}) <= 1
    most = read_settings("meals/eaters.toml")["larger"]["above_kcal"]
    dry = {"dinner"} if report.targets.energy.kcal > most else {"lunch", "dinner"}
    assert not {slot for slot, _ in glasses} & dry


def test_nothing_stands_twice_at_a_meal(plan):
    for day in plan.days:
        for meal in day.meals:
            served = [one.item_id for one in meal.items if not one.beside]
            assert len(served) == len(set(served)), (day.day, meal.slot, served)


def test_a_dish_that_children_do_not_like_costs_a_young_child_more():
    young = read_settings("meals/eaters.toml")["young"]
    costs = []
    for age_y in (young["below_y"] - 1, young["below_y"]):
        request = PlanRequest(Profile(sex="f", age_y=age_y))
        source = prepare_week(request, FOODS, read_embedded_dishes()).source
        dishes = {one.source_id: one for one in source.candidates.candidates}
        liked, other = dishes["mac_and_cheese"], dishes["trout_almonds_green_beans"]
        columns = [Column(0, "dinner.main", one, one.servings[0]) for one in (liked, other)]
        few, more = pattern_points(columns, source.rules.pattern, source.rules.points["taste"])
        costs.append(more - few)
    assert costs == [young["points"]["taste"]["other_tag"], 0.0]
