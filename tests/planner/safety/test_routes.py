"""By what route and how often: who is asked, who gets an hour, and what holds all the same."""

import pytest

from planner.errors import ConfigError, RefusedError
from planner.request.profile import Profile
from planner.safety.clock import Taken
from planner.safety.gate import judge_supplements
from planner.safety.medicines import read_medicine_entry
from planner.safety.patient import check_understood, read_patient, readings_of
from planner.safety.schedule import build_schedule
from planner.safety.stops import check_plan_allowed
from tests.medicine_names import read_medicines


def asked(text):
    with pytest.raises(ConfigError) as raised:
        check_understood(read_patient(Profile(medicines=(text,))))
    return str(raised.value)


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("Fosamax", "once a week"), ("Fosamax 70 mg", "once a week"),
        ("alendronic acid 70 mg daily", "once a week"), ("risedronate 35", "once a week"),
        ("ibandronic acid 150 mg", "once a month"), ("Bonviva", "once a month"),
        ("ibandronic acid 150 mg:1", "once a month"), ("Ozempic 1 mg", "once a week"),
        ("Ozempic daily", "once a week"), ("Trulicity", "once a week"), ("Humira", "every 2 weeks"),
        ("vitamin D 50000 IU", "once a week"), ("vitamin D3 20.000 IE", "once a week"),
        ("fentanyl patch", "every 72 hours"), ("Durogesic daily", "every 72 hours"),
        ("denosumab", "every 6 months"), ("estradiol patch", "once a week"),
        ("testosterone injection", "once a week"), ("Fosamax Sunday and daily", ""),
    ],
)  # fmt: skip
def test_what_is_not_taken_every_day_is_asked_for_its_rhythm(text, example):
    assert example in asked(text)


def test_insulin_once_a_week_is_asked_about():
    assert "most people take it every day" in asked("insulin weekly")


def test_two_names_with_one_rhythm_are_asked_one_by_one():
    assert "each of them with its own" in asked("lisinopril and Fosamax weekly")


@pytest.mark.parametrize(
    "text", ["insulin", "Lantus pen", "Rybelsus 7 mg", "vitamin D 1000 IU", "nicotine patch"]
)
def test_what_is_taken_every_day_is_not_asked_about(text):
    check_understood(read_patient(Profile(medicines=(text,))))


@pytest.mark.parametrize(
    "text",
    [
        "fentanyl patch every 72 hours", "Fentanyl Pflaster alle 72 Stunden",
        "Humira every 2 weeks",
        "ibandronic acid 150 mg once monthly", "iron every other day", "ciprofloxacin PRN",
        "iron on alternate days", "Prolia every six months", "Ibuprofen bei Bedarf",
        "levothyroxine every third day", "Fosamax every second Sunday",
    ],
)  # fmt: skip
def test_what_no_calendar_of_days_holds_is_kept_in_its_words(text):
    (medicine,) = read_medicines([text])
    day = build_schedule([medicine], [Taken("magnesium", "magnesium_mg", amount=200.0)])
    assert medicine.spaced in text
    assert [one.item for one in day.lines] == ["magnesium"]
    assert day.spaced == ((medicine.name, medicine.spaced),)


@pytest.mark.parametrize(
    "text",
    [
        "Ozempic 1 mg weekly", "salbutamol spray", "ciprofloxacin eye drops", "diclofenac gel",
        "estradiol patch twice weekly", "insulin", "doxycycline injection:1",
    ],
)  # fmt: skip
def test_what_is_not_swallowed_has_no_hours_from_magnesium(text):
    (medicine, *_) = read_medicines([text])
    day = build_schedule([medicine], [Taken("magnesium", "magnesium_mg", amount=200.0)])
    verdict = judge_supplements(read_patient(Profile(age_y=40, medicines=(text,))))
    assert medicine.name not in {one.item for one in day.lines}
    assert not any("2 hours" in one.text for one in verdict.findings if medicine.name in one.text)


@pytest.mark.parametrize("text", ["diclofenac gel", "heparin injection", "ketoprofen patch:1"])
def test_what_an_ingredient_does_holds_by_every_route(text):
    rows = {one.interaction_id for one in read_medicines([text])[0].interactions}
    assert rows == {one.interaction_id for one in read_medicines([text.split()[0]])[0].interactions}


@pytest.mark.parametrize(
    "text",
    [
        "penicillin V potassium", "amoxicillin/clavulanate potassium", "losartan potassium",
        "Losartan-Kalium", "penicillin VK 500 mg",
    ],
)  # fmt: skip
def test_the_potassium_salt_of_another_drug_is_no_potassium_tablet(text):
    rows = {row.interaction_id for one in read_medicines([text]) for row in one.interactions}
    assert "D48" not in rows


@pytest.mark.parametrize("text", ["losartan/potassium", "potassium chloride", "Kalinor"])
def test_potassium_itself_is(text):
    rows = {row.interaction_id for one in read_medicines([text]) for row in one.interactions}
    assert "D48" in rows


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Verospiron", "D22"), ("Quilonum retard", "D38"), ("Falithrom", "D39"),
        ("Jatrosom", "D40"),
        ("Advagraf", "D32"), ("Blutverdünner", "D39"), ("Schilddrüsentabletten", "D04"),
        ("Centrum", "D44"), ("Bactrim DS", "D47"),
        ("lisinopril metformin aspirin", "D23"), ("Ibuprofen 400", "D50"),
    ],
)  # fmt: skip
def test_names_that_people_type_are_known(text, ids):
    assert ids in {row.interaction_id for one in read_medicines([text]) for row in one.interactions}
    check_understood(read_patient(Profile(medicines=(text,))))


def test_what_changes_nothing_is_said_and_not_asked():
    patient = read_patient(Profile(medicines=("ramipril 5 mg daily since 2019",)))
    assert "since 2019" in " ".join(str(one.text) for one in readings_of(patient))


@pytest.mark.parametrize("text", ["stopped warfarin", "warfarin not taken", "ramipril xarqol"])
def test_what_could_weaken_a_rule_or_be_a_drug_is_asked_about(text):
    assert read_medicine_entry(text).left


def test_a_weekly_medicine_said_to_be_daily_is_warned_about():
    day = build_schedule(read_medicines(["alendronate 10 mg:1"]))
    assert day.rarely_daily == ("alendronate 10 mg",)


@pytest.mark.parametrize(
    "text",
    ["magnesium sulfate IV daily", "magnesium infusion weekly", "Magnesiumsulfat Infusion täglich",
     "other: magnesium sulphate drip every day", "intramuscular magnesium weekly"],
)  # fmt: skip
def test_magnesium_by_a_needle_is_no_antacid(text):
    ill = read_patient(Profile(medicines=(text,)))
    verdict = judge_supplements(ill)
    assert verdict.allowed == "refused"
    assert "--supplement" not in str([one.text for one in verdict.findings if one.code[0] == "D"])
    with pytest.raises(RefusedError, match=r"no plan.*reflexes.*hard breathing"):
        check_plan_allowed(ill)


def test_magnesium_on_the_skin_or_swallowed_is_none_by_a_needle():
    for text in ("magnesium cream", "magnesium tablets"):
        check_plan_allowed(read_patient(Profile(medicines=(text,))))
