"""Dishes on meals and food to be used up: search and bound against exact optima."""

from dataclasses import replace

import numpy as np
import pytest

from planner.bound.conflict import find_conflict
from planner.bound.lower_bound import solve_aggregate
from planner.bound.solver import solve_problem
from planner.candidates.used_up import UsedUp
from planner.explain.refusal import explain_breaches
from planner.explain.words import names_of
from planner.model.arrays import read_arrays
from planner.model.asked import left_to_use
from planner.model.build import build_aggregated_week, build_average_day, build_compact_week
from planner.model.days import PutDish
from planner.search.flat import lay_out
from planner.search.work import ListedMeals
from planner.solve.menus import served_eaters
from planner.solve.parts import Steering, average_weeks, build_week
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


def test_the_arrays_give_the_bound_that_the_written_model_gives():
    source = asked(((BEANS,), ()), (UsedUp("rice", {"rice": 0.5}, 150.0),))
    written = solve_problem(build_aggregated_week(source).problem)
    answer = solve_aggregate(source, read_arrays(build_average_day(source)))
    assert answer.bound == pytest.approx(written.objective, abs=1e-6)


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


def test_of_several_dishes_another_may_be_swapped_in():
    source = asked(((ONE_OF,), ()))
    parts, outcome = build_week(source), solve_week(source, OPTIONS)
    choices = tuple(tuple(sorted(c.index for c in day)) for day in outcome.days)
    columns = parts.model.table.columns
    (put,) = [n for n in choices[0] if columns[n].place == "dinner.main"]
    for swap in rank_swaps(parts, choices, 0, put).swaps:
        after = {columns[n].candidate.source_id for n in apply_swap(choices, swap)[0]}
        assert after & {"beans", "chard_pie"}


def test_anothers_dish_is_not_on_ones_own_meal():
    source = asked(((replace(FISH, whose="Ben"),), ()), eater="Ann")
    keys = build_compact_week(source).keys
    assert not [name for name in keys if name.startswith("put.")]
    mine = build_compact_week(replace(source, eater="Ben")).keys
    assert [name for name in mine if name.startswith("put.")] == ["put.dinner.fish.min.d1"]


def test_a_dish_comes_as_often_as_it_is_put():
    kitchen = tiny_input()
    rules = {**kitchen.rules.rules, "dish_week": {**kitchen.rules.rules["dish_week"], "main": 1}}
    once = {"rules": replace(kitchen.rules, rules=rules)}
    assert build_compact_week(asked(**once)).board.rows["repeat.fish"].limit == 1
    twice = build_compact_week(asked(((FISH,), (FISH,)), **once))
    assert twice.board.rows["repeat.fish"].limit == 2


def test_a_search_begins_with_what_is_put_where_it_has_one_place():
    # an apple may be the dessert or the snack: each is the one place of its meal
    source = asked(((BEANS, PutDish("snack", "apple")), ()))
    week = average_weeks({"": source})[""]
    columns = week.parts.model.table.columns
    first, second = (
        [columns[n] for n in np.flatnonzero(out)] for out in week.parts.arrays.kept_out
    )
    assert {one.place for one in first} == {"dinner.main", "snack.first"}
    assert not {one.candidate.source_id for one in first} & {"beans", "apple"}
    assert second == []
    leads = {"": Steering(week.parts.arrays)}
    layout = lay_out(served_eaters({"": week}, {}, leads, ListedMeals(50, 5, 10.0, 12)))
    for seed in range(20):
        (served,) = layout.served(layout.draw(np.random.default_rng(seed)))
        chosen = layout.eaters[0].choices(served)[0]
        served = {(columns[n].place, columns[n].candidate.source_id) for n in chosen}
        assert {("dinner.main", "beans"), ("snack.first", "apple")} <= served


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
