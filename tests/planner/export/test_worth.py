"""What each weight of a request was worth: points of the plan by the weight that turns them."""

from dataclasses import replace

import numpy as np
import pytest

from planner.export.why import WEIGHT_OF, worths_of, worths_told
from planner.model.build import build_average_day
from planner.request.request import PlanRequest, Weights
from planner.wire.document import PlanDocument
from planner.wire.plan_file import PlanFile, WrittenWhy
from tests.kitchen import tiny_input
from tests.reports import make_plan
from tests.told import printed


def document(terms, **weights):
    printed = PlanFile.model_construct(why=WrittenWhy(terms=terms))
    return PlanDocument(PlanRequest(weights=Weights(**weights)), make_plan(), printed)


def test_points_of_terms_are_those_of_the_weight_that_turns_them():
    found = worths_of(document({"cost": 6.0, "draw": 1.0, "taste": 2.0, "portion": 1.0}, cost=2))
    by = {one.weight: one for one in found}
    assert [one.weight for one in found][:3] == ["cost", "taste", "waste"]
    assert (by["cost"].value, by["cost"].points, by["cost"].share) == (2, 6.0, 0.6)
    assert by["taste"].points == 3.0
    assert by["variety"].points == 0.0


def test_points_that_no_weight_turns_are_told_apart():
    found = worths_of(document({"cost": 3.0, "supplement": 1.0}))
    (other,) = [one for one in found if one.value is None]
    assert (other.weight, other.points, other.share) == ("supplement", 1.0, 0.25)
    text = printed(worths_told(found))
    assert "price of the week" in text


@pytest.mark.parametrize("weight", ["taste", "cost", "effort", "waste"])
def test_a_weight_turns_all_terms_that_are_told_as_its_own(weight):
    source = tiny_input()
    usual = build_average_day(replace(source, draw="somebody")).terms
    double = replace(Weights(), **{weight: 2.0})
    twice = build_average_day(replace(source, draw="somebody", weights=double)).terms
    for day, terms in usual.items():
        for name, points in terms.items():
            times = 2.0 if WEIGHT_OF.get(name, name) == weight else 1.0
            assert np.allclose(twice[day][name], times * points), name
