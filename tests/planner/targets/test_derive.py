"""The sample person is a woman of 55, 165 cm, 65 kg, low active: 2068.32 kcal by equation."""

import itertools
from dataclasses import replace

import pytest

from planner.errors import ConfigError, RefusedError
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.read import request_from_dict
from planner.standards.ids import standard_ids
from planner.targets.derive import derive_targets, targets_of

SAMPLE = derive_targets(Profile())


def band(targets, nutrient, period, basis="total"):
    target = targets.find(nutrient, period, basis)
    return None if target is None else (target.lower, target.upper, target.hard)


@pytest.mark.parametrize(
    ("nutrient", "day", "week"),
    [
        ("magnesium_mg", (320, None, True), (320, None, True)),
        ("ca_mg_ratio", (1, 2, True), (1, 2, True)),
        # 0.8 * 1200 and the UL of 51 and older
        ("calcium_mg", (960, 2000, True), (1200, None, True)),
        # 0.9 * 0.8 g/kg * 65 kg
        ("protein_g", (46.8, None, True), (52, None, True)),
        ("iron_mg", (5.6, 45, True), (8, None, True)),
        ("copper_mg", (0.63, 10, True), (0.9, None, True)),
        ("potassium_mg", (1820, None, True), (2600, None, True)),
        ("fibre_g", (14.7, None, True), (21, None, True)),
        ("niacin_ne_mg", (9.8, None, True), (14, None, True)),
        ("vitamin_k_ug", None, (90, None, True)),
        ("vitamin_b12_ug", None, (2.4, None, True)),
        ("vitamin_a_ug_rae", None, (700, None, True)),
        ("vitamin_d_ug", (None, 100, True), (15, None, False)),
        ("vitamin_e_mg", None, (15, None, False)),
        ("choline_mg", (None, 3500, True), (425, None, False)),
        ("linoleic_acid_g", None, (11, None, False)),
        # 1.2 * 2300
        ("sodium_mg", (None, 2760, True), (None, 2300, True)),
        ("fat_pct_energy", (13, 42, True), (20, 35, True)),
        ("carbohydrate_pct_energy", (38, 72, True), (45, 65, True)),
        ("protein_pct_energy", (3, 42, True), (10, 35, True)),
        ("saturated_fat_pct_energy", None, (None, 10, False)),
        ("added_sugars_pct_energy", None, (None, 10, False)),
    ],
)
def test_the_sample_person_is_held_to_the_table(nutrient, day, week):
    assert band(SAMPLE, nutrient, "day") == day
    assert band(SAMPLE, nutrient, "week") == week


def test_energy_is_wider_on_a_day_than_over_the_week():
    day, week = SAMPLE.find("energy_kcal", "day"), SAMPLE.find("energy_kcal", "week")
    kcal = SAMPLE.energy.kcal
    assert (day.lower, day.upper) == pytest.approx((0.90 * kcal, 1.10 * kcal))
    assert (day.preferred_lower, day.preferred_upper) == pytest.approx((0.95 * kcal, 1.05 * kcal))
    assert (week.lower, week.upper) == pytest.approx((0.97 * kcal, 1.03 * kcal))


def test_the_ratio_prefers_1_7_to_2_on_a_day():
    day, week = SAMPLE.find("ca_mg_ratio", "day"), SAMPLE.find("ca_mg_ratio", "week")
    assert (day.preferred_lower, day.preferred_upper) == (1.7, 2.0)
    assert (week.preferred_lower, week.preferred_upper) == (None, None)


@pytest.mark.parametrize(
    ("standard_id", "basis", "upper_mg"),
    [("us", "supplement", 350), ("eu", "supplement_and_fortified", 250),
     ("uk", "supplement", 400), ("who", "supplement", 350)],
)  # fmt: skip
def test_the_magnesium_upper_level_never_counts_food(standard_id, basis, upper_mg):
    targets = derive_targets(Profile(), standard_id)
    assert band(targets, "magnesium_mg", "day", basis) == (None, upper_mg, True)
    assert targets.find("magnesium_mg", "day").upper is None
    assert targets.find("magnesium_mg", "week").upper is None


def test_upper_levels_of_retinol_and_folic_acid_have_keys_of_their_own():
    assert band(SAMPLE, "retinol_ug", "day", "preformed_retinol") == (None, 3000, True)
    assert band(SAMPLE, "folic_acid_ug", "day", "folic_acid") == (None, 1000, True)
    assert band(SAMPLE, "niacin_mg", "day", "supplement_and_fortified") == (None, 35, True)
    assert SAMPLE.find("vitamin_a_ug_rae", "day") is None


@pytest.mark.parametrize(
    ("age_y", "sex", "magnesium_mg", "calcium_mg"),
    [
        (13, "f", 240, 1300), (14, "f", 360, 1300), (18, "f", 360, 1300), (19, "f", 310, 1000),
        (30, "f", 310, 1000), (31, "f", 320, 1000), (50, "f", 320, 1000), (51, "f", 320, 1200),
        (70, "m", 420, 1000), (71, "m", 420, 1200), (8, "m", 130, 1000), (9, "m", 240, 1300),
    ],
)  # fmt: skip
def test_a_band_of_age_ends_with_its_last_completed_year(age_y, sex, magnesium_mg, calcium_mg):
    targets = derive_targets(Profile(sex=sex, age_y=age_y))
    assert targets.find("magnesium_mg", "week").lower == magnesium_mg
    assert targets.find("calcium_mg", "week").lower == calcium_mg


@pytest.mark.parametrize(
    ("profile", "mode"),
    [
        (Profile(age_y=18), "shown"),
        (Profile(age_y=19), "hard"),
        (Profile(age_y=30, state="pregnant"), "shown"),
        (Profile(age_y=30, state="lactating"), "shown"),
    ],
)
def test_the_ratio_is_kept_by_adults_and_only_shown_to_others(profile, mode):
    targets = derive_targets(profile)
    assert targets.ratio_mode == mode
    for period in ("day", "week"):
        target = targets.find("ca_mg_ratio", period)
        assert target.hard is (mode == "hard")
        if mode == "shown":
            bounds = (target.lower, target.upper, target.preferred_lower, target.preferred_upper)
            assert bounds == (None, None, None, None)


def test_iron_and_caffeine_in_pregnancy():
    targets = derive_targets(Profile(age_y=29, state="pregnant"))
    assert band(targets, "iron_mg", "week") == (27, None, False)
    assert band(targets, "iron_mg", "day") == (None, 45, True)
    assert band(targets, "caffeine_mg", "day") == (None, 200, True)


def test_the_supplement_limit_may_stand_below_the_rda():
    targets = derive_targets(Profile(age_y=17, state="pregnant"))
    assert targets.find("magnesium_mg", "day").lower == 400
    assert targets.find("magnesium_mg", "day", "supplement").upper == 350


def test_guidance_on_total_intake_is_soft_and_on_supplements_hard():
    uk = derive_targets(Profile(), "uk")
    assert band(uk, "sodium_mg", "week") == (None, 2400, False)
    assert uk.find("sodium_mg", "day") is None
    assert band(uk, "retinol_ug", "week", "preformed_retinol") == (None, 1500, False)
    assert band(uk, "calcium_mg", "day", "supplement") == (None, 1500, True)


def test_a_safe_level_beside_a_floor_is_a_preference():
    eu = derive_targets(Profile(), "eu")
    manganese = eu.find("manganese_mg", "week")
    assert (manganese.lower, manganese.upper, manganese.preferred_upper) == (3, None, 8)


def test_a_thin_standard_takes_nothing_hard_from_another():
    who = derive_targets(Profile(), "who")
    assert who.find("vitamin_c_mg", "week") is None
    assert all(not t.hard for t in who.targets if "(US)" in t.rule)
    assert band(who, "protein_g", "week") == (52, None, False)
    assert who.find("protein_g", "day") is None


def test_the_diet_reaches_the_standard():
    vegan = derive_targets(Profile(), "eu", Preferences(diet="vegan"))
    assert vegan.find("zinc_mg", "week").lower == 12.7


def test_no_target_stands_twice():
    for standard_id in standard_ids():
        targets = derive_targets(Profile(age_y=30, state="lactating"), standard_id).targets
        places = [(t.nutrient, t.period, t.basis) for t in targets]
        assert len(places) == len(set(places))


@pytest.mark.parametrize("standard_id", standard_ids())
@pytest.mark.parametrize("diet", ["omnivore", "vegan"])
def test_every_age_from_5_to_120_has_targets(standard_id, diet):
    states = [("f", "none"), ("m", "none"), ("f", "pregnant"), ("f", "lactating")]
    ages_y = [5, 8, 9, 10, 13, 14, 17, 18, 19, 24, 25, 30, 31, 50, 51, 65, 66, 70, 71, 120]
    for (sex, state), age_y in itertools.product(states, ages_y):
        if state == "pregnant" and age_y < 15:  # a clinic's
            continue
        profile = Profile(sex=sex, age_y=age_y, state=state)
        targets = derive_targets(profile, standard_id, Preferences(diet=diet))
        assert targets.find("magnesium_mg", "week").lower > 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"age_y": 4}, "no plans for children under 5 — ask"),
        ({"age_y": 1}, "no plans for children under 5 — ask"),
        ({"age_y": 0}, "no plans for children under 5 — under 1 .* breast milk or formula.*; ask"),
        ({"energy_kcal": 1199}, "no plans below 1200 kcal"),
        ({"sex": "m", "energy_kcal": 1499}, "no plans below 1500 kcal"),
    ],
)
def test_no_targets_are_derived_where_safety_allows_no_plan(change, message):
    with pytest.raises(RefusedError, match=message):
        derive_targets(replace(Profile(), **change))


@pytest.mark.parametrize(("diet", "lower"), [("vegan", 2.4), ("vegetarian", None)])
def test_a_vegan_plan_has_a_floor_of_vitamin_b12_where_the_standard_gives_none(diet, lower):
    # WHO gives none here; the RDA of the US from 14 years on is 2.4 ug, softly and named as such
    targets = derive_targets(Profile(age_y=35), "who", Preferences(diet=diet))
    found = targets.find("vitamin_b12_ug", "week")
    assert (found and found.lower) == lower
    if found:
        assert (found.hard, found.rule) == (False, "RDA (US)")
        shaped = next(note for note in targets.notes if "the US range shapes" in note)
        assert "vitamin B12" in shaped


def test_a_rule_that_allows_no_plan_stands_before_a_question_about_the_body():
    light = {"sex": "m", "age": 82, "weight_kg": 48}
    with pytest.raises(ConfigError, match="one of them only assumed"):
        targets_of(request_from_dict({"profile": light}, "r"))
    with pytest.raises(RefusedError, match="R06"):
        targets_of(request_from_dict({"profile": {**light, "conditions": ["dialysis"]}}, "r"))
