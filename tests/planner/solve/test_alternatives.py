import time
from dataclasses import replace

import pytest

from planner.solve import alternatives as of_a_table
from planner.solve.alternatives import WeeksApart, share_apart
from planner.solve.pots import share_places
from tests.kitchen import band, searched, tiny_candidates, tiny_input
from tests.one_eater import solve_alternatives, solve_week

OPTIONS = searched(sweeps=200, rounds=6, hot=2.0)
APART = WeeksApart(per_main=1.5, steeper=2.0, attempts=3, place="dinner.main", least_share=0.5)
EASY = (band("energy_kcal", 1200, 2600), band("magnesium_mg", 200))


def roomy_input():
    """The tiny kitchen with each main dish once more under another name, a little dearer."""
    twins = [
        replace(
            one,
            candidate_id=f"{one.candidate_id}_too",
            source_id=f"{one.source_id}_too",
            servings=tuple(replace(part, cost_usd=part.cost_usd + 2) for part in one.servings),
        )
        for one in tiny_candidates().candidates
        if one.traits.kind == "main" and not one.traits.is_leftover
    ]
    every = sorted((*tiny_candidates().candidates, *twins), key=lambda one: one.candidate_id)
    return tiny_input(targets=EASY, candidates=replace(tiny_candidates(), candidates=tuple(every)))


def alternatives(source, count):
    return solve_alternatives(source, OPTIONS, count, APART, time.perf_counter())


def test_the_first_week_is_that_of_a_plain_plan():
    first = alternatives(roomy_input(), 2)[0]
    plain = solve_week(roomy_input(), OPTIONS)
    assert [[c.name for c in day] for day in first.days] == [
        [c.name for c in day] for day in plain.days
    ]
    assert (first.objective, first.bound) == (plain.objective, plain.bound)


def test_half_of_the_dinners_differ_and_each_week_has_its_own_points():
    one, other = alternatives(roomy_input(), 2)
    assert share_apart(one, other, "dinner.main") >= 0.5
    assert share_apart(other, one, "dinner.main") >= 0.5
    assert other.bound == one.bound
    assert one.bound - 1e-9 <= one.objective <= other.objective + 1e-9


def test_fewer_weeks_come_back_where_no_other_is_possible():
    # three main dishes in two days: the next week would have the same
    assert len(alternatives(tiny_input(targets=EASY), 3)) < 3


def test_dinners_of_every_eater_of_a_table_differ_and_the_bound_stays():
    shared = {"dinner.main": ("Ann", "Ben")}
    sources = share_places({"Ann": roomy_input(), "Ben": roomy_input()}, shared)
    work = OPTIONS
    weeks = of_a_table.solve_alternatives(sources, shared, work, 2, APART, time.perf_counter())
    one, other = (week.each["Ben"] for week in weeks)
    assert share_apart(one, other, "dinner.main") >= 0.5
    assert weeks[0].total.bound == pytest.approx(weeks[1].total.bound)
    assert weeks[0].total.objective <= weeks[1].total.objective + 1e-6


def test_a_table_gets_fewer_weeks_where_no_other_is_possible():
    shared = {"dinner.main": ("Ann", "Ben")}
    sources = share_places({name: tiny_input(targets=EASY) for name in ("Ann", "Ben")}, shared)
    work = OPTIONS
    found = of_a_table.solve_alternatives(sources, shared, work, 3, APART, time.perf_counter())
    assert 1 <= len(found) < 3
