"""Children too young for a plan are guests, and told is what part of a day their meal has."""

from dataclasses import replace

from planner.explain.small_guests import small_guests_told
from planner.language.spoken import spoken
from planner.request.eater import Guests
from planner.request.request import PlanRequest
from planner.standards.read import read_standard


def asked(*without):
    request = PlanRequest()
    guests = (Guests(1, "lunch", 9, without=without),)
    return replace(request, week=replace(request.week, guests=guests))


def test_the_part_of_a_day_is_of_what_is_recommended_at_their_ages():
    told = spoken(small_guests_told(asked("choking hazards"))["small_children_lunch"])
    rows = read_standard("us").values
    days = [
        next(one.value for one in rows if (one.nutrient, one.kind, one.age_min_y) == key)
        for key in (("magnesium", "RDA", 1), ("magnesium", "RDA", 4))
    ]
    assert days == [80, 130]
    assert "of the 80 to 130 mg of magnesium" in told
    assert "24 to 40 mg" in told  # 30 %
    assert "no promise" in told


def test_other_guests_are_told_nothing():
    assert small_guests_told(asked()) == small_guests_told(asked("nuts")) == {}
