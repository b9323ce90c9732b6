"""Other weeks in the rhythm of the first: clearly different, by the same bands and the budget."""

from itertools import permutations

from planner.pipeline import plan_alternatives
from planner.request.read import request_from_dict

TABLE = {
    "solve": {"effort": "quick"},
    "preferences": {"budget_per_week": 230.0},
    "eaters": [
        {"name": "Ann", "profile": {"sex": "f", "age": 44}},
        {"name": "Bo", "profile": {"sex": "m", "age": 46}},
    ],
}


def dinners(report, name):
    days = report.reports[name].plan.days
    return [m.items[0].item_id for day in days for m in day.meals if m.slot == "dinner"]


def eaten(report, name):
    return {item.item_id for _, _, item in report.reports[name].plan.served()}


def test_half_of_the_dinners_of_everybody_differ_and_the_budget_pays_for_each_week():
    weeks = plan_alternatives(request_from_dict(TABLE, "test"), 2)
    assert len(weeks) == 2
    assert all(week.passed for week in weeks)
    assert all(week.shopping.counted_usd <= 230.0 for week in weeks)
    for name in ("Ann", "Bo"):
        for permutation, other in permutations(weeks):
            apart = [dish for dish in dinners(permutation, name) if dish not in eaten(other, name)]
            assert len(apart) >= len(dinners(permutation, name)) / 2
    assert {week.request.week.rhythm for week in weeks} == {"usual"}
