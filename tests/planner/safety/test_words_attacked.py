"""Words of conditions and medicines as a pharmacist or a renal dietitian would attack them."""

import time

import pytest

from planner.errors import ConfigError
from planner.request.profile import Profile
from planner.safety.conditions import is_blood_level
from planner.safety.gate import judge_supplements
from planner.safety.patient import read_patient
from planner.safety.stops import check_plan_allowed

ENDLESS_S = 5.0  # of the thread itself; 0.01 are usual, the square of 20,000 signs takes minutes


def woman(**told):
    return Profile(sex="f", age_y=50, **{key: tuple(value) for key, value in told.items()})


def with_condition(text):
    return woman(conditions=[text])


def with_medicine(text):
    return woman(medicines=[text])


def effects(person):
    return {effect.effect_id for effect in read_patient(person).effects}


def asked(person):
    """What is said where a word is not understood; it must be."""
    with pytest.raises(ConfigError) as raised:
        judge_supplements(read_patient(person))
    with pytest.raises(ConfigError):
        check_plan_allowed(read_patient(person))
    return str(raised.value)


def test_two_names_of_conditions_in_one_entry_both_hold():
    names = {
        "coeliac disease": {"coeliac"}, "gout": {"gout"}, "type 2 diabetes": {"diabetes"},
        "lactose intolerance": {"lactose_intolerance"}, "osteoporosis": {"bone"},
        "high blood pressure": {"hypertension"},
        "heart failure": {"heart_failure"}, "kidney disease": {"weak_kidneys", "potassium"},
        "dialysis": {"weak_kidneys"}, "calcium oxalate stones": {"oxalate_stones"},
        "hypercalcaemia": {"hypercalcaemia"}, "anorexia": {"eating_disorder"},
    }  # fmt: skip
    for name, first in names.items():
        for other, second in names.items():
            for joined in (" and ", " with ", "/", " + ", ", ", " "):
                text = f"{name}{joined}{other}"
                assert first | second <= effects(with_condition(text)), text


@pytest.mark.parametrize("person", [with_condition, with_medicine])
@pytest.mark.parametrize(
    "text",
    [
        "a" * 300, "egfr" + " " * 20_000 + "x", "egfr " + "of " * 5_000, "ckd " + "3-" * 5_000,
        "ckd 3" + " to 4" * 3_000, "stage 1 " * 3_000, "other: " + "kidny " * 3_000, "🍌", "{0}",
        "' DROP TABLE foods --", "\x00\x07", "%s %d", "\\", "-", "?", "<script>",
    ],
)  # fmt: skip
def test_strange_texts_are_asked_about_in_one_short_line_at_once(person, text):
    asked(with_condition("warm up"))
    start = time.thread_time()
    said = asked(person(text))
    assert time.thread_time() - start < ENDLESS_S
    assert "\n" not in said
    assert len(said) < 500


@pytest.mark.parametrize("text", ["potassium 10 mEq", "magnesium citrate", "high dose magnesium"])
def test_a_dose_of_a_mineral_is_no_finding(text):
    assert not is_blood_level(text)
