"""Most per meal, and little change from day to day, where a condition asks for it."""

import pytest

from planner.plan.check_clinical import clinical_faults, conservative_faults
from planner.plan.check_lines import read_table
from planner.targets.clinical import ClinicalRules
from planner.targets.request import Water
from tests.plates import day, food, table, target


def faults(day_masses: list[float], clinical: ClinicalRules) -> list[str]:
    """Bread with 50 g carbohydrate per 100 g at lunch; its masses by day."""
    foods = table(food("bread", carbohydrate_g=50.0, lactose_g=10.0))
    days = [day(n, foods, lunch={"bread": mass}) for n, mass in enumerate(day_masses, start=1)]
    return list(clinical_faults(read_table(days, foods, Water(), 1e-6), clinical))


def test_lactose_at_a_sitting_is_limited():
    # 130 g hold 13 g lactose, 120 g hold 12 g
    rule = ClinicalRules(meal_upper={"lactose_g": 12.0})
    assert faults([120.0], rule) == []
    assert "13 g of lactose, at most 12 in a meal" in faults([130.0], rule)[0]


@pytest.mark.parametrize(("masses", "count"), [([100.0, 160.0], 0), ([100.0, 164.0], 2)])
def test_carbohydrate_of_a_meal_stays_near_its_mean(masses, count):
    # 50 and 80 g lie 15 g from their mean of 65 g; 50 and 82 g lie 16 g from 66 g
    assert len(faults(masses, ClinicalRules(meal_carbohydrate_spread_g=15.0))) == count


@pytest.mark.parametrize(("masses", "count"), [([75.0, 125.0], 0), ([70.0, 130.0], 2)])
def test_a_nutrient_stays_within_its_share_of_the_mean(masses, count):
    rule = ClinicalRules(daily_spread={"carbohydrate_g": 0.25})
    assert len(faults(masses, rule)) == count


@pytest.mark.parametrize(("floor", "count"), [(190.0, 0), (191.0, 1)])
def test_a_cautious_plan_counts_what_oxalate_leaves_of_magnesium(floor, count):
    # 300 g boiled spinach with 87 mg per 100 g hold 261 mg; 27 of 37 parts are 190.46 mg
    foods = table(food("spinach_cooked", magnesium_mg=87.0, calcium_mg=136.0))
    days = [day(1, foods, dinner={"spinach_cooked": 300.0})]
    served = read_table(days, foods, Water(), 1e-6)
    assert len(list(conservative_faults(served, [target("magnesium_mg", floor)]))) == count
