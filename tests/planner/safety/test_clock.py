"""Windows of the day against each other, on a clock of 24 hours."""

import pytest

from planner.safety.clock import Apart, Nights, Taken, Window, hours_between, keeps_apart
from planner.safety.search_day import find_day

MAGNESIUM = Taken("magnesium", "magnesium_mg")
DRUG = Taken("drug", apart=(Apart("magnesium_mg", 2.0, 9.0),), is_medicine=True)
OTHER = Taken("other", is_medicine=True)
BREAKFAST = Taken(
    "breakfast", "meal", prefer_h=(8.0,), is_fixed=True, holds=(("calcium_mg", 250.0),)
)


def window(taken, start_h, end_h=None):
    return Window(taken, 1, start_h, start_h if end_h is None else end_h, start_h)


def drug(*rules, **traits):
    return Taken("drug", apart=rules, is_medicine=True, **traits)


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
    early = drug(Apart("magnesium_mg", 4.0, 4.0), is_morning=True)
    assert find_day([early, fixed]) is None
    assert find_day([early, MAGNESIUM]) is not None


@pytest.mark.parametrize(
    ("rule", "hours"),
    [
        (Apart("food", 1.0, 3.0, 0.0), 1.0),
        (Apart("calcium_mg", 4.0, 4.0, 250.0), 4.0),
        (Apart("calcium_mg", 4.0, 4.0, 251.0), 0.0),  # it holds less than counts
        (Apart("calcium_mg", 4.0, 4.0), 0.0),  # of pills alone
        (Apart("soy", 4.0, 4.0, 0.0), 0.0),  # it holds none
        (Apart("anything", 0.5, 0.5), 0.5),
        (Apart("medicine", 2.0, 2.0), 0.0),
    ],
)
def test_a_meal_counts_from_what_it_holds(rule, hours):
    assert hours_between(drug(rule), BREAKFAST) == hours


def test_what_is_taken_alone_is_alone_from_medicines_and_pills():
    alone = drug(Apart("anything", 0.5, 1.0))
    assert hours_between(alone, OTHER) == hours_between(alone, MAGNESIUM) == 0.5
    assert hours_between(OTHER, alone) == 1.0


def test_hours_after_a_meal_count_from_its_end():
    after = drug(Apart("calcium_mg", 0.0, 4.0, 0.0))
    (meal,) = [one for one in find_day([after, BREAKFAST]) if one.taken.is_meal]
    assert (meal.start_h, meal.end_h) == (8.0, 8.5)
    assert not keeps_apart(meal, window(after, 12.0))
    assert keeps_apart(meal, window(after, 12.5))


def test_two_days_that_differ_keep_their_hours_over_the_night():
    evening = (window(MAGNESIUM, 22.0),)  # 9 h before 07:00
    (found,) = find_day([DRUG], Nights(before=evening))
    assert found.start_h == 7.0
    (found,) = find_day([DRUG], Nights(before=(window(MAGNESIUM, 22.5),)))
    assert found.start_h >= 7.5


def test_doses_of_a_day_are_spread_over_it():
    first, second, third = find_day([Taken("drug", doses=3, is_medicine=True)])
    assert (first.start_h, second.start_h, third.start_h) == (7.0, 14.0, 21.0)
