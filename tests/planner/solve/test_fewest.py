"""What must move at least, held against every day that the tiny kitchen can serve."""

import math
import time
from dataclasses import replace
from itertools import product

import pytest

from planner.search.evaluate import evaluate_week
from planner.solve import fewest
from planner.solve.edit import ChangePoints, EditOptions
from planner.solve.fewest import FewestWork
from planner.solve.locks import Lock
from planner.solve.parts import build_week
from planner.solve.seating import seat_week
from tests.kitchen import band, searched, served, tiny_input
from tests.one_eater import solve_edit, solve_week

USUAL = searched(sweeps=200, rounds=6, hot=2.0)
WORK = FewestWork(
    per_place=30, times_lost=4, most_days=2, per_item=40.0, per_portion=40.0, nodes=1000, gap=0.0
)
OPTIONS = EditOptions(USUAL, USUAL, ChangePoints(2.0, 0.6), says_why=False, fewest=WORK)
EASY = (band("energy_kcal", 1200, 2600), band("magnesium_mg", 200))
ASKED = {
    "more magnesium": (EASY[0], band("magnesium_mg", 500)),
    "less energy": (band("energy_kcal", 1200, 1560), band("magnesium_mg", 200)),
    "more energy": (band("energy_kcal", 1850, 2600), band("magnesium_mg", 200)),
    "more calcium": (*EASY, band("calcium_mg", 1100)),
}


def by_place(table, columns):
    return {table.columns[at].place: at for at in columns}


def moved(table, before, after):
    old, new = by_place(table, before), by_place(table, after)
    return sum(old.get(place) != new.get(place) for place in {*old, *new})


def every_day(parts):
    places = {}
    for column in parts.model.table.columns:
        places.setdefault(column.place, [None]).append(column.index)
    for chosen in product(*places.values()):
        yield tuple(sorted(at for at in chosen if at is not None))


def edited(parts, first, *locks):
    seating = seat_week(parts, served(first))
    return seating, solve_edit(parts, seating, locks, OPTIONS, time.perf_counter()).outcome


@pytest.mark.parametrize("asked", ASKED)
def test_no_day_that_holds_moves_fewer_things(asked):
    first = solve_week(tiny_input((False,), targets=EASY), USUAL)
    parts = build_week(tiny_input((False,), targets=ASKED[asked]))
    seating, outcome = edited(parts, first)
    table = parts.model.table
    found = moved(table, seating.choices[0], [column.index for column in outcome.days[0]])
    holding = [
        moved(table, seating.choices[0], day)
        for day in every_day(parts)
        if not evaluate_week(parts.arrays, parts.between, (day,)).broken
    ]
    assert found == min(holding) > 0


def test_a_day_that_is_locked_stays_and_what_is_judged_is_the_week():
    first = solve_week(tiny_input((False, True), targets=EASY), USUAL)
    parts = build_week(
        tiny_input((False, True), targets=(*EASY, band("calcium_mg", 950, period="week")))
    )
    seating, outcome = edited(parts, first, Lock(0))
    assert outcome.has_plan
    assert tuple(column.index for column in outcome.days[0]) == seating.choices[0]
    choices = tuple(tuple(column.index for column in day) for day in outcome.days)
    found = evaluate_week(parts.arrays, parts.between, choices)
    assert not found.broken
    assert outcome.objective == pytest.approx(found.objective)


def test_where_the_program_gives_up_the_search_goes_on():
    first = solve_week(tiny_input((False,), targets=EASY), USUAL)
    parts = build_week(tiny_input((False,), targets=ASKED["more energy"]))
    seating = seat_week(parts, served(first))
    none = replace(OPTIONS, fewest=replace(WORK, most_days=0))
    assert solve_edit(parts, seating, (), none, time.perf_counter()).outcome.has_plan


def test_no_clock_ends_the_program_of_fewest_changes(monkeypatch):
    first = solve_week(tiny_input((False,), targets=EASY), USUAL)
    parts, limits_s = build_week(tiny_input((False,), targets=ASKED["more energy"])), []
    plain = fewest.run_highs

    def run(solver, most_s):
        limits_s.append(most_s)
        plain(solver, most_s)

    monkeypatch.setattr(fewest, "run_highs", run)
    assert edited(parts, first)[1].has_plan
    assert set(limits_s) == {math.inf}  # its nodes do, so that no week depends on the machine
