"""What bounds and wishes cost: prices held to the model with another target or wish."""

from dataclasses import replace

import numpy as np
import pytest

from planner.bound.solver import solve_problem
from planner.model.build import build_aggregated_week
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.request import PlanRequest
from planner.solve.parts import build_week
from planner.why.bounds import price_bounds
from planner.why.ledger import Ledger
from planner.why.wishes import Base, cost_of_wishes
from tests.kitchen import TARGETS, band, tiny_input

ASKED = ("magnesium_mg", "calcium_mg")
NONE = ((), ())


def priced(**changes):
    ledger = Ledger.of_week(build_week(tiny_input(**changes)))
    return ledger, price_bounds(ledger, NONE, ASKED, 99)


def test_tightening_never_frees_points_and_loosening_never_costs_any():
    _, prices = priced()
    assert prices
    for price in prices:
        if price.tighter:
            assert price.tighter.more.points >= price.shadow * price.step - 1e-6
        if price.looser:
            assert -price.shadow * price.step - 1e-6 <= price.looser.more.points <= 1e-9


@pytest.mark.parametrize("lower", [1000, 1050])
def test_a_shadow_price_is_a_finite_difference_of_the_model_with_another_target(lower):
    def points(bound):
        other = (*TARGETS[:3], band("calcium_mg", bound, period="week"), *TARGETS[4:])
        return solve_problem(build_aggregated_week(tiny_input(targets=other)).problem).objective

    own = (*TARGETS[:3], band("calcium_mg", lower, period="week"), *TARGETS[4:])
    _, prices = priced(targets=own)
    price = next(one for one in prices if one.key.subject == "calcium_mg" and one.key.side == "min")
    slopes = [(points(lower + by) - points(lower)) / by for by in (-0.01, 0.01)]
    assert slopes[0] * 0.99 - 1e-6 <= price.shadow <= slopes[1] * 1.01 + 1e-6
    if price.shadow:
        assert price.looser.more.points == pytest.approx(points(lower - 100) - points(lower))


def test_where_a_plan_stands_is_its_nearest_day(session, ledgers):
    choices = session.weeks[0].seating.choices
    prices = price_bounds(ledgers[0], choices, ("magnesium_mg", "calcium_mg"), 6)
    totals = [day.totals for day in session.plan.days]
    ratios = [day.ca_mg_ratio for day in session.plan.days]
    for price in prices:
        key = price.key
        if key.rule == "ratio_day":
            assert price.in_plan == pytest.approx(max(ratios) if key.side == "max" else min(ratios))
        if key.rule == "nutrient_week" and key.subject in ("magnesium_mg", "calcium_mg"):
            mean = np.mean([one[key.subject] for one in totals])
            assert price.in_plan == pytest.approx(mean)
    assert {"magnesium_mg", "calcium_mg"} <= {one.key.subject for one in prices}


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


def test_who_wishes_nothing_pays_nothing():
    ledger = Ledger.of_week(build_week(tiny_input()))
    source = ledger.parts.model.source
    plain = Ledger.of_week(build_week(replace(source, wishes=type(source.wishes)())))
    assert not list(cost_of_wishes(Base(PlanRequest(), (), (), plain, ((), ()), is_alone=True)))
