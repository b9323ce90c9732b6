"""The judge counts what the plan adds in supplements, and nothing for what is taken already."""

import pytest

from planner.check.cost import cost_faults, cost_of
from planner.check.lines import read_table
from planner.plan.plan import Item, Meal
from planner.request.preferences import Preferences
from planner.request.request import PlanRequest
from planner.safety.intake import SupplementIntake
from tests.plates import day, food, table

FOODS = table(food("bread", price=1.0))
BREAD = {"bread": 200.0}  # 2 USD
CITRATE = "trimagnesium_dicitrate_anhydrous"  # 0.08 USD for 100 mg


def pill(magnesium_mg, compound=CITRATE):
    content = {"magnesium_mg": magnesium_mg}
    return Meal(
        "dinner", (Item("supplement", compound, "Pill", 1.0, "", 0.0, (), content, 0.0, 0),)
    )


def served(*pills):
    days = [day(1, FOODS, lunch=BREAD)]
    days = [type(one)(1, None, (*one.meals, *pills), {}, None, 0.0) for one in days]
    return read_table(days, FOODS, PlanRequest())


def request(taken_mg=0.0, budget=None):
    taken = (SupplementIntake("magnesium citrate", taken_mg),) if taken_mg else ()
    return PlanRequest(preferences=Preferences(budget_per_week=budget), supplements=taken)


@pytest.mark.parametrize(("taken_mg", "cost_usd"), [(0.0, 2.16), (50.0, 2.12), (200.0, 2.0)])
def test_only_what_is_added_is_paid_for(taken_mg, cost_usd):
    # 2 USD of bread, and 0.08 USD for each 100 mg beyond what is taken
    assert cost_of(served(pill(200.0)), request(taken_mg)) == pytest.approx(cost_usd)


@pytest.mark.parametrize(("budget", "count"), [(7 * 2.16, 0), (7 * 2.15, 1)])
def test_pills_can_break_a_budget(budget, count):
    faults = list(cost_faults(served(pill(200.0)), request(budget=budget)))
    assert len(faults) == count
    assert not faults or "(days: 1) costs $2.16" in faults[0]


def test_a_pill_without_a_price_leaves_the_budget_unjudged():
    antacid = served(pill(100.0, "magnesium_hydroxide"))
    assert cost_of(antacid, request()) is None
    assert "cannot be judged" in next(iter(cost_faults(antacid, request(budget=50.0))))
