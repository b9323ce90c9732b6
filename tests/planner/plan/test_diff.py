from dataclasses import replace

import pytest

from planner.plan.diff import compare_plans
from planner.plan.plan import Meal
from tests.reports import make_item, make_plan


def with_meal(plan, number, slot, *items):
    """Give the plan with the items of one meal replaced; totals stay as they were."""
    days = tuple(
        replace(
            day,
            meals=tuple(Meal(m.slot, items if m.slot == slot else m.items) for m in day.meals),
        )
        if day.day == number
        else day
        for day in plan.days
    )
    return replace(plan, days=days)


PLAN = make_plan(2)
APPLE, OATS = make_item("Apple", "food", {"apple": 180.0}), make_item("Oats", "food", {"oats": 50})


@pytest.mark.parametrize(
    ("items", "actions"),
    [
        ((OATS,), ["swap"]),
        ((APPLE, OATS), ["add"]),
        ((), ["remove"]),
        ((make_item("Apple", "food", {"apple": 90.0}),), ["amount"]),
        ((make_item("Apple", "food", {"apple": 90.0}), OATS), ["amount", "add"]),
    ],
)
def test_a_change_has_its_place_and_its_kind(items, actions):
    changes = compare_plans(PLAN, with_meal(PLAN, 2, "snack", *items)).changes
    assert [(change.day, change.slot, change.action) for change in changes] == [
        (2, "snack", action) for action in actions
    ]


def test_figures_stand_by_day_and_for_the_mean_day():
    cheaper = replace(PLAN, cost=8.0, means=PLAN.means | {"magnesium_mg": 300.0})
    difference = compare_plans(PLAN, cheaper)
    # two days of 5 USD against 8 in all
    assert (difference.cost_before, difference.cost_after) == (10.0, 8.0)
    assert (difference.before.cost, difference.after.cost) == (5.0, 4.0)
    assert difference.after.magnesium_mg == 300.0
    assert [day for day, _, _ in difference.days] == [1, 2]


def test_days_that_one_plan_lacks_are_lost_or_new():
    difference = compare_plans(PLAN, make_plan(3))
    assert {change.action for change in difference.changes} == {"add"}
    assert difference.days[2][1] is None
