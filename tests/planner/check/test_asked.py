"""The judge finds a meal without the dish that was put on it."""

from dataclasses import replace
from datetime import date

import pytest

from planner.check.judge import check_plan
from planner.request.put import Put
from tests.plates import day, food, item, request, table

FOODS = table(food("kale"), food("trout", group="fish"))
KALE = {"kale": 100.0}
STEW = replace(item("own_stew", KALE), name="Stew with beans (hot)")
CHILI = item("chili_sin_carne_cocoa", KALE)  # a shipped dish
WEEK = [day(n, FOODS, breakfast=KALE, lunch=KALE, dinner=STEW if n == 5 else KALE)
        for n in range(1, 8)]  # fmt: skip


def faults(*puts, days=WEEK, **week):
    asked = request(len(days))
    asked = replace(asked, week=replace(asked.week, put=puts, **week))
    return check_plan(days, [], FOODS, asked).faults


@pytest.mark.parametrize("name", ["bean stew", "stews", "Stew with beans (hot)"])
@pytest.mark.parametrize("when", [5, "fri", "every fri"])
def test_what_was_put_is_there(name, when):
    assert faults(Put(when, "dinner", name)) == ()


@pytest.mark.parametrize(
    "put", [Put(4, "dinner", "bean stew"), Put(5, "lunch", "bean stew"), Put(5, "dinner", "soup")]
)
def test_what_was_put_elsewhere_is_missed(put):
    (found,) = faults(put)
    assert found == f"Day {put.day}: no {put.dish} at {put.slot}, where the request puts it."


def test_a_dish_that_is_called_so_is_meant_and_no_other():
    fake = replace(STEW, name="Chili sin carne cocoa soup")
    for on, count in ((CHILI, 0), (fake, 1)):
        days = [day(1, FOODS, breakfast=KALE, lunch=KALE, dinner=on)]
        assert len(faults(Put(1, "dinner", "chili_sin_carne_cocoa"), days=days)) == count


def test_of_several_dishes_called_so_one_is_enough():
    for name, count in (("pizza_margherita", 0), ("pizza_ham_mushrooms", 0), ("own_stew", 1)):
        on = replace(item(name, KALE), name=name.replace("_", " "))
        days = [day(1, FOODS, breakfast=KALE, lunch=KALE, dinner=on)]
        assert len(faults(Put(1, "dinner", "pizza"), days=days)) == count


@pytest.mark.parametrize(("text", "count"), [("kale with trout", 0), ("kale with tofu", 1)])
def test_a_dish_that_holds_each_of_several_things_is_what_was_put(text, count):
    on = replace(item("own_stew", {**KALE, "trout": 80.0}), name="Green bowl")
    days = [day(1, FOODS, breakfast=KALE, lunch=KALE, dinner=on)]
    assert len(faults(Put(1, "dinner", text), days=days)) == count


def test_every_week_is_looked_at():
    twice = [*WEEK, *(replace(one, day=one.day + 7) for one in WEEK)]
    assert faults(Put("every fri", "dinner", "bean stew"), days=twice) == ()
    broken = [
        replace(one, day=number) for number, one in enumerate([*WEEK, *WEEK[:4], *WEEK[:3]], 1)
    ]
    (found,) = faults(Put("every fri", "dinner", "bean stew"), days=broken)
    assert found.startswith("Day 12: no bean stew")


def test_a_menu_that_comes_again_has_its_puts_again():
    twice = [*WEEK, *(replace(one, day=one.day + 7) for one in WEEK)]
    assert faults(Put(5, "dinner", "bean stew"), days=twice, cycle=7) == ()
    (first, again) = faults(Put(5, "dinner", "soup"), days=twice, cycle=7)
    assert (first[:5], again[:6]) == ("Day 5", "Day 12")


def test_a_day_that_cannot_be_read_is_said():
    (found,) = faults(Put("2026-03-09", "dinner", "bean stew"), start=date(2026, 3, 2))
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
    assert faults(days=with_dish(dish_id, slot, 1, 2, 4, 5, 7)) == ()
    (found,) = faults(days=with_dish(dish_id, slot, 3, 4, 5))
    assert "is on the table on 3 days running, from day 3 on; at most 2 are meant." in found


def test_a_breakfast_runs_as_often_as_asked_for_and_what_is_put_stands():
    oats = "strawberry_overnight_oats"
    days = with_dish(oats, "breakfast", 3, 4, 5)
    asked = replace(request(7), habits={"same_breakfast_a_week": 3})
    assert check_plan(days, [], FOODS, asked).faults == ()
    puts = [Put(n, "breakfast", oats) for n in (3, 4, 5)]
    assert faults(*puts, days=days) == ()
