"""One small plan, and what its account is made from, shared by the tests of this room."""

import pytest

from planner.pipeline import plan_meals
from planner.request.preferences import Preferences
from planner.request.request import NAMELESS, PlanRequest, SolveOptions, WeekOptions
from planner.table.prepare import prepare_table
from planner.table.session import seat_table
from planner.why.ledger import Ledger

REQUEST = PlanRequest(
    preferences=Preferences(diet="vegetarian", without=("mushroom", "peanut"), dislike={"kale": 2}),
    week=WeekOptions(days=2),
    solve=SolveOptions(seed=1),  # with it no recipe takes a little more for a whole package
)


@pytest.fixture(scope="package")
def report():
    found = plan_meals(REQUEST)
    assert found.passed
    return found


@pytest.fixture(scope="package")
def session(report):
    return seat_table(report.plan, prepare_table(REQUEST)).eaters[NAMELESS]


@pytest.fixture(scope="package")
def ledgers(session):
    return [Ledger.of_week(one.parts) for one in session.weeks]
