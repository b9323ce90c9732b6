"""Which meals are searched."""

import numpy as np

from planner.solve.menus import _first_of_each


def test_second_meals_are_half_of_what_is_listed_at_most():
    again = np.array([True, True, True, False, True, False, False])
    assert _first_of_each(again, 4).tolist() == [True, True, False, True, False, True, False]
    # where all are alike nothing is halved
    assert _first_of_each(again[:3], 2).tolist() == [True, True, False]
    assert _first_of_each(~again[:3], 2).tolist() == [True, True, False]
