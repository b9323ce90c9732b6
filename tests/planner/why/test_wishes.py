from dataclasses import replace

import pytest

from planner.bound.solver import solve_problem
from planner.model.build import build_aggregated_week
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.request import PlanRequest
from planner.solve.parts import build_week
from planner.why.ledger import Ledger
from planner.why.wishes import Base, cost_of_wishes
from tests.kitchen import tiny_input

WANTED = Preferences(
    like={"fish": 2},
    dislike={"chard pie": 1},
    per_week=(FrequencyRule("fish", ">=", 4), FrequencyRule("fish", "<=", 6)),
    budget_per_week=70.0,
    max_minutes_weekday=45,
)


def best(source):
    return solve_problem(build_aggregated_week(source).problem).objective


@pytest.fixture(scope="module")
def costs():
    ledger = Ledger.of_week(build_week(tiny_input()))
    base = Base(PlanRequest(preferences=WANTED), (), (), ledger, ((), ()), is_alone=True)
    return {one.flag: one for one in cost_of_wishes(base)}


def test_every_wish_of_the_model_is_priced(costs):
    assert set(costs) == {
        "--like fish:2", "--dislike chard pie:1", '--per-week "fish>=4"', '--per-week "fish<=6"',
        "--budget-per-week 70", "--max-minutes-weekday 45",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("flag", "wishes"),
    [
        ("--budget-per-week 70", {"budget_usd": None}),
        ("--max-minutes-weekday 45", {"max_minutes_weekday": None}),
    ],
)
def test_what_must_hold_costs_what_the_model_without_it_has_fewer(costs, flag, wishes):
    source = tiny_input()
    plain = replace(source, wishes=replace(source.wishes, **wishes))
    assert costs[flag].more.points == pytest.approx(best(source) - best(plain), abs=1e-6)


@pytest.mark.parametrize(("sense", "flag"), [(">=", '"fish>=4"'), ("<=", '"fish<=6"')])
def test_servings_a_week_cost_what_the_model_without_them_has_fewer(costs, sense, flag):
    source = tiny_input()
    kept = tuple(one for one in source.wishes.frequencies if one.sense != sense)
    plain = replace(source, wishes=replace(source.wishes, frequencies=kept))
    more = costs[f"--per-week {flag}"].more.points
    assert more == pytest.approx(best(source) - best(plain), abs=1e-6)


@pytest.mark.parametrize("flag", ["--like fish:2", "--dislike chard pie:1"])
def test_what_is_liked_or_not_costs_everything_else_something_or_nothing(costs, flag):
    """Without its own points the mix with a wish is one of those without it, so never better."""
    assert costs[flag].more.points >= -1e-6


def test_who_wishes_nothing_pays_nothing():
    ledger = Ledger.of_week(build_week(tiny_input()))
    source = ledger.parts.model.source
    plain = Ledger.of_week(build_week(replace(source, wishes=type(source.wishes)())))
    assert not list(cost_of_wishes(Base(PlanRequest(), (), (), plain, ((), ()), is_alone=True)))
