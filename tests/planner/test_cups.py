"""Coffee and tea by the cup, from the request to the checked plan file, with the shipped foods."""

import json

import pytest

from foods.embedded import read_embedded_foods
from planner.check import document as judged
from planner.errors import ConfigError
from planner.export.as_json import answer_to
from planner.kitchen.errand import Errand
from planner.kitchen.pantry import Pantry
from planner.kitchen.shopping import list_shopping
from planner.plan.shares import days_of
from planner.request.read import request_from_dict
from planner.wire.document import parse_plan_document
from tests.one_eater import as_json, as_text, check_document, plan_everybody, plan_meals

FOODS = read_embedded_foods()
APART = ", two hours from meals and mineral pills"
CUP_MG = 40 * 237 / 100  # caffeine of a cup of coffee: 94.8 mg
MAN = {
    "profile": {"sex": "m", "age": 40},
    "preferences": {"drinks": {"coffee": 3}},
    "week": {"days": 2, "skip": [{"day": 2, "slot": "breakfast", "eaten": "nothing"}]},
}
HOUSE = {
    "week": {"days": 1},
    "eaters": [
        {
            "name": "Ann",
            "profile": {"sex": "f", "age": 30, "state": "pregnant", "gestation_week": 20},
            "preferences": {"drinks": {"coffee": 1}},
        },
        {
            "name": "Tom",
            "profile": {"sex": "m", "age": 40},
            "preferences": {"drinks": {"coffee": 2, "green tea": 1}},
        },
        {"name": "Mia", "profile": {"sex": "f", "age": 9}},
    ],
}


@pytest.fixture(scope="module")
def report():
    return plan_meals(request_from_dict(MAN))


@pytest.fixture(scope="module")
def house():
    return plan_everybody(request_from_dict(HOUSE))


def cups_of(day):
    return [
        (meal.slot, item.item_id, item.servings)
        for meal in day.meals
        for item in meal.items
        if item.is_cup
    ]  # fmt: skip


def test_cups_stand_with_their_meals_and_count_in_a_checked_plan(report):
    assert report.check.passed, report.check.faults
    first, second = report.plan.days
    assert cups_of(first) == [("breakfast", "coffee", 2), ("snack", "coffee", 1)]
    assert cups_of(second) == [("snack", "coffee", 3)]  # no breakfast on this day
    for day in report.plan.days:
        food_mg = sum(i.nutrients["caffeine_mg"] or 0 for i in day.items() if not i.is_cup)
        assert day.totals["caffeine_mg"] == pytest.approx(3 * CUP_MG + food_mg)
    (found,) = [
        one for one in report.check.findings if one.nutrient == "caffeine_mg" and one.day == 1
    ]
    assert (found.upper, found.holds, found.hard) == (400.0, True, True)


def coffee_bought(report, errand=None):
    (line,) = [
        one for one in list_shopping(report.plan, FOODS, errand).lines if one.food_id == "coffee"
    ]
    assert line.need_g == pytest.approx(6 * 237 * 0.063)  # 6.3 g of ground coffee for 100 g
    assert line.eaten_usd == pytest.approx(6 * 237 * 0.1 / 100)
    return line


def test_cups_are_bought_and_told(report):
    at_home = coffee_bought(report)  # of the 190 g that most kitchens have
    assert (at_home.packages, at_home.price_usd, at_home.buy) == (0, 0.0, "90 g")
    assert at_home.home_g == pytest.approx(at_home.need_g)
    assert at_home.is_pantry
    line = coffee_bought(report, Errand(pantry=Pantry()))
    assert (line.name, line.buy, line.packages) == ("Ground coffee", "1 bag of 12 oz", 1)
    assert line.price_usd == pytest.approx(5400 * 0.1 / 100)  # a bag of 340 g brews 5400 g
    assert line.surplus_g == pytest.approx(340.2 - 6 * 237 * 0.063)
    assert any("Coffee, 3 cups a day, brings 284 mg of caffeine" in one for one in report.notes)
    assert "To drink: 2 cups of coffee, two hours from meals" in as_text(report, day=1)


def test_each_meal_of_the_file_says_what_is_drunk_with_it(report):
    (first, _) = json.loads(as_json(report))["days"]
    said = {meal["slot"]: meal["drink"] for meal in first["meals"]}
    assert said == {
        "breakfast": f"2 cups of coffee{APART}",
        "lunch": "water",
        "dinner": "water",
        "snack": f"1 cup of coffee{APART}",
    }


def test_a_file_made_before_drinks_were_said_reads_and_is_judged(report):
    plan = json.loads(as_json(report))
    for day in plan["days"]:
        for meal in day["meals"]:
            del meal["drink"]
            meal["items"] = [one for one in meal["items"] if one.get("beside") != "cup"]
    del plan["request"]["preferences"]["drinks"]
    found = check_document(parse_plan_document(json.dumps(plan), "plan"), FOODS)
    assert not any("by the cup" in fault for fault in found.faults)
    plan["request"]["preferences"]["drinks"] = {"coffee": 3}
    found = check_document(parse_plan_document(json.dumps(plan), "plan"), FOODS)
    assert "Day 1: 0 g of Coffee by the cup, the request asks for 3 times 237 g." in found.faults


def test_at_a_table_everybody_has_drinks_of_ones_own(house):
    assert house.passed
    assert cups_of(days_of(house.plan, "Ann")[0]) == [("breakfast", "coffee", 1)]
    assert sorted(cups_of(days_of(house.plan, "Tom")[0])) == [
        ("breakfast", "coffee", 1),
        ("breakfast", "green_tea", 1),
        ("snack", "coffee", 1),
    ]
    assert cups_of(days_of(house.plan, "Mia")[0]) == []
    plan = answer_to(house).json_values()
    said = {meal["slot"]: meal["drink"] for meal in plan["days"][0]["meals"]}
    assert said["breakfast"] == (
        f"Ann 1 cup of coffee{APART}; Tom 1 cup of coffee and 1 cup of green tea{APART}; "
        "others water"
    )
    assert judged.check_document(parse_plan_document(json.dumps(plan), "plan"), FOODS).passed


def test_a_cup_moved_to_another_eater_is_found(house):
    plan = answer_to(house).json_values()
    for meal in plan["days"][0]["meals"]:
        for item in meal["items"]:
            if item.get("beside") == "cup" and item["for"][0]["eater"] == "Ann":
                item["for"][0]["eater"] = "Mia"
    found = judged.check_document(parse_plan_document(json.dumps(plan), "plan"), FOODS)
    assert not found.passed
    assert any("not planned for children" in one for one in found.eaters["Mia"].faults)
    assert any("0 g of Coffee by the cup" in one for one in found.eaters["Ann"].faults)


def test_a_drink_asked_for_and_left_out_is_refused():
    both = {"preferences": {"drinks": {"hot cocoa made with milk": 1}, "without": ["milk"]}}
    with pytest.raises(ConfigError, match="is asked for, and 'milk' leaves it out"):
        plan_meals(request_from_dict(both))
