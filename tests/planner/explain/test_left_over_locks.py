"""What is left over and cooked already keeps a locked meal from its day: it is named."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from planner.explain import locks
from planner.explain.locks import explain_locks
from planner.explain.report import Collision
from planner.language.spoken import spoken
from planner.plan.plan import Plan
from planner.solve.locks import Lock
from tests import plates
from tests.planner.table.test_asked import FOODS, prepared

RICE = {"white_rice_cooked": 150.0}


def told(at, *, again=False, rows=(), past=()):
    source = prepared(use={"leftover rice": 300.0}).weeks[""].source
    dish = plates.item("fluffy_basmati_rice_butter", RICE)
    days = [plates.day(number, FOODS, dinner=dish) for number in range(1, 8)]
    days[at] = plates.day(at + 1, FOODS, dinner=replace(dish, leftover_of=at if again else None))
    plan = Plan(tuple(days), {}, {}, None, 0.0, 1)
    parts = SimpleNamespace(model=SimpleNamespace(source=source))
    refusal = explain_locks(plan, [Lock(at, "dinner")], parts, rows, past=past)
    assert bool(refusal.relaxations) is not bool(past)
    return str(spoken(refusal.conflict[0][2]))


@pytest.mark.parametrize(("at", "again"), [(4, False), (2, True)])
def test_a_meal_past_the_days_of_a_leftover_or_warmed_up_twice_names_it(at, again):
    assert "leftover rice is eaten on the first 4 days" in told(at, again=again)


def test_a_meal_that_takes_it_while_it_is_good_blames_other_rules():
    assert "the rules allow no plan" in told(1)


def test_what_is_eaten_already_is_no_wish_that_could_be_let_go(monkeypatch):
    named = Collision("greens", "", "greens twice a week at most")
    monkeypatch.setattr(locks, "row_words", lambda parts, name: named)
    words = told(1, rows=["rule"], past=(1, 2))
    assert words == "What days that are past have leaves no room for all that follows."
