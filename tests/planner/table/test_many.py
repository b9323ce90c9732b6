"""A table of parents and children, as it comes: what all share is nobody's cheapest."""

from operator import attrgetter

from planner import pipeline
from planner.request.read import request_from_dict

name_of = attrgetter("name", "servings")
PARENTS_AND_CHILDREN = {
    "Jo": {"sex": "m", "age": 36, "height_cm": 183, "weight_kg": 85},
    "Ina": {"sex": "f", "age": 40, "height_cm": 170, "weight_kg": 71},
    "Lea": {"sex": "f", "age": 10},
    "Tim": {"sex": "m", "age": 12},
}


def test_parents_and_children_of_the_middle_years_have_a_week_together():
    table = [{"name": name, "profile": one} for name, one in PARENTS_AND_CHILDREN.items()]
    report = pipeline.plan_meals(request_from_dict({"eaters": table}))
    assert report.passed
    assert [len(one.plan.days) for one in report.reports.values()] == [7, 7, 7, 7]


def test_a_month_of_one_eater_has_four_weeks():
    # lunches of the fourth were all second meals of dinners that were not cooked
    eater = {"profile": {"sex": "f", "age": 47}, "week": {"days": 28}, "solve": {"seed": 77}}
    report = pipeline.plan_meals(request_from_dict(eater))
    assert report.passed
    assert len(report.plan.days) == 28
    # a week alone is planned as the first of four
    alone = pipeline.plan_meals(request_from_dict(eater | {"week": {"days": 7}}))
    first, week = (
        [one.items() for one in days[:7]] for days in (report.plan.days, alone.plan.days)
    )
    assert [[*map(name_of, one)] for one in first] == [[*map(name_of, one)] for one in week]
