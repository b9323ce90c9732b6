"""Pills, water and cups from the request to the checked plan file, with the shipped foods."""

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
from tests.one_eater import as_text, plan_everybody, plan_meals

TAKEN = {
    "profile": {"sex": "f", "age": 55, "medicines": ["levothyroxine"]},
    "week": {"days": 2},
    "supplements": [
        {"name": "magnesium oxide", "amount_mg": 400.0, "kind": "compound"},
        {"name": "vitamin D3", "amount_mg": 0.02, "kind": "elemental"},
    ],
    "water": {"drink": "hepar", "litres_per_day": 1.0},
}


@pytest.fixture(scope="module")
def report():
    return plan_meals(request_from_dict(TAKEN))


def pills_of(day):
    return [
        (meal.slot, item)
        for meal in day.meals
        for item in meal.items
        if item.is_supplement
    ]  # fmt: skip


def test_what_is_taken_and_drunk_is_in_a_checked_plan(report):
    assert report.check.passed, report.check.faults
    for day in report.plan.days:
        # 400 mg x 24.305 / 40.304 = 241.2 mg, in the one tablet that is taken
        assert day.supplement_totals["magnesium_mg"] == pytest.approx(241.2, abs=0.05)
        assert day.supplement_totals["vitamin_d_ug"] == pytest.approx(20.0)
        (slot,) = [slot for slot, item in pills_of(day) if "magnesium_mg" in item.nutrients]
        assert slot != "breakfast"
        assert [item.mass_g for item in day.items() if item.is_in_litres] == [1000.0]


def test_in_pregnancy_iron_is_added_where_food_stays_short_with_who_to_ask():
    asked = {
        "profile": {"sex": "f", "age": 30, "state": "pregnant", "gestation_week": 20},
        "preferences": {
            "without": [
                "legumes",
                "seeds",
                "tofu",
                "meat",
                "gluten",
                "leafy greens",
            ],  # rich in iron
            "allow_supplements": True,
        },
        "targets": {"iron_mg": {"lower": 40.0, "hard": False}},
        "week": {"days": 2},
    }
    report = plan_meals(request_from_dict(asked))
    assert report.check.passed, report.check.faults
    for day in report.plan.days:
        assert day.supplement_totals["iron_mg"] in (14.0, 27.0)
        assert day.totals["iron_mg"] <= 45.0  # UL of the US, food and pills together
        assert "magnesium_mg" not in day.supplement_totals
    assert any("doctor to advise after a blood test" in note for note in report.notes)
    assert any("to your midwife or doctor before you take it" in note for note in report.notes)


FOODS = read_embedded_foods()
APART = ", two hours from meals and mineral pills"
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
def coffee():
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


def coffee_bought(coffee, errand=None):
    (line,) = [
        one for one in list_shopping(coffee.plan, FOODS, errand).lines if one.food_id == "coffee"
    ]
    assert line.need_g == pytest.approx(6 * 237 * 0.063)  # 6.3 g of ground coffee for 100 g
    assert line.eaten_usd == pytest.approx(6 * 237 * 0.1 / 100)
    return line


def test_cups_are_bought_and_told(coffee):
    at_home = coffee_bought(coffee)  # of the 190 g that most kitchens have
    assert (at_home.packages, at_home.price_usd, at_home.buy) == (0, 0.0, "90 g")
    assert at_home.home_g == pytest.approx(at_home.need_g)
    assert at_home.is_pantry
    line = coffee_bought(coffee, Errand(pantry=Pantry()))
    assert (line.name, line.buy, line.packages) == ("Ground coffee", "1 bag of 12 oz", 1)
    assert line.price_usd == pytest.approx(5400 * 0.1 / 100)  # a bag of 340 g brews 5400 g
    assert line.surplus_g == pytest.approx(340.2 - 6 * 237 * 0.063)
    assert any("Coffee, 3 cups a day, brings 284 mg of caffeine" in note for note in coffee.notes)
    assert "To drink: 2 cups of coffee, two hours from meals" in as_text(coffee, day=1)


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


def test_a_drink_asked_for_and_left_out_is_refused():
    both = {"preferences": {"drinks": {"hot cocoa made with milk": 1}, "without": ["milk"]}}
    with pytest.raises(ConfigError, match="is asked for, and 'milk' leaves it out"):
        plan_meals(request_from_dict(both))
