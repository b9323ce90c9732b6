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
