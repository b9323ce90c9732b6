import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods.errors import FoodDataError
from foods.recipe import RecipePart, compute_recipe, cooked_mass_g

RICE = {"magnesium_mg": 116.0, "potassium_mg": 250.0, "water_g": 12.0}
OIL = {"magnesium_mg": 0.0, "potassium_mg": 0.0, "water_g": 0.0, "fat_g": 100.0}


def test_what_evaporates_leaves_the_minerals_in_less_mass():
    # 200 g with 20 mg/100 g hold 40 mg; a quarter evaporates: 40 mg in 150 g are 26.67 mg/100 g
    soup = compute_recipe([RecipePart({"magnesium_mg": 20.0}, 200.0)], -25.0)
    assert soup["magnesium_mg"] == pytest.approx(40 / 150 * 100)


def test_rice_boiled_in_water_that_is_used_keeps_its_magnesium():
    # 116 mg in 100 g raw stay and stand in 280 g: 41.43 mg/100 g; 95 % of 250 mg K: 84.82
    cooked = compute_recipe([RecipePart(RICE, 100.0, {"potassium_mg": 95.0})], 180.0)
    assert cooked["magnesium_mg"] == pytest.approx(116 / 2.8)
    assert cooked["potassium_mg"] == pytest.approx(250 * 0.95 / 2.8)


def test_rice_boiled_in_water_that_is_drained_loses_some():
    # factors for "drained": Mg 95 %, K 85 %
    drained = RecipePart(RICE, 100.0, {"magnesium_mg": 95.0, "potassium_mg": 85.0})
    cooked = compute_recipe([drained], 180.0)
    assert cooked["magnesium_mg"] == pytest.approx(116 * 0.95 / 2.8)
    assert cooked["potassium_mg"] == pytest.approx(250 * 0.85 / 2.8)


def test_cooking_water_that_is_used_counts_the_same_as_ingredient_or_as_moisture():
    water = RecipePart({"magnesium_mg": 0.0, "potassium_mg": 0.0, "water_g": 100.0}, 180.0)
    poured = compute_recipe([RecipePart(RICE, 100.0), water])
    taken_up = compute_recipe([RecipePart(RICE, 100.0)], 180.0)
    assert poured == pytest.approx(taken_up)


def test_absorbed_oil_adds_fat_and_mass():
    # 200 g potatoes lose 40 % of what goes in and take up 8 % oil: 16 g fat in 216 × 0.6 = 129.6 g
    potatoes = RecipePart({"fat_g": 0.0, "water_g": 80.0}, 200.0)
    fried = compute_recipe([potatoes, RecipePart(OIL, 16.0)], -40.0)
    assert fried["fat_g"] == pytest.approx(16 / 129.6 * 100)
    assert fried["water_g"] == pytest.approx((160 - 86.4) / 129.6 * 100)


def test_an_unknown_amount_makes_the_recipe_unknown_and_not_zero():
    parts = [RecipePart({"magnesium_mg": 20.0}, 100.0), RecipePart({"magnesium_mg": None}, 1.0)]
    assert compute_recipe(parts)["magnesium_mg"] is None


def test_an_ingredient_of_no_mass_hides_nothing():
    parts = [RecipePart({"magnesium_mg": 20.0}, 100.0), RecipePart({}, 0.0)]
    assert compute_recipe(parts)["magnesium_mg"] == pytest.approx(20.0)


@given(
    first_g=st.floats(1, 500), second_g=st.floats(1, 500), change_pct=st.floats(-80, 200),
    kept_pct=st.floats(0, 100),
)  # fmt: skip
def test_no_mineral_comes_from_nowhere(first_g, second_g, change_pct, kept_pct):
    parts = [
        RecipePart({"calcium_mg": 30.0}, first_g, {"calcium_mg": kept_pct}),
        RecipePart({"calcium_mg": 90.0}, second_g),
    ]
    total_mg = (
        compute_recipe(parts, change_pct)["calcium_mg"] * cooked_mass_g(parts, change_pct) / 100
    )
    assert total_mg == pytest.approx(30 * first_g / 100 * kept_pct / 100 + 90 * second_g / 100)


@pytest.mark.parametrize(
    ("parts", "change_pct", "message"),
    [
        ([], 0.0, "nothing goes into the recipe"),
        ([RecipePart({}, 0.0)], 0.0, "nothing goes into the recipe"),
        ([RecipePart({}, 10.0)], -100.0, "-100 % leaves nothing — give it in percent"),
    ],
)
def test_a_recipe_of_nothing_is_told(parts, change_pct, message):
    with pytest.raises(FoodDataError, match=message):
        compute_recipe(parts, change_pct)


@pytest.mark.parametrize(
    ("mass_g", "kept", "message"),
    [(-1.0, {}, "a mass of -1 g"), (1.0, {"iron_mg": -5.0}, "iron_mg: -5 % kept")],
)
def test_masses_and_shares_below_zero_are_refused(mass_g, kept, message):
    with pytest.raises(FoodDataError, match=message):
        RecipePart({}, mass_g, kept)
