"""Expected figures are the equations of the National Academies (2023) worked out by hand."""

from dataclasses import replace

import pytest

from planner.errors import TargetsError
from planner.request.profile import Profile
from planner.targets.energy import estimate_energy, plan_energy, trimester

WOMAN = Profile(sex="f", age_y=30, height_cm=165, weight_kg=60, activity="low_active")
PREGNANT = replace(WOMAN, state="pregnant", gestation_week=30)


def kcal(profile):
    return estimate_energy(profile).kcal


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        # 575.77 - 7.01*55 + 6.60*165 + 12.14*65
        (Profile(), 2068.32),
        # 753.07 - 10.83*40 + 6.50*180 + 14.10*80
        (Profile("m", 40, 180, 80, "inactive"), 2617.87),
        # 1004.82 - 10.83*40 + 6.52*180 + 15.91*80: the intercept is above a thousand
        (Profile("m", 40, 180, 80, "active"), 3018.02),
        # -517.88 - 10.83*40 + 15.61*180 + 19.11*80: the intercept is negative
        (Profile("m", 40, 180, 80, "very_active"), 3387.52),
        # 19.12 + 3.68*10 + 8.62*140 + 20.28*33 + 25 growth
        (Profile("m", 10, 140, 33, "low_active"), 1956.96),
        # -709.59 - 22.25*16 + 18.22*163 + 14.25*55 + 20 growth
        (Profile("f", 16, 163, 55, "very_active"), 2708.02),
    ],
)
def test_the_need_is_that_of_the_equation(profile, expected):
    assert kcal(profile) == pytest.approx(expected, abs=0.005)


def test_eighteen_is_a_child_and_nineteen_an_adult():
    child, adult = (Profile("f", age_y, 165, 60, "inactive") for age_y in (18, 19))
    # 55.59 - 22.25*18 + 8.43*165 + 17.07*60 + 20; 584.90 - 7.01*19 + 5.72*165 + 11.71*60
    assert kcal(child) == pytest.approx(2090.24)
    assert kcal(adult) == pytest.approx(2098.11)


@pytest.mark.parametrize(("age_y", "growth_kcal"), [(8, 15), (9, 30), (13, 30), (14, 20)])
def test_growth_is_added_at_every_level_of_activity(age_y, growth_kcal):
    girl = Profile("f", age_y, 140, 35, "active")
    without = -189.55 - 22.25 * age_y + 11.74 * 140 + 18.34 * 35
    assert kcal(girl) - without == pytest.approx(growth_kcal)


@pytest.mark.parametrize(
    ("activity", "expected"),
    [
        # -223.84 - 2.04*30 + 13.23*165 + 8.15*60 + 9.16*30 + 200: a lost sign adds 448 kcal
        ("active", 2861.71),
        # -779.72 - 2.04*30 + 18.45*165 + 8.73*60 + 9.16*30 + 200: a lost sign adds 1559 kcal
        ("very_active", 3201.93),
    ],
)
def test_pregnancy_keeps_the_negative_intercepts(activity, expected):
    assert kcal(replace(PREGNANT, activity=activity)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("weight_kg", "deposition_kcal"), [(50, 300), (50.37, 200), (68, 200), (68.07, 150), (82, -50)]
)
def test_deposition_follows_the_mass_before_pregnancy(weight_kg, deposition_kcal):
    # At 165 cm, an index of 18.5 is 50.366 kg, 25 is 68.063 kg and 30 is 81.675 kg.
    without = 693.35 - 2.04 * 30 + 5.73 * 165 + 10.20 * weight_kg + 9.16 * 30
    assert kcal(replace(PREGNANT, weight_kg=weight_kg)) - without == pytest.approx(deposition_kcal)


@pytest.mark.parametrize(
    ("height_cm", "weight_kg", "deposition_kcal"),
    [(200, 74, 200), (160, 64, 150), (200, 100, 150), (200, 120, -50)],
)
def test_a_class_of_body_mass_begins_at_its_lower_end(height_cm, weight_kg, deposition_kcal):
    # Indices of exactly 18.5, 25, 25 and 30
    profile = replace(PREGNANT, height_cm=height_cm, weight_kg=weight_kg)
    without = 693.35 - 2.04 * 30 + 5.73 * height_cm + 10.20 * weight_kg + 9.16 * 30
    assert kcal(profile) - without == pytest.approx(deposition_kcal)


@pytest.mark.parametrize(
    ("week", "expected"), [(1, 1), (13, 1), (14, 2), (27, 2), (28, 3), (42, 3)]
)
def test_trimesters_begin_in_weeks_14_and_28(week, expected):
    assert trimester(replace(PREGNANT, gestation_week=week)) == expected


def test_the_first_trimester_adds_nothing():
    assert kcal(replace(PREGNANT, gestation_week=13)) == kcal(WOMAN)


def test_a_pregnancy_without_week_is_in_its_twentieth_and_says_so():
    energy = estimate_energy(replace(PREGNANT, gestation_week=None))
    assert energy.kcal == kcal(replace(PREGNANT, gestation_week=20))
    assert "week 20 (second trimester) is assumed" in energy.notes[0]


@pytest.mark.parametrize(
    ("month", "more_kcal"), [(None, 400), (0, 400), (6, 400), (7, 380), (12, 380), (24, 380)]
)
def test_lactation_adds_to_the_need_without_it(month, more_kcal):
    lactating = replace(WOMAN, state="lactating", lactation_month=month)
    assert kcal(lactating) - kcal(WOMAN) == pytest.approx(more_kcal)


def test_an_unconfirmed_allowance_for_milk_is_said():
    late = estimate_energy(replace(WOMAN, state="lactating", lactation_month=8))
    assert late.confidence == "unconfirmed"


def test_energy_asked_for_is_planned_and_the_equation_noted():
    energy = plan_energy(replace(WOMAN, energy_kcal=1800))
    assert (energy.kcal, energy.equation) == (1800, "as asked for")
    assert "NASEM 2023 EER" in energy.notes[0]


def test_a_need_below_the_floor_is_raised_to_it():
    # 584.90 - 7.01*90 + 5.72*140 + 11.71*35 = 1164.65
    energy = plan_energy(Profile("f", 90, 140, 35, "inactive"))
    assert energy.kcal == 1200
    assert "1165 kcal" in energy.notes[0]


def test_the_oldest_age_has_an_equation_and_the_next_has_none():
    assert kcal(replace(WOMAN, age_y=120)) > 0
    with pytest.raises(TargetsError, match="no energy equation for age 121"):
        estimate_energy(replace(WOMAN, age_y=121))


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        # 354 - 6.91*30 + 1.12*(9.36*60 + 726*1.65): metres
        (replace(WOMAN, energy_equation="iom_2005"), 2117.34),
        # 662 - 9.53*40 + 1.25*(15.91*80 + 539.6*1.80)
        (Profile("m", 40, 180, 80, "active", energy_equation="iom_2005"), 3085.90),
        # 88.5 - 61.9*10 + 1.13*(26.7*33 + 903*1.40) + 25
        (Profile("m", 10, 140, 33, "low_active", energy_equation="iom_2005"), 1918.69),
        # third trimester: as without, + 452
        (replace(PREGNANT, energy_equation="iom_2005"), 2569.34),
        # (10*60 + 6.25*165 - 5*30 - 161) * 1.375: centimetres
        (replace(WOMAN, energy_equation="mifflin"), 1815.34),
        # (10*80 + 6.25*180 - 5*40 + 5) * 1.2
        (Profile("m", 40, 180, 80, "inactive", energy_equation="mifflin"), 2076.0),
    ],
)
def test_a_named_alternative_takes_its_own_coefficients(profile, expected):
    assert kcal(profile) == pytest.approx(expected, abs=0.01)


def test_an_alternative_says_its_name_and_its_limits():
    energy = estimate_energy(replace(WOMAN, weight_kg=90, energy_equation="iom_2005"))
    assert (energy.equation, energy.source) == ("IOM 2005 EER", "IOM EER 2005")
    assert "normal weight" in energy.notes[0]


@pytest.mark.parametrize(
    "change", [{"age_y": 18}, {"age_y": 79}, {"state": "pregnant"}, {"state": "lactating"}]
)
def test_an_alternative_is_not_stretched_to_whom_it_does_not_reach(change):
    with pytest.raises(TargetsError, match=r"mifflin does not reach.*nasem_2023"):
        kcal(replace(WOMAN, energy_equation="mifflin", **change))


@pytest.mark.parametrize("age_y", [19, 78])
def test_the_ends_of_the_band_of_mifflin_are_within_it(age_y):
    assert kcal(replace(WOMAN, age_y=age_y, energy_equation="mifflin")) > 0
