from dataclasses import replace

import pytest

from planner.check.judge import check_plan
from planner.request.request import PlanRequest, Water
from tests.plates import day, food, item, request, table, target, three_meals

KALE = food("kale", magnesium_mg=50.0, calcium_mg=100.0)
MILK = food("milk", magnesium_mg=10.0, calcium_mg=120.0)
TABLE = table(KALE, MILK)


def findings(days, targets, foods=TABLE, asked=None):
    return check_plan(days, targets, foods, asked or request(len(days))).findings


def test_a_day_is_the_sum_of_its_printed_amounts():
    days = [day(1, TABLE, lunch={"kale": 200.0, "milk": 50.0})]
    (found,) = findings(days, [target("magnesium_mg", 105.0)])
    assert (found.value, found.holds, found.day) == (105.0, True, 1)  # 2 x 50 + 0.5 x 10


def test_a_day_below_its_bound_does_not_hold():
    days = [day(1, TABLE, lunch={"kale": 200.0})]
    (found,) = findings(days, [target("magnesium_mg", 100.1)])
    assert not found.holds


@pytest.mark.parametrize(("calcium_mg", "holds"), [(200.0, True), (204.0, False), (99.0, False)])
def test_a_ratio_is_compared_before_it_is_rounded(calcium_mg, holds):
    # 204 / 100 = 2.04 prints as 2.0 and is above it; 99 / 100 prints as 1.0 and is below
    foods = table(food("mix", magnesium_mg=100.0, calcium_mg=calcium_mg))
    days = [day(1, foods, lunch={"mix": 100.0})]
    (found,) = findings(days, [target("ca_mg_ratio", 1.0, 2.0, unit="ratio")], foods)
    assert found.holds is holds


def test_noise_of_floating_sums_breaks_no_band():
    # 0.1 + 0.2 is 0.30000000000000004
    foods = table(food("one", iron_mg=0.1), food("two", iron_mg=0.2))
    days = [day(1, foods, lunch={"one": 100.0, "two": 100.0})]
    (found,) = findings(days, [target("iron_mg", 0.3, 0.3)], foods)
    assert found.holds


def test_a_shortfall_of_one_in_a_million_breaks_a_band():
    foods = table(food("one", iron_mg=7.999992))
    (found,) = findings([day(1, foods, lunch={"one": 100.0})], [target("iron_mg", 8.0)], foods)
    assert not found.holds


def test_the_ratio_of_a_week_is_a_sum_over_a_sum():
    days = [day(1, TABLE, lunch={"kale": 400.0}), day(2, TABLE, lunch={"milk": 500.0})]
    (found,) = findings(days, [target("ca_mg_ratio", 1.0, 2.0, period="week", unit="ratio")])
    assert found.value == pytest.approx(4.0)  # (400 + 600) / (200 + 50), and not (2 + 12) / 2


def test_a_week_is_the_mean_per_day():
    days = [day(1, TABLE, lunch={"kale": 100.0}), day(2, TABLE, lunch={"kale": 300.0})]
    (found,) = findings(days, [target("magnesium_mg", 100.0, 100.0, period="week")])
    assert (found.value, found.holds, found.day) == (100.0, True, None)  # (50 + 150) / 2


def test_a_share_counts_energy_by_its_factor():
    foods = table(food("nut", fat_g=50.0, energy_kcal=600.0))
    days = [day(1, foods, lunch={"nut": 30.0})]
    (found,) = findings(days, [target("fat_pct_energy", 20.0, 35.0, unit="percent")], foods)
    assert found.value == pytest.approx(75.0)  # 9 x 50 / 600
    assert not found.holds


def test_the_upper_level_of_supplements_does_not_count_food():
    days = [day(1, TABLE, lunch={"kale": 1500.0})]  # 750 mg
    (found,) = findings(days, [target("magnesium_mg", None, 350.0, basis="supplement")])
    assert (found.value, found.holds, found.coverage) == (0.0, True, 1.0)


def test_added_magnesium_counts_beside_supplements():
    foods = table(food("flakes", magnesium_mg=400.0, magnesium_added_mg=300.0))
    days = [day(1, foods, breakfast={"flakes": 100.0})]
    bound = target("magnesium_mg", None, 250.0, basis="supplement_and_fortified")
    (found,) = findings(days, [bound], foods)
    assert (found.value, found.holds) == (300.0, False)


def test_all_of_a_fortified_food_counts_where_nobody_tells_what_was_added():
    foods = table(
        food("flakes", niacin_mg=30.0, words=["flag:fortified"]), food("tuna", niacin_mg=12.0)
    )
    days = [day(1, foods, lunch={"flakes": 100.0, "tuna": 100.0})]
    bound = target("niacin_mg", None, 35.0, basis="supplement_and_fortified")
    (found,) = findings(days, [bound], foods)
    assert (found.value, found.holds) == (30.0, True)


def test_a_nutrient_unknown_for_more_than_a_tenth_of_the_food_cannot_hold():
    foods = table(food("known", iron_mg=20.0), food("blank", iron_mg=None))
    days = [day(1, foods, lunch={"known": 89.0, "blank": 11.0})]
    (found,) = findings(days, [target("iron_mg", 8.0)], foods)
    assert found.value == pytest.approx(17.8)
    assert found.coverage == pytest.approx(0.89)
    assert not found.holds


def test_drinking_water_does_not_count_as_food_of_which_the_content_is_unknown():
    foods = table(food("known", iron_mg=20.0), food("spring", group="water", iron_mg=None))
    days = [day(1, foods, lunch={"known": 100.0, "spring": 500.0})]
    (found,) = findings(days, [target("iron_mg", 8.0)], foods)
    assert (found.coverage, found.holds) == (1.0, True)


def test_what_nobody_knows_is_unknown_and_not_zero():
    foods = table(food("blank", iron_mg=None))
    (found,) = findings(
        [day(1, foods, lunch={"blank": 100.0})], [target("iron_mg", None, 45.0)], foods
    )
    assert (found.value, found.coverage, found.holds) == (None, 0.0, False)


def test_a_plan_passes_with_a_soft_target_missed_and_fails_with_a_hard_one():
    days = [three_meals(1, TABLE, {"kale": 100.0})]
    soft = target("magnesium_mg", 500.0, hard=False)
    assert check_plan(days, [soft], TABLE, request()).passed
    assert not check_plan(days, [replace(soft, hard=True)], TABLE, request()).passed


def test_the_persons_own_tap_water_counts():
    foods = table(food("tap_water", group="water", magnesium_mg=1.0, calcium_mg=3.0))
    asked = PlanRequest(water=Water(magnesium_mg_per_l=40.0))
    days = [day(1, foods, lunch={"tap_water": 500.0})]
    (found,) = findings(days, [target("magnesium_mg", 1.0)], foods, asked)
    assert found.value == pytest.approx(20.0)  # 0.5 L of 40 mg/L


@pytest.mark.parametrize(
    ("masses", "stated_g", "fault"),
    [
        ({"kale": 100.0}, 120.0, "120 g are stated, its ingredients add up to 100 g"),
        ({"kale": -5.0}, -5.0, "-5 g of 'kale' is no amount"),
        ({"kale": 0.0}, 0.0, "0 g of 'kale' is no amount"),
        ({"gold": 10.0}, 10.0, "no food 'gold' in the food table"),
        ({}, 0.0, "no ingredients"),
    ],
)
def test_amounts_that_cannot_be_are_faults(masses, stated_g, fault):
    odd = replace(item("lunch", masses), mass_g=stated_g)
    days = [day(1, TABLE, breakfast={"kale": 10.0}, lunch=odd, dinner={"kale": 10.0})]
    result = check_plan(days, [], TABLE, request())
    assert not result.passed
    assert any(fault in one for one in result.faults)


def test_a_supplement_that_nobody_asked_for_is_a_fault():
    pill = replace(item("magnesium oxide", {}, "supplement"), nutrients={"magnesium_mg": 400.0})
    days = [day(1, TABLE, breakfast={"kale": 10.0}, lunch=pill, dinner={"kale": 10.0})]
    bound = target("magnesium_mg", None, 350.0, basis="supplement")
    result = check_plan(days, [bound], TABLE, request())
    assert result.findings[0].value == 400.0
    assert any("a supplement that the request does not ask for" in one for one in result.faults)


def test_totals_that_a_plan_states_are_held_to_its_amounts():
    right = three_meals(1, TABLE, {"kale": 100.0})  # 150 mg magnesium
    wrong = replace(right, totals={"magnesium_mg": 151.0, "calcium_mg": 300.0}, ca_mg_ratio=1.9)
    assert check_plan([replace(right, totals={"magnesium_mg": 150.0})], [], TABLE, request()).passed
    faults = check_plan([wrong], [], TABLE, request()).faults
    assert faults == (
        "Day 1: states magnesium_mg 151, not 150.",
        "Day 1: states Ca:Mg 1.9, not 2.",
    )
