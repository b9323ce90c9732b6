"""What is left of packages: what is past its days is not told as good with what is."""

from dataclasses import replace

import pytest

from planner.kitchen.bought import left_of
from planner.kitchen.sold import Package
from planner.kitchen.till import Bought
from tests.plates import food

CAN = Package("beans", "can", "of 15 oz", 400.0, 1.0, "")
BEANS = food("beans", group="vegetables")
DAYS = (1, 2, 3, 4, 5, 6, 7)


def bought(opened, past_g, since):
    return Bought(CAN, opened, (0.0,) * 7, (0.0,) * 8, past_g, since, 3)


@pytest.mark.parametrize(
    ("surplus_g", "past_g", "mass_g", "until"),
    [
        (660.0, (0, 0, 0, 0, 350.0, 0, 0), 310.0, 9),  # of two cans the later one
        (310.0, (0,) * 7, 310.0, 9),
        (90.0, (0, 0, 0, 0, 90.0, 0, 0), 90.0, 4),  # by the day before it is past its days
    ],
)
def test_what_is_past_its_days_is_not_good_with_the_rest(surplus_g, past_g, mass_g, until):
    got = bought((1, 0, 0, 0, 0, 1, 0), past_g, (0, 0, 0, 0, 0, 5, 5, 5))
    left = left_of(surplus_g, got, BEANS, DAYS, 7)
    assert (left.mass_g, left.until_day) == (mass_g, until)


def test_what_is_not_worth_telling_is_not_told():
    got = bought((1, 0, 0, 0, 0, 0, 0), (0, 0, 0, 0, 0.1, 0, 0), (0,) * 8)
    assert left_of(0.2, got, BEANS, DAYS, 1) is None


@pytest.mark.parametrize(
    ("package", "mass_g", "words"),
    [
        (CAN, 310.0, "3/4 can"),
        (CAN, 540.0, "1 1/3 cans"),
        (CAN, 30.0, ""),  # a spoonful
        (Package("eggs", "carton", "of 12", 684.0, None, ""), 570.0, "10"),
        (Package("avocado", "each", "", 183.6, None, ""), 65.0, "1/3"),
        (Package("cod", "weight", "2 oz", 56.7, None, ""), 60.0, ""),
    ],
)
def test_what_is_left_is_told_in_packages_or_pieces(package, mass_g, words):
    got = replace(bought((1, 0, 0, 0, 0, 0, 0), (0,) * 7, (0,) * 8), package=package)
    assert left_of(mass_g, got, BEANS, DAYS, 1).words == words
