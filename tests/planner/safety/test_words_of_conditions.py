"""Words of conditions and allergies: other languages, dates beside them, and ``other: TEXT``."""

import pytest

from planner.errors import ConfigError, RefusedError
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.safety.conditions import read_condition
from planner.safety.patient import read_patient, readings_of
from planner.safety.stops import check_plan_allowed


def patient(text, **told):
    return read_patient(Profile(sex="f", age_y=50, conditions=(text,), **told))


def ids(text):
    return {one.condition_id for one in read_condition(text).conditions}


@pytest.mark.parametrize(
    "text",
    [
        "MSUD", "homocystinuria", "dysphagia, thickened fluids level 2", "PEG feed", "home hemo",
        "CRRT last month", "AV fistula in my arm", "calciphylaxis", "почечная недостаточность",
        "透析", "diyaliz", "Nierenversagen", "Darmverschluss", "toxic megacolon", "IDDSI level 4",
        "I donated a kidney to my brother", "fistula for dialysis, not started",
        "glycogen storage disease", "kidney transplant 2019, doing well", "born with one kidney",
    ],
)  # fmt: skip
@pytest.mark.parametrize("other", ["", "other: "])
def test_no_plan_is_made(text, other):
    with pytest.raises(RefusedError, match="no plan"):
        check_plan_allowed(patient(f"{other}{text}"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Erdnussallergie", "peanut"), ("alergia a los cacahuetes", "peanut"),
        ("Milchallergie", "milk"), ("CMPA", "milk"), ("throat swells up with cashews", "cashew"),
        ("花生过敏", "peanut"), ("аллергия на арахис", "peanut"), ("Zöliakie", "gluten"),
        ("celiaquía", "gluten"), ("cow's milk protein allergy", "milk"),
        ("gelatin allergy", "gelatine"), ("citrus allergy", "lemon"), ("Tomatenallergie", "tomato"),
        ("severe peanut allergy, EpiPen", "peanut"), ("alpha-gal syndrome", "red meat"),
        ("alpha-gal syndrome", "milk"), ("latex-fruit syndrome", "kiwi"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("other", ["", "other: "])
def test_what_harms_is_left_out(text, name, other):
    person = patient(f"{other}{text}")
    check_plan_allowed(person)
    assert name in person.names_left_out
    assert not person.others


def test_milk_stays_where_alpha_gal_leaves_it():
    assert "milk" not in patient("alpha-gal syndrome, milk tolerated").names_left_out


@pytest.mark.parametrize(
    ("text", "condition_id"),
    [
        ("Herzinsuffizienz", "heart_failure"), ("Schwangerschaftsdiabetes", "diabetes"),
        ("had kidney stones 20 years ago", "stones"), ("first-degree AV block", "av_block"),
        ("hypertension since March 2015, well controlled", "hypertension"),
    ],
)  # fmt: skip
def test_what_is_known_counts_and_the_rest_is_said(text, condition_id):
    person = patient(text)
    check_plan_allowed(person)
    assert condition_id in ids(text)
    unused = person.said[0].unused
    assert all(one in readings_of(person)[0].understood for one in unused)


@pytest.mark.parametrize(
    "text",
    [
        "gastric bypass last week", "gastric bypass 3 weeks ago", "Magenbypass vor 3 Wochen",
        "stomach operation yesterday", "sleeve gastrectomy 10 days ago", "new ileostomy",
        "bowel resection 2 months ago", "waiting for a gastric bypass", "recent gastric bypass",
    ],
)  # fmt: skip
@pytest.mark.parametrize("other", ["", "other: "])
def test_no_plan_is_made_in_the_weeks_around_surgery(text, other):
    with pytest.raises(RefusedError, match="clinic's stages"):
        check_plan_allowed(patient(f"{other}{text}"))


@pytest.mark.parametrize(
    "text", ["gastric bypass 2026-11-20", "ileostomy in November 2026", "gastric bypass last year"]
)
def test_a_date_of_surgery_is_asked_how_long_ago_it_is(text):
    with pytest.raises(ConfigError, match="how long ago"):
        check_plan_allowed(patient(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("gastric bypass 10 weeks ago", "10 weeks ago"), ("ileostomy for 20 years", "20 years"),
        ("newly diagnosed type 2 diabetes", "newly"), ("heart attack last week", "last week"),
    ],
)  # fmt: skip
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


@pytest.mark.parametrize(
    "text", ["frobnitis 2019", "potassium 5.8", "high potassium at 6", "keine Erdnussallergie"]
)
def test_what_could_weaken_a_rule_is_asked(text):
    assert read_condition(text).left


@pytest.mark.parametrize("text", ["Parkinson's", "ALS", "MS", "stroke", "Alzheimer's"])
def test_who_may_come_to_swallow_badly_is_asked(text):
    told = [str(one.text) for one in readings_of(patient(text))]
    assert any("is swallowing hard?" in one for one in told)
    assert not any("Parkinson s" in one for one in told)


def test_the_words_for_a_stoma_are_for_who_has_one():
    held = {one: "stoma" in {e.effect_id for e in patient(one).effects}
            for one in ("gastroparesis", "short bowel", "ileostomy", "colostomy")}  # fmt: skip
    assert held == {
        "gastroparesis": False,
        "short bowel": False,
        "ileostomy": True,
        "colostomy": True,
    }
