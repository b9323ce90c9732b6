"""Most per meal, and little change from day to day, where a condition asks for it."""

from dataclasses import replace

import pytest

from planner.check.clinical import clinical_faults, conservative_faults
from planner.check.lines import read_table
from planner.plan.plan import Item, Meal
from planner.request.request import PlanRequest
from planner.targets.clinical import ClinicalRules
from tests.plates import day, food, table, target


def faults(day_masses: list[float], clinical: ClinicalRules) -> list[str]:
    """Bread with 50 g carbohydrate per 100 g at lunch; its masses by day."""
    foods = table(food("bread", carbohydrate_g=50.0, lactose_g=10.0))
    days = [day(n, foods, lunch={"bread": mass}) for n, mass in enumerate(day_masses, start=1)]
    return list(clinical_faults(read_table(days, foods, PlanRequest()), clinical))


def test_lactose_at_a_sitting_is_limited():
    # 130 g hold 13 g lactose, 120 g hold 12 g
    rule = ClinicalRules(meal_upper={"lactose_g": 12.0})
    assert faults([120.0], rule) == []
    assert "13 g of lactose, at most 12 in a meal" in faults([130.0], rule)[0]


@pytest.mark.parametrize(
    ("tomato_g", "zucchini_g", "count"), [(65, 0, 0), (66, 0, 1), (33, 32, 0), (40, 40, 1)]
)
def test_foods_that_share_a_small_portion_make_one_of_it_in_a_meal(tomato_g, zucchini_g, count):
    foods = table(food("tomato"), food("zucchini_raw"))
    rule = ClinicalRules(meal_portions={"shared": {"tomato": 65.0, "zucchini_raw": 65.0}})
    days = [day(1, foods, lunch={"tomato": tomato_g, "zucchini_raw": zucchini_g},
                dinner={"tomato": 65.0})]  # fmt: skip
    found = list(clinical_faults(read_table(days, foods, PlanRequest()), rule))
    assert len(found) == count
    assert all("low in FODMAPs up to one in a meal" in str(one) for one in found)


@pytest.mark.parametrize(("masses", "count"), [([100.0, 110.0, 130.0], 0), ([100.0, 132.0], 1)])
def test_no_two_days_differ_by_more_in_the_carbohydrate_of_a_meal(masses, count):
    # 50 and 65 g are 15 g apart, 50 and 66 g are 16 g
    assert len(faults(masses, ClinicalRules(meal_carbohydrate_spread_g=15.0))) == count


def test_days_of_different_weeks_are_held_together():
    # each week holds by itself: 50 g on seven days, then 70 g on one
    masses = [100.0] * 7 + [140.0]
    (fault,) = faults(masses, ClinicalRules(meal_carbohydrate_spread_g=15.0))
    assert fault == (
        "Carbohydrate at lunch: 50 g on day 1 and 70 g on day 8, 20 g apart, at most 15 g."
    )
    # 7 × 50 and 70 g: the mean is 52.5 g, a quarter of it 13.1 g, and day 8 lies 17.5 g above
    (fault,) = faults(masses, ClinicalRules(daily_spread={"carbohydrate_g": 0.25}))
    assert "Day 8: Carbohydrate of the day is 70 g, 17.5 g away from the plan's mean" in fault


@pytest.mark.parametrize(("dinner", "count"), [(200.0, 0), (202.0, 1), (49.0, 1)])
def test_no_main_meal_has_more_than_so_many_times_another(dinner, count):
    foods = table(food("bread", carbohydrate_g=50.0))
    meals = {"breakfast": {"bread": 100.0}, "lunch": {"bread": 100.0}, "dinner": {"bread": dinner}}
    served = read_table([day(1, foods, **meals)], foods, PlanRequest())
    found = list(clinical_faults(served, ClinicalRules(meal_carbohydrate_times=2.0)))
    assert len(found) == count


@pytest.mark.parametrize(("masses", "count"), [([75.0, 125.0], 0), ([70.0, 130.0], 2)])
def test_a_nutrient_stays_within_its_share_of_the_mean(masses, count):
    rule = ClinicalRules(daily_spread={"carbohydrate_g": 0.25})
    assert len(faults(masses, rule)) == count


@pytest.mark.parametrize(("floor", "count"), [(190.0, 0), (191.0, 1)])
def test_a_cautious_plan_counts_what_oxalate_leaves_of_magnesium(floor, count):
    # 300 g boiled spinach with 87 mg per 100 g hold 261 mg; 27 of 37 parts are 190.46 mg
    foods = table(food("spinach_cooked", magnesium_mg=87.0, calcium_mg=136.0))
    days = [day(1, foods, dinner={"spinach_cooked": 300.0})]
    served = read_table(days, foods, PlanRequest())
    assert len(list(conservative_faults(served, [target("magnesium_mg", floor)]))) == count


def with_lunch(one, item):
    """Put a further thing into the only meal of a day."""
    (meal,) = one.meals
    return replace(one, meals=(Meal(meal.slot, (*meal.items, item)),))


def calcium_faults(pills_mg: list[float], clinical: ClinicalRules) -> list[str]:
    """Bread with 300 mg calcium at lunch every day, and a calcium pill with it; its mg by day."""
    foods = table(food("bread", calcium_mg=300.0))
    days = [
        with_lunch(day(n, foods, lunch={"bread": 100.0}), pill(mg))
        for n, mg in enumerate(pills_mg, start=1)
    ]
    return list(clinical_faults(read_table(days, foods, PlanRequest()), clinical))


def pill(calcium_mg):
    return Item(
        "supplement", "calcium_carbonate", "Calcium carbonate", 1.0, "1 dose", 0.0, (),
        {"calcium_mg": calcium_mg}, 0.0, 0,
    )  # fmt: skip


@pytest.mark.parametrize(("pills", "count"), [([200.0, 200.0], 0), ([0.0, 400.0], 2)])
def test_a_day_is_kept_even_with_its_pills_counted(pills, count):
    # 300 + 0 and 300 + 400 mg lie 200 mg from their mean of 500 mg, a quarter of it is 125 mg;
    # food alone is 300 mg on both days
    assert len(calcium_faults(pills, ClinicalRules(daily_spread={"calcium_mg": 0.25}))) == count


def test_pills_can_even_out_what_food_does_not():
    # bread 100 and 200 g hold 300 and 600 mg; with pills of 400 and 100 mg both days have 700 mg
    foods = table(food("bread", calcium_mg=300.0))
    rule = ClinicalRules(daily_spread={"calcium_mg": 0.25})
    days = [
        with_lunch(day(number, foods, lunch={"bread": mass_g}), pill(calcium_mg))
        for number, mass_g, calcium_mg in ((1, 100.0, 400.0), (2, 200.0, 100.0))
    ]
    assert list(clinical_faults(read_table(days, foods, PlanRequest()), rule)) == []


def test_what_stands_beside_a_meal_is_no_part_of_it():
    # 2 L of a sweetened drink through the day hold 100 g, the bread of the meal 50 g
    foods = table(food("bread", carbohydrate_g=50.0), food("drink", carbohydrate_g=5.0))
    drunk = Item("food", "drink", "Drink", 2.0, "2 L (8 glasses)", 2000.0, (("drink", 2000.0),),
                 {}, 0.0, 0, beside="drunk")  # fmt: skip
    days = [with_lunch(day(1, foods, lunch={"bread": 100.0}), drunk)]
    served = read_table(days, foods, PlanRequest())
    assert list(clinical_faults(served, ClinicalRules(meal_upper={"carbohydrate_g": 60.0}))) == []
    (fault,) = clinical_faults(served, ClinicalRules(meal_upper={"carbohydrate_g": 40.0}))
    assert "50 g of carbohydrate, at most 40 in a meal" in fault


def test_a_cup_that_is_drunk_with_a_meal_counts_in_it():
    # 50 g in the bread, 25 g in two cups of 250 g
    foods = table(food("bread", carbohydrate_g=50.0), food("cocoa", carbohydrate_g=5.0))
    cups = Item("food", "cocoa", "Cocoa", 2.0, "2 cups", 500.0, (("cocoa", 500.0),),
                {}, 0.0, 0, beside="cup")  # fmt: skip
    served = read_table(
        [with_lunch(day(1, foods, lunch={"bread": 100.0}), cups)], foods, PlanRequest()
    )
    (fault,) = clinical_faults(served, ClinicalRules(meal_upper={"carbohydrate_g": 60.0}))
    assert "75 g of carbohydrate, at most 60 in a meal" in fault
