"""How often at most, and at which time of the day: nothing that a chart says is lost."""

import pytest

from planner.errors import ConfigError, RefusedError
from planner.request.override import TargetOverride
from planner.request.profile import Profile
from planner.safety.gate import judge_supplements
from planner.safety.patient import check_understood, read_patient, readings_of
from planner.safety.stops import banner_of, check_plan_allowed
from planner.targets.derive import derive_targets


def patient(*medicines, conditions=(), **body):
    return read_patient(Profile(medicines=medicines, conditions=conditions, **body))


def only(*medicines):
    """Return the one medicine that a text names, where nothing is asked."""
    person = patient(*medicines)
    check_understood(person)
    (medicine,) = person.medicines
    return medicine


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("vitamin B12 injection monthly", "vitamin b12"), ("Ramipril 2,5 mg 1-0-0", "ramipril"),
        ("Euthyrox 75, nüchtern", "levothyroxine"), ("warfarin as directed", "warfarin"),
        ("methotrexate 15 mg s.c. Fridays", "methotrexate"), ("Theophyllin 300", "theophylline"),
    ],
)  # fmt: skip
def test_a_chart_is_read_as_it_is_written(text, name):
    assert only(text).ingredients == (name,)


@pytest.mark.parametrize(
    ("body", "medicines", "words"),
    [
        ({"serum_k_mmol_l": 7.1}, ["foobarol"], "emergency department now"),
        ({"serum_mg_mg_dl": 0.97}, ["foobarol"], "today"),
        ({"serum_mg_mg_dl": 0.97}, ["digoxin", "foobarol"], "emergency department now"),
    ],
)
def test_what_is_urgent_is_said_before_what_is_asked(body, medicines, words):
    person = patient(*medicines, **body)
    for door in (check_plan_allowed, judge_supplements):
        with pytest.raises(ConfigError, match=rf"(?s){words}.*foobarol"):
            door(person)


@pytest.mark.parametrize(
    ("body", "conditions", "medicines", "words"),
    [
        ({"serum_mg_mg_dl": 0.97}, [], [], "call your doctor"),
        ({"serum_k_mmol_l": 5.2, "clinic": (("potassium_mg", 2500.0),)}, [], ["Sando-K"],
         "before the next dose"),
        ({}, ["hypokalaemia"], ["digoxin"], "emergency department now"),
        ({}, ["hypokalaemia"], [], "--serum-potassium"),
        ({}, ["hypermagnesaemia"], [], "eGFR"),
        ({"egfr": 40.0, "clinic": (("potassium_mg", 25.0),)}, [], [], "a typo"),
        ({"egfr": 40.0, "clinic": (("potassium_mg", 4700.0),)}, [], [], "limits nothing"),
        ({}, ["hyponatraemia"], [], "salt and fluids"),
    ],
)  # fmt: skip
def test_no_plan_is_made_where_blood_is_out_of_order(body, conditions, medicines, words):
    with pytest.raises(RefusedError, match=words):
        check_plan_allowed(patient(*medicines, conditions=conditions, **body))


@pytest.mark.parametrize(
    "text", ["other: potassium 6.8", "other: INR 6.2", "raised BP at 30 weeks"]
)
def test_a_figure_of_the_blood_or_of_weeks_passes_no_door(text):
    with pytest.raises(ConfigError):
        check_understood(patient(conditions=[text], clinic_agreed=True))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("levothyroxine at 6:30", ("06:30",)), ("levothyroxine at 6:30 am", ("06:30",)),
        ("levothyroxine um 6.30 Uhr", ("06:30",)), ("levothyroxine 8pm", ("20:00",)),
        ("levothyroxine:6:30", ("06:30",)), ("levothyroxine at 8:00 in the morning", ("08:00",)),
        ("metformin at 20:00 and 8:00", ("08:00", "20:00")),
    ],
)  # fmt: skip
def test_an_hour_of_the_clock_is_a_dose_and_is_said(text, hours):
    person = patient(text)
    assert only(text).moments == hours
    assert only(text).per_day == len(hours)
    assert any(one.text.endswith(f": at {', '.join(hours)}") for one in readings_of(person))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("metformin twice a day at 8:00", "in two ways"), ("zopiclone 9:30 at night", "two ways"),
        ("methotrexate at 6:30", "most people take methotrexate once a week"),
    ],
)  # fmt: skip
def test_an_hour_that_cannot_be_used_is_answered_in_words(text, why):
    with pytest.raises(ConfigError, match=why):
        only(text)


@pytest.mark.parametrize(
    ("text", "ids", "told"),
    [
        ("Tasigna 300 mg twice a day on an empty stomach", {"D76"}, ""),
        ("abiraterone with dinner", {"D76"}, "keeps it from meals"),
        ("levothyroxine with breakfast", {"D04"}, "keeps it from meals"),
        ("rivaroxaban on an empty stomach", {"D74"}, "taken with a meal"),
        ("repaglinide three times a day before meals", {"D55"}, "lower blood sugar"),
        ("ibuprofen with food", {"D78"}, ""), ("metformin nach dem Essen", {"D78"}, ""),
        ("omeprazole 30 minutes before breakfast", {"D76"}, ""),
        ("zonisamide at bedtime", set(), ""),
    ],
)  # fmt: skip
def test_words_of_taking_are_heeded_or_contradicted(text, ids, told):
    person, of_words = patient(text), {"D04", "D55", "D74", "D76", "D78"}
    check_understood(person)
    found = {row.interaction_id for one in person.medicines for row in one.interactions}
    assert found & of_words == ids
    readings = [one.understood for one in readings_of(person)]
    assert not any("not used" in one for one in readings)
    assert any(told in one for one in readings)


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


@pytest.mark.parametrize(
    "wish", [("carbohydrate_pct_energy", None, 40.0), ("carbohydrate_g", None, 200.0),
             ("carbohydrate_pct_energy", 20.0, None)],
)  # fmt: skip
def test_less_carbohydrate_with_a_gliflozin_is_for_the_clinic_to_allow(wish):
    override, body = TargetOverride(*wish), {"sex": "m", "age_y": 55, "weight_kg": 95}
    for name in ("Jardiance", "Forxiga", "Invokana", "Steglatro"):
        with pytest.raises(RefusedError, match="may not be lowered"):
            derive_targets(Profile(medicines=(name,), **body), overrides=[override])
    agreed = Profile(medicines=("Jardiance",), clinic_agreed=True, **body)
    assert derive_targets(agreed, overrides=[override])
    assert "no low-carbohydrate diet" in banner_of(read_patient(agreed))
