"""Where a wish gave way as far as the usual, its figure is walked toward it."""

from dataclasses import replace

import pytest

from planner.explain.offers import parts_of
from planner.explain.table_report import TableReport
from planner.request.override import TargetOverride
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.table.remedies import with_ways_out
from tests.reports import make_outcome, make_refusal, make_report

REPORT = make_report(days=1)
MEANS = REPORT.plan.means | {"fibre_g": 30.0}
WEEK = TableReport.of_one(replace(REPORT, plan=replace(REPORT.plan, means=MEANS)))
FAR = read_settings("search.toml")["trials"]["most"]["nearer"]


def offered(most, wishes, hard=None):
    """What is offered where no week has more than ``most``, and how many plannings that took."""
    bands = tuple(TargetOverride(key, wish, None, hard=hard) for key, wish in wishes.items())
    request = PlanRequest(overrides=bands)
    in_vain = TableReport.of_one(
        replace(make_refusal(outcome=make_outcome("no_plan_in_time")), request=request)
    )
    tried = []

    def plan(asked, offer):
        held = {one.nutrient: one.lower for one in asked.overrides}
        tried.append(held)
        is_priced = any(one.hard is False for one in asked.overrides)
        is_held = all(held.get(key, 0.0) <= limit for key, limit in most.items())
        return in_vain if is_priced or not is_held else WEEK

    return with_ways_out(in_vain, plan).offers, tried


@pytest.mark.parametrize("hard", [None, True])
def test_a_wish_that_was_given_up_whole_comes_as_near_as_plans(hard):
    (offer, *_), _ = offered({"magnesium_mg": 740.0}, {"magnesium_mg": 760.0}, hard)
    assert 0.95 * 760.0 <= offer.band.lower <= 740.0
    assert offer.is_tried


def test_two_wishes_that_give_way_together_both_come_nearer():
    most = {"magnesium_mg": 600.0, "fibre_g": 50.0}
    (offer,), _ = offered(most, {"magnesium_mg": 760.0, "fibre_g": 90.0})
    reached = {one.band.nutrient: one.band.lower for one in parts_of(offer)}
    for key, limit in most.items():
        assert (MEANS[key] + limit) / 2.0 < reached[key] <= limit


def test_what_brings_wishes_nearer_has_work_of_its_own_and_no_more():
    _, tried = offered({"magnesium_mg": MEANS["magnesium_mg"]}, {"magnesium_mg": 4000.0})
    beyond = [one for one in tried if MEANS["magnesium_mg"] < one.get("magnesium_mg", 0.0) < 4000.0]
    assert 0 < len(beyond) <= FAR / read_settings("search.toml")["trials"]["in_vain"]
