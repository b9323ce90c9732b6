"""Which meals are searched."""

import numpy as np

from planner.solve.menus import _first_of_each


def test_second_meals_are_half_as_many_as_others_of_what_is_listed():
    again = np.array([True, True, True, False, True, False, False])
    assert _first_of_each(again, 4).tolist() == [True, True, False, True, False, True, True]
    assert _first_of_each(again, 2).tolist() == [True, False, False, True, False, True, False]
