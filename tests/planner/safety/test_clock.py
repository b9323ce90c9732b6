"""Windows of the day against each other, on a clock of 24 hours."""

import pytest

from planner.safety.clock import Separation, Taken, Window, find_day, hours_between, keeps_apart

MAGNESIUM = Taken("magnesium", "magnesium_mg")
DRUG = Taken("drug", separation=Separation(2.0, 9.0, frozenset({"magnesium_mg"})))


def window(taken, start_h, end_h=None):
    return Window(taken, 1, start_h, start_h if end_h is None else end_h, start_h)


def test_the_hours_depend_on_which_of_the_two_comes_first():
    assert hours_between(DRUG, MAGNESIUM) == 2
    assert hours_between(MAGNESIUM, DRUG) == 9


@pytest.mark.parametrize(
    ("drug_h", "magnesium_h", "apart"),
    [
        (7.0, 9.0, True),  # 2 h after it, 22 h before the next
        (7.0, 8.5, False),
        (19.0, 10.0, True),  # 9 h before it
        (19.0, 11.0, False),
        (6.0, 21.0, True),  # 9 h over the night
        (6.0, 21.5, False),
    ],
)
def test_hours_are_kept_today_and_over_the_night(drug_h, magnesium_h, apart):
    assert keeps_apart(window(DRUG, drug_h), window(MAGNESIUM, magnesium_h)) is apart
    assert keeps_apart(window(MAGNESIUM, magnesium_h), window(DRUG, drug_h)) is apart


def test_windows_are_measured_at_their_nearest_ends():
    assert not keeps_apart(window(DRUG, 7.0, 8.0), window(MAGNESIUM, 9.5))
    assert keeps_apart(window(DRUG, 7.0, 8.0), window(MAGNESIUM, 10.0))


def test_what_needs_no_hours_may_be_taken_at_once():
    vitamin = Taken("vitamin D", "vitamin_d_ug")
    assert keeps_apart(window(vitamin, 8.0), window(DRUG, 8.0))


def test_a_fixed_hour_is_never_moved():
    fixed = Taken("magnesium", "magnesium_mg", prefer_h=(8.0,), is_fixed=True)
    early = Taken("drug", separation=Separation(4.0, 4.0, frozenset({"magnesium_mg"}), True))
    assert find_day([early, fixed]) is None
    assert find_day([early, MAGNESIUM]) is not None
