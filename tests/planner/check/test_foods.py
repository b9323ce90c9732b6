import re

import pytest

from planner.check.judge import check_plan
from planner.request.profile import Profile
from tests.plates import day, food, item, request, table, three_meals

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
        day(number, FOODS, breakfast=plain, lunch=one, dinner=plain)
        for number, one in enumerate(masses, start=1)
    ]


def test_food_that_a_diet_leaves_out_is_a_fault():
    assert faults({"kale": 100.0, "ham": 1.0}) == ()
    (*_, found) = faults({"kale": 100.0, "ham": 1.0}, request(diet="vegetarian"))
    assert found == "Day 1, dinner, dinner_1 holds Ham (meat), which is not vegetarian."


@pytest.mark.parametrize(
    ("diet", "left_out"),
    [
        ("omnivore", ""),
        ("pescatarian", "gelatine meat poultry rennet"),
        ("vegetarian", "fish gelatine meat poultry rennet shellfish"),
        ("vegan", "dairy egg fish gelatine honey meat poultry rennet shellfish"),
    ],
)
def test_each_diet_leaves_out_what_its_name_says(diet, left_out):
    foods = table(*(food(one, words=[f"origin:{one}"]) for one in ORIGINS))
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
    assert any("stands there: raw fish and shellfish carry" in one for one in found)
    assert check_plan(days, [], FOODS, request()).faults == ()
