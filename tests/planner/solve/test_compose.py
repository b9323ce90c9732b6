"""Two eaters of the tiny kitchen: common weeks against the optimum of all common dinners."""

import time
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from planner.bound.solver import solve_problem
from planner.candidates.candidate import CandidateSet
from planner.model.build import build_compact_week
from planner.search.search import WeekSearch
from planner.solve.compose import solve_table
from planner.table.shared import share_places
from tests.kitchen import TARGETS, band, searched, tiny_candidates, tiny_input

OPTIONS = searched(sweeps=600, rounds=8, hot=2.0)
SHARED = {"dinner.main": ("Ann", "Ben")}
SMALL = 1e-6
LESS = (band("energy_kcal", 1400, 2100, preferred_lower=1500, preferred_upper=1900), *TARGETS[1:])


def table(seed=None):
    """Ann as the tiny kitchen has it; Ben wants less, and other prices where there is a seed."""
    ben = tiny_input(targets=LESS)
    if seed is not None:
        rng = np.random.default_rng(seed)
        dear = tuple(
            replace(one, servings=tuple(
                replace(s, cost_usd=float(rng.uniform(0.3, 3.0))) for s in one.servings
            ))
            for one in tiny_candidates().candidates
        )  # fmt: skip
        ben = replace(ben, candidates=CandidateSet(dear, (), tiny_candidates().nutrients))
    return share_places({"Ann": tiny_input(), "Ben": ben}, SHARED)


def best_with_dinners(source, dinners) -> float | None:
    """Solve one eater's week exactly with the dinners given."""
    model = build_compact_week(source)
    for plate, dish in zip(model.plates, dinners, strict=True):
        for column, variable in zip(model.table.columns, plate.variables, strict=True):
            if column.place == "dinner.main" and column.candidate.candidate_id != dish:
                variable.upBound = 0.0
    answer = solve_problem(model.problem, gap=0.0)
    return answer.objective if answer.has_solution else None


def best_together(sources) -> float:
    """Try every pair of dinners for both."""
    sums = []
    for dinners in product(("beans", "chard_pie", "fish"), repeat=2):
        points = [best_with_dinners(source, dinners) for source in sources.values()]
        if None not in points:
            sums.append(sum(points))
    return min(sums)


@pytest.mark.parametrize("seed", [None, 0, 1])
def test_the_sum_of_bounds_lies_below_the_best_common_weeks_and_the_plan_not(seed):
    sources = table(seed)
    exact = best_together(sources)
    found = solve_table(sources, SHARED, OPTIONS, time.perf_counter())
    assert found.total.bound <= exact + SMALL
    assert found.total.objective == pytest.approx(exact, abs=1e-5)
    assert found.total.bound == pytest.approx(sum(one.bound for one in found.each.values()))


def test_a_shared_place_takes_only_what_all_of_its_eaters_may_have():
    kept = [one for one in tiny_candidates().candidates if one.source_id != "beans"]
    ann = tiny_input(candidates=CandidateSet(tuple(kept), (), tiny_candidates().nutrients))
    shared = share_places({"Ann": ann, "Ben": tiny_input()}, SHARED)["Ben"].candidates.candidates
    places = {one.candidate_id: one.places for one in shared}
    assert places["beans"] == ("lunch.main",)
    assert places["fish"] == ("lunch.main", "dinner.main")
    assert "beans.leftover" not in places  # cooked at dinner alone


def test_the_eater_without_a_week_is_named():
    hungry = (band("energy_kcal", 1200, 1600), band("magnesium_mg", 600))
    sources = share_places({"Ann": tiny_input(), "Ben": tiny_input(targets=hungry)}, SHARED)
    found = solve_table(sources, SHARED, OPTIONS, time.perf_counter())
    assert found.total.status == "infeasible"
    assert list(found.each) == ["Ben"]


def test_an_interrupt_is_told_of_everybody(monkeypatch):
    weeks = solve_table(table(), SHARED, OPTIONS, time.perf_counter())
    assert not weeks.total.stopped
    run = WeekSearch.run
    monkeypatch.setattr(
        WeekSearch, "run", lambda *args: tuple(replace(one, stopped=True) for one in run(*args))
    )
    stopped = solve_table(table(), SHARED, OPTIONS, time.perf_counter())
    assert stopped.total.stopped
    assert all(one.stopped for one in stopped.each.values())
