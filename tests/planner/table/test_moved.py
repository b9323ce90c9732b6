"""Which wish of another request moves what: around the plan of the first, each wish alone."""

import pytest

from planner import pipeline
from planner.export.diff import (
    moves_told,
    wishes_told,
)
from planner.request.differences import wishes_between
from planner.request.read import request_from_dict
from planner.table.moved import moves_of
from planner.wire.diff import RequestDiffAnswer
from tests.told import printed

BEFORE = {"week": {"days": 1}}
AFTER = {
    "week": {"days": 1},
    "preferences": {"without": ["egg", "avocado"], "per_week": ["salmon >= 40"]},
}


@pytest.fixture(scope="module")
def moves():
    report = pipeline.plan_meals(request_from_dict(BEFORE))
    return tuple(moves_of(report, request_from_dict(AFTER)))


def test_each_wish_is_planned_alone_and_then_all_of_them(moves):
    names = [one.wish.name if one.wish else "all" for one in moves]
    assert names == ["[preferences] without", "[preferences] per_week", "all"]
    without, salmon, everything = moves
    after = (change.after for change in without.difference.table.changes)
    served = {item.item_id for item in after if item is not None}
    assert without.difference is not None
    assert without.reason == ""
    assert not any("egg" in one for one in served)
    assert (salmon.difference, everything.difference) == (None, None)
    assert "salmon" in salmon.reason


def test_what_moved_is_told_with_the_figures_of_the_mean_day(moves):
    wishes = wishes_between(request_from_dict(BEFORE), request_from_dict(AFTER))
    text = printed((*wishes_told(wishes), *moves_told(moves)))
    assert text.startswith("2 wishes differ.")
    assert "no plan" in text
    answer = RequestDiffAnswer.of_wishes(wishes, moves).json_values()
    first = answer["moved"][0]
    step = first["mean"]["after"]["magnesium_mg"] - first["mean"]["before"]["magnesium_mg"]
    assert f"{step:+,.0f}" in text
    assert [one["wish"] for one in answer["moved"]] == [
        *("[preferences] without", "[preferences] per_week", None),
    ]
