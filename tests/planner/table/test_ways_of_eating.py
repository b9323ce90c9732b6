"""Halal and kosher style, few ingredients, more energy: for two, judged, planned again."""

from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.check.document import check_document
from planner.cli.options import build_request
from planner.export.as_json import as_json
from planner.kitchen.pantry import is_staple
from planner.pipeline import plan_meals
from planner.request.diets import read_diets
from planner.request.preferences import Preferences
from planner.request.read import request_from_dict, request_to_dict
from planner.table.replan import replan_table
from planner.wire.document import parse_plan_document

FOODS = read_embedded_foods()
MOST = 8
ANN = {
    "name": "Ann",
    "profile": {"sex": "f", "age": 40, "height_cm": 170.0, "weight_kg": 55.0, "goal": "gain"},
    "preferences": {"diet": "halal", "max_ingredients": MOST},
}
TOM = {"name": "Tom", "profile": {"sex": "m", "age": 44}, "preferences": {"diet": "kosher"}}


@pytest.fixture(scope="module")
def report():
    return plan_meals(build_request(eater=(ANN, TOM), days=2))


@pytest.fixture(scope="module")
def document(report):
    return parse_plan_document(as_json(report), "plan.json")


def eaten(plan):
    return {food for day in plan.days for one in day.items() for food, _ in one.ingredients}


def faults(document, **changed):
    """Give what the judge finds where Ann had asked for something else."""
    ann, tom = document.request.eaters
    wanted = replace(ann, preferences=replace(ann.preferences, **changed))
    stolen = replace(document, request=replace(document.request, eaters=(wanted, tom)))
    return str(check_document(stolen, FOODS).as_one().faults)


def test_a_table_of_two_keeps_what_each_asks_for_and_the_judge_agrees(report, document):
    assert check_document(document, FOODS).passed
    assert request_from_dict(request_to_dict(document.request)) == document.request
    ann, tom = (one.plan for one in report.reports.values())
    for item in (item for day in ann.days for item in day.items() if item.kind == "dish"):
        bought = {food for food, _ in item.ingredients if not is_staple(food)}
        assert len([one for one in bought if FOODS[one].group != "water"]) <= MOST
    for plan, diet in ((ann, "halal"), (tom, "kosher")):
        held = {word for one in eaten(plan) for word in (*FOODS[one].origin, FOODS[one].base)}
        row = read_diets()[diet]
        assert held.isdisjoint({*row.without_origin, *row.without, "bacon", "ham", "wine"})


def test_the_judge_finds_a_dish_of_too_many_ingredients(document):
    assert "ingredients, the request allows 2" in faults(document, max_ingredients=2)


def test_the_judge_finds_what_a_diet_leaves_out_by_name(report, document, monkeypatch):
    base = FOODS[min(eaten(report.reports["Ann"].plan))].base
    stricter = replace(read_diets()["halal"], without=(base,))
    monkeypatch.setattr("planner.check.foods.find_diet", lambda _: stricter)
    assert f"the request is without {base}" in faults(document)


def test_it_is_said_what_a_style_does_not_know():
    report = plan_meals(build_request(days=1, diet="halal"))
    (own,) = report.reports.values()
    assert any("slaughtered is not known here" in text for _, text, _ in own.warnings)


def test_names_of_a_diet_are_left_out_with_those_of_the_eater():
    own = Preferences(diet="halal", without=("peanut",))
    assert own.names_left_out == ("peanut", "pork", "alcohol", "vanilla extract")


def test_it_holds_when_the_plan_is_made_again(document):
    ann, tom = document.request.eaters
    fewer = replace(ann, preferences=replace(ann.preferences, max_ingredients=MOST - 1))
    again = replan_table(document, replace(document.request, eaters=(fewer, tom)))
    assert again.report.passed


def test_a_jain_day_holds_nothing_that_grows_as_a_root():
    report = plan_meals(build_request(days=2, diet="jain"))
    (own,) = report.reports.values()
    bases = {FOODS[one].base for one in eaten(own.plan)}
    assert bases.isdisjoint({"onion", "garlic", "potato", "carrot", "ginger", "egg", "honey"})
    assert own.check.passed
