"""What single conditions and pregnancy leave out, cap, ask or refuse."""

from itertools import cycle

import pytest

from foods.embedded import read_embedded_foods
from planner.errors import ConfigError, RefusedError
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.safety.conditions import (
    conditions_of,
    flags_instead,
    known_conditions,
    read_condition,
)
from planner.safety.patient import check_understood, has_effect, read_patient, readings_of
from planner.safety.stops import banner_of, check_plan_allowed, exclusions_for
from planner.targets.clinical import change_bounds, clinical_notes
from planner.targets.target import Bound
from tests.rows import rows

FOODS = read_embedded_foods()
FLOORS = [
    Bound("calcium_mg", "lower", 1000, "day", "total", True, "RDA", "dri", "verified"),
    Bound("vitamin_d_ug", "lower", 15, "week", "total", False, "RDA", "dri", "verified"),
]
CEILING = [Bound("sodium_mg", "upper", 2300, "week", "total", True, "CDRR", "dri", "verified")]


def patient(*conditions, **body):
    return read_patient(Profile(**{"sex": "f", "age_y": 30, **body}, conditions=conditions))


def left_out(one):
    return {
        food.food_id
        for food in FOODS
        for exclusion in exclusions_for(one)
        if exclusion.covers(food.flags, food.base)
    }


@pytest.mark.parametrize("name", ["favism", "G6PD deficiency", "g6pd"])
def test_fava_beans_are_left_out_with_g6pd_deficiency(name):
    assert patient(name).names_left_out == ("fava beans",)


@rows(__file__, "an_inborn_sugar_disease_gets_no")
def test_an_inborn_sugar_disease_gets_no_plan(name):
    with pytest.raises(RefusedError, match="metabolic clinic"):
        check_plan_allowed(patient(name))


@rows(__file__, "a_name_that_means_several_things")
def test_a_name_that_means_several_things_is_asked_about(name, words):
    with pytest.raises(ConfigError, match=words):
        check_understood(patient(name))


@rows(__file__, "a_disease_of_pregnancy_asks_for")
def test_a_disease_of_pregnancy_asks_for_the_state(name):
    ((flag, state),) = flags_instead(name)
    assert (flag[:14], state) == ("state pregnant", "pregnant")
    assert flags_instead(f"{name} in my last pregnancy") == ()


@pytest.mark.parametrize("name", ["pre-eclampsia", "gestational diabetes"])
def test_who_has_given_birth_is_named_the_words_and_reads_what_comes_after(name):
    (flag, _state) = flags_instead(name)[0]
    words = flag.partition('--condition "')[2].rstrip('"')
    assert flags_instead(words) == ()
    told = [str(reading.text) for reading in readings_of(patient(words))]
    assert any("after birth" in text.casefold() for text in told)


CONDITIONS = known_conditions().values()
OF_NOW = [one for one in CONDITIONS if one.instead.startswith(("state preg", "state lact"))]
HISTORY = [word for condition in CONDITIONS for word in condition.also if condition.silences]


@pytest.mark.parametrize("now", OF_NOW, ids=lambda one: one.condition_id)
def test_what_is_over_never_silences_what_is_now(now):
    """Every condition of a state is asked about beside every word of history, by each name."""
    silenced = {name for condition in CONDITIONS for name in condition.silences}
    names = cycle([now.name, *now.also])
    for name, past in zip(
        names, HISTORY * (2 if len(HISTORY) > len(now.also) else 4), strict=False
    ):
        for text in (f"{name}, {past}", f"{past} {name}, 34 weeks and again now"):
            is_over = now.condition_id in silenced and not text.endswith("now")
            asked = {state for _, state in flags_instead(text)} | set(read_condition(text).left)
            urgent = any(one.is_urgent for one in conditions_of(Profile(), [read_condition(text)]))
            assert asked or urgent or is_over, text


@pytest.mark.parametrize("state", ["pregnant", "lactating"])
def test_oily_fish_at_most_twice_a_week(state):
    asked = Preferences(per_week=(FrequencyRule("oily fish", ">=", 1),))
    request = PlanRequest(Profile(sex="f", age_y=30, state=state), preferences=asked)
    assert FrequencyRule("oily fish", "<=", 2) in request.preferences.per_week


def test_who_asks_for_less_oily_fish_keeps_it():
    rules = (FrequencyRule("oily fish", "<=", 1),)
    request = PlanRequest(
        Profile(sex="f", age_y=30, state="pregnant"), preferences=Preferences(per_week=rules)
    )
    assert request.preferences.per_week == rules


@rows(__file__, "a_narrow_or_slow_gut_gets")
def test_a_narrow_or_slow_gut_gets_little_fibre_and_nothing_that_blocks(name):
    one = patient(name)
    bounds = [bound for effect in one.effects for bound in effect.bounds]
    upper = [b for b in bounds if b.nutrient == "fibre_g" and b.side == "upper"]
    assert min(bound.amount(65, 2000) for bound in upper) == 16
    assert left_out(one) >= {
        "cashews", "almonds", "popcorn", "pumpkin_seeds", "sunflower_seeds", "grapes",
        "red_pepper_raw", "raisins", "corn_canned", "cabbage_raw",
    }  # fmt: skip


@rows(__file__, "what_a_condition_leaves_out")
def test_what_a_condition_leaves_out(name, foods):
    assert left_out(patient(name)) >= foods


def test_a_condition_that_changes_nothing_says_so():
    for key, one in known_conditions().items():
        speaks = one.rules or one.is_kidney or one.instead or one.silences or one.is_whole
        told = [reading.text for reading in readings_of(patient(one.name))]
        if not (speaks or has_effect(key)):
            assert any("does not take into account" in text for text in told), key


def test_who_asks_for_more_oily_fish_is_refused():
    rules = (FrequencyRule("oily fish", ">=", 5),)
    with pytest.raises(RefusedError, match="oily fish at most 2 times a week"):
        PlanRequest(
            Profile(sex="f", age_y=30, state="pregnant"), preferences=Preferences(per_week=rules)
        )


def told(**said):
    patient = read_patient(Profile(sex="m", age_y=66, **said))
    return " ".join(reading.text for reading in readings_of(patient))


def test_a_stage_without_its_letter_says_which_half_was_taken():
    assert "CKD G3b, the stricter half" in told(conditions=("kidney disease stage 3",))
    for exact in ("CKD 3a", "CKD stage 3b", "stage 3b kidney disease"):
        assert "half" not in told(conditions=(exact,))
    assert "half" not in told(conditions=("CKD stage 3",), egfr=38)


def test_a_word_that_was_taken_for_itself_is_said_once():
    assert told(medicines=("metformin",)).endswith("ask your pharmacist. metformin")


@rows(__file__, "it_is_said_what_a_condition")
def test_it_is_said_what_a_condition_changes_in_the_plan(condition, note):
    patient = read_patient(Profile(sex="m", age_y=66, conditions=(condition,)))
    assert note in " ".join(clinical_notes(patient))


def test_high_calcium_asks_for_no_calcium_or_vitamin_d_whatever_stands_beside_it():
    for person in (patient("sarcoidosis with high calcium"), patient("hypercalcaemia")):
        banner = banner_of(person)
        assert "high calcium in blood" in banner
        bounds = change_bounds(FLOORS, person, 2000, lambda _: ())
        assert [b.value for b in bounds if b.side == "lower"] == [None, None]
        assert [b.value for b in bounds if b.nutrient == "calcium_mg" and b.side == "upper"] == [
            1000
        ]


def test_sarcoidosis_alone_takes_vitamin_d_out_of_the_aims():
    bounds = change_bounds(FLOORS, patient("sarcoidosis"), 2000, lambda _: ())
    floors = {bound.nutrient: bound.value for bound in bounds if bound.side == "lower"}
    assert floors == {"calcium_mg": 1000, "vitamin_d_ug": None}


def test_an_ileostomy_has_no_ceiling_of_sodium_but_what_another_condition_holds_stays():
    def ceilings(*conditions):
        found = change_bounds(CEILING, patient(*conditions), 2000, lambda _: ())
        return [b.value for b in found if b.nutrient == "sodium_mg" and b.side == "upper"]

    assert ceilings("ileostomy") == []
    assert ceilings("colostomy") == [2300]
    assert ceilings("ileostomy", "heart failure") == [2300]


def test_hyperemesis_is_no_eating_disorder():
    one = patient("hyperemesis gravidarum", state="pregnant")
    assert "nothing stays down for 24 hours" in banner_of(one)
    assert "eating disorder" not in " ".join([banner_of(one), *clinical_notes(one)]).lower()


def test_birch_pollen_allergy_asks_for_the_mouth():
    told = [reading.text for reading in readings_of(patient("birch pollen allergy"))]
    assert any("apple allergy" in text for text in told)


@pytest.mark.parametrize(("age_y", "named"), [(5, True), (6, True), (7, False)])
def test_what_children_choke_on_is_named_up_to_six(age_y, named):
    child = patient(age_y=age_y, height_cm=112, weight_kg=20)
    assert ("into quarters" in " ".join(clinical_notes(child))) is named


def test_conditions_of_which_no_rule_speaks_are_said_to_change_nothing_once():
    told, *_ = (str(reading.text) for reading in readings_of(patient("parkinson")))
    assert told.count("does not take into account") == 1
    assert "Parkinson" in told
