from dataclasses import replace

import pytest

from foods.errors import FoodsError
from planner.request.diets import read_diets
from planner.request.profile import Profile
from planner.safety.patient import read_patient
from planner.standards.amounts import Intake, amount_of, key_of
from planner.standards.read import read_standard
from planner.standards.standard import ReferenceValue
from planner.targets.reference import floor_shares, read_reference

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


@pytest.mark.parametrize(
    ("change", "key", "amount"),
    [
        # 0.8 g/kg of 65 kg
        ({"nutrient": "protein", "unit": "g_per_kg", "value": 0.8}, "protein_g", 52),
        # 0.1 mg/MJ of 2000 kcal = 8.368 MJ
        ({"nutrient": "thiamin", "unit": "mg_per_MJ", "value": 0.1}, "thiamin_mg", 0.8368),
        ({"nutrient": "niacin", "unit": "mg_NE_per_MJ", "value": 1.6}, "niacin_ne_mg", 13.3888),
        # 4 % of 2000 kcal at 9 kcal/g
        ({"nutrient": "linoleic_acid", "unit": "percent_energy", "value": 4},
         "linoleic_acid_g", 8.8889),
        ({"nutrient": "niacin", "unit": "mg_NE", "value": 14}, "niacin_ne_mg", 14),
        ({"nutrient": "niacin", "unit": "mg", "value": 35}, "niacin_mg", 35),
        ({"nutrient": "vitamin_a", "unit": "ug_RAE", "value": 700}, "vitamin_a_ug_rae", 700),
        ({"nutrient": "vitamin_a", "unit": "ug_RAE", "value": 3000,
          "applies_to": "preformed_retinol"}, "retinol_ug", 3000),
        ({"nutrient": "folate", "unit": "ug", "value": 1000, "applies_to": "folic_acid"},
         "folic_acid_ug", 1000),
    ],
)  # fmt: skip
def test_each_unit_and_basis_meets_its_own_key(change, key, amount):
    row = replace(ROW, **change)
    assert key_of(row) == key
    assert amount_of(row, key, INTAKE) == pytest.approx(amount, rel=1e-4)


def test_an_unknown_unit_is_refused():
    with pytest.raises(FoodsError, match="cannot convert 'grain' to 'mg'"):
        amount_of(replace(ROW, unit="grain"), "copper_mg", INTAKE)


def test_british_pregnancy_adds_to_the_value_outside_it():
    # Vitamin C 40 + 10, folate 200 + 100, protein 0.75 g/kg of 65 kg + 6
    uk = floors("uk", age_y=29, state="pregnant")
    assert (uk["vitamin_c_mg"], uk["folate_ug_dfe"]) == (50, 300)
    assert uk["protein_g"] == pytest.approx(54.75)


@pytest.mark.parametrize(("month", "zinc_mg"), [(3, 13.0), (4, 9.5)])
def test_british_zinc_in_lactation_falls_after_the_fourth_month(month, zinc_mg):
    # 7.0 + 6.0 in months 0 to 3, 7.0 + 2.5 from month 4
    uk = floors("uk", age_y=29, state="lactating", lactation_month=month)
    assert uk["zinc_mg"] == zinc_mg


@pytest.mark.parametrize(("week", "protein_g"), [(10, 1), (20, 9), (35, 28)])
def test_european_protein_follows_the_trimester(week, protein_g):
    eu = floors("eu", age_y=29, state="pregnant", gestation_week=week)
    assert eu["protein_g"] == pytest.approx(0.83 * 65 + protein_g)


@pytest.mark.parametrize(("age_y", "calcium_mg"), [(24, 1000), (25, 950)])
def test_european_calcium_in_pregnancy_is_that_of_the_age(age_y, calcium_mg):
    assert floors("eu", age_y=age_y, state="pregnant")["calcium_mg"] == calcium_mg


@pytest.mark.parametrize(
    ("diet", "zinc_mg"),
    [("omnivore", 9.3), ("pescatarian", 9.3), ("vegetarian", 11), ("vegan", 12.7)],
)
def test_european_zinc_is_read_at_the_phytate_of_the_diet(diet, zinc_mg):
    assert floors("eu", diet)["zinc_mg"] == zinc_mg


@pytest.mark.parametrize(("diet", "iron_mg"), [("omnivore", 24.5), ("vegetarian", 29.4)])
def test_iron_of_the_who_is_read_at_the_bioavailability_of_the_diet(diet, iron_mg):
    assert floors("who", diet, age_y=30)["iron_mg"] == iron_mg


@pytest.mark.parametrize(("week", "calcium_mg"), [(27, 1000), (28, 1200)])
def test_calcium_of_the_who_rises_in_the_third_trimester(week, calcium_mg):
    who = floors("who", age_y=29, state="pregnant", gestation_week=week)
    assert who["calcium_mg"] == calcium_mg


@pytest.mark.parametrize("state", ["pregnant", "lactating"])
@pytest.mark.parametrize("age_y", [14, 16, 17])
def test_a_pregnant_or_lactating_girl_keeps_what_her_age_asks_for_in_the_eu(state, age_y):
    girl = floors("eu", age_y=age_y, state=state)
    assert (girl["calcium_mg"], girl["phosphorus_mg"]) == (1150, 640)
    assert floors("eu", age_y=19, state=state)["calcium_mg"] == 1000


@pytest.mark.parametrize("age_y", [14, 16, 18])
def test_a_lactating_girl_keeps_the_calcium_of_her_age_at_the_who(age_y):
    assert floors("who", age_y=age_y, state="lactating")["calcium_mg"] == 1300
    assert floors("who", age_y=19, state="lactating")["calcium_mg"] == 1000


def test_a_row_that_is_made_for_girls_holds_though_it_asks_for_less():
    assert floors("us", age_y=16)["iron_mg"] == 15
    assert floors("us", age_y=16, state="lactating")["iron_mg"] == 10


@pytest.mark.parametrize("standard_id", ["us", "eu", "uk", "who"])
@pytest.mark.parametrize("state", ["pregnant", "lactating"])
@pytest.mark.parametrize("age_y", [12, 14, 15, 17, 18])
def test_of_a_girl_no_upper_level_is_raised_and_no_floor_lowered(standard_id, state, age_y):
    plain = {place(one): one.value for one in bounds(standard_id, age_y=age_y)}
    for one in bounds(standard_id, age_y=age_y, state=state):
        without = plain.get(place(one))
        if without is None or (standard_id, one.nutrient) == ("us", "iron_mg"):
            continue
        assert one.value <= without if one.side == "upper" else one.value >= without - 1e-9, one


def bounds(standard_id, **profile):
    return read_for(standard_id, **profile).bounds


def place(bound):
    return bound.nutrient, bound.side, bound.period, bound.basis


def test_superseded_values_and_label_values_are_no_targets():
    assert floors("who", age_y=10, sex="m")["magnesium_mg"] == 230
    assert floors("eu")["calcium_mg"] == 950


def test_iron_in_pregnancy_is_soft_and_has_no_day():
    assert list(floor_shares("iron_mg", "pregnant")) == [("week", 1.0, False)]
    assert list(floor_shares("iron_mg")) == [("day", 0.7, True), ("week", 1.0, True)]
