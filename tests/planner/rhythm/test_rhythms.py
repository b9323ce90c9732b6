"""Rhythms: every meal of a week in one role, wherever the week begins."""

from itertools import product

import pytest

from planner.errors import ConfigError
from planner.rhythm.rhythms import MAIN, cooked_ahead, read_rhythm, rhythm_names

MEALS = [*product(range(7), ("breakfast.main", "lunch.main", "dinner.main"))]


def eaten(rhythm):
    return sorted((at.day, at.place) for role in rhythm.roles for at in role.occasions)


@pytest.mark.parametrize("name", rhythm_names())
@pytest.mark.parametrize("first_weekday", [0, 3, 6])
def test_every_meal_of_a_week_stands_in_one_role(name, first_weekday):
    rhythm = read_rhythm(name, first_weekday=first_weekday)
    mains = [meal for meal in eaten(rhythm) if meal[1].endswith(".main")]
    assert mains == sorted(MEALS)


@pytest.mark.parametrize("name", rhythm_names())
def test_no_recipe_is_eaten_oftener_than_readers_like(name):
    few = {role.name: len(role.occasions) for role in read_rhythm(name).roles if role.kind == MAIN}
    assert max(few.values()) <= (3 if name == "little_cooking" else 2)


def test_a_role_that_the_first_day_cuts_is_cooked_again():
    whole = {role.name: role for role in read_rhythm("usual").roles}
    cut = {role.name: role for role in read_rhythm("usual", first_weekday=2).roles}
    assert [at.day for at in whole["dinner 2"].occasions] == [1, 3]
    assert [at.day for at in cut["dinner 2"].occasions] == [1]
    assert [at.day for at in cut["dinner 2, again"].occasions] == [6]


def test_meals_that_are_missed_and_days_beyond_the_plan_are_in_no_role():
    rhythm = read_rhythm("usual", days=3, missed=[(), ("lunch",), ()])
    assert {day for day, _ in eaten(rhythm)} == {0, 1, 2}
    assert (1, "lunch.main") not in eaten(rhythm)


def test_a_rhythm_that_is_not_shipped_is_named():
    with pytest.raises(ConfigError, match="no rhythm is called lively"):
        read_rhythm("lively")


def laid_out(idle, **asked):
    rhythm = cooked_ahead(read_rhythm("usual", **asked), idle)
    assert eaten(rhythm) == eaten(read_rhythm("usual", **asked))
    roles = [role for role in rhythm.roles if role.kind == MAIN]
    return {role.name: [(at.day, at.slot) for at in role.occasions] for role in roles}


def test_pots_of_a_day_with_time_are_the_dinners_after_it_and_lunches_are_cold():
    roles = laid_out({1, 2, 4, 5, 6})
    assert roles["pot 1"] == [(0, "dinner"), (2, "dinner")]
    assert roles["pot 2"] == [(0, "lunch"), (1, "dinner")]
    assert roles["pot 4"] == [(3, "lunch"), (4, "dinner"), (6, "dinner")]
    assert sorted(roles["cold lunch 1"] + roles["cold lunch 2"] + roles["cold lunch 3"]) == [
        (day, "lunch") for day in (1, 2, 4, 5, 6)
    ]


def test_a_pot_that_makes_few_meals_is_the_next_lunch_too():
    roles = laid_out({1, 3}, days=4)
    assert roles["pot 1"] == [(0, "dinner"), (1, "lunch")]
    assert roles["pot 4"] == [(2, "lunch"), (3, "dinner")]


def test_before_the_first_day_with_time_all_is_cold():
    roles = laid_out({0, 1}, days=3)
    assert roles["cold lunch 1"] == [(0, "lunch"), (1, "lunch")]
    assert roles["cold dinner 1"] == [(0, "dinner")]
    assert cooked_ahead(read_rhythm("usual"), ()) == read_rhythm("usual")
