"""Compound is not elemental, and water of crystallisation counts."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods.embedded import read_data_text
from foods.errors import FoodDataError, FoodNotFoundError
from foods.supplement import count_atoms, find_supplement, read_supplements

ROWS = list(csv.DictReader(read_data_text("supplements.csv").splitlines()))


@pytest.mark.parametrize("row", [row for row in ROWS if row["elemental_fraction"]], ids=str)
def test_the_computed_share_is_the_one_of_the_table(row):
    computed = read_supplements()[row["name"]].elemental_fraction
    assert computed == pytest.approx(float(row["elemental_fraction"]), abs=5.1e-5)


def test_400_mg_of_magnesium_oxide_hold_241_mg_of_magnesium():
    # 24.305 / (24.305 + 15.999) = 0.60304
    assert find_supplement("Magnesium Oxide").elemental_mg(400) == pytest.approx(241.2, abs=0.05)


def test_50_mg_of_zinc_gluconate_hold_7_mg_of_zinc_and_its_water_lowers_that():
    # 65.38 / 455.67 = 0.1435; with three of water 65.38 / 509.72 = 0.1283
    assert find_supplement("zinc gluconate").elemental_mg(50) == pytest.approx(7.17, abs=0.005)
    hydrate = find_supplement("zinc gluconate trihydrate")
    assert hydrate.elemental_mg(50) == pytest.approx(6.41, abs=0.005)


@given(elemental_mg=st.floats(0.1, 1e4))
def test_compound_and_element_go_there_and_back(elemental_mg):
    citrate = find_supplement("magnesium citrate")
    assert citrate.elemental_mg(citrate.compound_mg(elemental_mg)) == pytest.approx(elemental_mg)


def test_a_name_that_fits_several_compounds_is_not_guessed():
    with pytest.raises(FoodNotFoundError, match=r"lactate anhydrous, magnesium lactate dihydrate"):
        find_supplement("magnesium lactate")
    with pytest.raises(FoodNotFoundError, match=r"magnesium citrate, .*magnesium malate$"):
        find_supplement("magnesium")


def test_an_unknown_compound_offers_the_nearest():
    with pytest.raises(FoodNotFoundError, match=r"the nearest: magnesium oxide"):
        find_supplement("magnezium oxyd")


@pytest.mark.parametrize("formula", ["Mg(OH", "MgOH)2", "Xx2", "mg", "Mg-O"])
def test_a_formula_that_cannot_be_read_is_refused(formula):
    with pytest.raises(FoodDataError, match=r"formula"):
        count_atoms(formula)


def test_every_compound_that_a_plan_may_choose_has_a_price_and_no_other():
    priced = list(csv.DictReader(read_data_text("supplement_prices.csv").splitlines()))
    chosen = [supplement for supplement in read_supplements().values() if supplement.doses]
    assert {row["name"] for row in priced} == {supplement.name for supplement in chosen}
    for row in priced:
        one = read_supplements()[row["name"]]
        assert (float(row["amount"]), row["unit"]) == (one.doses[0], one.nutrient.split("_")[-1])
        assert 0.01 <= float(row["price_usd"]) <= 0.5


@pytest.mark.parametrize("name", ["multivitamin", "Prenatal vitamins"])
def test_a_pill_of_many_minerals_is_asked_for_each_of_them(name):
    with pytest.raises(FoodNotFoundError, match="each mineral on its label by itself"):
        find_supplement(name)
