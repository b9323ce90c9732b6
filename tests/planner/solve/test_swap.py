"""The ranked list of replacements against one exact evaluation per replacement."""

from dataclasses import replace

import pytest

from planner.search.evaluate import evaluate_week
from planner.search.search import SearchOptions
from planner.solve.parts import build_week
from planner.solve.swap import apply_swap, rank_swaps
from tests.kitchen import band, tiny_candidates, tiny_input
from tests.one_eater import solve_week

OPTIONS = SearchOptions(sweeps=200, rounds=6, pairs=0.4, hot=2.0)
EASY = (band("energy_kcal", 1200, 2600), band("magnesium_mg", 200))


@pytest.fixture(scope="module")
def kitchen():
    """The model of the tiny kitchen, and the best week of it."""
    source = tiny_input(targets=EASY)
    outcome = solve_week(source, OPTIONS)
    choices = tuple(tuple(sorted(column.index for column in day)) for day in outcome.days)
    return build_week(source), choices, outcome


def every_swap(parts, choices):
    for day, chosen in enumerate(choices):
        for old in chosen:
            yield day, old, rank_swaps(parts, choices, day, old)


def test_what_is_offered_is_what_an_exact_evaluation_allows(kitchen):
    parts, choices, outcome = kitchen
    for day, old, ranking in every_swap(parts, choices):
        offered = {swap.moves[0].new: swap for swap in ranking.swaps}
        place = parts.arrays.places[old]
        for new in [n for n, one in enumerate(parts.arrays.places) if one == place and n != old]:
            days = [[new if c == old and d == day else c for c in own] for d, own in
                    enumerate(choices)]  # fmt: skip
            found = evaluate_week(parts.arrays, parts.between, tuple(map(tuple, days)))
            second = any(order.earlier[old] for order in parts.model.orders)
            if not second:
                assert (new in offered) is (not found.broken)
            if new in offered and len(offered[new].moves) == 1:
                more = found.objective - outcome.objective
                assert offered[new].points == pytest.approx(more, abs=1e-9)


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


def test_no_replacement_betters_the_proven_best_week(kitchen):
    # the tiny kitchen is searched to its optimum, so every single change costs points
    parts, choices, _ = kitchen
    assert all(
        swap.points >= -1e-9
        for _, _, ranking in every_swap(parts, choices)
        for swap in ranking.swaps
    )


def test_a_second_meal_goes_with_its_first():
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
    parts = build_week(tiny_input(weekend=(False, True), candidates=candidates))
    at = {(c.place, c.candidate.candidate_id): c.index for c in parts.model.table.columns}
    first, second = at["dinner.main", "fish"], at["lunch.main", "fish.leftover"]
    choices = ((first,), (second,))
    rows = {"day": parts.arrays.day, "link": parts.arrays.link}
    loose = {name: replace(one, limits=one.limits + 1e9) for name, one in rows.items()}
    loose["limits"] = parts.arrays.limits + 1e9
    parts = replace(parts, arrays=replace(parts.arrays, **loose))  # only second meals bind
    offers = rank_swaps(parts, choices, 0, first).swaps
    assert {swap.moves[0].new for swap in offers} == {at["dinner.main", "beans"]}
    assert offers[0].moves[1].new == at["lunch.main", "beans.leftover"]
