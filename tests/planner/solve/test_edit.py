"""Solving a week again around locks, proofs that locks cannot stay, and replacements."""

from dataclasses import replace

import numpy as np
import pytest

from planner.search.evaluate import evaluate_week
from planner.solve.parts import build_week
from planner.solve.swap import Partners, apply_swap, rank_swaps
from tests.kitchen import band, plates_input, searched, tiny_input
from tests.one_eater import solve_week

USUAL = searched(sweeps=200, rounds=6, hot=2.0)
EASY = (band("energy_kcal", 1200, 2600), band("magnesium_mg", 200))


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


def numbers(parts):
    return {(c.place, c.candidate.candidate_id): c.index for c in parts.model.table.columns}


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
