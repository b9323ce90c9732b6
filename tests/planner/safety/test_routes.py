"""By what route and how often: who is asked, who gets an hour, and what holds all the same."""

import pytest

from planner.errors import RefusedError
from planner.request.profile import Profile
from planner.safety.gate import judge_supplements
from planner.safety.medicines import read_medicine_entry
from planner.safety.patient import check_understood, read_patient, readings_of
from planner.safety.stops import check_plan_allowed
from tests.medicine_names import read_medicines
from tests.rows import rows


@rows(__file__, "nobody_is_asked_how_often_where")
def test_nobody_is_asked_how_often_where_no_rule_needs_it(text):
    check_understood(read_patient(Profile(medicines=(text,))))


@pytest.mark.parametrize("text", ["diclofenac gel", "heparin injection", "ketoprofen patch:1"])
def test_what_an_ingredient_does_holds_by_every_route(text):
    rows = {interaction.interaction_id for interaction in read_medicines([text])[0].interactions}
    assert rows == {one.interaction_id for one in read_medicines([text.split()[0]])[0].interactions}


@rows(__file__, "the_potassium_salt_of_another_drug")
def test_the_potassium_salt_of_another_drug_is_no_potassium_tablet(text):
    rows = {row.interaction_id for one in read_medicines([text]) for row in one.interactions}
    assert "D48" not in rows


@pytest.mark.parametrize("text", ["losartan/potassium", "potassium chloride", "Kalinor"])
def test_potassium_itself_is(text):
    rows = {row.interaction_id for one in read_medicines([text]) for row in one.interactions}
    assert "D48" in rows


def test_what_changes_nothing_is_said_and_not_asked():
    patient = read_patient(Profile(medicines=("ramipril 5 mg daily since 2019",)))
    assert "since 2019" in " ".join(str(reading.text) for reading in readings_of(patient))


@pytest.mark.parametrize("text", ["stopped warfarin", "warfarin not taken", "ramipril xarqol"])
def test_what_could_weaken_a_rule_or_be_a_drug_is_asked_about(text):
    assert read_medicine_entry(text).left


@rows(__file__, "magnesium_by_a_needle_is_no")
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
