"""What is kept of weeks that are changed again: as it is, folded, or not at all."""

from __future__ import annotations

import numpy as np
import pytest

from planner.pipeline import plan_meals
from planner.request.request import PlanRequest, WeekOptions
from planner.table.made import LastMade, ReportedPlan


@pytest.fixture(scope="module")
def document():
    return ReportedPlan.of(plan_meals(PlanRequest(week=WeekOptions(days=1))))


def rows_of(session):
    return [one.coefficients for arrays in session.arrays() for one in (arrays.day, arrays.link)]


def test_models_that_were_folded_are_as_they_were(document):
    recent: list[LastMade] = []
    ann, bob, cleo = (LastMade(recent, most=2) for _ in range(3))
    first = ann.session_of(document)
    rows, points = rows_of(first), [own.points() for own in first.eaters.values()]
    bob.session_of(document)
    assert all(one.size == 0 for one in rows_of(ann._kept))  # folded
    again = ann.session_of(document)
    assert again.table is first.table  # not prepared anew
    assert all(map(np.array_equal, rows_of(again), rows))
    assert [own.points() for own in again.eaters.values()] == points
    cleo.session_of(document)
    assert (bob._kept, recent) == (None, [ann, cleo])  # let go: there is room for two
    assert list(map(np.array_equal, rows_of(bob.session_of(document)), rows)) == [True, True]
