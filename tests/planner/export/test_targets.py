"""Targets of one standard, and of several side by side."""

import json

import pytest

from planner.document.blocks import Table
from planner.export.figures import number_as_text
from planner.export.targets import (
    Comparison,
    comparison_answer,
    comparison_told,
    own_targets,
    reference_ratio,
    targets_told,
)
from planner.request.profile import Profile
from planner.standards.ids import standard_ids
from planner.targets.derive import derive_targets
from planner.wire.targets import TargetsAnswer
from tests.told import printed

SAMPLE = derive_targets(Profile())


def test_json_is_complete_and_unrounded():
    answer = json.loads(json.dumps(TargetsAnswer.of_set(SAMPLE, ("height_cm",)).json_values()))
    assert answer["energy"]["kcal"] == SAMPLE.energy.kcal
    assert answer["profile"]["assumed"] == ["height_cm"]
    assert len(answer["targets"]) == len(SAMPLE.targets)


def test_every_target_has_a_row_with_day_week_rule_and_source():
    rows = [row for one in targets_told(SAMPLE) if isinstance(one, Table) for row in one.rows]
    places = {(target.nutrient, target.basis) for target in SAMPLE.targets}
    assert sum("preferred" not in row[0] for row in rows) == len(places)
    # Calcium: 0.8 * 1200 and the UL on a day, 1200 over the week
    text = " ".join(printed(targets_told(SAMPLE)).split())
    assert "Calcium, mg 960 to 2000 >= 1200 UL," in text


@pytest.mark.parametrize(
    ("value", "text"), [(10000, "10000"), (0.63, "0.63"), (1861.488, "1861"), (2.0, "2")]
)
def test_numbers_have_four_digits_and_no_exponent(value, text):
    assert number_as_text(value) == text


def test_json_says_what_conditions_ask_of_meals_and_days():
    person = Profile(medicines=("warfarin", "insulin"), conditions=("lactose intolerance",))
    assert TargetsAnswer.of_set(derive_targets(person)).json_values()["meals"] == {
        "upper": {"lactose_g": 12},
        "carbohydrate_within_g": 15,
        "carbohydrate_times": 2,
        "days_within_share_of_mean": {"vitamin_k_ug": 0.25},
    }


def compare(*standards, **profile):
    return Comparison(tuple(derive_targets(Profile(**profile), one) for one in standards))


FOUR = compare(*standard_ids())


def test_what_a_standard_lacks_is_blank_and_named_and_not_filled_from_another():
    text = printed(comparison_told(FOUR))
    answer = comparison_answer(FOUR).json_values()
    vitamin_c = next(one for one in answer["nutrients"] if one["nutrient"] == "vitamin_c_mg")
    assert vitamin_c["week"]["who"] is None
    assert {"nutrient": "vitamin_c_mg", "basis": "total"} in answer["lacking"]["who"]
    assert "WHO gives no" in text
    assert "vitamin C" in text.split("WHO gives no")[1]


def test_every_target_of_every_standard_is_in_the_json_unrounded():
    answer = json.loads(json.dumps(comparison_answer(FOUR).json_values()))
    shown = {
        (one["nutrient"], one["basis"], period, standard): one[period][standard]
        for one in answer["nutrients"]
        for period in ("day", "week")
        for standard in answer["standards"]
    }
    for one in FOUR.sets:
        for target in own_targets(one):
            place = (target.nutrient, target.basis, target.period, one.standard)
            assert (shown[place]["lower"], shown[place]["upper"]) == (target.lower, target.upper)


@pytest.mark.parametrize(
    ("standard", "ratio", "implied_mg"),
    # 1200/320 and 1200/2; 950/300 and 950/2; 700/270 and 700/2; 1300/220 and 1300/2
    [("us", 3.75, 600), ("eu", 950 / 300, 475), ("uk", 700 / 270, 350), ("who", 1300 / 220, 650)],
)
def test_the_ratio_of_the_reference_values_is_calcium_over_magnesium(standard, ratio, implied_mg):
    assert reference_ratio(derive_targets(Profile(), standard)) == pytest.approx(ratio)
    answer = comparison_answer(FOUR).json_values()["ratio"][standard]
    assert answer["implied_magnesium_mg"] == pytest.approx(implied_mg)
    assert answer["mode"] == "hard"
    child = comparison_answer(compare(standard, age_y=6)).json_values()["ratio"][standard]
    assert child["implied_magnesium_mg"] is None
