"""Dishes on meals and food to be used up: search and bound against exact optima."""

from dataclasses import replace

import pytest

from planner.bound.conflict import find_conflict
from planner.bound.solver import solve_problem
from planner.candidates.used_up import UsedUp
from planner.explain.offers import names_of
from planner.explain.refusal import explain_breaches
from planner.model.asked import left_to_use
from planner.model.build import build_compact_week
from planner.model.days import PutDish
from planner.solve.parts import build_week, has_same_rows
from planner.solve.swap import apply_swap, rank_swaps
from planner.solve.weeks import Horizon
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


ONE_OF = PutDish("dinner", "stew", "", ("beans", "chard_pie"))


def test_of_several_dishes_one_stands_on_the_meal():
    source = asked(((ONE_OF,), (ONE_OF,)))
    exact = solve_problem(build_compact_week(source).problem, gap=0.0)
    outcome = solve_week(source, OPTIONS)
    assert {name for (name,) in dinners(outcome)} <= {"beans", "chard_pie"}
    assert outcome.bound - 1e-6 <= exact.objective <= outcome.objective + 1e-6
    assert "put.dinner.stew.min.d1" in build_compact_week(source).keys
    (free,) = set(asked(((ONE_OF,), ())).times_put().values())
    assert (free, source.times_put()) == (1, {"beans": 1, "chard_pie": 1})


def test_anothers_dish_is_not_on_ones_own_meal():
    source = asked(((replace(FISH, whose="Ben"),), ()), eater="Ann")
    keys = build_compact_week(source).keys
    assert not [name for name in keys if name.startswith("put.")]
    mine = build_compact_week(replace(source, eater="Ben")).keys
    assert [name for name in mine if name.startswith("put.")] == ["put.dinner.fish.min.d1"]


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


def test_two_main_dishes_on_one_meal_collide_and_are_named():
    source = asked(((BEANS, FISH), ()))
    rules = {(one.key.rule, one.key.subject) for one in find_conflict(source).rules}
    assert rules == {("put", "beans"), ("put", "fish")}
    names = {one.source_id: one.name for one in source.candidates.candidates}
    told = explain_breaches(find_conflict(source).rules, source).conflict
    assert {one.text.partition(" at dinner")[0] for one in told} == {names["beans"], names["fish"]}
    pie = {one.source_id: one for one in source.candidates.candidates}["chard_pie"]
    assert names_of(source)[pie.candidate_id] == pie.name != pie.candidate_id.replace("_", " ")
    assert not solve_week(source, OPTIONS).has_plan


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


def test_a_later_week_uses_up_what_is_left():
    use = UsedUp("fish", {"fish": 0.5}, 250.0)
    days = solve_week(asked((), (use,)), OPTIONS).days
    assert left_to_use([use], days) == ()
    (left,) = left_to_use([replace(use, mass_g=350.0)], days)
    assert left.mass_g == pytest.approx(50.0)
    source = asked((), (replace(use, mass_g=350.0),))
    horizon = Horizon((source, source))
    first = horizon.build(0, (), ())
    second = horizon.build(1, (days,), (first,))
    assert second.model.source.wishes.uses == (left,)
    assert "use.1.fish.min.soft" in second.arrays.link.names


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


def second_week(source, parts, *served, on=1):
    """The input of the week after five days that serve these (place, candidate id) on one."""
    chosen = tuple(
        next(c for c in parts.model.table.columns if (c.place, c.candidate.candidate_id) == one)
        for one in served
    )
    days = tuple(chosen if day == on else () for day in range(1, 6))
    return Horizon((source, source)).knowing(1, [days], parts)


def test_a_pot_of_the_week_before_may_come_from_the_freezer_once():
    source = kitchen(2)
    parts = build_week(source)
    cooked = second_week(source, parts, ("dinner.main", "beans"))
    assert cooked.candidates.frozen() == ("beans",)
    assert not has_same_rows(source, cooked)
    assert second_week(source, parts, ("lunch.main", "beans")).candidates.frozen() == ()
    assert second_week(source, parts, ("dinner.main", "fish")).candidates.frozen() == ()
    again = build_week(cooked)
    eaten = second_week(source, again, ("lunch.main", "beans.leftover"), ("dinner.main", "beans"))
    assert eaten.candidates.frozen() == ()


def test_without_a_freezer_nothing_comes_from_it():
    source = kitchen(0)
    parts = build_week(source)
    assert second_week(source, parts, ("dinner.main", "beans")).candidates.frozen() == ()
