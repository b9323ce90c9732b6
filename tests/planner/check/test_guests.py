from dataclasses import replace

import pytest

from planner.check.guests import guest_faults
from planner.plan.plan import GuestShare
from planner.request.eater import Guests
from planner.request.request import WeekOptions
from tests.reports import make_day


def day_for(count):
    """A day whose dinner is for so many guests too."""
    day = make_day(1)
    dinner = next(meal for meal in day.meals if meal.slot == "dinner")
    share = GuestShare(count, float(count), (("beans", 100.0 * count),)) if count else None
    served = replace(dinner, items=(replace(dinner.items[0], guests=share), *dinner.items[1:]))
    return replace(day, meals=tuple(served if meal is dinner else meal for meal in day.meals))


def week_of(*guests):
    return WeekOptions(days=1, guests=guests)


def test_guests_who_were_asked_for_and_are_cooked_for_are_no_fault():
    assert list(guest_faults([day_for(2)], week_of(Guests(1, "dinner", 2)))) == []
    assert list(guest_faults([day_for(0)], week_of())) == []


@pytest.mark.parametrize(
    ("served", "asked", "said"),
    [
        (0, (Guests(1, "dinner", 2),), "Day 1, dinner: has nothing for 2 guests."),
        (2, (), "Day 1, dinner: is for 2 guests, not for 0."),
        (3, (Guests(1, "dinner", 2),), "Day 1, dinner: is for 3 guests, not for 2."),
        (0, (Guests(2, "lunch", 1),), "Day 2: no lunch for 1 guests."),
    ],
)
def test_what_guests_miss_or_nobody_asked_for_is_said(served, asked, said):
    assert list(guest_faults([day_for(served)], week_of(*asked))) == [said]
