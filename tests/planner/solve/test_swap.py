"""The ranked list of replacements against one exact evaluation per replacement."""

from dataclasses import replace
from itertools import chain, product

import numpy as np
import pytest

from planner.meals.served import partner_places
from planner.search.evaluate import NOTHING, evaluate_week, judge_weeks
from planner.settings import read_settings
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
    columns, few = parts.model.table.columns, read_settings("search.toml")["swap"]["few"]
    back = parts.model.source.rules.points["change"]["per_item"]
    for day, old, ranking in every_swap(parts, choices):
        if any(order.earlier[old] for order in parts.model.orders):
            continue  # second meals go with it
        offered = {swap.moves[0].new: swap for swap in ranking.swaps}
        here = [new for new in columns_on(parts, parts.arrays.places[old]) if new != old]
        points = {new: holding(parts, ways(parts, choices, day, old, new), outcome) for new in here}
        things = {columns[new].candidate.candidate_id for new in here if points[new]}
        for new, other in product(here, others(parts, day, old) if len(things) < few else ()):
            every = ways(parts, choices, day, old, new, [other])  # one thing more may change
            points[new] += holding(parts, every, outcome)
        assert set(offered) == {new for new in here if points[new]}
        for new, swap in offered.items():
            assert any(swap.points == pytest.approx(one, abs=1e-9) for one in points[new])
            assert swap.points <= min(points[new]) + back * len(choices[day])


def leading(parts, choices, week):
    """Points that decide between ways: what stays beside a dish is preferred as in an edit."""
    places, back = parts.arrays.places, parts.model.source.rules.points["change"]["per_item"]
    stays = sum(
        len({one for one in chosen if not places[one].endswith(".main")} & set(after))
        for chosen, after in zip(choices, week, strict=True)
    )
    return evaluate_week(parts.arrays, parts.between, week).objective - back * stays


def test_each_thing_comes_in_the_best_of_its_ways():
    parts = only(build_week(plates_input()), "served", "starch")
    at = numbers(parts)
    salad, rice = at["dinner.vegetable", "salad"], at["dinner.starch", "rice"]
    beans, fish = at["dinner.main", "beans"], at["dinner.main", "fish"]
    for choices in (((), (beans, salad)), ((beans,), (fish, rice))):
        old = choices[1][0]
        offers = rank_swaps(parts, choices, 1, old).swaps
        assert offers
        for swap in offers:
            every = ways(parts, choices, 1, old, swap.moves[0].new)
            holds = [
                one for one in every if not evaluate_week(parts.arrays, parts.between, one).broken
            ]
            best = min(leading(parts, choices, one) for one in holds)
            assert leading(parts, choices, apply_swap(choices, swap)) == pytest.approx(best)


def test_there_is_something_on_offer_and_it_holds_when_made(kitchen):
    parts, choices, outcome = kitchen
    swaps = [swap for _, _, ranking in every_swap(parts, choices) for swap in ranking.swaps]
    assert swaps
    for swap in swaps:
        found = evaluate_week(parts.arrays, parts.between, apply_swap(choices, swap))
        assert not found.broken
        assert found.objective == pytest.approx(outcome.objective + swap.points, abs=1e-9)


def test_weeks_that_differ_in_little_are_judged_as_each_alone(kitchen):
    parts, choices, _ = kitchen
    here = [columns_on(parts, place) for place in ("dinner.main", "lunch.main")]
    rest = [tuple(n for n in chosen if n not in here[0] + here[1]) for chosen in choices]
    pairs = np.array(list(product([NOTHING, *here[0]], [NOTHING, *here[1]]))).T
    judged = judge_weeks(parts.arrays, parts.between, rest, [(0, pairs[0]), (1, pairs[1])])
    assert judged.holds.sum() < judged.holds.size
    for at, pair in enumerate(pairs.T.tolist()):
        week = [tuple(sorted({*own, one} - {NOTHING})) for own, one in zip(rest, pair, strict=True)]
        found = evaluate_week(parts.arrays, parts.between, tuple(week))
        assert [name for name, flags in judged.broken if flags[at]] == list(found.broken)
        assert judged.objective[at] == pytest.approx(found.objective)
        own = {rule: points[at] for rule, points in judged.terms.items() if points[at]}
        assert own == pytest.approx(dict(found.terms))


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


def test_where_few_things_fit_one_more_changes_if_that_is_better():
    parts = only(build_week(plates_input()))
    at = numbers(parts)
    beans, apple = at["dinner.main", "beans"], at["snack.first", "apple"]
    points = parts.arrays.points.copy()
    points[1, apple] += 50.0
    parts = replace(parts, arrays=replace(parts.arrays, points=points))
    offers = rank_swaps(parts, ((), (beans, apple)), 1, beans).swaps
    assert offers
    assert all(apple not in apply_swap(((), (beans, apple)), one)[1] for one in offers)
