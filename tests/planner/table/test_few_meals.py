"""Only one meal of each day is planned, for a group: its share of the day, and amounts for all."""

import pytest

from foods.embedded import read_embedded_foods
from planner.check.document import check_document
from planner.cli.options import build_request
from planner.export.as_json import as_json
from planner.pipeline import plan_meals
from planner.request.eater_phrases import read_eater
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


def test_what_is_asked_of_a_day_holds_in_the_mean_but_with_a_condition():
    lunch = build_request(sex="f", age=35, only=("lunch",), days=2)
    few = [one for one in targets_of(lunch).targets if one.basis == "total"]
    periods = {one.period for one in few if one.nutrient in {"magnesium_mg", "iron_mg", RATIO}}
    assert periods == {"week"}
    held = build_request(sex="f", age=35, only=("lunch",), days=2, condition=("hypertension",))
    sodium = next(one for one in targets_of(held).targets if one.nutrient == "sodium_mg")
    assert (sodium.period, sodium.hard) == ("day", True)
