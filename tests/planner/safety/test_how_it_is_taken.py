"""How often at most, and at which time of the day: nothing that a chart says is lost."""

import pytest

from planner.errors import ConfigError, RefusedError
from planner.request.override import TargetOverride
from planner.request.profile import Profile
from planner.safety.gate import judge_supplements
from planner.safety.patient import check_understood, read_patient, readings_of
from planner.safety.stops import banner_of, check_plan_allowed
from planner.targets.derive import derive_targets
from tests.rows import rows


def patient(*medicines, conditions=(), **body):
    return read_patient(Profile(medicines=medicines, conditions=conditions, **body))


def only(*medicines):
    """Return the one medicine that a text names, where nothing is asked."""
    person = patient(*medicines)
    check_understood(person)
    (medicine,) = person.medicines
    return medicine


@rows(__file__, "a_chart_is_read_as_it")
def test_a_chart_is_read_as_it_is_written(text, name):
    assert only(text).ingredients == (name,)


@rows(__file__, "what_is_urgent_is_said_before")
def test_what_is_urgent_is_said_before_what_is_asked(body, medicines, words):
    person = patient(*medicines, **body)
    for door in (check_plan_allowed, judge_supplements):
        with pytest.raises(ConfigError, match=rf"(?s){words}.*foobarol"):
            door(person)


@rows(__file__, "no_plan_is_made_where_blood")
def test_no_plan_is_made_where_blood_is_out_of_order(body, conditions, medicines, words):
    with pytest.raises(RefusedError, match=words):
        check_plan_allowed(patient(*medicines, conditions=conditions, **body))


@rows(__file__, "a_figure_of_the_blood_or")
def test_a_figure_of_the_blood_or_of_weeks_passes_no_door(text):
    with pytest.raises(ConfigError):
        check_understood(patient(conditions=[text], clinic_agreed=True))


@rows(__file__, "an_hour_of_the_clock_is")
def test_an_hour_of_the_clock_is_a_dose_and_is_said(text, hours):
    person = patient(text)
    assert only(text).moments == hours
    assert only(text).per_day == len(hours)
    assert any(reading.text.endswith(f": at {', '.join(hours)}") for reading in readings_of(person))


@rows(__file__, "an_hour_that_cannot_be_used")
def test_an_hour_that_cannot_be_used_is_answered_in_words(text, told):
    with pytest.raises(ConfigError, match=told):
        only(text)


@rows(__file__, "words_of_taking_are_heeded_or")
def test_words_of_taking_are_heeded_or_contradicted(text, ids, told):
    person, of_words = patient(text), {"D04", "D55", "D74", "D76", "D78"}
    check_understood(person)
    found = {row.interaction_id for medicine in person.medicines for row in medicine.interactions}
    assert found & of_words == ids
    readings = [reading.understood for reading in readings_of(person)]
    assert not any("not used" in reading for reading in readings)
    assert any(told in reading for reading in readings)


def test_with_food_and_without_it_is_asked_about():
    with pytest.raises(ConfigError, match="with food, or on an empty stomach"):
        check_understood(patient("zonisamide with food on an empty stomach"))


def test_a_plan_that_is_not_made_says_nothing_against_a_pill():
    person = patient("Sinemet", "ferrous sulfate", conditions=("trouble swallowing",))
    verdict = judge_supplements(person)
    assert verdict.schedule.refused == ()
    assert "ferrous sulfate 2 h away from Sinemet" in map(str, verdict.schedule.rules)
    with pytest.raises(RefusedError, match="go on with the pills that are prescribed"):
        check_plan_allowed(person)


def test_with_myasthenia_magnesium_alone_is_refused():
    person = patient("ferrous sulfate", conditions=("myasthenia gravis",))
    verdict = judge_supplements(person)
    assert (verdict.allowed, verdict.nutrients["calcium_mg"]) == ("refused", "ask")
    assert verdict.schedule.refused == ()


@rows(__file__, "less_carbohydrate_with_a_gliflozin_is")
def test_less_carbohydrate_with_a_gliflozin_is_for_the_clinic_to_allow(wish):
    override, body = TargetOverride(*wish), {"sex": "m", "age_y": 55, "weight_kg": 95}
    for name in ("Jardiance", "Forxiga", "Invokana", "Steglatro"):
        with pytest.raises(RefusedError, match="may not be lowered"):
            derive_targets(Profile(medicines=(name,), **body), overrides=[override])
    agreed = Profile(medicines=("Jardiance",), clinic_agreed=True, **body)
    assert derive_targets(agreed, overrides=[override])
    assert "no low-carbohydrate diet" in banner_of(read_patient(agreed))
