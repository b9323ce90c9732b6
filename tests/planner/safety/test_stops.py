from dataclasses import replace

import pytest

from planner.errors import RefusedError
from planner.request.profile import Profile
from planner.safety.patient import read_patient
from planner.safety.stops import (
    banner_of,
    check_plan_allowed,
    check_profile_allowed,
    energy_floor_kcal,
)
from tests.rows import rows

WOMAN = Profile(age_y=30, height_cm=165, weight_kg=60)
NEED_KCAL = 2100


def check(profile, **change):
    check_profile_allowed(read_patient(replace(profile, **change)), NEED_KCAL)


@pytest.mark.parametrize("age_y", [0, 4])
def test_children_under_5_are_refused_with_who_to_ask(age_y):
    with pytest.raises(RefusedError, match=f"age {age_y}: no plans.*paediatrician") as refused:
        check(WOMAN, age_y=age_y)
    assert refused.value.exit_code == 3


def test_five_is_old_enough():
    check(WOMAN, age_y=5)


def test_who_is_underweight_is_told_so_and_whom_to_talk_to():
    thin = replace(WOMAN, height_cm=170, weight_kg=49, energy_kcal=700)
    with pytest.raises(RefusedError, match=r"this is underweight.*help line"):
        check_profile_allowed(read_patient(thin), NEED_KCAL)
    with pytest.raises(RefusedError, match="dietitian"):
        check_profile_allowed(read_patient(replace(thin, age_y=10, weight_kg=45)), NEED_KCAL)


def test_a_pregnancy_before_15_is_a_clinics():
    girl = replace(WOMAN, state="pregnant", height_cm=155, weight_kg=48)
    with pytest.raises(RefusedError, match=r"age 14: .*before 15 .*midwife or a doctor"):
        check_plan_allowed(read_patient(replace(girl, age_y=14)))
    check_plan_allowed(read_patient(replace(girl, age_y=15)))


@pytest.mark.parametrize(("sex", "floor_kcal"), [("f", 1200), ("m", 1500)])
def test_the_floor_of_energy_is_allowed_and_a_kilocalorie_less_is_not(sex, floor_kcal):
    need_kcal = floor_kcal + 400
    check_profile_allowed(read_patient(replace(WOMAN, sex=sex, energy_kcal=floor_kcal)), need_kcal)
    with pytest.raises(RefusedError, match=f"below {floor_kcal} kcal.*dietitian"):
        check_profile_allowed(
            read_patient(replace(WOMAN, sex=sex, energy_kcal=floor_kcal - 1)), need_kcal
        )


@rows(__file__, "a_deficit_is_refused_where_it")
def test_a_deficit_is_refused_where_it_harms(change, message):
    with pytest.raises(RefusedError, match=f"need of 2100 kcal a day {message}"):
        check(WOMAN, energy_kcal=NEED_KCAL - 50, **change)
    check(WOMAN, energy_kcal=NEED_KCAL, **change)


def test_an_adult_may_plan_a_deficit_of_500_kcal_and_no_more():
    check(WOMAN, age_y=19, energy_kcal=NEED_KCAL - 500)
    with pytest.raises(RefusedError, match=r"at least 1600 kcal is planned.*dietitian"):
        check(WOMAN, age_y=19, energy_kcal=NEED_KCAL - 501)


def test_the_least_energy_that_is_named_is_planned():
    with pytest.raises(RefusedError, match="at least 1601 kcal is planned"):
        check_profile_allowed(read_patient(replace(WOMAN, energy_kcal=1600)), 2100.4)
    check_profile_allowed(read_patient(replace(WOMAN, energy_kcal=1601)), 2100.4)


@pytest.mark.parametrize(("serum", "egfr"), [(3.99, None), (6.5, 90), (6.5, 65)])
def test_raised_magnesium_is_planned_for_where_the_kidneys_are_known(serum, egfr):
    check_plan_allowed(read_patient(replace(WOMAN, serum_mg_mg_dl=serum, egfr=egfr)))


@pytest.mark.parametrize("serum", [4.0, 6.5])
def test_raised_magnesium_without_an_egfr_is_refused(serum):
    with pytest.raises(RefusedError, match=rf"serum of {serum:g} mg/dL.*eGFR is not known.*--egfr"):
        check_plan_allowed(read_patient(replace(WOMAN, serum_mg_mg_dl=serum)))


def test_an_estimate_rounded_by_hand_is_no_deficit():
    check_profile_allowed(read_patient(replace(WOMAN, state="pregnant", energy_kcal=2100)), 2100.4)


def test_children_are_held_to_their_need_and_not_to_the_floor_of_adults():
    assert energy_floor_kcal(replace(WOMAN, age_y=17)) is None
    check_profile_allowed(read_patient(replace(WOMAN, age_y=6, energy_kcal=1150)), 1150)


@rows(__file__, "what_a_clinic_feeds_step_by")
def test_what_a_clinic_feeds_step_by_step_is_refused(condition):
    with pytest.raises(RefusedError, match="no plan"):
        check_plan_allowed(read_patient(replace(WOMAN, conditions=(condition,))))


@rows(__file__, "a_thin_person_with_an_eating")
def test_a_thin_person_with_an_eating_disorder_is_sent_to_a_clinic(body, is_refused):
    thin = replace(WOMAN, **body, conditions=("anorexia nervosa",))
    if is_refused:
        with pytest.raises(RefusedError, match="With an eating disorder and a weight this low"):
            check_plan_allowed(read_patient(thin))
    else:
        check_plan_allowed(read_patient(thin))


@pytest.mark.parametrize("condition", ["ALS", "COPD", "short bowel", "Crohn's flare", "POTS"])
def test_weight_is_not_lost_with_an_illness_that_takes_it(condition):
    changed = {"conditions": (condition,), "energy_kcal": NEED_KCAL - 50}
    if condition == "POTS":
        check(WOMAN, **changed)
        return
    with pytest.raises(RefusedError, match="no plans below the need"):
        check(WOMAN, **changed)


def test_low_magnesium_in_words_asks_for_its_figure_with_the_signs_that_are_urgent():
    for figure, message in ((None, "--serum-mg.*cramps, fits, palpitations"), (1.1, "dangerously")):
        ill = Profile(conditions=("hypomagnesemia",), serum_mg_mg_dl=figure)
        with pytest.raises(RefusedError, match=message):
            check_plan_allowed(read_patient(ill))
    check_plan_allowed(read_patient(replace(ill, serum_mg_mg_dl=1.6)))


@rows(__file__, "who_has_a_banner")
def test_who_could_be_hurt_is_told_first(change, words):
    banner = banner_of(read_patient(Profile(age_y=35, **change)))
    assert banner.startswith("SHOW THIS PLAN TO YOUR CLINIC BEFORE YOU START: " * bool(words))
    assert bool(banner) == bool(words)
    assert [word for word in words if word not in banner] == []
