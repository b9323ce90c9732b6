"""A kept plan is told again as when it was planned, and not told where it does not hold."""

import json
from dataclasses import replace

import pytest

from planner.errors import RefusedError
from planner.export.as_json import as_json
from planner.export.printed import as_text
from planner.pipeline import plan_meals
from planner.request.read import request_from_dict
from planner.table.kept import report_kept
from planner.wire.document import parse_plan_document

DAY = {"days": 1, "start": "2026-03-02"}
TWO = [{"name": "Ann", "profile": {"age": 40}}, {"name": "Ben", "profile": {"sex": "m"}}]


@pytest.fixture(scope="module", params=["one", "two"])
def planned(request):
    eaters = TWO if request.param == "two" else []
    return plan_meals(request_from_dict({"week": DAY, "eaters": eaters}))


@pytest.mark.parametrize("full", [True, False])
def test_a_kept_plan_is_told_in_the_same_words(planned, full):
    kept = report_kept(parse_plan_document(as_json(planned), "plan.json"))
    told, now = as_text(kept, full=full), as_text(planned, full=full)
    assert told == now
    assert kept.passed


def test_a_kept_plan_has_one_day_with_its_recipes(planned):
    kept = report_kept(parse_plan_document(as_json(planned), "plan.json"))
    assert as_text(kept, 1) == as_text(planned, 1)


def test_the_short_print_keeps_what_must_be_known(planned):
    short, whole = as_text(planned, full=False), as_text(planned)
    assert len(short) < len(whole) / 3
    for text in ("Please read", "Not medical advice", "--full"):
        assert text in " ".join(short.split())
    some = any(one.why.short for one in planned.reports.values())
    assert ("What is still low" in short) == some
    assert "The week against its targets" in whole
    assert "The week against its targets" not in short


@pytest.mark.parametrize("planned", ["one"], indirect=True)
def test_what_is_said_of_a_body_brings_the_notes_into_the_short_print(planned):
    profile = replace(planned.request.profile, medicines=("levothyroxine",))
    own = replace(planned.alone, request=replace(planned.request, profile=profile))
    short = as_text(type(planned).of_one(own), full=False)
    assert "\nNotes\n" in short
    assert "Understood: levothyroxine" in short


def test_a_plan_that_does_not_hold_is_not_told(planned):
    raw = json.loads(as_json(planned))
    raw["days"][0]["meals"][0]["items"][0]["ingredients"][0]["mass_g"] += 500
    with pytest.raises(RefusedError, match="does not pass its check"):
        report_kept(parse_plan_document(json.dumps(raw), "plan.json"), "plan.json")
