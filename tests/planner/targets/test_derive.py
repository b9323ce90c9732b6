"""Bands of a person by each standard, and what is asked for laid over them."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from foods.errors import FoodsError
from planner.errors import ConfigError, RefusedError, TargetsError
from planner.request.diets import read_diets
from planner.request.override import TargetOverride
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.read import request_from_dict
from planner.safety.patient import read_patient
from planner.standards.amounts import Intake, amount_of, key_of
from planner.standards.ids import standard_ids
from planner.standards.read import read_standard
from planner.standards.standard import ReferenceValue
from planner.targets.derive import derive_targets, targets_of
from planner.targets.notes import implied_magnesium_mg
from planner.targets.reference import floor_shares, read_reference
from planner.targets.target import (
    Bound,
    merge_bounds,
    name_of,
    name_within,
    unit_of,
    unit_word,
)
from tests.rows import rows

SAMPLE = derive_targets(Profile())


def band(targets, nutrient, period, basis="total"):
    target = targets.find(nutrient, period, basis)
    return None if target is None else (target.lower, target.upper, target.hard)


@rows(__file__, "the_sample_person_is_held_to")
def test_the_sample_person_is_held_to_the_table(nutrient, day, week):
    assert band(SAMPLE, nutrient, "day") == day
    assert band(SAMPLE, nutrient, "week") == week


def test_the_ratio_prefers_1_7_to_2_on_a_day():
    day, week = SAMPLE.find("ca_mg_ratio", "day"), SAMPLE.find("ca_mg_ratio", "week")
    assert (day.preferred_lower, day.preferred_upper) == (1.7, 2.0)
    assert (week.preferred_lower, week.preferred_upper) == (None, None)


@rows(__file__, "the_magnesium_upper_level_never_counts")
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


@rows(__file__, "a_band_of_age_ends_with")
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


@rows(__file__, "no_targets_are_derived_where_safety")
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


def asked_of(nutrient, lower=None, upper=None, period=None, hard=None, profile=None):
    override = TargetOverride(nutrient, lower, upper, period, hard)
    return derive_targets(profile or Profile(), "us", overrides=[override])


@pytest.mark.parametrize(
    "profile", [Profile(), replace(Profile(), conditions=("hypertension",))], ids=["well", "bp"]
)
def test_a_limit_asked_for_is_hard_on_every_day(profile):
    # High blood pressure alone is held to 2,300 mg a day, and softly to 1,500 over the week.
    targets = asked_of("sodium_mg", upper=1500, profile=profile)
    for period in ("day", "week"):
        band = targets.find("sodium_mg", period)
        assert (band.upper, band.hard) == (1500, True)
    assert (
        asked_of("energy_kcal", upper=2100, profile=profile).find("energy_kcal", "day").upper
        == 2100
    )
    soft = asked_of("sodium_mg", upper=1500, hard=False, profile=profile).find("sodium_mg", "week")
    assert soft.preferred_upper == 1500 or not soft.hard


def test_the_ratio_of_adolescents_is_a_preference_at_most():
    girl = Profile(age_y=16)
    targets = asked_of("ca_mg_ratio", 1.0, 2.0, profile=girl)
    assert targets.ratio_mode == "soft"
    assert not targets.find("ca_mg_ratio", "week").hard
    with pytest.raises(TargetsError, match="no hard target under 19"):
        asked_of("ca_mg_ratio", 1.0, 2.0, hard=True, profile=girl)


@rows(__file__, "asked")
def test_a_bound_asked_for_holds_beside_what_is_recommended(asked, where, holds):
    found = asked_of(*asked).find(*where)
    assert {key: getattr(found, key) for key in holds} == holds


@rows(__file__, "asked_refused")
def test_a_bound_that_harms_or_cannot_be_is_refused_with_the_reason(asked, profile, told):
    with pytest.raises((RefusedError, TargetsError), match=told):
        asked_of(*asked, profile=replace(Profile(), **profile))


FLOOR = Bound("calcium_mg", "lower", 960, "day", "total", True, "80 % of RDA", "A", "verified")
CEILING = Bound("calcium_mg", "upper", 2000, "day", "total", True, "UL", "B", "unconfirmed")


def test_floor_and_ceiling_on_one_basis_make_one_target():
    (target,) = merge_bounds([FLOOR, CEILING])
    assert (target.lower, target.upper, target.hard) == (960, 2000, True)
    assert (target.source, target.rule) == ("A; B", "80 % of RDA; UL")


def test_a_preference_outside_the_band_is_moved_to_its_edge():
    liked = replace(FLOOR, value=2500, is_preference=True, hard=False)
    (target,) = merge_bounds([FLOOR, CEILING, liked])
    assert target.preferred_lower == 2000


def test_hard_bounds_that_cross_are_refused():
    with pytest.raises(TargetsError, match="at least 960 but at most 900 mg"):
        merge_bounds([FLOOR, replace(CEILING, value=900)])


def test_a_target_knows_where_its_bounds_come_from_whatever_the_rules_are_called():
    named = replace(FLOOR, rule="asked for (US)")
    (target,) = merge_bounds([named, replace(CEILING, origin="request")])
    assert target.origins == ("own", "request")


INTAKE = Intake(weight_kg=65, energy_kcal=2000)
ROW = ReferenceValue(
    "copper", "RDA", "both", 19, 120, "none", 900, "ug", "total", "", "s", "", "verified"
)


def read_for(standard_id, diet="omnivore", **profile):
    standard, who = read_standard(standard_id), Profile(**profile)
    return read_reference(standard, who, read_patient(who), read_diets()[diet], 2000)


def floors(standard_id, diet="omnivore", **profile):
    """Whole recommended intakes, the mean of the week, by key."""
    reading = read_for(standard_id, diet, **profile)
    return {
        bound.nutrient: bound.value
        for bound in reading.bounds
        if (bound.side, bound.period) == ("lower", "week")
    }


def test_micrograms_of_copper_become_milligrams():
    assert amount_of(ROW, key_of(ROW), INTAKE) == pytest.approx(0.9)


@rows(__file__, "each_unit_and_basis_meets_its")
def test_each_unit_and_basis_meets_its_own_key(change, key, amount):
    row = replace(ROW, **change)
    assert key_of(row) == key
    assert amount_of(row, key, INTAKE) == pytest.approx(amount, rel=1e-4)


def test_an_unknown_unit_is_refused():
    with pytest.raises(FoodsError, match="cannot convert 'grain' to 'mg'"):
        amount_of(replace(ROW, unit="grain"), "copper_mg", INTAKE)


@pytest.mark.parametrize("standard_id", ["us", "eu", "uk", "who"])
@pytest.mark.parametrize("state", ["pregnant", "lactating"])
@pytest.mark.parametrize("age_y", [12, 14, 15, 17, 18])
def test_of_a_girl_no_upper_level_is_raised_and_no_floor_lowered(standard_id, state, age_y):
    plain = {place(bound): bound.value for bound in bounds(standard_id, age_y=age_y)}
    for one in bounds(standard_id, age_y=age_y, state=state):
        without = plain.get(place(one))
        if without is None or (standard_id, one.nutrient) == ("us", "iron_mg"):
            continue
        assert one.value <= without if one.side == "upper" else one.value >= without - 1e-9, one


def bounds(standard_id, **profile):
    return read_for(standard_id, **profile).bounds


def place(bound):
    return bound.nutrient, bound.side, bound.period, bound.basis


def test_iron_in_pregnancy_is_soft_and_has_no_day():
    assert list(floor_shares("iron_mg", "pregnant")) == [("week", 1.0, False)]
    assert list(floor_shares("iron_mg")) == [("day", 0.7, True), ("week", 1.0, True)]


def notes(profile=None, standard_id="us", diet="omnivore"):
    targets = derive_targets(profile or Profile(), standard_id, Preferences(diet=diet))
    return "\n".join(targets.notes)


@pytest.mark.parametrize(
    ("profile", "when"),
    [(Profile(age_y=16), "under 19"), (Profile(age_y=29, state="pregnant"), "in pregnancy")],
)
def test_a_ratio_that_was_asked_for_is_called_a_wish_and_not_only_shown(profile, when):
    asked = derive_targets(profile, overrides=[TargetOverride("ca_mg_ratio", None, 2.6)])
    text = " ".join(asked.notes)
    assert f"Ca:Mg is a wish {when}, as asked for" in text
    assert "shown, not planned for" not in text


@rows(__file__, "a_key_has_one_name_and")
def test_a_key_has_one_name_and_one_unit(key, unit, word, name, within):
    assert (unit_of(key), unit_word(key)) == (unit, word)
    assert (name_of(key), name_within(key)) == (name, within)


@rows(__file__, "floors")
def test_a_floor_is_that_of_the_standard_for_age_state_and_diet(
    standard_id, diet, person, key, value
):
    assert floors(standard_id, diet, **person)[key] == pytest.approx(value)


@rows(__file__, "notes")
def test_what_a_person_should_know_of_a_band_is_said(person, standard_id, diet, told):
    assert told in notes(Profile(**person), standard_id, diet)


def test_magnesium_is_implied_by_calcium_and_a_ratio_that_is_planned_for():
    assert implied_magnesium_mg(derive_targets(Profile()).targets) == 600  # 1200 / 2
    pregnant = derive_targets(Profile(age_y=29, state="pregnant"))
    assert implied_magnesium_mg(pregnant.targets) is None
