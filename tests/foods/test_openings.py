import numpy as np

from foods.openings import PARTS, in_parts, use_packages


def days_of(shares, keeps, home=0.0):
    """What each day does to one food that keeps so long, used in these shares of a package."""
    used = np.array([[in_parts(share) for share in shares]])
    return list(use_packages(used, np.array([keeps]), np.array([in_parts(home)])))


def test_what_is_open_is_used_before_another_package_is_opened():
    # half a can, a quarter a day later: one can is open from the first day on, a quarter stays
    days = days_of([0.5, 0.25], 3)
    assert [int(one.rest[0]) / PARTS for one in days] == [0.5, 0.25]
    assert [int(one.since[0]) for one in days] == [0, 0]
    assert int(days[1].good[0]) / PARTS == 0.5


def test_what_is_open_before_the_first_day_is_used_first():
    # half a can is there: a quarter of it stays, then another one is opened, half of which stays
    days = days_of([0.25, 0.75], 3, home=0.5)
    assert [int(one.rest[0]) / PARTS for one in days] == [0.25, 0.5]
    assert [int(one.since[0]) for one in days] == [0, 1]


def test_what_is_past_its_days_is_told_once_and_not_used():
    # opened on day 0, good until day 1: on day 2 its half is past, and day 3 opens another can
    days = days_of([0.5, 0, 0, 0.5], 1)
    assert [int(one.past[0]) / PARTS for one in days] == [0, 0, 0.5, 0]
    assert [int(one.good[0]) / PARTS for one in days] == [0, 0.5, 0, 0]
    assert int(days[3].since[0]) == 3


def test_parts_are_rounded_down_so_that_three_thirds_are_one_package():
    assert 3 * in_parts(1 / 3) <= PARTS
    assert in_parts(1.0) == PARTS
