"""The ranked list of replacements against one exact evaluation per replacement."""

from dataclasses import replace
from itertools import chain, product

import numpy as np
import pytest

from planner.meals.served import partner_places
from planner.search.evaluate import evaluate_week
from planner.solve.parts import build_week
from planner.solve.swap import Partners, apply_swap, rank_swaps
from tests.kitchen import band, plates_input, searched, tiny_candidates, tiny_input
from tests.one_eater import solve_week

OPTIONS = searched(sweeps=200, rounds=6, hot=2.0)
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


def columns_on(parts, place):
    return [n for n, one in enumerate(parts.arrays.places) if one == place]


def others(parts, day, old):
    """Places of the day's other meals that hold no main dish."""
    slot = parts.arrays.places[old].split(".")[0]
    known = dict.fromkeys(parts.arrays.places)
    return [one for one in known if one.split(".")[0] != slot and not one.endswith(".main")]


def ways(parts, choices, day, old, new, other=()):
    """Every week with one thing instead of another, a main dish with any partners or none."""
    beside = [*partner_places(parts.arrays.places[old]), *other]
    staying = [
        c for c in choices[day] if c != old and parts.arrays.places[c] not in beside
    ]  # fmt: skip
    options = [[(), *((one,) for one in columns_on(parts, place))] for place in beside]
    for partners in product(*options):
        days = list(choices)
        days[day] = tuple(sorted([*staying, new, *chain(*partners)]))
        yield tuple(days)


def holding(parts, every, outcome):
    """Points beyond those of the best week, of the weeks that hold."""
    found = (evaluate_week(parts.arrays, parts.between, week) for week in every)
    return [one.objective - outcome.objective for one in found if not one.broken]


def test_what_is_offered_is_what_an_exact_evaluation_allows(kitchen):
    parts, choices, outcome = kitchen
    for day, old, ranking in every_swap(parts, choices):
        if any(order.earlier[old] for order in parts.model.orders):
            continue  # second meals go with it
        offered = {swap.moves[0].new: swap for swap in ranking.swaps}
        for new in columns_on(parts, parts.arrays.places[old]):
            points = holding(parts, ways(parts, choices, day, old, new), outcome)
            if not points:  # one thing more of the day may change
                for other in others(parts, day, old):
                    every = ways(parts, choices, day, old, new, [other])
                    points += holding(parts, every, outcome)
            assert (new in offered) is (new != old and bool(points))
            if new in offered:
                assert any(offered[new].points == pytest.approx(one, abs=1e-9) for one in points)


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


def test_what_stands_beside_a_second_meal_goes_with_it():
    parts = only(build_week(with_second_fish()), "served", "starch")
    at = numbers(parts)
    first, second = at["dinner.main", "fish"], at["lunch.main", "fish.leftover"]
    rice, roll = at["dinner.starch", "rice"], at["lunch.starch", "roll"]
    (swap,) = rank_swaps(parts, ((first, rice), (second, roll)), 0, first).swaps
    assert [move.new for move in swap.moves] == [
        at["dinner.main", "beans"], at["lunch.main", "beans.leftover"],
    ]  # fmt: skip
    assert swap.partners == (Partners(0, (rice,), ()), Partners(1, (roll,), ()))


def test_a_place_that_must_be_filled_stays_empty_for_no_dish():
    parts = only(build_week(plates_input()), "served", "starch")
    at = numbers(parts)
    beans, salad = at["dinner.main", "beans"], at["dinner.vegetable", "salad"]
    needed = (*parts.arrays.needed[:1], parts.arrays.needed[1] | {"dinner.vegetable"})
    parts = replace(parts, arrays=replace(parts.arrays, needed=needed))
    offers = rank_swaps(parts, ((), (beans, salad)), 1, beans).swaps
    assert offers
    assert all(salad in apply_swap(((), (beans, salad)), one)[1] for one in offers)
