import json

import pytest

from planner.export.targets import (
    Comparison,
    comparison_answer,
    comparison_told,
    own_targets,
    reference_ratio,
)
from planner.request.profile import Profile
from planner.standards.ids import standard_ids
from planner.targets.derive import derive_targets
from tests.told import printed


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


def test_a_child_has_no_magnesium_asked_for_by_the_ratio():
    answer = comparison_answer(compare("us", "eu", age_y=6)).json_values()["ratio"]
    assert [answer[name]["implied_magnesium_mg"] for name in ("us", "eu")] == [None, None]
