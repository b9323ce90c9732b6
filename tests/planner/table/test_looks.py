"""Looks whether most of an earlier plan may stay, before it is planned anew."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from planner.plan.locks import LockWish, Stay
from planner.solve.edit import TableEdit
from planner.solve.options import still_edit_work
from planner.solve.outcome import Outcome
from planner.table import replan
from planner.wire.document import read_plan_document

WEEK = Path(__file__).parents[2] / "golden" / "weeks" / "vegan_woman_35" / "plan.json"
IN_VAIN = TableEdit(Outcome.without_week(time.perf_counter()), {})


class SearchedError(Exception):
    """The looks are over, and the search begins."""


def test_what_was_looked_at_in_vain_is_not_looked_at_again(monkeypatch):
    looks = []

    def solve(_session, locks, work, *_):
        if work is not still_edit_work:
            raise SearchedError
        looks.append({name: frozenset(own) for name, own in locks.items()})
        return [IN_VAIN]

    monkeypatch.setattr(replan, "_solve", solve)
    document = read_plan_document(WEEK)
    without = replace(document.request.preferences, without_on={"soy milk": ("2-7",)})
    asked = replace(document.request, preferences=without)
    with pytest.raises(SearchedError):
        replan.replan_table(document, asked, Stay(locks=(LockWish(1),)))
    assert len(looks) == 2
    assert looks[0] != looks[1]
