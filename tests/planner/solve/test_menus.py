"""Which meals are searched."""

import numpy as np

from planner.model.days import Absence
from planner.search.meals import DayMeals
from planner.solve.menus import _first_of_each
from planner.solve.parts import build_week
from tests.kitchen import tiny_input

DINNER_ALONE = Absence(("breakfast", "lunch", "snack"), 0.35)


def test_second_meals_are_half_as_many_as_others_of_what_is_listed():
    again = np.array([True, True, True, False, True, False, False])
    assert _first_of_each(again, 4).tolist() == [True, True, False, True, False, True, True]
    assert _first_of_each(again, 2).tolist() == [True, False, False, True, False, True, False]


def test_the_only_meal_of_a_day_is_held_to_all_rows_of_the_day_and_of_a_week_of_one_day():
    for days in (1, 2):
        dinners = tiny_input(weekend=(False,) * days, absences=(DINNER_ALONE,) * days)
        arrays = build_week(dinners).arrays
        meals = DayMeals(arrays, 0)
        at, meal = meals.only_meal(arrays, 0)
        assert meals.slots[at] == "dinner"
        assert set(meals.meals[at].rows.names) < set(meal.rows.names)
        assert (days == 1) == bool({*arrays.link.names} & {*meal.rows.names})
    whole = build_week(tiny_input()).arrays
    assert DayMeals(whole, 0).only_meal(whole, 0) is None
