from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.check.document import check_document
from planner.check.guests import guest_faults
from planner.cli.options import build_request
from planner.errors import ConfigError
from planner.export.as_json import as_json
from planner.plan.plan import GuestShare
from planner.request.eater import Guests
from planner.request.meal_phrases import read_guests
from planner.request.read import request_from_dict, request_to_dict
from planner.request.request import WeekOptions
from planner.wire.document import parse_plan_document
from tests.one_eater import plan_everybody
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


def test_what_guests_do_not_eat_is_found_in_a_plan_of_theirs_and_in_a_forged_one():
    phrase = read_guests("1:dinner=2,vegan,without peanut")
    request = build_request(days=2, guests=(phrase,))
    assert request.week.guests == (Guests(1, "dinner", 2, "vegan", ("peanut",)),)
    assert request_from_dict(request_to_dict(request)).week == request.week
    document = parse_plan_document(as_json(plan_everybody(request)), "plan.json")
    assert check_document(document, read_embedded_foods()).passed
    (dinner,) = [one for one in document.plan.days[0].meals if one.slot == "dinner"]
    eaten = dinner.items[0].ingredients[0][0]
    asked = Guests(1, "dinner", 2, without=(read_embedded_foods()[eaten].base,))
    forged = replace(document.request, week=replace(request.week, guests=(asked,)))
    found = check_document(replace(document, request=forged), read_embedded_foods())
    assert "which guests leave out" in str(found.as_one().faults)


def test_what_is_no_diet_of_guests_is_asked_about():
    with pytest.raises(ConfigError, match="unknown diet 'peanutless'"):
        read_guests("fri:dinner=2,peanutless")


def test_small_children_have_half_a_serving_in_the_pot_and_in_the_check():
    phrase = read_guests("1:dinner=9,half servings,without choking hazards")
    assert (phrase["count"], phrase["servings"], phrase["without"]) == (9, 0.5, ["choking hazards"])
    request = build_request(days=2, guests=(phrase,))
    assert request_from_dict(request_to_dict(request)).week == request.week
    document = parse_plan_document(as_json(plan_everybody(request)), "plan.json")
    assert check_document(document, read_embedded_foods()).passed
    (dinner,) = [one for one in document.plan.days[0].meals if one.slot == "dinner"]
    assert dinner.items[0].visitors == (9, 4.5)
    whole = replace(request.week.guests[0], servings=1.0)
    forged = replace(document.request, week=replace(request.week, guests=(whole,)))
    found = check_document(replace(document, request=forged), read_embedded_foods())
    assert "guests have 0.5 servings" in str(found.as_one().faults)
