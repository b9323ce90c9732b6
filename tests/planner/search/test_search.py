import importlib.util
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.bound.lower_bound import solve_aggregate
from planner.errors import SolverError
from planner.search import compiled, cooking, kernel, search
from planner.search.evaluate import evaluate_week
from planner.search.layout import HARD_POINTS, SearchedEater, lay_out
from planner.search.loading import NUMBA
from planner.search.search import WeekSearch
from planner.search.week import begin
from planner.search.work import SearchOptions
from planner.solve.parts import build_week, columns_for
from tests.kitchen import band, plates_input, sold, tiny_input

pytestmark = pytest.mark.filterwarnings("ignore:overflow encountered in scalar")  # of _random
SMALL = 1e-9
OPTIONS = SearchOptions(sweeps=120, rounds=2, repair_rounds=1, pairs=0.4, hot=2.0)


def uncompiled():
    """The moves once more as plain Python, where numpy checks every index."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numba.config, "DISABLE_JIT", True)
        for name in (compiled.__name__, cooking.__name__, kernel.__name__):
            spec = importlib.util.find_spec(name)
            module = importlib.util.module_from_spec(spec)
            patch.setitem(sys.modules, name, module)
            spec.loader.exec_module(module)
    return module


MOVES = uncompiled()


def share_of(source, pots=None, start=(), cooked=None):
    parts = build_week(source)
    answer = solve_aggregate(source, parts.arrays)
    places = columns_for(parts.model, answer.reduced, 1.0)
    return SearchedEater(parts.arrays, places, parts.between, answer.likely, start, pots, cooked)


def begun(layout, state, weights):
    activity, kinds = layout.activity(state)
    week = begin(layout.spots, state, activity, kinds, np.array([7], dtype=np.uint64), 8)
    week.weights[:] = weights
    return week


def weighed(layout, state, spot):
    """Points of each option of a spot beside the others: by the moves, and by the evaluation."""
    week = begun(layout, state.copy(), 0.5 * layout.weights()[0])
    MOVES._put(layout.spots, week, spot, state[spot], -1.0)
    out = np.empty(layout.spots.start[spot + 1] - layout.spots.start[spot])
    MOVES._weigh(layout.spots, week, spot, 0.0, out)
    points = []
    for option in range(layout.spots.start[spot], layout.spots.start[spot + 1]):
        other = state.copy()
        other[spot] = option
        found = layout.found(other)
        steep = HARD_POINTS * sum(map(out_of_place, layout.shares, found))
        points.append(layout.together(found).objective + steep)
    return out - out[0], np.array(points) - points[0]


def out_of_place(share, found):
    """Count the things that their day has no room for, each by itself, and the empty places."""
    closed = share.full[0].closed
    things = sum(closed[d][list(chosen)].sum() for d, chosen in enumerate(found.choices))
    return things + sum(row.startswith("place.") for row in found.broken)


@pytest.mark.parametrize("kitchen", [tiny_input, plates_input])
def test_every_option_weighs_what_the_exact_evaluation_says_it_changes(kitchen):
    layout = lay_out([share_of(kitchen(weekend=(False, False, True)))])
    state = layout.draw(np.random.default_rng(3))
    for spot in range(len(state)):
        out, points = weighed(layout, state, spot)
        assert out == pytest.approx(points, abs=1e-6)
    assert layout.shares[0].days == 3
    assert (np.diff(layout.spots.package_entry) > 0).any()
    assert (layout.spots.part_points[0] > 0.0).all()


def with_second_meals(spots, state, rng):
    """Put dishes cooked for later, and second meals, on most spots that take them."""
    cooks, needs = spots.shelf_option[:-1, 1], spots.shelf_option[:-1, 2]
    for spot in range(len(state)):
        here = np.arange(spots.start[spot], spots.start[spot + 1])
        some = here[(cooks[here] >= 0) | (needs[here] >= 0)]
        if len(some) and rng.random() < 0.7:
            state[spot] = rng.choice(some)
    return state


@given(keeps=st.integers(0, 3), seed=st.integers(0, 1000))
@settings(max_examples=8)
def test_an_option_weighs_as_evaluated_where_packages_spoil_within_the_week(keeps, seed):
    # five days, two eaters: cans are opened again, and dinners cooked for the lunch after
    source = tiny_input(weekend=(True,) * 5, sold=sold({"beans": keeps, "milk": keeps}))
    layout, rng = lay_out([share_of(source), share_of(source)]), np.random.default_rng(seed)
    state = with_second_meals(layout.spots, layout.draw(rng), rng)
    first_row = layout.spots.shelf_option[layout.spots.start, 0]
    some = np.flatnonzero(np.diff(first_row))
    assert len(some)
    for spot in rng.choice(some, 6):
        out, points = weighed(layout, state, spot)
        assert out == pytest.approx(points, abs=1e-6)


def cooked_on(place):
    """The dishes of a place of the tiny kitchen, each portion under the number of its dish."""
    columns = [one for one in build_week(tiny_input()).model.table.columns if one.place == place]
    ids = sorted({one.candidate.source_id for one in columns})
    return {
        one.index: ids.index(one.candidate.source_id)
        for one in columns
        if not one.candidate.traits.is_leftover
    }


def table_of(count, price):
    """Some eaters who cook lunches beside each other, where each further dish has a price."""
    cooked = cooked_on("lunch.main")
    assert len(set(cooked.values())) > 2
    return lay_out([share_of(tiny_input(), cooked=cooked) for _ in range(count)], price)


@given(seed=st.integers(0, 1000))
@settings(max_examples=8)
def test_a_dish_that_is_cooked_beside_another_weighs_its_price(seed):
    layout = table_of(3, 2.5)
    state = layout.draw(np.random.default_rng(seed))
    lunches = np.flatnonzero(layout.spots.table >= 0)
    assert len(lunches) == 3 * layout.shares[0].days
    for spot in lunches:
        out, points = weighed(layout, state, spot)
        assert out == pytest.approx(points, abs=1e-6)


def test_an_exchange_of_lunches_counts_the_dishes_cooked_beside_each_other():
    layout, rng = table_of(2, 2.5), np.random.default_rng(0)
    spots, soft, seen = layout.spots, layout.weights()[0], set()
    lunches = np.flatnonzero(spots.table >= 0)[:2]  # of one eater, on two days
    for _ in range(30):
        week = begun(layout, rng.integers(spots.start[:-1], spots.start[1:]), 0.5 * soft)
        week.exchanged[:1] = lunches
        before = layout.further(layout.found(week.state))
        priced = MOVES._exchange(spots, week, 1, 0.0, False)
        after = layout.further(layout.found(week.state))
        MOVES._exchange(spots, week, 1, 0.0, False)
        plain = MOVES._exchange(spots._replace(further_points=0.0), week, 1, 0.0, False)
        assert priced - plain == pytest.approx(after - before, abs=1e-9)
        seen.add(after - before)
    assert len(seen) > 1


def test_the_first_of_a_pot_stands_for_all_who_share_it():
    place = "lunch.main"
    alone = share_of(tiny_input())
    here = alone.columns[alone.options[alone.names.index(place)]].tolist()
    pots, cooked = {place: {column: at for at, column in enumerate(here)}}, cooked_on(place)
    eaters = [share_of(tiny_input(), own, cooked=cooked) for own in (pots, pots, None)]
    spots = lay_out(eaters, 1.0).spots
    assert len(spots.table_spot) == 2 * eaters[0].days
    assert set(spots.eater[spots.table_spot].tolist()) == {0, 2}


def test_the_packages_used_are_those_of_the_week_after_moves():
    layout = lay_out([share_of(tiny_input(weekend=(False, False, True)))])
    week = begun(layout, layout.draw(np.random.default_rng(4)), np.zeros(layout.first_row[-1]))
    for spot in range(len(week.state)):
        MOVES._move_one(layout.spots, week, spot, 0.0, 1.0)
    again = begun(layout, week.state, week.weights)
    assert again.packages.any()
    assert (week.packages == again.packages).all()


def test_an_exchange_between_days_costs_what_the_exact_evaluation_says():
    layout = lay_out([share_of(tiny_input(weekend=(False, False, True)))])
    soft, _ = layout.weights()
    spots, seen = layout.spots, 0
    week = begun(layout, layout.draw(np.random.default_rng(7)), 0.5 * soft)
    for u in range(len(spots.unit_start) - 1):
        v = spots.unit_like_start[u] + (u + 1 - spots.unit_like_start[u]) % spots.unit_like[u]
        both = [spots.unit_spot[spots.unit_start[w] : spots.unit_start[w + 1]] for w in (u, v)]
        week.exchanged[: len(both[0])] = np.column_stack(both)
        (before,), rows = layout.found(week.state), week.activity.copy()
        more = MOVES._exchange(spots, week, len(both[0]), 0.0, True)
        (after,) = layout.found(week.state)
        seen += before.choices != after.choices
        steep = [HARD_POINTS * sum("weekday_minutes" in row for row in one.broken)
                 for one in (before, after)]  # fmt: skip
        assert more == pytest.approx(
            after.objective + steep[1] - before.objective - steep[0], abs=1e-6
        )
        MOVES._exchange(spots, week, len(both[0]), 0.0, False)
        assert week.activity == pytest.approx(rows, abs=1e-9)
    assert seen > 5  # the others have the same on both days


def test_the_rows_kept_during_a_search_are_those_of_the_week_it_ends_with():
    layout = lay_out([share_of(tiny_input())])
    soft, hard = layout.weights()
    state = layout.draw(np.random.default_rng(1))
    activity, kinds = layout.activity(state)
    schedule = np.full(40, 0.5)
    seed, stop = np.array([5], dtype=np.uint64), np.zeros(1, dtype=np.int64)
    shares = (0.4, 0.2, 0.5, 0.3, 0.2)
    week = begin(layout.spots, state, activity, kinds, seed, 8)
    prices = (0.1, 300.0, 1.1, 0.9, 30.0, 50.0)
    kernel.anneal(layout.spots, week, soft, hard, schedule, shares, prices, stop)
    again, kinds_again = layout.activity(state)
    assert activity == pytest.approx(again, abs=1e-6)
    assert (kinds == kinds_again).all()


def test_a_row_that_must_hold_grows_dearer_while_it_is_broken_and_cheaper_while_it_is_not():
    layout = lay_out([share_of(tiny_input(targets=(band("magnesium_mg", 5000),)))])
    soft, hard = layout.weights()
    state = layout.draw(np.random.default_rng(1))
    activity, kinds = layout.activity(state)
    seed, stop = np.array([5], dtype=np.uint64), np.zeros(1, dtype=np.int64)
    week = begin(layout.spots, state, activity, kinds, seed, 8, 0.5)
    prices = (0.1, 300.0, 1.5, 0.9, 15.0, 50.0)
    shares = (0.4, 0.2, 0.5, 0.3, 0.2)
    kernel.anneal(layout.spots, week, soft, hard, np.full(20, 0.5), shares, prices, stop)
    broken = (week.activity > 0.0) & (hard > 0.0)
    least = 0.5 * 0.9**15  # from the 15th sweep on none falls
    assert week.steep.min() == pytest.approx(least)
    assert (week.steep[broken] > 1.1 * least).all()
    assert week.steep[broken].max() == pytest.approx(300.0)  # 0.5 * 1.5 ** 20 is more


def annealed_with_pots():
    """The search of two eaters who share a place, and the state that it ends with."""
    alone = share_of(tiny_input())
    place = next(name for name, options in zip(alone.names, alone.options, strict=True)
                 if len(options) > 2)  # fmt: skip
    at = alone.names.index(place)
    options = [int(alone.columns[o]) if o >= 0 else -1 for o in alone.options[at]]
    pots = {place: {column: number // 2 for number, column in enumerate(options)}}
    both = WeekSearch([share_of(tiny_input(), pots), share_of(tiny_input(), pots)])
    state = both.layout.draw(np.random.default_rng(2))
    both._anneal(state, 0, OPTIONS, None)
    return both, state


def test_eaters_who_share_a_pot_end_with_the_same_dish():
    both, state = annealed_with_pots()
    spots, days = both.layout.spots, both.layout.shares[0].days
    assert len(spots.group_start) == 1 + days
    for group in range(days):
        members = spots.member[spots.group_start[group] : spots.group_start[group + 1]]
        assert len({int(spots.pot[state[spot]]) for spot in members}) == 1


def test_rounds_side_by_side_give_the_week_of_rounds_in_turn():
    share = share_of(tiny_input())
    (together,) = WeekSearch([share]).run(SearchOptions(**ROUNDS, together=2), 0.0, None)
    (in_turn,) = WeekSearch([share_of(tiny_input())]).run(SearchOptions(**ROUNDS), 0.0, None)
    assert not in_turn.broken
    assert together == in_turn


ROUNDS = {"sweeps": 120, "rounds": 4, "pairs": 0.4, "hot": 2.0, "seed": 4, "strict": 1.0}


def rounds_of(search, options):
    told = []
    weeks = search.run(options, 0.0, None, lambda number, week, bound: told.append(number))
    return weeks, told


def test_where_any_week_is_enough_the_first_round_that_holds_is_the_last():
    options = SearchOptions(**ROUNDS, together=2)
    (best,), every = rounds_of(WeekSearch([share_of(tiny_input())]), options)
    one = replace(options, any_week=True)
    (week,), told = rounds_of(WeekSearch([share_of(tiny_input())]), one)
    assert (every, told) == ([1, 2, 3, 4], [1])
    assert not week.broken
    assert week.objective >= best.objective


def test_where_any_week_is_enough_each_round_is_mended_before_the_next():
    impossible = tiny_input(targets=(band("magnesium_mg", 5000),))
    own = WeekSearch([share_of(impossible)])
    options = SearchOptions(**ROUNDS | {"rounds": 2}, repair_rounds=3, any_week=True)
    asked, ended, plain = [], [], own._side_by_side

    def seen(*parts):
        asked.append(parts)
        ended.append(plain(*parts))
        return ended[-1]

    own._side_by_side = seen
    assert rounds_of(own, options)[1] == [1, 3, 2, 4, 5]
    first, repair, second, *_ = asked
    assert (repair[1].sweeps, repair[1].strict) == (options.repair_sweeps, 1.0)
    assert (repair[2].state == ended[0][0][0][1]).all()
    assert second[1:] == first[1:] == (options, None)  # a round is what it is beside others


def test_a_search_that_is_stuck_gives_up_after_the_first_rounds_side_by_side():
    # nothing broken is more than -1, so that any week counts as stuck
    options = SearchOptions(**ROUNDS, together=2)
    assert rounds_of(WeekSearch([share_of(tiny_input())]), replace(options, stuck=-1))[1] == [1, 2]
    assert rounds_of(WeekSearch([share_of(tiny_input())]), replace(options, stuck=0))[1][-1] == 4


def test_compiled_and_uncompiled_moves_give_the_same_week(monkeypatch):
    (found,) = WeekSearch([share_of(tiny_input())]).run(SearchOptions(**ROUNDS), 0.0, None)
    monkeypatch.setattr(search, "compiled_moves", lambda: MOVES.anneal)
    (slow,) = WeekSearch([share_of(tiny_input())]).run(SearchOptions(**ROUNDS), 0.0, None)
    assert slow == found
    evaluated = evaluate_week(*share_of(tiny_input()).full, found.choices)
    assert evaluated.objective == pytest.approx(found.objective, abs=SMALL)


def test_compiled_and_uncompiled_moves_of_pots_give_the_same_weeks(monkeypatch):
    _, state = annealed_with_pots()
    monkeypatch.setattr(search, "compiled_moves", lambda: MOVES.anneal)
    _, slow = annealed_with_pots()
    assert (slow == state).all()


@pytest.mark.parametrize("missing", ["numba", "numba.core.typing.templates"])
def test_without_numba_or_what_is_used_of_it_the_search_says_what_to_install(monkeypatch, missing):
    for module in ("planner.search.kernel", "planner.search.compiled", "planner.search.by_ref"):
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(SolverError, match=f"pip install '{NUMBA}'"):
        WeekSearch([share_of(tiny_input())]).run(OPTIONS, 0.0, None)


def test_a_numba_without_what_the_moves_need_is_told_which_will_do(monkeypatch):
    unknown = numba.njit(_unknown=True)(lambda *_given: None)
    monkeypatch.setattr(kernel, "anneal", unknown)
    with pytest.raises(SolverError, match="_unknown") as told:
        WeekSearch([share_of(tiny_input())]).run(OPTIONS, 0.0, None)
    assert NUMBA in told.value.remedy


def test_the_numba_that_is_told_is_the_one_that_is_installed_along():
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text())["project"]
    assert NUMBA in project["dependencies"]
