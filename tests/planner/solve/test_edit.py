"""Solving a week again around locks, proofs that locks cannot stay, and replacements."""

from dataclasses import replace

import numpy as np
import pytest

from planner.bound.day_proofs import day_can_hold, rows_in_the_way
from planner.search.evaluate import evaluate_week
from planner.solve.parts import build_week
from planner.solve.swap import Partners, apply_swap, rank_swaps
from tests.kitchen import band, plates_input, searched, tiny_candidates, tiny_input
from tests.one_eater import solve_week

USUAL = searched(sweeps=200, rounds=6, hot=2.0)
DAYS = (False, True)
EASY = (band("energy_kcal", 1200, 2600), band("magnesium_mg", 200))


def test_a_lock_without_room_beside_it_is_proven_and_named():
    # at most 500 kcal a day: no dinner leaves room for a breakfast and a lunch
    targets = (band("energy_kcal", None, 500), band("magnesium_mg", 20))
    source = tiny_input(DAYS, targets=targets)
    parts = build_week(source)
    dinner = next(c.index for c in parts.model.table.columns if c.place == "dinner.main")
    assert not day_can_hold(source, parts.arrays, 0, [dinner])
    assert "nutrient_day.energy_kcal.max.d1" in rows_in_the_way(source, parts.arrays, 0, [dinner])


@pytest.fixture(scope="module")
def kitchen():
    """The model of the tiny kitchen, and the best week of it."""
    source = tiny_input(targets=EASY)
    outcome = solve_week(source, USUAL)
    choices = tuple(tuple(sorted(column.index for column in day)) for day in outcome.days)
    return build_week(source), choices, outcome


def every_swap(parts, choices):
    for day, chosen in enumerate(choices):
        for old in chosen:
            yield day, old, rank_swaps(parts, choices, day, old)


def test_there_is_something_on_offer_and_it_holds_when_made(kitchen):
    parts, choices, outcome = kitchen
    swaps = [swap for _, _, ranking in every_swap(parts, choices) for swap in ranking.swaps]
    assert swaps
    for swap in swaps:
        found = evaluate_week(parts.arrays, parts.between, apply_swap(choices, swap))
        assert not found.broken
        assert found.objective == pytest.approx(outcome.objective + swap.points, abs=1e-9)


def test_the_best_replacement_stands_first(kitchen):
    parts, choices, _ = kitchen
    for _, _, ranking in every_swap(parts, choices):
        points = [swap.points for swap in ranking.swaps]
        assert points == sorted(points)
        assert len(points) <= ranking.considered


def only(parts, *rules):
    """The rows of these rules alone, and what links second meals to first ones."""

    def loose(rows, limits):
        binds = [name.split(".")[0] in rules for name in rows.names]
        return np.where(binds, limits, np.inf)

    day, link = parts.arrays.day, parts.arrays.link
    arrays = replace(
        parts.arrays,
        day=replace(day, limits=loose(day, day.limits)),
        link=replace(link, limits=loose(link, link.limits)),
        limits=loose(day, parts.arrays.limits),
        needed=tuple(frozenset() for _ in parts.arrays.needed),
    )
    return replace(parts, arrays=arrays, model=replace(parts.model, spreads=()))


def with_second_fish():
    """The tiny kitchen, where fish may be eaten again as beans may."""
    again = [
        replace(
            one,
            candidate_id=f"{one.candidate_id}.leftover",
            places=("lunch.main",),
            traits=replace(one.traits, is_leftover=True, keeps_days=2),
        )
        for one in tiny_candidates().candidates
        if one.candidate_id == "fish"  # beans have one already
    ]
    every = (*tiny_candidates().candidates, *again)
    candidates = replace(
        tiny_candidates(), candidates=tuple(sorted(every, key=lambda one: one.candidate_id))
    )
    return tiny_input(weekend=(False, True), candidates=candidates)


def numbers(parts):
    return {(c.place, c.candidate.candidate_id): c.index for c in parts.model.table.columns}


def test_a_second_meal_goes_with_its_first():
    parts = only(build_week(with_second_fish()))
    at = numbers(parts)
    first, second = at["dinner.main", "fish"], at["lunch.main", "fish.leftover"]
    offers = rank_swaps(parts, ((first,), (second,)), 0, first).swaps
    assert {swap.moves[0].new for swap in offers} == {at["dinner.main", "beans"]}
    assert offers[0].moves[1].new == at["lunch.main", "beans.leftover"]


def test_a_main_dish_comes_with_the_starch_that_it_needs_and_a_salad_stays():
    # fish is a stew, which needs a starch; rice is in the beans, beside which none may stand
    parts = only(build_week(plates_input()), "served", "starch")
    at = numbers(parts)
    beans, fish, rice, salad = (
        at[place, name]
        for place, name in (
            ("dinner.main", "beans"),
            ("dinner.main", "fish"),
            ("dinner.starch", "rice"),
            ("dinner.vegetable", "salad"),
        )
    )
    to_fish, to_beans = (
        {swap.moves[0].new: swap for swap in rank_swaps(parts, ((), day), 1, day[0]).swaps}
        for day in ((beans, salad), (fish, rice, salad))
    )
    assert to_fish[fish].partners == (Partners(1, (), (rice,)),)
    assert to_beans[beans].partners == (Partners(1, (rice,), ()),)
    assert apply_swap(((), (beans, salad)), to_fish[fish])[1] == tuple(sorted((fish, rice, salad)))
