from dataclasses import replace

import pytest

from planner.check.judge import check_plan
from planner.request.meal_hours import read_cook_on
from tests.plates import day, food, item, request, table, three_meals

FOODS = table(
    food("kale", price=2.0),
    food("trout", group="fish", price=4.0),
    food("salmon", group="fish", base="salmon"),
)
KALE, TROUT = {"kale": 100.0}, {"kale": 95.0, "trout": 5.0}


def week_of(*lunches):
    return [
        day(number, FOODS, breakfast=KALE, lunch=lunch, dinner=KALE)
        for number, lunch in enumerate(lunches, start=1)
    ]


def faults(days, **wishes):
    return check_plan(days, [], FOODS, request(wishes.pop("asked", len(days)), **wishes)).faults


def test_a_plan_with_the_meals_asked_for_has_no_fault():
    assert faults(week_of(KALE, KALE)) == ()


def test_a_day_too_few_is_a_fault():
    assert faults(week_of(KALE), asked=2) == ("The plan has 1 days, the request asks for 2.",)


def test_days_out_of_order_are_a_fault():
    first, second = week_of(KALE, KALE)
    assert any("numbered 2, 1" in fault for fault in faults([second, first]))


def test_a_missing_meal_is_a_fault():
    assert faults([day(1, FOODS, breakfast=KALE, dinner=KALE)]) == ("Day 1: no lunch.",)


def test_a_meal_nobody_asked_for_is_a_fault():
    asked = request()
    asked = replace(asked, week=replace(asked.week, slots=("breakfast", "lunch")))
    found = check_plan(week_of(KALE), [], FOODS, asked).faults
    assert found == ("Day 1: dinner, which the request does not ask for.",)


@pytest.mark.parametrize("name", ["fish", "trout", "seafood"])
def test_frequencies_count_items_with_at_least_a_line_of_the_food(name):
    week = week_of(TROUT, TROUT, {"kale": 96.0, "trout": 4.0}, KALE, KALE, KALE, KALE)
    assert faults(week, per_week=[f"{name} >= 2"]) == ()
    (found,) = faults(week, per_week=[f"{name} >= 3"])
    assert found.startswith(f"{name}: 2 times in 7 days, at least 3")
    assert faults(week, per_week=[f"{name} <= 2"]) == ()
    assert faults(week, per_week=[f"{name} <= 1"])


def test_frequencies_scale_to_a_part_of_a_week_in_favour_of_the_eater():
    # 2 a week in 3 days: 0.86, so none is asked for and one allowed
    assert faults(week_of(KALE, KALE, KALE), per_week=["fish >= 2"]) == ()
    assert faults(week_of(TROUT, KALE, KALE), per_week=["fish <= 2"]) == ()
    assert faults(week_of(TROUT, TROUT, KALE), per_week=["fish <= 2"])


def test_a_dish_counts_by_its_protein_family_too():
    dish = item("chana_masala_kale", KALE)  # a legume dish, whatever it is made of here
    assert faults(week_of(dish, *[KALE] * 6), per_week=["legumes >= 1"]) == ()
    assert faults(week_of(KALE, *[KALE] * 6), per_week=["legumes >= 1"])


def test_servings_keep_the_days_between_that_were_asked_for():
    week = week_of(TROUT, KALE, TROUT)
    assert faults(week, min_days_between={"trout": 2}) == ()
    (found,) = faults(week, min_days_between={"trout": 3})
    assert found.startswith("trout on day 1 (lunch_1) and day 3 (lunch_3)")


def test_a_dish_that_takes_longer_than_allowed_is_a_fault():
    dish = item("chana_masala_kale", KALE)  # 40 minutes
    assert faults(week_of(dish), max_minutes=40) == ()
    (found,) = faults(week_of(dish), max_minutes=39)
    assert "takes 40 minutes, the request allows 39" in found
    assert faults(week_of(dish), max_minutes_weekday=40) == ()
    (found,) = faults(week_of(dish), max_minutes_weekday=39)
    assert "takes 40 minutes, the request allows 39 on weekdays" in found


def test_a_week_above_its_budget_is_a_fault():
    # 300 g of kale at 2 USD per 100 g are 6 USD a day, 42 USD a week
    week = [three_meals(number, FOODS, KALE) for number in range(1, 8)]
    assert faults(week, budget_per_week=42.0) == ()
    (found,) = faults(week, budget_per_week=41.99)
    assert "costs $42.00" in found


def test_a_weekday_dish_that_takes_longer_than_asked_for_is_a_fault():
    # without dates days 6 and 7 are the weekend; the chili takes more than 20 minutes
    slow = item("chili_sin_carne_cocoa", KALE)
    days = week_of(*([KALE] * 4), slow, slow)
    found = faults(days, max_minutes_weekday=20)
    assert [fault for fault in found if "on weekdays" in fault] == [
        fault for fault in found if fault.startswith("Day 5: chili_sin_carne_cocoa takes")
    ]
    assert len([fault for fault in found if "on weekdays" in fault]) == 1


def test_a_side_that_was_made_before_is_eaten_within_its_days():
    slaw = item("creamy_coleslaw_apple", KALE)  # keeps two days
    again = replace(slaw, leftover_of=1)
    found = faults(week_of(slaw, KALE, again, again))
    assert [one for one in found if "keeps" in one] == [
        "Day 4: creamy_coleslaw_apple of day 1 keeps 2 days."
    ]


def test_a_second_meal_on_a_weekday_is_only_warmed():
    again = replace(item("chili_sin_carne_cocoa", KALE), leftover_of=1)
    found = faults(week_of(KALE, again), max_minutes_weekday=20)
    assert not any("on weekdays" in fault for fault in found)


def test_a_lunch_that_does_not_travel_is_a_fault_on_weekdays_alone():
    curry, cobb = item("chana_masala_kale", KALE), item("cobb_salad", KALE)  # boxed; neither
    sandwich = item("tuna_salad_sandwich", KALE)  # boxed, and eaten cold
    week = week_of(curry, cobb, sandwich, KALE, KALE, cobb)
    assert faults(week) == ()
    assert faults(week, lunch="packed") == ("Day 2: cobb_salad is no lunch for a box.",)
    assert faults(week, lunch="packed_cold") == (
        "Day 1: chana_masala_kale is no lunch to be eaten cold from a box.",
        "Day 2: cobb_salad is no lunch to be eaten cold from a box.",
    )


def test_a_second_meal_is_taken_along_where_it_is_warmed_up():
    dinner = replace(item("cobb_salad", KALE), leftover_of=1)
    found = faults(week_of(KALE, dinner), lunch="packed")
    assert not any("for a box" in fault for fault in found)
    cold = faults(week_of(KALE, dinner), lunch="packed_cold")
    assert any("cold from a box" in fault for fault in cold)


def test_a_second_meal_keeps_longer_only_where_it_is_frozen_for_days_of_cooking():
    """The chili may be frozen, and keeps four days cold."""
    again = replace(item("chili_sin_carne_cocoa", KALE), leftover_of=1)
    cooked = replace(again, leftover_of=None)
    week = [day(1, FOODS, breakfast=KALE, lunch=KALE, dinner=cooked)]
    week += [
        day(number, FOODS, breakfast=KALE, lunch=again if number == 6 else KALE, dinner=KALE)
        for number in range(2, 7)
    ]
    short = read_cook_on("sun")

    def is_past(**wishes):
        return any("keeps 4 days" in one for one in faults(week, **wishes))

    assert is_past()
    assert not is_past(max_minutes_on=short)
    assert is_past(max_minutes_on=short, without=["freezer"])
    assert is_past(max_minutes_on=short, without=["chilled food"])
