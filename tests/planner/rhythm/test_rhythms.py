"""Rhythms: every meal of a week in one role, wherever the week begins."""

from itertools import product

import pytest

from planner.errors import ConfigError
from planner.rhythm.rhythms import MAIN, read_rhythm, rhythm_names

MEALS = [*product(range(7), ("breakfast.main", "lunch.main", "dinner.main"))]


def eaten(rhythm):
    return sorted((at.day, at.place) for role in rhythm.roles for at in role.occasions)


@pytest.mark.parametrize("name", rhythm_names())
@pytest.mark.parametrize("first_weekday", [0, 3, 6])
def test_every_meal_of_a_week_stands_in_one_role(name, first_weekday):
    rhythm = read_rhythm(name, first_weekday=first_weekday)
    mains = [one for one in eaten(rhythm) if one[1].endswith(".main")]
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
