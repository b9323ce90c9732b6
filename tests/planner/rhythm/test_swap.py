"""Swaps over the tiny kitchen: what may take a role, each in the best week with it."""

from types import SimpleNamespace

import pytest

from planner.errors import ConfigError
from planner.plan.shares import plan_of
from planner.rhythm.change import Change
from planner.rhythm.exact import best_of_open
from planner.rhythm.swap import rank_roles
from planner.rhythm.week import days_of
from tests.planner.rhythm.test_change import chosen, days_of_plan, searched, week_of
from tests.planner.rhythm.test_programme import TINY


class Stood:
    """A plan of one week as it stands: what ``StandingPlan`` is asked for."""

    def __init__(self, week, taken, past=()):
        self.week, self.taken, self.past, self.apart, self.is_near = week, taken, past, {}, False
        choices = week.choices[""]
        self.plan = plan_of([*days_of_plan(choices, taken)], 0)
        self.table = SimpleNamespace(weeks={"": None})

    def change(self, _number, _before):
        fixed = frozenset(self.taken) if self.past else frozenset()
        return Change(self.week, self.taken, fixed=fixed)


@pytest.fixture(scope="module")
def stood():
    week = week_of(chosen())
    return Stood(week, searched(week))


def dishes_of(choices, role):
    """What may take a role: id → its binaries."""
    found = {}
    for at, choice in enumerate(choices.choices):
        if (TINY.roles[choice.role].name, choice.part) == (role, "main"):
            found.setdefault(choices.candidate(at).source_id, set()).add(at)
    return found


@pytest.mark.parametrize(
    ("role", "day", "slot"), [("second dinner", 2, "dinner"), ("first lunch", 1, "lunch")]
)
def test_all_is_offered_that_leaves_a_week_that_holds(stood, role, day, slot):
    """HiGHS says of each other dish whether any week has it."""
    choices, whole = stood.week.choices[""], stood.week.whole
    dishes = dishes_of(choices, role)
    every = set(range(len(choices.choices)))
    able = {
        name
        for name, own in dishes.items()
        if best_of_open(whole, (), every - set().union(*dishes.values()) | own) is not None
    }
    found = rank_roles(stood, day, slot)
    offered = {offer.candidate_id for offer in found.offers}
    assert offered == able - {found.item.item_id}
    assert offered


def test_offers_hold_and_are_sorted_by_points(stood):
    whole = stood.week.whole
    before = whole.value(whole.taking(stood.taken))
    offers = rank_roles(stood, 2, "dinner").offers
    for offer in offers:
        taken = offer.first.swap.taken
        assert not whole.broken(whole.taking(taken))
        assert whole.value(whole.taking(taken)) - before == pytest.approx(offer.points)
    assert [offer.points for offer in offers] == sorted(offer.points for offer in offers)


def test_a_role_is_replaced_at_all_of_its_meals(stood):
    offer = rank_roles(stood, 1, "dinner").offers[0]
    days = days_of(stood.week.choices[""], offer.first.swap.taken)
    own = [day for day, columns in enumerate(days) for column in columns
           if column.candidate.source_id == offer.first.column.candidate.source_id]  # fmt: skip
    assert own == [0, 1]
    assert list(offer.first.swap.days) == [0, 1]


def test_what_is_over_is_not_replaced(stood):
    with pytest.raises(ConfigError, match="is over"):
        rank_roles(Stood(stood.week, stood.taken, past=(1,)), 1, "dinner")
