"""Two eaters of the tiny kitchen change their weeks: what is shared stays shared."""

import time
from dataclasses import replace

import pytest

from planner.candidates.candidate import CandidateSet
from planner.candidates.names import Meaning
from planner.errors import OutOfTimeError
from planner.model.variety import Frequency
from planner.solve import compose, shared_locks
from planner.solve.compose import solve_table
from planner.solve.edit import ChangePoints, EaterEdit, EditOptions, solve_edit
from planner.solve.locks import Lock
from planner.solve.parts import build_week
from planner.solve.pots import share_places
from planner.solve.seating import seat_week
from tests.kitchen import TARGETS, band, searched, served, tiny_input

USUAL = searched(sweeps=300, rounds=6, hot=2.0)
NEAR = searched(sweeps=60, rounds=2, hot=0.05, strict=1.0)
OPTIONS = EditOptions(NEAR, USUAL, ChangePoints(0.3, 0.1))
SHARED = {"dinner.main": ("Ann", "Ben")}
LESS = (band("energy_kcal", 1400, 2100, preferred_lower=1500, preferred_upper=1900), *TARGETS[1:])
EASY = (band("energy_kcal", 1000, 2600), band("magnesium_mg", 200))
DAYS = (False, True)


def table(*gone, targets=LESS, ann=TARGETS, days=DAYS):
    """Ann as the tiny kitchen has it, Ben with less energy and without what is ``gone``."""
    ben = tiny_input(days, targets=targets)
    kept = tuple(c for c in ben.candidates.candidates if c.source_id not in gone)
    ben = replace(ben, candidates=CandidateSet(kept, (), ben.candidates.nutrients))
    return share_places({"Ann": tiny_input(days, targets=ann), "Ben": ben}, SHARED)


@pytest.fixture(scope="module")
def found():
    return solve_table(table(), SHARED, USUAL, time.perf_counter())


def edit(sources, found, **locks):
    eaters = {}
    for name, source in sources.items():
        parts = build_week(source)
        seating = seat_week(parts, served(found.each[name]))
        eaters[name] = EaterEdit(parts, seating, locks.get(name, ()))
    return solve_edit(eaters, SHARED, OPTIONS, time.perf_counter())


def names(outcome):
    return [sorted(column.name for column in day) for day in outcome.days]


def dinners(outcome):
    return [
        next(c.candidate.source_id for c in day if c.place == "dinner.main") for day in outcome.days
    ]


def test_weeks_that_nothing_is_asked_of_stay_as_they_are(found):
    again = edit(table(), found)
    for name, one in again.each.items():
        assert names(one.outcome) == names(found.each[name])
        assert one.before == pytest.approx(one.outcome.objective)


def test_a_shared_dish_that_one_loses_is_replaced_for_both(found):
    lost = "chard_pie"  # of the three main dishes the one that two days can do without
    assert lost in dinners(found.each["Ann"])
    changed = edit(table(lost, targets=EASY, ann=EASY), found)
    ann, ben = (dinners(one.outcome) for one in changed.each.values())
    assert ann == ben
    assert lost not in ann
    assert changed.each["Ann"].before is None  # its old week may not be planned any more


def test_a_lock_of_one_on_the_shared_dish_holds_the_dish_of_both(found):
    kept = dinners(found.each["Ann"])[0]
    again = edit(table(), found, Ann=(Lock(0, "dinner", kept),))
    assert [dinners(one.outcome)[0] for one in again.each.values()] == [kept, kept]


def test_locks_that_one_has_no_room_for_are_told_of_that_one(found):
    hungry = (band("energy_kcal", 1200, 1400), band("magnesium_mg", 200))
    refused = edit(table(targets=hungry), found, Ben=(Lock(0), Lock(1)))
    assert refused.total.status == "infeasible"
    assert list(refused.each) == ["Ben"]


def kept_by_ann(sources, found):
    """Ann keeps the first dinner, which Ben shares."""
    return edit(sources, found, Ann=(Lock(0, "dinner", dinners(found.each["Ann"])[0]),))


def test_a_shared_dish_that_the_others_day_has_no_room_for_is_proven_impossible(found):
    dish = dinners(found.each["Ann"])[0]
    sources = table()
    # a day of Ben has room for the dish, but not in the portion of 9,000 kcal that is left of it
    heavy = tuple(
        replace(one, servings=tuple(
            replace(s, amounts=s.amounts * (15.0 if one.candidate_id == dish else 1.0))
            for s in one.servings
        ))
        for one in sources["Ben"].candidates.candidates
    )  # fmt: skip
    nutrients = sources["Ben"].candidates.nutrients
    sources["Ben"] = replace(sources["Ben"], candidates=CandidateSet(heavy, (), nutrients))
    refused = kept_by_ann(sources, found)
    assert refused.total.status == "infeasible"
    assert list(refused.each) == ["Ben"]
    assert refused.each["Ben"].colliding == (Lock(0, "dinner", dish),)
    assert refused.each["Ben"].kept_by == ("Ann",)
    assert any(
        name.startswith("nutrient_day.energy_kcal") for name in refused.each["Ben"].in_the_way
    )


def test_a_shared_dish_that_the_others_week_has_no_room_for_is_proven_impossible(found):
    dish = dinners(found.each["Ann"])[0]
    never = Frequency(Meaning(dish, frozenset(), frozenset({dish})), "<=", 0)
    sources = table()
    wishes = replace(sources["Ben"].wishes, frequencies=(never,))
    sources["Ben"] = replace(sources["Ben"], wishes=wishes)
    refused = kept_by_ann(sources, found)
    assert refused.total.status == "infeasible"
    assert refused.each["Ben"].kept_by == ("Ann",)
    assert refused.each["Ben"].colliding == (Lock(0, "dinner", dish),)
    assert [name.split(".")[0] for name in refused.each["Ben"].in_the_way] == ["frequency"]


def test_that_time_was_over_before_it_was_known_whether_the_week_has_room_is_said(
    found, monkeypatch
):
    def late(_):
        raise OutOfTimeError("late")

    dish, sources = dinners(found.each["Ann"])[0], table(targets=EASY, ann=EASY)
    never = Frequency(Meaning(dish, frozenset(), frozenset({dish})), "<=", 0)
    wishes = replace(sources["Ben"].wishes, frequencies=(never,))
    sources["Ben"] = replace(sources["Ben"], wishes=wishes)
    monkeypatch.setattr(shared_locks, "can_be_solved", late)
    monkeypatch.setattr(compose, "may_share_dishes", lambda *_: "yes")
    refused = kept_by_ann(sources, found)
    assert refused.total.status == "no_plan_in_time"
    assert refused.total.cut_by_clock
    assert all(one.outcome.cut_by_clock for one in refused.each.values())


def test_what_collides_over_the_week_says_where_time_was_over_before_it_was_smallest(
    found, monkeypatch
):
    dish, sources = dinners(found.each["Ann"])[0], table()
    never = Frequency(Meaning(dish, frozenset(), frozenset({dish})), "<=", 0)
    sources["Ben"] = replace(
        sources["Ben"], wishes=replace(sources["Ben"].wishes, frequencies=(never,))
    )
    assert kept_by_ann(sources, found).each["Ben"].is_smallest
    whole = shared_locks.find_core

    def cut(rules, limit_s):
        return replace(whole(rules, limit_s), is_smallest=False)

    monkeypatch.setattr(shared_locks, "find_core", cut)
    assert not kept_by_ann(sources, found).each["Ben"].is_smallest
