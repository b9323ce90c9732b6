"""Repairs of a table: whose week holds keeps it, the others begin anew."""

from dataclasses import replace

import numpy as np

from planner.search.mended import Beginning, begun_from
from planner.search.search import WeekSearch
from planner.search.work import SearchOptions
from tests.kitchen import tiny_input
from tests.planner.search.test_search import share_of


def broken_as(weeks, broken):
    """The weeks, as if these eaters had broken a rule."""
    return [
        replace(one, broken=("fruit@1",) if is_bad else ())
        for one, is_bad in zip(weeks, broken, strict=True)
    ]


def test_what_holds_stays_and_the_other_eater_is_searched_again():
    search = WeekSearch([share_of(tiny_input()), share_of(tiny_input())])
    layout, options = search.layout, SearchOptions(sweeps=30)
    state = layout.draw(np.random.default_rng(1))
    weeks = layout.found(state)
    assert begun_from(layout.spots, broken_as(weeks, [True, True]), state) is None
    assert begun_from(layout.spots, broken_as(weeks, [False, False]), state) is None
    stays = begun_from(layout.spots, broken_as(weeks, [False, True]), state)
    first = layout.first_spot[1]
    assert (stays.spots == np.arange(first, layout.first_spot[2])).all()
    rounds, _ = search._side_by_side(range(2, 4), options, stays)
    ended = [end[:first].tolist() for _, end in rounds]
    assert ended[1] == state[:first].tolist() != ended[0]  # every second round
    assert rounds[1][1][first:].tolist() != state[first:].tolist()


def test_a_repair_is_short_and_goes_on_from_what_came_nearest():
    search = WeekSearch([share_of(tiny_input())])
    options = SearchOptions(
        sweeps=200, hot=50.0, repair_sweeps=3, repair_warm=1e-6, cold=1e-7, exchanges=0.0
    )
    weeks, state = search._side_by_side(range(2), options, None)[0][0]
    anew, nothing = search._begun(options, weeks, state, None)
    assert (anew, nothing) == (options, None)
    short, first = search._begun(options, weeks, state, state)
    assert (short.sweeps, short.hot, short.strict) == (3, 1e-6, 1.0)
    rounds, _ = search._side_by_side(range(2, 4), short, first)
    hot, _ = search._side_by_side(range(2, 4), replace(short, hot=50.0), None)
    moved, moved_anew = (sum(int((end != state).sum()) for _, end in one) for one in (rounds, hot))
    assert moved < moved_anew  # both rounds of the wave, not every second one
    assert all(first.is_for(number) for number in range(4))
    drawn = state[::-1].copy()
    Beginning(state).lay_over(drawn)
    assert drawn.tolist() == state.tolist()


def test_what_is_shared_stays_with_whom_it_is_shared():
    alone = share_of(tiny_input())
    at = alone.names.index("lunch.main")
    columns = [int(alone.columns[one]) if one >= 0 else -1 for one in alone.options[at]]
    pots = {"lunch.main": {column: number for number, column in enumerate(columns)}}
    search = WeekSearch([share_of(tiny_input(), pots), share_of(tiny_input(), pots)])
    state = search.layout.draw(np.random.default_rng(1))
    weeks = broken_as(search.layout.found(state), [False, True])
    spots = search.layout.spots
    stays = begun_from(spots, weeks, state)
    assert len(stays.spots) == search.layout.first_spot[1] - alone.days
    assert (spots.group[stays.spots] < 0).all()
