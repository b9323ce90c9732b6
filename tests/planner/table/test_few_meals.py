"""Only one meal of each day is planned, for a group: its share of the day, and amounts for all."""

from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.check.document import check_document
from planner.cli.options import build_request
from planner.export.as_json import as_json
from planner.export.meals import people_text
from planner.pipeline import plan_meals
from planner.plan.shares import heads_of
from planner.request.eater import Guests
from planner.request.eater_phrases import read_eater
from planner.request.phrases import read_target
from planner.request.shares import RATIO
from planner.targets.derive import targets_of
from planner.wire.document import parse_plan_document

CHILD = read_eater("name=Child,sex=f,age=5,count=18,slots=lunch")
TEACHER = read_eater("name=Teacher,sex=f,age=35,count=3,slots=lunch")


@pytest.fixture(scope="module")
def document():
    request = build_request(eater=(CHILD, TEACHER), days=2, only=("lunch",))
    return parse_plan_document(as_json(plan_meals(request)), "plan.json")


def test_a_group_gets_its_lunches_and_each_kind_its_own_portions(document):
    assert check_document(document, read_embedded_foods()).passed
    assert [[meal.slot for meal in day.meals] for day in document.plan.days] == [["lunch"]] * 2
    more = {"Child": 17, "Teacher": 2}
    for item in document.plan.days[0].items():
        assert item.guests.count == sum(more[share.eater] for share in item.shares)
        mass_g = sum(more[share.eater] * share.mass_g for share in item.shares)
        assert item.guests.mass_g == pytest.approx(mass_g, abs=1.0)
        assert item.visitors == (0, pytest.approx(0.0, abs=0.01))


def test_who_an_eater_stands_for_is_told_as_a_group_and_is_no_guest(document):
    first, foods = document.plan.days[0].items()[0], read_embedded_foods()
    told = people_text(first, foods)
    assert "Child × 18, each" in told or "Teacher × 3, each" in told
    assert "guest" not in told
    assert heads_of(document.plan) == 21
    eaten = first.ingredients[0][0]
    asked = Guests(1, "lunch", 1, without=(foods[eaten].base,))
    week = replace(document.request.week, guests=(asked,))
    found = check_document(replace(document, request=replace(document.request, week=week)), foods)
    assert "has nothing for 1 guests" in str(found.faults)
    assert "which guests leave out" not in str(found.faults)


def test_what_is_asked_of_a_day_holds_in_the_mean_but_with_a_condition():
    lunch = build_request(sex="f", age=35, only=("lunch",), days=2)
    few = [one for one in targets_of(lunch).targets if one.basis == "total"]
    periods = {one.period for one in few if one.nutrient in {"magnesium_mg", "iron_mg", RATIO}}
    assert periods == {"week"}
    held = build_request(sex="f", age=35, only=("lunch",), days=2, condition=("hypertension",))
    sodium = next(one for one in targets_of(held).targets if one.nutrient == "sodium_mg")
    assert (sodium.period, sodium.hard) == ("day", True)


def test_a_snack_that_cannot_be_is_refused_with_the_whole_day_as_a_way_out():
    protein = read_target("protein_g>=60")
    asked = build_request(sex="f", age=35, only=("snack",), days=1, target=(protein,))
    report = plan_meals(asked)
    assert report.plan is None
    [way] = report.alone.refusal.relaxations
    assert (way.at_home, way.is_tried) == (("breakfast", "lunch", "dinner"), True)
    assert report.best_effort is None  # a whole day is no nearer to a snack


def test_five_of_all_ages_have_a_vegan_dinner_of_one_evening():
    each = {"Ann": ("f", 38), "Ben": ("m", 40), "Cid": ("m", 14), "Dee": ("f", 9), "Eve": ("f", 5)}
    table = [read_eater(f"name={name},sex={sex},age={age}") for name, (sex, age) in each.items()]
    # meals with enough energy, and not too much sodium and fat, were dearer than all on the menus
    report = plan_meals(build_request(eater=tuple(table), only=("dinner",), days=1, diet="vegan"))
    assert report.passed
    assert report.reports.keys() == each.keys()
