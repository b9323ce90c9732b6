"""The judge adds up again what a plan serves: amounts, foods that are left out, and cost."""

import re
from dataclasses import replace

import pytest

from planner.check.cost import cost_faults, cost_of
from planner.check.judge import check_plan
from planner.check.lines import read_table
from planner.plan.plan import Item, Meal
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import PlanRequest, Water
from planner.safety.intake import SupplementIntake
from tests.plates import day, food, item, request, table, target, three_meals
from tests.rows import rows

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


@rows(__file__, "amounts_that_cannot_be_are_faults")
def test_amounts_that_cannot_be_are_faults(masses, stated_g, fault):
    odd = replace(item("lunch", masses), mass_g=stated_g)
    days = [day(1, TABLE, breakfast={"kale": 10.0}, lunch=odd, dinner={"kale": 10.0})]
    result = check_plan(days, [], TABLE, request())
    assert not result.passed
    assert any(fault in text for text in result.faults)


def test_a_supplement_that_nobody_asked_for_is_a_fault():
    pill = replace(item("magnesium oxide", {}, "supplement"), nutrients={"magnesium_mg": 400.0})
    days = [day(1, TABLE, breakfast={"kale": 10.0}, lunch=pill, dinner={"kale": 10.0})]
    bound = target("magnesium_mg", None, 350.0, basis="supplement")
    result = check_plan(days, [bound], TABLE, request())
    assert result.findings[0].value == 400.0
    assert any("a supplement that the request does not ask for" in fault for fault in result.faults)


def test_totals_that_a_plan_states_are_held_to_its_amounts():
    right = three_meals(1, TABLE, {"kale": 100.0})  # 150 mg magnesium
    wrong = replace(right, totals={"magnesium_mg": 151.0, "calcium_mg": 300.0}, ca_mg_ratio=1.9)
    assert check_plan([replace(right, totals={"magnesium_mg": 150.0})], [], TABLE, request()).passed
    faults = check_plan([wrong], [], TABLE, request()).faults
    assert faults == (
        "Day 1: states magnesium_mg 151, not 150.",
        "Day 1: states Ca:Mg 1.9, not 2.",
    )


PREGNANT = Profile(age_y=29, state="pregnant", gestation_week=20)
FOODS = table(
    food("kale"),
    food("soy_sauce", group="condiment", words=["allergen:soy", "allergen:wheat"]),
    food("almonds", group="nuts", words=["allergen:tree_nut"]),
    food("ham", group="processed_meat", words=["origin:meat"]),
    food("beef_liver", group="red_meat", base="liver", words=["origin:meat", "flag:liver"]),
    food("wine", group="alcohol", words=["flag:alcohol"]),
    food("spinach", group="leafy_greens", calcium_mg=100.0, words=["flag:oxalate_green"]),
    food("saag_left_over", group="eaten_out", calcium_mg=100.0, words=["flag:oxalate_green"]),
    food("yogurt", group="yogurt", calcium_mg=100.0, words=["allergen:milk"]),
    food("brazil_nuts", group="nuts", piece_g=5.0, words=["flag:brazil_nut"]),
)
ORIGINS = ("dairy", "egg", "fish", "gelatine", "honey", "meat", "poultry", "rennet", "shellfish")


def faults(masses, asked=None, days=1):
    served = [three_meals(number, FOODS, masses) for number in range(1, days + 1)]
    return check_plan(served, [], FOODS, asked or request(days)).faults


def lunches(*masses):
    plain = {"kale": 100.0}
    return [
        day(number, FOODS, breakfast=plain, lunch=mass, dinner=plain)
        for number, mass in enumerate(masses, start=1)
    ]


def test_food_that_a_diet_leaves_out_is_a_fault():
    assert faults({"kale": 100.0, "ham": 1.0}) == ()
    (*_, found) = faults({"kale": 100.0, "ham": 1.0}, request(diet="vegetarian"))
    assert found == "Day 1, dinner, dinner_1 holds Ham (meat), which is not vegetarian."


@rows(__file__, "each_diet_leaves_out_what_its")
def test_each_diet_leaves_out_what_its_name_says(diet, left_out):
    foods = table(*(food(origin, words=[f"origin:{origin}"]) for origin in ORIGINS))
    days = [three_meals(1, foods, dict.fromkeys(ORIGINS, 10.0))]
    found = check_plan(days, [], foods, request(diet=diet)).faults
    named = {re.search(r"\((\w+)\)", fault).group(1) for fault in found}
    assert named == set(left_out.split())


@pytest.mark.parametrize("word", ["wheat", "soy", "soya", "Soybeans", "soy sauce", "condiment"])
def test_a_trace_of_what_was_excluded_is_a_fault(word):
    found = faults({"kale": 100.0, "soy_sauce": 0.5}, request(without=(word,)))
    assert len(found) == 3  # one for each meal
    assert f"holds Soy sauce, but the request is without {word}" in found[0]


@pytest.mark.parametrize("word", ["nuts", "tree nuts", "tree_nut"])
def test_nuts_are_an_allergen_before_they_are_a_group(word):
    assert faults({"almonds": 30.0}, request(without=(word,)))
    assert not faults({"kale": 30.0}, request(without=(word,)))


def test_a_frequency_of_none_is_judged_as_an_exclusion():
    none = request(per_week=("nuts <= 0",))
    assert any("without nuts" in fault for fault in faults({"almonds": 1.0}, none))
    assert not faults({"kale": 30.0}, none)
    assert not faults({"almonds": 1.0}, request(per_week=("nuts <= 7",)))


def test_an_allergen_that_no_food_holds_is_no_fault():
    assert faults({"kale": 30.0}, request(without=("lupin",))) == ()


def test_a_name_that_means_nothing_cannot_be_judged():
    (found,) = faults({"kale": 30.0}, request(without=("moon cheese",)))
    assert "Nothing is called 'moon cheese'" in found


def test_a_dish_that_was_excluded_is_a_fault_whatever_is_in_it():
    dish = item("chana_masala_kale", {"kale": 100.0})
    days = [day(1, FOODS, breakfast={"kale": 9.0}, lunch=dish, dinner={"kale": 9.0})]
    found = check_plan(days, [], FOODS, request(without=("chana masala with kale",))).faults
    assert found == (
        "Day 1, lunch, chana_masala_kale stands there, but the request is without "
        "chana masala with kale.",
    )


def test_liver_is_a_fault_in_pregnancy_alone():
    assert faults({"beef_liver": 100.0}) == ()
    assert "liver holds more" in faults({"beef_liver": 100.0}, request(profile=PREGNANT))[0]


def test_alcohol_is_for_adults_who_ask_for_it():
    assert faults({"wine": 100.0})
    assert not faults({"wine": 100.0}, request(alcohol=True))
    assert faults({"wine": 100.0}, request(alcohol=True, profile=PREGNANT))


def test_a_third_portion_of_oxalate_rich_greens_in_a_week_is_a_fault():
    # 5 g make a portion, 4.9 g do not; the yogurt keeps their share of the calcium low
    green, trace, none = ({"spinach": g, "yogurt": 500.0} for g in (5.0, 4.9, 0.1))
    week = lunches(green, green, trace, none, none, none, none)
    assert check_plan(week, [], FOODS, request(7)).faults == ()
    week = lunches(green, green, trace, none, none, none, green)
    (found,) = check_plan(week, [], FOODS, request(7)).faults
    assert "3 portions in 7 days, at most 2" in found


def test_what_is_eaten_out_or_left_over_is_a_guess_and_no_portion_of_greens():
    served = lunches(*[{"saag_left_over": 300.0}] * 3)
    assert check_plan(served, [], FOODS, request(3)).faults == ()


def test_more_than_a_quarter_of_a_days_calcium_from_greens_is_a_fault():
    assert check_plan(lunches({"spinach": 25.0, "yogurt": 75.0}), [], FOODS, request()).passed
    (found,) = check_plan(lunches({"spinach": 26.0, "yogurt": 74.0}), [], FOODS, request()).faults
    assert "26.0% of the calcium" in found


def test_two_brazil_nuts_a_day_are_the_most():
    assert check_plan(lunches({"brazil_nuts": 10.0}), [], FOODS, request()).passed  # 2 of 5 g
    (found,) = check_plan(lunches({"brazil_nuts": 10.5}), [], FOODS, request()).faults
    assert found.startswith("Day 1: Brazil nuts, 2.1 pieces, at most 2")


def test_a_dish_that_is_tagged_as_raw_is_left_out_whatever_its_foods_say():
    raw = item("bagel_cream_cheese_salmon", {"kale": 100.0})  # tagged raw_fish; kale is not raw
    days = [day(1, FOODS, breakfast=raw, lunch={"kale": 100.0}, dinner={"kale": 100.0})]
    found = check_plan(days, [], FOODS, request(profile=PREGNANT)).faults
    assert any("stands there: raw fish and shellfish carry" in fault for fault in found)
    assert check_plan(days, [], FOODS, request()).faults == ()


COST_FOODS = table(food("bread", price=1.0))
BREAD = {"bread": 200.0}  # 2 USD
CITRATE = "trimagnesium_dicitrate_anhydrous"  # 0.08 USD for 100 mg


def pill(magnesium_mg, compound=CITRATE):
    content = {"magnesium_mg": magnesium_mg}
    return Meal(
        "dinner", (Item("supplement", compound, "Pill", 1.0, "", 0.0, (), content, 0.0, 0),)
    )


def served(*pills):
    days = [day(1, COST_FOODS, lunch=BREAD)]
    days = [type(own_day)(1, None, (*own_day.meals, *pills), {}, None, 0.0) for own_day in days]
    return read_table(days, COST_FOODS, PlanRequest())


def request_of_cost(taken_mg=0.0, budget=None):
    taken = (SupplementIntake("magnesium citrate", taken_mg),) if taken_mg else ()
    return PlanRequest(preferences=Preferences(budget_per_week=budget), supplements=taken)


@pytest.mark.parametrize(("taken_mg", "cost_usd"), [(0.0, 2.16), (50.0, 2.12), (200.0, 2.0)])
def test_only_what_is_added_is_paid_for(taken_mg, cost_usd):
    # 2 USD of bread, and 0.08 USD for each 100 mg beyond what is taken
    assert cost_of(served(pill(200.0)), request_of_cost(taken_mg)) == pytest.approx(cost_usd)


@pytest.mark.parametrize(("budget", "count"), [(7 * 2.16, 0), (7 * 2.15, 1)])
def test_pills_can_break_a_budget(budget, count):
    faults = list(cost_faults(served(pill(200.0)), request_of_cost(budget=budget)))
    assert len(faults) == count
    assert not faults or "(days: 1) costs $2.16" in faults[0]


def test_a_pill_without_a_price_leaves_the_budget_unjudged():
    antacid = served(pill(100.0, "magnesium_hydroxide"))
    assert cost_of(antacid, request_of_cost()) is None
    assert "cannot be judged" in next(iter(cost_faults(antacid, request_of_cost(budget=50.0))))
