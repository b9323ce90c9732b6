"""What the gate says of pills for what they hold."""

import pytest

from planner.request.profile import Profile
from planner.safety.gate import judge_supplements
from planner.safety.intake import WARNING, SupplementIntake
from planner.safety.patient import read_patient
from planner.targets.clinical import clinical_notes
from tests.rows import rows

WOMAN = Profile(sex="f", age_y=40)


def told(code, *supplements, person=WOMAN, standard="us"):
    verdict = judge_supplements(read_patient(person), supplements=supplements, standard_id=standard)
    return [finding for finding in verdict.findings if finding.code == code]


def test_zinc_is_asked_about_above_142_mg_of_all_pills_together():
    pills = [SupplementIntake("zinc citrate", 71, per_day=2)]
    assert told("zinc_dose", *pills) == []
    (found,) = told("zinc_dose", *pills, SupplementIntake("zinc oxide", 1))
    assert (found.level, found.verdict) == (WARNING, "ask")
    assert "Zinc of 143 mg a day in pills lowers the absorption of magnesium" in found.text
    assert "pharmacist" in found.text


def test_zinc_counts_as_the_element_and_not_as_its_compound():
    # 0.1435 of 900 mg are 129 mg, of 1000 mg 143 mg
    assert told("zinc_dose", SupplementIntake("zinc gluconate", 900, "compound")) == []
    assert told("zinc_dose", SupplementIntake("zinc gluconate", 1000, "compound"))


def test_pills_above_the_upper_level_name_what_left_out_or_halved_would_be_under_it():
    # 300 and 100 are 50 above 350: half of the one leaves 250, half of the other 350
    pills = [
        SupplementIntake("magnesium citrate", 300),
        SupplementIntake("magnesium oxide", 50, per_day=2),
    ]
    (found,) = told("fewer_pills", *pills)
    assert "50 mg of magnesium a day more" in found.text
    assert "half of Magnesium citrate would leave 250 mg" in found.text
    assert "half of Magnesium oxide would leave 350 mg" in found.text
    assert "pharmacist or doctor" in found.text
    (found,) = told("fewer_pills", pills[0], SupplementIntake("magnesium oxide", 180))
    assert "without Magnesium oxide it would be 300 mg" in found.text


def test_nobody_is_told_of_fewer_pills_whom_another_rule_refuses_them_or_who_is_within_the_level():
    assert told("fewer_pills", SupplementIntake("magnesium citrate", 350)) == []
    assert told("fewer_pills", SupplementIntake("magnesium citrate", 3000)) == []


def test_who_takes_no_zinc_is_told_nothing_of_it():
    assert told("zinc_dose") == []
    assert told("zinc_dose", SupplementIntake("magnesium citrate", 200)) == []


@pytest.mark.parametrize(
    ("person", "standard", "most_mg"),
    [
        (WOMAN, "us", 4 * 320),
        (Profile(sex="m", age_y=40), "us", 4 * 420),
        (WOMAN, "uk", 4 * 270),
        (WOMAN, "eu", 4 * 300),
        (WOMAN, "who", 4 * 220),
        (Profile(sex="f", age_y=29, state="pregnant"), "us", 4 * 350),
    ],
)
def test_calcium_pills_are_warned_of_above_four_times_the_recommended_magnesium(
    person, standard, most_mg
):
    at = SupplementIntake("calcium carbonate", most_mg / 2, per_day=2)
    above = SupplementIntake("calcium carbonate", most_mg / 2 + 1, per_day=2)
    assert told("calcium_pills_above_4", at, person=person, standard=standard) == []
    (found,) = told("calcium_pills_above_4", above, person=person, standard=standard)
    assert (found.level, found.verdict) == (WARNING, "allowed")
    assert "mg of calcium a day" in found.text
    assert "4.0 times" in found.text


@pytest.mark.parametrize("standard", ["us", "eu", "uk", "who"])
def test_a_baby_is_refused_pills_whatever_is_recommended(standard):
    pills = (SupplementIntake("calcium carbonate", 500),)
    verdict = judge_supplements(
        read_patient(Profile(age_y=0)), supplements=pills, standard_id=standard
    )
    assert verdict.allowed == "refused"


def test_magnesium_of_pills_counts_beside_calcium_pills():
    calcium = SupplementIntake("calcium carbonate", 1500)
    assert "4.7 times" in told("calcium_pills_above_4", calcium)[0].text
    magnesium = SupplementIntake("magnesium citrate", 100)  # 1500 / 420 is 3.6
    assert told("calcium_pills_above_4", calcium, magnesium) == []


def test_an_own_standard_without_magnesium_is_read_with_the_us_one(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(
        "nutrient,kind,sex,age_min_y,age_max_y,state,value,unit,applies_to,condition,source,"
        "locator,confidence\nmagnesium,UL,both,19,120,none,350,mg,supplement,,own,,verified\n"
    )
    pills = SupplementIntake("calcium carbonate", 1281)
    assert told("calcium_pills_above_4", pills, standard=str(path))


def test_the_leaflet_is_spoken_of_where_a_pill_is_taken_or_may_be():
    myasthenia = Profile(conditions=("myasthenia gravis",))
    assert told("read_leaflet")
    assert told("read_leaflet", person=myasthenia) == []
    assert told("read_leaflet", SupplementIntake("vitamin D3", 0.01), person=myasthenia)


@rows(__file__, "the_weeks_at_200_mg_are")
def test_the_weeks_at_200_mg_are_said_of_citrate_and_lactate_of_magnesium(name, is_said):
    assert bool(told("weeks_to_normal", SupplementIntake(name, 100))) is is_said
    refused = Profile(conditions=("myasthenia gravis",))
    assert told("weeks_to_normal", SupplementIntake(name, 100), person=refused) == []


MILK_OF_MAGNESIA = SupplementIntake("magnesium hydroxide", 2400, "compound", per_day=2)  # 2,000 mg


def test_far_too_much_for_a_child_is_an_emergency_as_a_diary_says_it():
    (found,) = told("pills_far_over_child", MILK_OF_MAGNESIA, person=Profile(age_y=6))
    assert found.is_emergency
    assert "call a poison center" in str(found.text)


def test_weak_kidneys_have_no_upper_level_but_none():
    ill = Profile(age_y=45, egfr=25)
    assert told("weak_kidneys_taken", MILK_OF_MAGNESIA, person=ill)
    assert told("above_upper_level", MILK_OF_MAGNESIA, person=ill) == []


def test_an_antacid_with_magnesium_beside_weak_kidneys_has_one_sentence():
    ill = read_patient(Profile(age_y=45, conditions=("dialysis",), medicines=("Maalox",)))
    said = [finding for finding in judge_supplements(ill).findings if "Maalox" in str(finding.text)]
    assert [finding.code for finding in said] == ["weak_kidneys_taken"]
    assert "Take no more" in str(said[0].text)
    (note,) = [one for one in clinical_notes(ill) if "Maalox:" in str(one)]
    assert "Take no more" in str(note)
    sound = read_patient(Profile(age_y=45, medicines=("Maalox",)))
    assert "weak_kidneys_taken" not in {one.code for one in judge_supplements(sound).findings}


@rows(__file__, "two_anticoagulants_are_asked_about_before")
def test_two_anticoagulants_are_asked_about_before_a_plan_too(medicines, is_asked):
    verdict = judge_supplements(read_patient(Profile(age_y=70, medicines=medicines)))
    asked = [finding for finding in verdict.findings if finding.code == "two_anticoagulants"]
    assert [finding.verdict for finding in asked] == ["ask"] * is_asked
