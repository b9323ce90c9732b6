"""Two days exchanged: whose meals go where, and what becomes of second meals."""

from dataclasses import replace

import pytest

from planner.errors import ConfigError
from planner.plan.exchange import exchange_days
from planner.plan.plan import DayFacts, Plan
from tests.plates import day, food, item, table

FOODS = table(food("kale"))
KEEPS = {"stew": 3, "fish": 1}


def dish(name, leftover_of=None):
    return replace(item(name, {"kale": 100.0}), leftover_of=leftover_of)


def plan(*days):
    """Days of (lunch, dinner)."""
    every = [
        day(number, FOODS, lunch=dish(*lunch), dinner=dish(*dinner))
        for number, (lunch, dinner) in enumerate(days, start=1)
    ]
    return Plan(tuple(every), {}, {}, None, 0.0, 1)


def menu(exchanged):
    """What stands where: ``lunch/dinner`` of each day."""
    return ["/".join(meal.items[0].item_id for meal in one.meals) for one in exchanged.plan.days]


def test_two_days_change_places_and_keep_their_numbers():
    week = plan((["a"], ["b"]), (["c"], ["d"]), (["e"], ["f"]))
    found = exchange_days(week, 1, 3, KEEPS)
    assert menu(found) == ["e/f", "c/d", "a/b"]
    assert [one.day for one in found.plan.days] == [1, 2, 3]
    assert found.second_meals == ()


def test_a_second_meal_follows_its_first():
    # the stew of day 1 moves to day 3, so its lunch of day 2 moves to day 4
    week = plan((["a"], ["stew"]), (["stew", 1], ["d"]), (["e"], ["f"]), (["g"], ["h"]))
    found = exchange_days(week, 1, 3, KEEPS)
    assert menu(found) == ["e/f", "g/d", "a/stew", "stew/h"]
    (told,) = found.second_meals
    assert (told.day, told.cooked, told.moved_to) == (2, 3, 4)
    assert found.open_meals() == {(2, "lunch"), (4, "lunch")}


def test_a_second_meal_that_still_keeps_stays():
    week = plan((["a"], ["b"]), (["c"], ["stew"]), (["e"], ["f"]), (["stew", 2], ["h"]))
    assert menu(exchange_days(week, 1, 2, KEEPS)) == ["c/stew", "a/b", "e/f", "stew/h"]
    fish = plan((["a"], ["b"]), (["c"], ["fish"]), (["fish", 2], ["f"]), (["g"], ["h"]))
    assert menu(exchange_days(fish, 1, 2, KEEPS)) == ["c/fish", "fish/b", "a/f", "g/h"]


def test_a_second_meal_goes_back_where_it_cannot_follow():
    # day 2 holds the stew of day 1: on day 4 it would be as fresh, on day 1 it is not cooked yet
    week = plan((["a"], ["stew"]), (["stew", 1], ["d"]), (["e"], ["f"]))
    assert menu(exchange_days(week, 2, 3, KEEPS)) == ["a/stew", "e/f", "stew/d"]
    short = plan((["a"], ["fish"]), (["fish", 1], ["d"]), (["e"], ["f"]))
    found = exchange_days(short, 2, 3, KEEPS)
    assert menu(found) == ["a/fish", "fish/f", "e/d"]
    assert [one.moved_to for one in found.second_meals] == [2]


def test_a_second_meal_without_a_day_to_go_to_is_left_open():
    week = plan((["a"], ["stew"]), (["stew", 1], ["d"]))
    found = exchange_days(week, 1, 2, KEEPS)
    (told,) = found.second_meals
    assert (told.day, told.cooked, told.moved_to) == (1, 2, None)
    assert found.open_meals() == {(1, "lunch")}


def test_days_with_other_meals_are_refused():
    week = plan((["a"], ["b"]), (["c"], ["d"]))
    out = replace(week.days[1], facts=DayFacts(missed=(("snack", "out"),)))
    with pytest.raises(ConfigError, match="day 2 has no snack, the other day has"):
        exchange_days(replace(week, days=(week.days[0], out)), 1, 2, KEEPS)
    with pytest.raises(ConfigError, match="day 2 is named twice"):
        exchange_days(week, 2, 2, KEEPS)


def test_a_meal_of_two_days_changes_places_and_nothing_else():
    week = plan((["a"], ["stew"]), (["stew", 1], ["d"]), (["e"], ["f"]), (["g"], ["h"]))
    found = exchange_days(week, 1, 3, KEEPS, ["dinner"])
    assert menu(found) == ["a/f", "stew/d", "e/stew", "g/h"]
    (told,) = found.second_meals  # it does not follow: another lunch would move
    assert (told.day, told.slot, told.cooked, told.moved_to) == (2, "lunch", 3, None)
    assert exchange_days(week, 1, 3, KEEPS, ["lunch"]).second_meals == ()
