"""Words of conditions and allergies: other languages, dates beside them, and ``other: TEXT``."""

import pytest

from planner.errors import ConfigError, RefusedError
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.safety.conditions import read_condition
from planner.safety.patient import read_patient, readings_of
from planner.safety.stops import check_plan_allowed
from tests.rows import rows


def patient(text, **told):
    return read_patient(Profile(sex="f", age_y=50, conditions=(text,), **told))


def ids(text):
    return {condition.condition_id for condition in read_condition(text).conditions}


@rows(__file__, "no_plan_is_made")
@pytest.mark.parametrize("other", ["", "other: "])
def test_no_plan_is_made(text, other):
    with pytest.raises(RefusedError, match="no plan"):
        check_plan_allowed(patient(f"{other}{text}"))


@rows(__file__, "what_harms_is_left_out")
@pytest.mark.parametrize("other", ["", "other: "])
def test_what_harms_is_left_out(text, name, other):
    person = patient(f"{other}{text}")
    check_plan_allowed(person)
    assert name in person.names_left_out
    assert not person.others


def test_milk_stays_where_alpha_gal_leaves_it():
    assert "milk" not in patient("alpha-gal syndrome, milk tolerated").names_left_out


@rows(__file__, "what_is_known_counts_and_the")
def test_what_is_known_counts_and_the_rest_is_said(text, condition_id):
    person = patient(text)
    check_plan_allowed(person)
    assert condition_id in ids(text)
    unused = person.said[0].unused
    assert all(word in readings_of(person)[0].understood for word in unused)


@rows(__file__, "no_plan_is_made_in_the")
@pytest.mark.parametrize("other", ["", "other: "])
def test_no_plan_is_made_in_the_weeks_around_surgery(text, other):
    with pytest.raises(RefusedError, match="clinic's stages"):
        check_plan_allowed(patient(f"{other}{text}"))


@rows(__file__, "a_date_of_surgery_is_asked")
def test_a_date_of_surgery_is_asked_how_long_ago_it_is(text):
    with pytest.raises(ConfigError, match="how long ago"):
        check_plan_allowed(patient(text))


@rows(__file__, "when_it_was_is_said_where")
def test_when_it_was_is_said_where_no_rule_uses_it(text, words):
    person = patient(text)
    check_plan_allowed(person)
    assert words in readings_of(person)[0].understood


def test_an_unknown_condition_needs_what_to_leave_out_or_a_clinic():
    told = Profile(sex="f", age_y=50, conditions=("other: Marfan syndrome",))
    with pytest.raises(RefusedError, match="does not know"):
        check_plan_allowed(read_patient(told))
    named = read_patient(told, ["milk"])
    check_plan_allowed(named)
    assert "left out as you said: milk" in readings_of(named)[0].understood
    check_plan_allowed(patient("other: Marfan syndrome", clinic_agreed=True))


def test_what_another_condition_leaves_out_opens_no_door():
    told = Profile(sex="f", age_y=50, conditions=("other: Marfan syndrome", "peanut allergy"))
    request = PlanRequest(profile=told, preferences=Preferences(without=("peanut",)))
    with pytest.raises(RefusedError):
        check_plan_allowed(request.patient)


@rows(__file__, "what_could_weaken_a_rule_is")
def test_what_could_weaken_a_rule_is_asked(text):
    assert read_condition(text).left


@pytest.mark.parametrize("text", ["Parkinson's", "ALS", "MS", "stroke", "Alzheimer's"])
def test_who_may_come_to_swallow_badly_is_asked(text):
    told = [str(reading.text) for reading in readings_of(patient(text))]
    assert any("is swallowing hard?" in sentence for sentence in told)
    assert not any("Parkinson s" in sentence for sentence in told)


def test_the_words_for_a_stoma_are_for_who_has_one():
    held = {one: "stoma" in {e.effect_id for e in patient(one).effects}
            for one in ("gastroparesis", "short bowel", "ileostomy", "colostomy")}  # fmt: skip
    assert held == {
        "gastroparesis": False,
        "short bowel": False,
        "ileostomy": True,
        "colostomy": True,
    }
