import json

import pytest

from planner.document.blocks import Table
from planner.export.figures import number_as_text
from planner.export.targets import targets_told
from planner.request.profile import Profile
from planner.targets.derive import derive_targets
from planner.wire.targets import TargetsAnswer
from tests.told import printed

SAMPLE = derive_targets(Profile())


def line(start, text=None):
    lines = (text or printed(targets_told(SAMPLE))).splitlines()
    return next(one for one in lines if one.strip().startswith(start)).split()


def test_json_is_complete_and_unrounded():
    answer = json.loads(json.dumps(TargetsAnswer.of_set(SAMPLE, ("height_cm",)).json_values()))
    assert set(answer) >= {"standard", "profile", "energy", "targets", "notes"}
    assert answer["energy"]["kcal"] == SAMPLE.energy.kcal
    assert answer["profile"]["assumed"] == ["height_cm"]
    assert len(answer["targets"]) == len(SAMPLE.targets)
    keys = {"nutrient", "unit", "lower", "upper", "period", "basis", "hard", "source"}
    assert all(keys | {"confidence"} <= set(target) for target in answer["targets"])


def test_a_row_shows_day_week_rule_and_source():
    # Calcium: 0.8 * 1200 and the UL on a day, 1200 over the week
    assert line("Calcium, mg")[2:8] == ["960", "to", "2000", ">=", "1200", "UL,"]


def test_a_ratio_without_band_is_shown():
    text = printed(targets_told(derive_targets(Profile(age_y=16))))
    assert line("Calcium to magnesium", text)[3:5] == ["shown", "shown"]
    assert "Targets for a girl, 16," in text


def test_every_target_has_a_row():
    rows = [row for one in targets_told(SAMPLE) if isinstance(one, Table) for row in one.rows]
    places = {(target.nutrient, target.basis) for target in SAMPLE.targets}
    assert sum("preferred" not in row[0] for row in rows) == len(places)


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
