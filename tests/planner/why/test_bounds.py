from dataclasses import replace

import numpy as np
import pytest

from planner.bound.solver import solve_problem
from planner.model.build import build_aggregated_week
from planner.solve.parts import build_week
from planner.why.bounds import bands_of, price_bounds, step_of
from planner.why.ledger import Ledger, week_figures
from tests.kitchen import TARGETS, band, tiny_input

ASKED = ("magnesium_mg", "calcium_mg")
NONE = ((), ())


def priced(**changes):
    ledger = Ledger.of_week(build_week(tiny_input(**changes)))
    return ledger, price_bounds(ledger, NONE, ASKED, 99)


def test_what_a_mix_comes_to_adds_up():
    ledger = Ledger.of_week(build_week(tiny_input()))
    tally = ledger.figures(ledger.program.best)
    assert sum(tally.terms.values()) == pytest.approx(tally.points)
    model = build_aggregated_week(tiny_input())
    answer = solve_problem(model.problem)
    assert tally.points == pytest.approx(answer.objective)
    assert 1600 <= tally.energy_kcal <= 2200  # the band of the week


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


def test_a_bound_with_room_is_moved_from_where_the_mix_stands():
    ledger, prices = priced()
    loose = [one for one in prices if not one.shadow]
    for price in loose:
        assert price.in_mix > price.bound
        assert price.looser is None
        held = next(t for t in TARGETS if (t.nutrient, t.period) == (price.key.subject, "week"))
        more = replace(held, lower=price.in_mix + price.step)
        targets = tuple(more if one is held else one for one in TARGETS)
        answer = solve_problem(build_aggregated_week(tiny_input(targets=targets)).problem)
        if price.tighter is None:
            assert not answer.has_solution
        else:
            gained = answer.objective - ledger.program.best.points
            assert price.tighter.more.points == pytest.approx(gained, abs=1e-6)


def test_a_ratio_that_holds_each_day_and_over_the_week_is_one_bound():
    same = (*TARGETS[:4], band("ca_mg_ratio", 1.0, 2.2),
            band("ca_mg_ratio", 1.0, 2.2, period="week"))  # fmt: skip
    ledger = Ledger.of_week(build_week(tiny_input(targets=same)))
    upper = [one for one in bands_of(ledger) if one.key.subject == "ca_mg_ratio"
             and one.key.side == "max" and not one.key.soft]  # fmt: skip
    assert len(upper) == 1
    assert len(upper[0].rows) == len(ledger.lots) + 1
    assert step_of(upper[0]) == 0.1


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


def test_a_week_of_whole_dishes_comes_to_what_its_plan_says(session):
    tally, found = week_figures(session.weeks[0].parts, session.weeks[0].seating.choices)
    assert not found.broken
    assert tally.points == pytest.approx(session.points())
    assert tally.cost_usd == pytest.approx(session.plan.cost / 2)
    assert tally.energy_kcal == pytest.approx(session.plan.means["energy_kcal"])
    assert tally.minutes == pytest.approx(
        np.mean([d.active_minutes for d in session.plan.days]), abs=3
    )


def test_a_day_is_priced_with_its_dishes_as_they_stand(session):
    seated = session.weeks[0]
    ledger = Ledger.of_day(seated.parts, seated.seating.choices, 0)
    assert set(seated.seating.choices[0]) <= set(ledger.columns.tolist())
    assert ledger.program.best is not None  # the day itself keeps every rule
    for price in price_bounds(ledger, seated.seating.choices, (), 3):
        assert (
            price.tighter is None or price.tighter.more.points >= price.shadow * price.step - 1e-6
        )
