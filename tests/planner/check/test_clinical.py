"""The judge on conditions, pills and water beside the meals."""

from dataclasses import replace

import pytest

from planner.check.clinical import clinical_faults, conservative_faults
from planner.check.judge import check_plan
from planner.check.lines import read_table
from planner.plan.plan import Item, Meal
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import PlanRequest, Water, WeekOptions
from planner.safety.intake import SupplementIntake
from planner.targets.clinical import ClinicalRules
from tests.plates import day, food, item, table, target


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
    assert all("low in FODMAPs up to one in a meal" in str(fault) for fault in found)


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


KALE = food("kale", magnesium_mg=50.0, calcium_mg=100.0)
HEPAR = food("water_hepar", group="water", magnesium_mg=11.9, calcium_mg=54.9)
COFFEE = food("coffee", group="drink", words=("flag:caffeine",), magnesium_mg=3.0, caffeine_mg=40.0)
TAP = food("tap_water", group="water", magnesium_mg=1.0, calcium_mg=3.0)
TABLE = table(KALE, HEPAR, TAP, COFFEE)
OXIDE = SupplementIntake("magnesium oxide", 400, "compound")
HEALTHY = Profile(egfr=95.0)
ALLOWED = PlanRequest(profile=HEALTHY, week=WeekOptions(days=1), allow_supplements=True)


def pill_of_beside(compound_id, nutrient, amount):
    return Item("supplement", compound_id, "Pill", 1.0, "1 dose", 0.0, (), {nutrient: amount}, 0, 0)


def judged(request, *pills, water_g=0.0, targets=()):
    """Judge a day of 300 g of kale with ``pills`` and some Hepar at dinner."""
    return check_plan([with_pills(pills, water_g)], targets, TABLE, request)


def with_pills(pills, water_g):
    served = day(1, TABLE, breakfast={"kale": 100.0}, lunch={"kale": 100.0}, dinner={"kale": 100.0})
    drunk = item("water_hepar", {"water_hepar": water_g}, "food")
    litres = water_g / 1000
    measure = f"{litres:g} L (4 glasses)"
    drunk = replace(drunk, servings=litres, measure=measure, beside="drunk")
    dinner = served.meals[2]
    items = (*dinner.items, *([drunk] if water_g else []), *pills)
    meals = (*served.meals[:2], replace(dinner, items=items))
    amounts = {"magnesium_mg": 150.0 + 0.119 * water_g, "calcium_mg": 300.0 + 0.549 * water_g}
    held = {}
    for dose in pills:
        for key, amount in dose.nutrients.items():
            held[key] = held.get(key, 0.0) + amount
    total = {key: amount + held.get(key, 0.0) for key, amount in amounts.items()}
    ratio = total["calcium_mg"] / total["magnesium_mg"]
    return replace(served, meals=meals, totals=total, ca_mg_ratio=ratio, supplement_totals=held)


def asking(*supplements, **changes):
    return PlanRequest(
        profile=HEALTHY, week=WeekOptions(days=1), supplements=supplements, **changes
    )


def test_what_is_taken_counts_in_totals_and_in_its_own_level():
    half = 400 * 24.305 / 40.304 / 2  # 120.6 mg
    doses = [pill_of_beside("magnesium_oxide", "magnesium_mg", half)] * 2
    level = target("magnesium_mg", None, 240.0, basis="supplement")
    total = target("magnesium_mg", 391.0, 392.0)  # 150 mg from kale and 241.2 mg
    result = judged(asking(OXIDE), *doses, targets=[level, total])
    assert result.faults == ()
    assert [finding.value for finding in result.findings] == [
        pytest.approx(241.2, abs=0.05),
        pytest.approx(391.2, abs=0.05),
    ]
    assert [finding.holds for finding in result.findings] == [False, True]


def test_the_level_of_supplements_is_not_compared_with_the_total():
    bound = target("magnesium_mg", None, 250.0, basis="supplement")
    dose = pill_of_beside("trimagnesium_dicitrate_anhydrous", "magnesium_mg", 200.0)
    result = judged(asking(SupplementIntake("magnesium citrate", 200)), dose, targets=[bound])
    assert result.passed
    assert result.findings[0].value == 200.0  # 350 mg with the kale


def test_a_compound_counted_as_its_element_is_a_fault():
    doses = [pill_of_beside("magnesium_oxide", "magnesium_mg", 200.0)] * 2
    result = judged(asking(OXIDE), *doses)
    assert any("158.8 mg of magnesium from magnesium oxide" in fault for fault in result.faults)


def test_what_is_taken_must_be_in_every_day():
    (fault,) = judged(asking(OXIDE)).faults
    assert fault == (
        "Day 1: 241.2 mg of magnesium from magnesium oxide are taken already, the plan holds 0 mg "
        "of magnesium."
    )


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (pill_of_beside("moon_dust", "magnesium_mg", 10.0), "no compound 'moon_dust'"),
        (
            pill_of_beside("magnesium_oxide", "calcium_mg", 10.0),
            "states calcium_mg, the compound supplies",
        ),
        (pill_of_beside("magnesium_oxide", "magnesium_mg", -5.0), "is no amount"),
        (pill_of_beside("magnesium_oxide", "magnesium_mg", 240.0), "in one dose, at most 200 mg"),
        (pill_of_beside("calcium_carbonate", "calcium_mg", 600.0), "in one dose, at most 500 mg"),
        (
            replace(pill_of_beside("magnesium_oxide", "magnesium_mg", 5.0), mass_g=3.0),
            "no mass of food",
        ),
    ],
)
def test_a_pill_that_cannot_be_is_a_fault(bad, fault):
    assert any(fault in text for text in judged(ALLOWED, bad).faults)


def test_a_supplement_is_added_only_where_it_was_allowed():
    dose = pill_of_beside("trimagnesium_dicitrate_anhydrous", "magnesium_mg", 100.0)
    assert judged(ALLOWED, dose).faults == ()
    (fault,) = judged(asking(), dose).faults
    assert fault == (
        "Day 1: 100 mg of magnesium from magnesium citrate, a supplement that the request does not "
        "ask for."
    )


def test_no_supplement_is_added_against_a_safety_rule():
    dose = pill_of_beside("trimagnesium_dicitrate_anhydrous", "magnesium_mg", 100.0)
    old = replace(ALLOWED, profile=Profile(age_y=70))
    assert any("allow no such supplement (ask)" in fault for fault in judged(old, dose).faults)
    sick = replace(ALLOWED, profile=replace(HEALTHY, conditions=("sarcoidosis",)))
    calcium = pill_of_beside("calcium_citrate_tetrahydrate", "calcium_mg", 250.0)
    assert any("is added, but" in fault for fault in judged(sick, calcium).faults)


def test_what_is_added_stays_within_what_is_left_of_the_level():
    dose = pill_of_beside("trimagnesium_dicitrate_anhydrous", "magnesium_mg", 200.0)
    request = replace(ALLOWED, supplements=(SupplementIntake("magnesium citrate", 250),))
    faults = judged(request, dose, dose).faults  # 400 mg: 250 mg taken, 100 mg left, 150 mg added
    assert any("150 mg of magnesium, at most 100 mg" in fault for fault in faults)


def test_one_product_of_a_nutrient_is_enough():
    two = [
        pill_of_beside("trimagnesium_dicitrate_anhydrous", "magnesium_mg", 100.0),
        pill_of_beside("magnesium_bisglycinate", "magnesium_mg", 100.0),
    ]
    assert any("two products of magnesium_mg" in fault for fault in judged(ALLOWED, *two).faults)


def test_vitamin_d_from_wool_is_not_vegan():
    vegan = replace(ALLOWED, preferences=Preferences(diet="vegan"))
    dose = pill_of_beside("vitamin_d3_cholecalciferol", "vitamin_d_ug", 10.0)
    assert any("which is not vegan" in fault for fault in judged(vegan, dose).faults)


def test_supplement_totals_that_a_plan_states_are_held_to_its_pills():
    dose = pill_of_beside("trimagnesium_dicitrate_anhydrous", "magnesium_mg", 100.0)
    served = day(1, TABLE, breakfast={"kale": 10.0}, lunch={"kale": 10.0}, dinner={"kale": 10.0})
    meals = (replace(served.meals[0], items=(*served.meals[0].items, dose)), *served.meals[1:])
    ratio = 30.0 / 115.0
    for stated, is_right in (({"magnesium_mg": 100.0}, True), ({}, False)):
        made = replace(served, meals=meals, ca_mg_ratio=ratio, supplement_totals=stated)
        assert (check_plan([made], [], TABLE, ALLOWED).faults == ()) is is_right


def test_a_pill_alone_is_no_meal():
    dose = pill_of_beside("trimagnesium_dicitrate_anhydrous", "magnesium_mg", 100.0)
    made = day(1, TABLE, breakfast={"kale": 10.0}, lunch=dose, dinner={"kale": 10.0})
    assert "Day 1: no lunch." in check_plan([made], [], TABLE, ALLOWED).faults


def test_water_asked_for_must_be_drunk_every_day():
    request = replace(ALLOWED, water=Water(drink="hepar"))
    assert judged(request, water_g=1000.0).faults == ()
    (fault,) = judged(request, water_g=750.0).faults
    assert fault == "Day 1: 0.75 L of Water hepar, the request asks for 1 L."


def test_only_water_is_drunk_beside_the_meals():
    served = day(1, TABLE, breakfast={"kale": 100.0}, lunch={"kale": 100.0}, dinner={"kale": 100.0})
    kale = replace(item("kale", {"kale": 100.0}, "food"), beside="drunk")
    meals = (replace(served.meals[0], items=(kale,)), *served.meals[1:])
    faults = check_plan([replace(served, meals=meals)], [], TABLE, ALLOWED).faults
    assert any("only water is drunk beside the meals" in fault for fault in faults)


def test_a_litre_is_a_kilogram_of_water_and_of_nothing_else():
    served = day(1, TABLE, breakfast={"kale": 100.0}, lunch={"kale": 100.0}, dinner={"kale": 100.0})
    kale = replace(item("kale", {"kale": 1000.0}, "food"), measure="1 L")
    meals = (replace(served.meals[0], items=(kale,)), *served.meals[1:])
    faults = check_plan([replace(served, meals=meals)], [], TABLE, ALLOWED).faults
    assert any("1 L of 100 g are 100 g, not 1000 g" in fault for fault in faults)


def with_coffee(request, cups, beside="cup", **parts):
    """Judge a day of kale with ``cups`` of 100 g of coffee at breakfast."""
    plates = {"breakfast": {"kale": 100.0}, "lunch": {"kale": 100.0}, "dinner": {"kale": 100.0}}
    served = day(1, TABLE, **plates)
    drunk = item("coffee", parts or {"coffee": 100.0 * cups}, "food")
    drunk = replace(drunk, servings=cups, measure=f"{cups} cups", beside=beside)
    breakfast = replace(served.meals[0], items=(*served.meals[0].items, drunk))
    ratio = 300.0 / (150.0 + 3.0 * cups)
    made = replace(served, meals=(breakfast, *served.meals[1:]), ca_mg_ratio=ratio)
    most = target("caffeine_mg", None, 100.0)
    return check_plan([made], [most], TABLE, request)


TWO_CUPS = replace(ALLOWED, preferences=Preferences(drinks={"coffee": 2}))


def test_cups_asked_for_are_counted_and_are_what_the_request_says():
    result = with_coffee(TWO_CUPS, 2)
    assert result.faults == ()
    assert [(one.value, one.holds) for one in result.findings] == [(80.0, False)]  # kale: unknown
    (fault,) = with_coffee(TWO_CUPS, 3).faults
    assert fault == "Day 1: 300 g of Coffee by the cup, the request asks for 2 times 100 g."


def test_coffee_of_a_meal_is_none_of_the_cups_asked_for():
    (fault,) = with_coffee(TWO_CUPS, 2, beside="").faults
    assert fault.startswith("Day 1: 0 g of Coffee by the cup")


@pytest.mark.parametrize(
    ("request_", "more", "said"),
    [
        (ALLOWED, {}, "no drink that the request asks for"),
        (TWO_CUPS, {"kale": 200.0}, "no drink that the request asks for"),
        (TWO_CUPS, {"beside": "drunk"}, "only water is drunk beside the meals"),
        (replace(ALLOWED, preferences=Preferences(drinks={"coffee": 0})), {}, "0 times 100 g"),
        (replace(ALLOWED, preferences=Preferences(drinks={"wine": 1})), {}, "'wine' is no drink"),
    ],
)
def test_a_forged_mark_of_a_drink_is_found(request_, more, said):
    assert any(said in fault for fault in with_coffee(request_, 2, **more).faults)


def test_caffeine_is_for_no_child_whatever_the_request_asks():
    child = replace(TWO_CUPS, profile=Profile(age_y=15))
    faults = with_coffee(child, 2).faults
    assert any("drinks with caffeine are not planned for children" in fault for fault in faults)


def test_a_drink_alone_is_no_meal():
    cup = replace(item("coffee", {"coffee": 200.0}, "food"), servings=2, measure="2 cups")
    cup = replace(cup, beside="cup")
    made = day(1, TABLE, breakfast=cup, lunch={"kale": 10.0}, dinner={"kale": 10.0})
    assert "Day 1: no breakfast." in check_plan([made], [], TABLE, TWO_CUPS).faults
