"""A meal eaten elsewhere counts as what is said of it: an estimate, neither cooked nor bought."""

from dataclasses import replace

import pytest

from planner import PlanRequest, plan_meals
from planner.candidates.at_hand import foods_at_hand
from planner.check.document import check_document
from planner.cli.options import build_request
from planner.errors import CandidatesError
from planner.export.as_json import as_json
from planner.request.day_words import find_day
from planner.request.meal_phrases import read_meal_out
from planner.request.put import Put
from planner.request.read import request_from_dict, request_to_dict
from planner.wire.document import parse_plan_document

PIZZA = "out_pizza_and_salad"


def asked(*texts, **more) -> PlanRequest:
    return build_request(eat_out=tuple(map(read_meal_out, texts)), days=2, seed=1, **more)


def test_what_is_eaten_out_is_asked_for_in_words_and_kept_in_the_request():
    request = asked("2:dinner=pizza and salad", "1:lunch")
    assert request.week.put == (Put(2, "dinner", "pizza and salad", is_out=True),)
    assert request.week.skip == ((1, "lunch"),)
    assert request_from_dict(request_to_dict(request)).week == request.week
    assert read_meal_out("thu:dinner=pizza") == (find_day("thu"), "dinner", "pizza")


def test_it_is_made_of_foods_of_the_catalogue():
    food = foods_at_hand(asked("2:dinner=pizza and salad"))[PIZZA]
    assert food.name == "Restaurant pizza + Side salad (eaten out; estimated)"
    assert {"gluten", "milk"} <= food.allergens
    assert 700 < food.per_100g["energy_kcal"] * food.serving.measure.mass_g / 100 < 1200
    with pytest.raises(CandidatesError, match=r"'blurbs'.*nearest"):
        foods_at_hand(asked("2:dinner=blurbs"))


@pytest.fixture(scope="module")
def report():
    return plan_meals(asked("2:dinner=pizza and salad"))


def test_it_stands_alone_on_its_meal_and_is_not_bought(report):
    (dinner,) = (one for one in report.plan.days[1].meals if one.slot == "dinner")
    (item,) = dinner.items
    assert (item.item_id, item.cost, item.minutes) == (PIZZA, 0.0, 0)
    assert PIZZA not in {line.food_id for line in report.shopping.lines}
    assert "neither cooked nor bought" in as_json(report)


def test_the_check_counts_it_anew(report):
    document = parse_plan_document(as_json(report), "plan.json")
    assert check_document(document, foods_at_hand(document.request)).passed
    less = replace(document.request.week.put[0], dish="salad")
    week = replace(document.request.week, put=(less,))
    other = replace(document, request=replace(document.request, week=week))
    assert not check_document(other, foods_at_hand(other.request)).passed
