"""Pills and water from the request to the checked plan file, with the shipped foods and dishes."""

import json

import pytest

from foods.embedded import read_embedded_foods
from planner.errors import RefusedError
from planner.request.read import request_from_dict
from planner.wire.document import parse_plan_document
from tests.one_eater import as_json, check_document, plan_meals

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


def test_pills_count_in_the_total_and_alone_in_their_level(report):
    findings = [one for one in report.check.findings if one.nutrient == "magnesium_mg"]
    level = [one for one in findings if one.basis == "supplement"]
    total = [one for one in findings if one.basis == "total" and one.period == "day"]
    assert [one.value for one in level] == pytest.approx([241.2] * 2, abs=0.05)
    food = [day.totals["magnesium_mg"] - 241.2 for day in report.plan.days]
    for one, from_food in zip(total, food, strict=True):
        assert one.value == pytest.approx(from_food + 241.2, abs=0.05)
        assert one.value > 350


def test_the_plan_file_is_judged_alike_and_a_changed_pill_is_found(report):
    text = as_json(report)
    assert check_document(parse_plan_document(text, "plan"), read_embedded_foods()).passed
    plan = json.loads(text)
    for meal in plan["days"][0]["meals"]:
        for item in meal["items"]:
            if "magnesium_mg" in item["nutrients"] and item["kind"] == "supplement":
                item["nutrients"]["magnesium_mg"] = 400.0  # the compound taken as its element
    result = check_document(parse_plan_document(json.dumps(plan), "plan"), read_embedded_foods())
    assert not result.passed
    assert any("from magnesium oxide, a supplement" in fault for fault in result.faults)


def test_a_vegan_who_allows_it_is_given_one_dose_of_vitamin_d_every_day():
    asked = {
        "profile": {"sex": "f", "age": 35},
        "preferences": {"diet": "vegan", "allow_supplements": True},
        "targets": {"vitamin_d_ug": {"lower": 20.0, "hard": False}},
        "week": {"days": 3},
    }
    report = plan_meals(request_from_dict(asked))
    assert report.check.passed, report.check.faults
    doses = [[(item.item_id, item.measure) for _, item in pills_of(d)] for d in report.plan.days]
    assert doses[0] == doses[1] == doses[2]
    assert all("vitamin_d2" in name for name, _ in doses[0])


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


@pytest.mark.parametrize(
    ("profile", "held"),
    [
        ({"sex": "f", "age": 55}, {"vitamin_d_ug": 15.0}),
        (
            {"sex": "f", "age": 30, "state": "pregnant", "gestation_week": 20},
            {"vitamin_d_ug": 15.0, "iron_mg": 27.0},
        ),
    ],
)
def test_nothing_is_added_that_food_alone_meets(profile, held):
    asked = {
        "profile": profile,
        "preferences": {"allow_supplements": True},
        # held to, as a week may give away a little of what is only wished for
        "targets": {name: {"lower": lower, "hard": True} for name, lower in held.items()},
    }
    report = plan_meals(request_from_dict(asked))
    assert report.check.passed, report.check.faults
    assert not [pill for day in report.plan.days for pill in pills_of(day)]
    for key in ("vitamin_d_ug", "iron_mg", "calcium_mg"):
        target = report.targets.find(key, "week")
        assert report.plan.means[key] >= target.lower * 0.999


def test_too_much_magnesium_is_refused_before_anything_is_planned():
    asked = TAKEN | {
        "supplements": [{"name": "magnesium citrate", "amount_mg": 400.0, "kind": "elemental"}]
    }
    with pytest.raises(RefusedError, match="400 mg a day, the upper level is 350 mg") as caught:
        plan_meals(request_from_dict(asked))
    assert caught.value.exit_code == 3


NO_B12 = {
    "profile": {"sex": "f", "age": 35},
    "preferences": {"diet": "vegan", "without": ["plant drink", "tofu"]},
    "week": {"days": 2},
}


def test_a_refusal_offers_a_supplement_that_opens_a_way():
    report = plan_meals(request_from_dict(NO_B12))
    assert report.plan is None
    assert [one.flag for one in report.refusal.relaxations][-1] == "--allow-supplements"
    accepted = NO_B12 | {"preferences": NO_B12["preferences"] | {"allow_supplements": True}}
    plan = plan_meals(request_from_dict(accepted)).plan
    assert all(day.supplement_totals["vitamin_b12_ug"] == 10.0 for day in plan.days)


def test_a_refusal_offers_no_supplement_to_whom_a_rule_allows_none():
    unknown = {"profile": {"sex": "f", "age": 70}}  # 65 and over without an eGFR
    report = plan_meals(request_from_dict(NO_B12 | unknown))
    assert report.plan is None
    assert "--allow-supplements" not in [one.flag for one in report.refusal.relaxations]
