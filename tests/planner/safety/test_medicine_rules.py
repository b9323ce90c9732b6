"""What medicines leave out and say: grapefruit, alcohol, raw food, pregnancy, caffeine, protein."""

import pytest

from foods.embedded import read_lookup_foods
from planner.errors import ConfigError
from planner.request.profile import Profile
from planner.safety.conditions import flags_instead
from planner.safety.gate import judge_supplements
from planner.safety.medicines import DEFAULT_INTERACTION
from planner.safety.patient import (
    check_allergies_named,
    check_understood,
    read_patient,
    readings_of,
)
from planner.safety.stops import banner_of, exclusions_for
from planner.targets.clinical import clinical_notes, clinical_rules
from tests.prepared import magplan
from tests.rows import rows

SPOKEN_OF_FOOD_ALONE = ("valproate", "disulfiram", "oxycodone", "amiodarone")
PREGNANT = {"sex": "f", "age_y": 28, "state": "pregnant", "gestation_week": 8}


def taking(*medicines, **person):
    """Read a person who takes medicines."""
    return read_patient(Profile(medicines=medicines, **person))


def left_out(patient):
    """Give flags and bases that are left out of a person who asked for alcohol."""
    found = exclusions_for(patient, alcohol_wanted=True)
    return {exclusion.flag for exclusion in found} | {exclusion.base for exclusion in found}


@rows(__file__, "what_a_medicine_leaves_out")
def test_what_a_medicine_leaves_out_though_it_was_asked_for(medicine, words):
    patient = taking(medicine)
    assert set(words.split()) <= left_out(patient)
    is_raw, is_aged = (word in words for word in ("raw_fish", "nutritional_yeast"))
    assert not is_raw or "no raw or unpasteurized food" in banner_of(patient)
    assert not is_aged or "smoked salmon" in patient.names_left_out
    assert not is_aged or not {"ricotta", "cottage_cheese", "yogurt"} & left_out(patient)


@pytest.mark.parametrize("medicine", ["pravastatin", "apixaban", "metformin", "paracetamol"])
def test_grapefruit_stays_beside_what_it_does_not_change(medicine):
    assert "grapefruit" not in left_out(taking(medicine))


def test_vinegar_stays_beside_disulfiram():
    assert "vinegar" not in left_out(taking("disulfiram"))


@rows(__file__, "what_harms_the_unborn_is_named")
def test_what_harms_the_unborn_is_named_in_pregnancy(medicine):
    patient = taking(medicine, **PREGNANT)
    name = medicine.partition(":")[0]
    assert f"{name}: not for pregnancy, can harm the unborn" in banner_of(patient)
    told = [finding.text for finding in judge_supplements(patient).findings]
    assert any(name in text and "call your maternity team" in text for text in told)


def test_every_other_medicine_is_said_once_to_be_unchecked_in_pregnancy():
    patient = taking("paracetamol", "cetirizine", **PREGNANT)
    assert banner_of(patient).count("not checked for pregnancy") == 1
    assert "can harm the unborn" not in banner_of(patient)
    assert "not checked" not in banner_of(taking(**PREGNANT))
    assert "not checked" not in banner_of(taking("paracetamol", sex="f", age_y=28))


@pytest.mark.parametrize("medicine", ["lithium", "methotrexate:1/week", "amiodarone", "codeine"])
def test_what_is_not_for_breastfeeding_is_named_there(medicine):
    patient = taking(medicine, sex="f", age_y=28, state="lactating")
    assert "not for use while breastfeeding" in banner_of(patient)


@pytest.mark.parametrize("medicine", SPOKEN_OF_FOOD_ALONE)
def test_a_rule_of_food_alone_takes_no_hours_from_magnesium_away(medicine):
    (one,) = taking(medicine).medicines
    assert DEFAULT_INTERACTION in {row.interaction_id for row in one.interactions}
    assert judge_supplements(taking(medicine)).allowed == "ask"


@pytest.mark.parametrize("medicine", ["theophylline", "clozapine", "lithium", "ciprofloxacin"])
def test_caffeine_is_held_down(medicine):
    bounds = [bound for effect in taking(medicine).effects for bound in effect.bounds]
    assert ("caffeine_mg", "upper", 200.0) in {(b.nutrient, b.side, b.value) for b in bounds}


def test_levodopa_spreads_protein_and_leaves_its_own_source_out():
    patient = taking("Madopar:3")
    assert clinical_rules(patient).meal_upper == {"protein_g": 45}
    assert "fava_beans" in left_out(patient)


@rows(__file__, "a_diary_says_what_is_left")
def test_a_diary_says_what_is_left_out_for_who_ate_it(who, food, flagged, tmp_path):
    assert flagged in minded(tmp_path, food, *who)


def test_a_diary_says_nothing_of_wine_that_no_rule_forbids(tmp_path):
    assert "wine" not in minded(tmp_path, "red_wine").partition("Please mind")[2]


def minded(folder, food, *who):
    """Analyse a day with 40 g of a food; gives what is printed, in one line."""
    path = folder / "diary.csv"
    path.write_text(f"day,meal,food,amount,unit\n1,lunch,{food},40,g\n", encoding="utf-8")
    code, text = magplan("analyse", path, "--sex", "f", "--age", 35, *who)
    assert code == 0, text
    return " ".join(text.split())


@rows(__file__, "who_takes_what_is_given_for")
def test_who_takes_what_is_given_for_one_condition_alone_has_it(medicine, ids, verdict):
    patient = taking(medicine)
    assert " ".join(condition.condition_id for condition in patient.conditions) == ids
    (told,) = [reading for reading in readings_of(patient) if medicine.startswith(reading.said)]
    assert "taken for: " in told.understood
    assert judge_supplements(patient).allowed == verdict


def test_an_adrenaline_pen_is_asked_what_it_is_for():
    with pytest.raises(ConfigError, match="EpiPen is for a severe allergy, and nobody says"):
        check_allergies_named(taking("EpiPen"))
    for told in ("peanut allergy", "bee sting allergy", "alpha-gal"):
        check_allergies_named(taking("EpiPen", conditions=(told,)))
    check_allergies_named(read_patient(Profile(medicines=("EpiPen",)), without=("peanut",)))


@pytest.mark.parametrize(
    ("who", "food"),
    [
        *((Profile(medicines=("phenelzine",)), food_id) for food_id in (
            "pizza_pepperoni", "salami", "camembert", "edam", "kipper", "hot_dog", "yeast_extract",
            "herring_pickled", "gumbo", "kombucha", "beef_jerky", "prosciutto")),
        (Profile(conditions=("kidney disease",), egfr=50.0), "star_fruit"),
        (Profile(medicines=("warfarin",)), "cranberry_juice"),
        (Profile(medicines=("warfarin",)), "cranberry_drink"),
        (Profile(sex="f", age_y=30, state="pregnant"), "energy_drink"),
        (Profile(sex="f", age_y=30, state="lactating"), "energy_drink_diet"),
        (Profile(sex="f", age_y=30, state="pregnant"), "licorice"),
        (Profile(medicines=("digoxin",)), "licorice_allsorts"),
    ],
)  # fmt: skip
def test_foods_that_people_only_write_down_are_left_out_too(who, food):
    one = read_lookup_foods()[food]
    known = {*one.flags, one.base, food, *one.contains}
    assert known & left_out(read_patient(who))
    assert not known & left_out(read_patient(Profile()))


def test_vitamin_k_beside_warfarin_is_for_the_clinic_to_say():
    told = [finding.text for finding in judge_supplements(taking("warfarin", "vitamin K")).findings]
    assert any("Vitamin K works against warfarin" in text for text in told)


def test_two_medicines_against_clots_are_asked_about_at_once():
    told = [str(note) for note in clinical_notes(taking("warfarin", "Xarelto"))]
    assert any("Two medicines against clots stand here." in text for text in told)
    for medicine in ("warfarin", "Xarelto"):
        assert not any("Two medicines" in str(note) for note in clinical_notes(taking(medicine)))


def test_whose_allergy_it_is_is_asked():
    with pytest.raises(ConfigError, match="Whose is it"):
        check_understood(taking(conditions=("my baby has cow's milk allergy",)))


def test_who_is_no_longer_pregnant_is_not_told_to_say_so():
    assert flags_instead("not pregnant any more") == (("state none", "none"),)
