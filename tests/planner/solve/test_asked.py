"""Dishes on meals and food to be used up: search and bound against exact optima."""

from dataclasses import replace

import pytest

from planner.bound.solver import solve_problem
from planner.candidates.used_up import UsedUp
from planner.model.build import build_compact_week
from planner.model.days import PutDish
from planner.solve.parts import build_week
from planner.solve.swap import apply_swap, rank_swaps
from tests.kitchen import band, searched, tiny_input
from tests.one_eater import solve_week

OPTIONS = searched(sweeps=150, rounds=4, hot=2.0)
EASY = (band("energy_kcal", 1200, 2600), band("magnesium_mg", 200))
BEANS, FISH = PutDish("dinner", "beans"), PutDish("dinner", "fish")
FREE = {"targets": EASY, "conservative": {}}


def asked(puts=(), uses=(), **changes):
    """The tiny kitchen with easy bands; ``puts`` by day, what is to be used up."""
    plain = replace(tiny_input().wishes, frequencies=(), min_days_between=(), budget_usd=None)
    return tiny_input(puts=puts, wishes=replace(plain, uses=uses), **{**FREE, **changes})


def dinners(outcome):
    return [
        [c.candidate.source_id for c in day if c.place == "dinner.main"] for day in outcome.days
    ]


@pytest.mark.parametrize("first", ["beans", "fish", "chard_pie"])
@pytest.mark.parametrize("second", ["beans", "fish"])
def test_a_meal_has_what_is_put_on_it(first, second):
    source = asked(((PutDish("dinner", first),), (PutDish("dinner", second),)))
    exact = solve_problem(build_compact_week(source).problem, gap=0.0)
    outcome = solve_week(source, OPTIONS)
    if exact.status == "infeasible":
        assert not outcome.has_plan
        return
    assert dinners(outcome) == [[first], [second]]
    assert outcome.bound - 1e-6 <= exact.objective <= outcome.objective + 1e-6


def test_no_swap_takes_away_what_was_put():
    source = asked(((BEANS,), ()))
    parts, outcome = build_week(source), solve_week(source, OPTIONS)
    choices = tuple(tuple(sorted(c.index for c in day)) for day in outcome.days)
    columns = parts.model.table.columns
    (put,) = [n for n in choices[0] if columns[n].place == "dinner.main"]
    for swap in rank_swaps(parts, choices, 0, put).swaps:
        after = [columns[n].candidate.source_id for n in apply_swap(choices, swap)[0]]
        assert "beans" in after
    other = [n for n in choices[1] if columns[n].place == "dinner.main"]
    assert rank_swaps(parts, choices, 1, other[0]).swaps


def used(outcome):
    """Fish as it is bought: 300 g on a plate are 150 g, and it comes once a day at most."""
    return 150.0 * sum(c.candidate.source_id == "fish" for day in outcome.days for c in day)


@pytest.mark.parametrize(
    ("mass_g", "least"), [(100.0, 150.0), (250.0, 300.0), (400.0, 300.0), (4000.0, 300.0)]
)
def test_food_is_used_up_as_far_as_it_can_be(mass_g, least):
    source = asked((), (UsedUp("fish", {"fish": 0.5}, mass_g),))
    exact = solve_problem(build_compact_week(source).problem, gap=0.0)
    outcome = solve_week(source, OPTIONS)
    assert least <= used(outcome) <= 300.0
    assert outcome.bound <= exact.objective + 1e-6
    assert outcome.objective == pytest.approx(exact.objective, rel=0.02)


def kitchen(most):
    """The tiny kitchen, whose beans are a pot that may be frozen."""
    source = tiny_input((False, False, True))
    told = [
        replace(one, traits=replace(one.traits, tags=frozenset({"batch", "freezable"})))
        if one.source_id == "beans"
        else one
        for one in source.candidates.candidates
    ]
    rule = {**source.rules.rules["leftover"], "most_frozen": most}
    rules = replace(source.rules, rules={**source.rules.rules, "leftover": rule})
    return replace(source, candidates=replace(source.candidates, candidates=(*told,)), rules=rules)
