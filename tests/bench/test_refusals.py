"""A part of the bench of refusals: of each kind the requests that a seed draws."""

from dataclasses import replace
from random import Random

import pytest

from planner import pipeline
from tests.bench.refusals import answer, are_near, cases, summary, table

SEED, LEAST, HOUSEHOLDS = 2, 60, 8


def drawn():
    """A request of each kind, the same for a seed; of one day, as what collides does on each."""
    random, every = Random(SEED), cases()
    kinds = sorted({one.kind for one in every})
    found = [random.choice([case for case in every if case.kind == kind]) for kind in kinds]
    weeks = [replace(one.request.week, days=1) for one in found]
    return [
        replace(one, request=replace(one.request, week=week), near={})  # known of its own days
        for one, week in zip(found, weeks, strict=True)
    ]


def test_there_are_requests_of_every_kind():
    every = cases()
    assert len(every) >= LEAST
    assert {one.kind for one in every} == {"single", "several", "budget", "time", "household"}
    assert len({one.name for one in every}) == len(every)
    assert sum(len(one.request.eaters) > 1 for one in every) >= HOUSEHOLDS


@pytest.mark.parametrize("case", drawn(), ids=lambda one: one.name)
def test_a_refusal_names_what_collides_and_every_way_out_plans(case):
    found = answer(case)
    assert found.status in ("infeasible", "no_plan_in_time")
    assert found.named
    assert found.minimal is not False
    assert found.offers
    assert found.working == found.offers
    assert found.needed
    assert found.has_best_effort
    assert found.is_good
    assert ("requests with a way out", "1 of 1") in summary([found])
    assert f"| {case.kind} | {case.name} |" in table([found])


@pytest.mark.parametrize("case", [one for one in cases() if one.near], ids=lambda one: one.name)
def test_a_way_out_comes_as_near_to_a_wish_as_is_known_to_plan(case):
    assert are_near(case, pipeline.plan_meals(case.request).offers)


def test_what_a_safety_rule_refuses_is_written_with_its_reason():
    (case,) = [one for one in cases() if one.name == "carbohydrate_pct_energy at most 15 f68"]
    found = answer(case)
    assert found.is_good
    assert ("refused", "1 of 1") in summary([found])
    assert "below the RDA of 130 g" in table([found])
