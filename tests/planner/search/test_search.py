"""The search weighs as the exact evaluation does, ends, and gives the same week each time."""

import importlib.util
import sys

import numba
import numpy as np
import pytest

from planner.errors import SolverError
from planner.plan.stop import StoppedError, new_flag, stopped_by
from planner.search import compiled, kernel
from planner.search.evaluate import merged
from planner.search.flat import lay_out
from planner.search.loading import NUMBA
from planner.search.menu import HARD_POINTS
from planner.search.search import WeekSearch
from planner.search.work import ListedMeals
from planner.solve.menus import served_eaters
from planner.solve.parts import Steering, average_weeks
from tests.kitchen import plates_input, searched, tiny_input

pytestmark = pytest.mark.filterwarnings("ignore:overflow encountered in scalar")  # of _random
OPTIONS = searched(120, 2, repairs=1)
LISTED = ListedMeals(most=25, of_each=4, dearer=20.0, together=12)


def uncompiled():
    """The moves once more as plain Python, where numpy checks every index."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numba.config, "DISABLE_JIT", True)
        for name in (compiled.__name__, kernel.__name__):
            spec = importlib.util.find_spec(name)
            module = importlib.util.module_from_spec(spec)
            patch.setitem(sys.modules, name, module)
            spec.loader.exec_module(module)
    return module


MOVES = uncompiled()


def eaters_of(*sources, shared=(), listed=LISTED):
    """What eaters may be served who share some places."""
    weeks = average_weeks({str(number): source for number, source in enumerate(sources)})
    leads = {name: Steering(week.parts.arrays) for name, week in weeks.items()}
    return served_eaters(weeks, dict.fromkeys(shared, tuple(weeks)), leads, listed)


def begun(layout, state, weights):
    """A week in which the options of ``state`` are served."""
    week = layout.begin(state.copy(), np.array([7], dtype=np.uint64), 1.0)
    week.weights[:] = weights
    for spot, option in enumerate(state):
        MOVES._put(layout.meals, week, spot, option, 1.0)
    return week


def things_of(layout, weeks):
    """The things that each eater's week buys."""
    return [
        {
            name
            for name, row in zip(eater.arrays.kind_names, eater.arrays.kinds, strict=True)
            if row[[column for chosen in week.choices for column in chosen]].any()
        }
        for eater, week in zip(layout.eaters, weeks, strict=True)
    ]


def exactly(layout, state):
    """The points of weeks by the exact evaluation, and what the moves count for closed columns.

    Each thing to be bought counts once for all.
    """
    weeks, meals = layout.found(state), layout.meals
    things = set().union(*things_of(layout, weeks))
    own = sum(week.terms.get("kinds", 0.0) for week in weeks)
    bought = meals.kind_points * max(len(things) - meals.most_kinds, 0) - own
    closed = sum(
        eater.arrays.closed[d][list(chosen)].sum()
        for eater, week in zip(layout.eaters, weeks, strict=True)
        for d, chosen in enumerate(week.choices)
    )
    return merged(weeks).objective + HARD_POINTS * closed + bought


def options_of(layout, spot):
    menu = layout.meals.menu[spot]
    return np.arange(layout.meals.first[menu], layout.meals.first[menu + 1])


def weighed(layout, state, spot):
    """Points of each option of a spot beside the others: by the moves, and by the evaluation."""
    week = begun(layout, state, 0.5 * layout.weights()[0])
    MOVES._put(layout.meals, week, spot, state[spot], -1.0)
    here, points = options_of(layout, spot), []
    out = np.empty(len(here))
    MOVES._weigh(layout.meals, week, spot, 0.0, out)
    for option in here:
        other = state.copy()
        other[spot] = option
        points.append(exactly(layout, other))
    return out - out[0], np.array(points) - points[0]


@pytest.mark.parametrize("kitchen", [tiny_input, plates_input])
def test_every_option_weighs_what_the_exact_evaluation_says_it_changes(kitchen):
    layout = lay_out(eaters_of(kitchen(weekend=(False, False, True))))
    state = layout.draw(np.random.default_rng(3))
    for spot in range(len(state)):
        out, points = weighed(layout, state, spot)
        assert out == pytest.approx(points, abs=1e-6)
    assert layout.eaters[0].days == 3
    assert (np.diff(layout.meals.use_entry) > 0).any()
    assert (layout.meals.part_points[0] >= 0.0).all()


def search_of(*sources, **how):
    return WeekSearch(eaters_of(*sources, **how))


def test_a_search_for_which_nobody_waits_ends():
    stop = new_flag()
    with stopped_by(stop):
        search = search_of(tiny_input())
        stop.fill(1)
        with pytest.raises(StoppedError):
            search.run(searched(10_000_000, 2), 0.0, None)


@pytest.mark.parametrize("missing", ["numba", "numba.core.typing.templates"])
def test_without_numba_or_what_is_used_of_it_the_search_says_what_to_install(monkeypatch, missing):
    for module in ("planner.search.kernel", "planner.search.compiled", "planner.search.by_ref"):
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(SolverError, match=f"pip install '{NUMBA}'"):
        search_of(tiny_input()).run(OPTIONS, 0.0, None)
