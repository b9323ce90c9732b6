"""How often at most, and at which time of the day: nothing that a chart says is lost."""

import pytest

from planner.errors import ConfigError, RefusedError
from planner.export.schedule import remark_texts
from planner.request.profile import Profile
from planner.safety.day_meals import usual_meals
from planner.safety.gate import judge_supplements
from planner.safety.patient import check_understood, read_patient, readings_of
from planner.safety.schedule import build_schedule
from planner.safety.stops import check_plan_allowed


def patient(*medicines, conditions=(), **body):
    return read_patient(Profile(medicines=medicines, conditions=conditions, **body))


def only(*medicines):
    """Return the one medicine that a text names, where nothing is asked."""
    person = patient(*medicines)
    check_understood(person)
    (medicine,) = person.medicines
    return medicine


def hours(*medicines):
    """Give item → first hour of its first dose."""
    lines = build_schedule(patient(*medicines).medicines).lines
    return {line.item: line.earliest for line in reversed(lines)}


@pytest.mark.parametrize(
    "text", ["methotrexate 15 mg every 7 days", "Ozempic every seven days", "alendronate 70 mg OW",
             "Methotrexat alle 7 Tage"],
)  # fmt: skip
def test_every_seven_days_is_once_a_week(text):
    assert only(text).per_week == 1


@pytest.mark.parametrize(
    "text",
    ["methotrexate:7/week", "methotrexate three times a week", "alendronate 70 mg twice a week",
     "ibandronic acid 150 mg once a week", "Prolia once a week", "Lomustine", "Mirena",
     "Vitamin D 50 000 IE", "other: Ozempic", "other: methotrexate 2.5 mg"],
)  # fmt: skip
def test_oftener_than_most_take_it_is_asked_about(text):
    with pytest.raises(ConfigError, match="how often"):
        only(text)


def test_some_days_of_the_week_and_cycles_are_read():
    assert only("digoxin 125 mcg 5/7").per_week == 5
    assert only("lomustine in cycles").spaced
    assert only("other: methotrexate 2.5mg x6 Fridays").weekdays == (4,)
    assert only("other: fentanyl 25 mcg/h q72h").spaced


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("zopiclone 7.5 mg nocte", "21:00", "23:30"), ("Zolpidem", "21:00", "23:30"),
        ("mirtazapine 15 mg at bedtime", "21:00", "23:30"), ("Eltroxin 100 mane", "06:00", "10:30"),
        ("levothyroxine 100 mcg before breakfast", "06:00", "10:30"),
        ("Xarelto 20 mg with supper", "19:00", "19:30"), ("Xarelto 20 mg", "19:00", "19:30"),
    ],
)  # fmt: skip
def test_a_medicine_is_taken_at_the_time_of_the_day_that_is_said(text, earliest, latest):
    (hour,) = (hour for item, hour in hours(text).items() if item != "magnesium")
    assert earliest <= hour <= latest


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


def test_a_medicine_stands_at_the_hour_that_is_said_or_it_is_told():
    person = patient("levothyroxine at 6:30")
    assert hours("levothyroxine at 6:30")["levothyroxine"] == "06:30"
    assert not build_schedule(person.medicines, meals=usual_meals()).moved
    late = build_schedule(patient("levothyroxine at 19:30").medicines, meals=usual_meals())
    assert late.moved == (("levothyroxine", ("19:30",)),)
    assert any("does not stand at 19:30" in one for one in remark_texts(late))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("levothyroxine at 6:45", "06:45 is no hour"), ("levothyroxine at 3:00", "03:00 is no"),
        ("metformin twice a day at 8:00", "in two ways"), ("zopiclone 9:30 at night", "two ways"),
        ("methotrexate at 6:30", "most people take methotrexate once a week"),
    ],
)  # fmt: skip
def test_an_hour_that_cannot_be_used_is_answered_in_words(text, why):
    with pytest.raises(ConfigError, match=why):
        only(text)
