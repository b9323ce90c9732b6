"""The linked average weeks of two eaters: whether they can share dishes at all."""

import time
from dataclasses import replace

import pytest

from planner.bound.conflict import find_shared_conflict
from planner.bound.lower_bound import solve_aggregate
from planner.errors import OutOfTimeError
from planner.model.days import Absence, DayKind
from planner.model.input import Wishes
from planner.model.variety import Frequency
from planner.solve import linked
from planner.solve.compose import solve_table
from planner.solve.linked import common_days, may_share_dishes
from planner.solve.parts import EaterWeek, build_week
from tests.kitchen import CHARD, FISH, searched
from tests.two_eaters import SHARED, two

OPTIONS = searched(sweeps=300, rounds=4, hot=2.0)


def weeks_of(sources):
    parts = {name: build_week(source) for name, source in sources.items()}
    return {
        name: EaterWeek(one, solve_aggregate(sources[name], one.arrays))
        for name, one in parts.items()
    }


def wishing(ann, ben):
    """Both with wishes for their dinners of two days, servings per week."""
    wishes = {"Ann": Wishes(frequencies=(ann,)), "Ben": Wishes(frequencies=(ben,))}
    return {name: replace(one, wishes=wishes[name]) for name, one in two(0).items()}


FISH_EACH_DAY, CHARD_ONCE = Frequency(FISH, ">=", 7), Frequency(CHARD, ">=", 4)
COLLIDING = wishing(FISH_EACH_DAY, CHARD_ONCE)


def test_weeks_that_nobody_could_prove_impossible_in_time_say_that_time_was_over(monkeypatch):
    def late(_):
        raise OutOfTimeError("late")

    known = solve_table(COLLIDING, SHARED, OPTIONS, time.perf_counter())
    assert known.is_shared_conflict
    monkeypatch.setattr(linked, "can_be_solved", late)
    cut = solve_table(COLLIDING, SHARED, OPTIONS, time.perf_counter())
    assert not cut.is_shared_conflict
    assert all(one.cut_by_clock for one in cut.each.values())
    assert cut.total.cut_by_clock


@pytest.mark.parametrize("gap", [None, 0.1])
def test_wishes_that_leave_no_common_dinner_are_proven_to_collide(gap):
    assert all(week.answer.bound is not None for week in weeks_of(COLLIDING).values())
    found = solve_table(COLLIDING, SHARED, replace(OPTIONS, gap=gap), time.perf_counter())
    assert found.is_shared_conflict
    assert found.total.status == "infeasible"


def test_the_wishes_of_two_eaters_are_named_with_the_place_that_they_share():
    found = find_shared_conflict(COLLIDING, SHARED)
    rules = {name: [one.key.name for one in own] for name, own in found.each.items()}
    assert rules == {"Ann": ["frequency.1.fish.min"], "Ben": ["frequency.1.chard_pie.min"]}
    assert found.places == ("dinner.main",)


def test_wishes_that_a_common_dinner_meets_do_not_collide():
    both = wishing(Frequency(FISH, ">=", 4), CHARD_ONCE)  # a day of each
    assert find_shared_conflict(both, SHARED) is None
    assert may_share_dishes(weeks_of(both), SHARED) == "yes"


def test_days_are_linked_in_sets_that_are_whole_classes_for_everybody():
    work, free = DayKind(), DayKind(weekend=True)
    out = DayKind(absence=Absence(("dinner",)))
    assert common_days([[work, work, free], [work, work, free]]) == [[0, 1], [2]]
    # the second eater's day out is of a class with the first one's day 1
    assert common_days([[work, work, free], [work, out, free]]) == [[0, 1], [2]]
    assert common_days([[work, free, work], [work, work, free]]) == [[0, 1, 2]]


def test_nothing_shared_is_nothing_to_link():
    assert may_share_dishes(weeks_of(two(0)), {}) == "yes"
