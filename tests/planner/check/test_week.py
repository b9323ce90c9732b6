"""The judge looks for what was asked for: meals, times, dishes that were put, guests."""

from dataclasses import replace
from datetime import date

import pytest

from planner.check.dish_notes import read_dish_notes
from planner.check.document import check_document
from planner.check.guests import guest_faults
from planner.check.judge import check_plan
from planner.check.put_amounts import is_as_much
from planner.cli.options import build_request
from planner.errors import ConfigError
from planner.export.as_json import as_json
from planner.pipeline import plan_meals
from planner.plan.plan import GuestShare, Item
from planner.request.eater import Guests
from planner.request.meal_phrases import read_cook_on, read_guests
from planner.request.put import Put, read_put
from planner.request.read import request_from_dict, request_to_dict
from planner.request.request import WeekOptions
from planner.wire.document import parse_plan_document
from tests import stored
from tests.plates import day, food, item, request, table, three_meals
from tests.reports import make_day
from tests.rows import rows

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
    assert [fault for fault in found if "keeps" in fault] == [
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
        return any("keeps 4 days" in fault for fault in faults(week, **wishes))

    assert is_past()
    assert not is_past(max_minutes_on=short)
    assert is_past(max_minutes_on=short, without=["freezer"])
    assert is_past(max_minutes_on=short, without=["chilled food"])


FISH_AND_KALE = table(food("kale"), food("trout", group="fish"))
STEW = replace(item("own_stew", KALE), name="Stew with beans (hot)")
CHILI = item("chili_sin_carne_cocoa", KALE)  # a shipped dish
WEEK = [
    day(n, FISH_AND_KALE, breakfast=KALE, lunch=KALE, dinner=STEW if n == 5 else KALE)
    for n in range(1, 8)
]


def faults_with(*puts, days=WEEK, **week):
    asked = request(len(days))
    asked = replace(asked, week=replace(asked.week, put=puts, **week))
    return check_plan(days, [], FISH_AND_KALE, asked).faults


@pytest.mark.parametrize("name", ["bean stew", "stews", "Stew with beans (hot)"])
@pytest.mark.parametrize("when", [5, "fri", "every fri"])
def test_what_was_put_is_there(name, when):
    assert faults_with(Put(when, "dinner", name)) == ()


@pytest.mark.parametrize(
    "put", [Put(4, "dinner", "bean stew"), Put(5, "lunch", "bean stew"), Put(5, "dinner", "soup")]
)
def test_what_was_put_elsewhere_is_missed(put):
    (found,) = faults_with(put)
    assert found == f"Day {put.day}: no {put.dish} at {put.slot}, where the request puts it."


def test_a_dish_that_is_called_so_is_meant_and_no_other():
    fake = replace(STEW, name="Chili sin carne cocoa soup")
    for on, count in ((CHILI, 0), (fake, 1)):
        days = [day(1, FISH_AND_KALE, breakfast=KALE, lunch=KALE, dinner=on)]
        assert len(faults_with(Put(1, "dinner", "chili_sin_carne_cocoa"), days=days)) == count


def test_of_several_dishes_called_so_one_is_enough():
    for name, count in (("pizza_margherita", 0), ("pizza_ham_mushrooms", 0), ("own_stew", 1)):
        on = replace(item(name, KALE), name=name.replace("_", " "))
        days = [day(1, FISH_AND_KALE, breakfast=KALE, lunch=KALE, dinner=on)]
        assert len(faults_with(Put(1, "dinner", "pizza"), days=days)) == count


@pytest.mark.parametrize(("text", "count"), [("kale with trout", 0), ("kale with tofu", 1)])
def test_a_dish_that_holds_each_of_several_things_is_what_was_put(text, count):
    on = replace(item("own_stew", {**KALE, "trout": 80.0}), name="Green bowl")
    days = [day(1, FISH_AND_KALE, breakfast=KALE, lunch=KALE, dinner=on)]
    assert len(faults_with(Put(1, "dinner", text), days=days)) == count


def test_every_week_is_looked_at():
    twice = [*WEEK, *(replace(one, day=one.day + 7) for one in WEEK)]
    assert faults_with(Put("every fri", "dinner", "bean stew"), days=twice) == ()
    broken = [
        replace(one, day=number) for number, one in enumerate([*WEEK, *WEEK[:4], *WEEK[:3]], 1)
    ]
    (found,) = faults_with(Put("every fri", "dinner", "bean stew"), days=broken)
    assert found.startswith("Day 12: no bean stew")


def test_a_menu_that_comes_again_has_its_puts_again():
    twice = [*WEEK, *(replace(one, day=one.day + 7) for one in WEEK)]
    assert faults_with(Put(5, "dinner", "bean stew"), days=twice, cycle=7) == ()
    (first, again) = faults_with(Put(5, "dinner", "soup"), days=twice, cycle=7)
    assert (first[:5], again[:6]) == ("Day 5", "Day 12")


def test_a_day_that_cannot_be_read_is_said():
    (found,) = faults_with(Put("2026-03-09", "dinner", "bean stew"), start=date(2026, 3, 2))
    assert "cannot be judged" in found


def with_dish(dish_id, slot, *numbers):
    """Give the week with a dish at a meal of some days."""
    served = item(dish_id, KALE)
    return [
        replace(
            one,
            meals=tuple(
                replace(meal, items=(served,)) if meal.slot == slot else meal for meal in one.meals
            ),
        )
        if one.day in numbers
        else one
        for one in WEEK
    ]


@pytest.mark.parametrize(
    ("dish_id", "slot"),
    [("chili_sin_carne_cocoa", "dinner"), ("strawberry_overnight_oats", "breakfast")],
)
def test_one_dish_on_three_days_running_is_a_fault(dish_id, slot):
    assert faults_with(days=with_dish(dish_id, slot, 1, 2, 4, 5, 7)) == ()
    (found,) = faults_with(days=with_dish(dish_id, slot, 3, 4, 5))
    assert "is on the table on 3 days running, from day 3 on; at most 2 are meant." in found


def test_a_breakfast_that_is_put_runs_as_often_as_asked_for():
    oats = "strawberry_overnight_oats"
    days = with_dish(oats, "breakfast", 3, 4, 5)
    puts = [Put(n, "breakfast", oats) for n in (3, 4, 5)]
    assert faults_with(*puts, days=days) == ()


def day_for(count):
    """A day whose dinner is for so many guests too."""
    day = make_day(1)
    dinner = next(meal for meal in day.meals if meal.slot == "dinner")
    share = GuestShare(count, float(count), (("beans", 100.0 * count),)) if count else None
    served = replace(dinner, items=(replace(dinner.items[0], guests=share), *dinner.items[1:]))
    return replace(day, meals=tuple(served if meal is dinner else meal for meal in day.meals))


def guests_week(*guests):
    return WeekOptions(days=1, guests=guests)


def test_guests_who_were_asked_for_and_are_cooked_for_are_no_fault():
    assert list(guest_faults([day_for(2)], guests_week(Guests(1, "dinner", 2)))) == []
    assert list(guest_faults([day_for(0)], guests_week())) == []


@pytest.mark.parametrize(
    ("served", "asked", "said"),
    [
        (0, (Guests(1, "dinner", 2),), "Day 1, dinner: has nothing for 2 guests."),
        (2, (), "Day 1, dinner: is for 2 guests, not for 0."),
        (3, (Guests(1, "dinner", 2),), "Day 1, dinner: is for 3 guests, not for 2."),
        (0, (Guests(2, "lunch", 1),), "Day 2: no lunch for 1 guests."),
    ],
)
def test_what_guests_miss_or_nobody_asked_for_is_said(served, asked, said):
    assert list(guest_faults([day_for(served)], guests_week(*asked))) == [said]


def test_what_is_no_diet_of_guests_is_asked_about():
    with pytest.raises(ConfigError, match="unknown diet 'peanutless'"):
        read_guests("fri:dinner=2,peanutless")


def test_guests_are_cooked_for_as_asked_and_a_forged_wish_of_theirs_is_found():
    phrase = read_guests("1:dinner=9,half servings,without choking hazards")
    assert (phrase["count"], phrase["servings"], phrase["without"]) == (9, 0.5, ["choking hazards"])
    request = stored.quick(build_request(days=2, guests=(phrase,)))
    assert request_from_dict(request_to_dict(request)).week == request.week
    document = parse_plan_document(as_json(plan_meals(request)), "plan.json")
    assert check_document(document, stored.foods()).passed
    (dinner,) = [meal for meal in document.plan.days[0].meals if meal.slot == "dinner"]
    assert dinner.items[0].visitors == (9, 4.5)
    eaten = stored.foods()[dinner.items[0].ingredients[0][0]].base
    (asked,) = request.week.guests
    for other, told in (
        (replace(asked, servings=1.0), "guests have 0.5 servings"),
        (replace(asked, without=(eaten,)), "which guests leave out"),
    ):
        forged = replace(document.request, week=replace(request.week, guests=(other,)))
        found = check_document(replace(document, request=forged), stored.foods())
        assert told in str(found.as_one().faults)


def pizza(mass_g, servings):
    return Item(
        item_id="pizza_margherita",
        name="Pizza Margherita",
        kind="dish",
        servings=servings,
        measure="",
        mass_g=mass_g,
        ingredients=(),
        nutrients={},
        cost=0.0,
        minutes=0,
    )


@rows(__file__, "pieces_of_a_dish_weigh_what")
def test_pieces_of_a_dish_weigh_what_diaries_know(text, mass_g, servings, is_so):
    put = read_put(f"fri:dinner={text}")
    assert is_as_much(put, pizza(mass_g, servings), read_dish_notes()) is is_so
