"""What a refusal offers was planned with, so asking for it plans."""

from dataclasses import replace

import pytest

from planner import pipeline
from planner.explain.days import offers_of_meals
from planner.explain.offers import asked_with
from planner.explain.refusal import (
    offer_of_band,
    offer_of_budget,
    offer_of_minutes,
    offer_of_put,
    offer_of_rule,
)
from planner.explain.report import Concession
from planner.explain.shared_conflict import offer_apart
from planner.export.refusal_text import TRIED, in_vain_text, refusal_lines
from planner.request.eater import Eater
from planner.request.override import TargetOverride
from planner.request.preferences import FrequencyRule
from planner.request.profile import Profile
from planner.request.put import Put
from planner.request.read import request_from_dict
from planner.request.request import PlanRequest, WeekOptions
from planner.table import remedies
from planner.table.remedies import planning_from, with_ways_out

RULES = {"steps": [0.5, 1.0], "steps_to_usual": [0.6, 1.0], "minutes": [10, 20, 30]}
NO_WISH = PlanRequest()


def refused(**asked):
    request = request_from_dict({"week": {"days": 3}} | asked)
    return request, pipeline.plan_meals(request)


@pytest.mark.parametrize(
    "asked",
    [
        {"preferences": {"budget_per_week": 20}},
        {"targets": {"magnesium_mg": {"lower": 1200}}},
        {"preferences": {"max_minutes": 3}},
        {"preferences": {"diet": "vegan", "per_week": ["salmon >= 7"]}},
    ],
)
def test_each_way_out_that_is_offered_plans(asked):
    request, report = refused(**asked)
    offers = report.alone.refusal.relaxations
    assert report.plan is None
    assert offers
    for offer in offers:
        assert offer.is_tried
        assert pipeline.plan_meals(asked_with(request, offer)).passed
    printed = [line.text for line in refusal_lines(report.alone, report.alone.refusal)]
    assert TRIED in printed


def test_two_wishes_that_are_each_too_much_give_way_together():
    preferences = {"budget_per_week": 35, "max_minutes": 10}
    request, report = refused(preferences=preferences)
    (offer,) = report.alone.refusal.relaxations
    assert "--budget-per-week" in offer.flag
    assert "--max-minutes" in offer.flag
    assert pipeline.plan_meals(asked_with(request, offer)).passed


def test_why_a_wish_cannot_be_is_said_with_the_rule():
    pregnant = {"sex": "f", "age": 30, "state": "pregnant", "gestation_week": 20}
    wish = {"per_week": ["smoked_salmon >= 7"]}
    _, report = refused(profile=pregnant, preferences=wish)
    sentences = [one.text for one in report.alone.refusal.conflict]
    (why,) = [one for one in sentences if "left out" in one]
    assert why.startswith("smoked salmon is left out in pregnancy by rule P06: raw fish")


def test_offers_are_rounded_so_that_they_ask_for_less():
    assert offer_of_budget(31.531).flag == "--budget-per-week 31.54"
    assert offer_of_budget(31.53).flag == "--budget-per-week 31.53"
    assert offer_of_band("magnesium_mg", "lower", 606.6).flag == '--target "magnesium_mg>=606"'
    assert offer_of_band("sodium_mg", "upper", 1231.0).flag == '--target "sodium_mg<=1240"'
    assert offer_of_band("vitamin_b12_ug", "lower", 2.4).flag == '--target "vitamin_b12_ug>=2.4"'


def test_offers_say_what_their_flag_asks_for():
    rule = offer_of_rule(FrequencyRule("smoked_salmon", ">=", 0))
    assert (rule.text, rule.flag) == ("no wish for smoked salmon", '--per-week "smoked_salmon>=0"')
    minutes = offer_of_minutes("max_minutes_weekday", 20)
    assert minutes.flag == "--max-minutes-weekday 20"
    asked = asked_with(NO_WISH, replace(minutes, also=(offer_of_budget(70.0),)))
    assert asked.preferences.max_minutes_weekday == 20
    assert asked.preferences.budget_per_week == 70.0


def test_a_band_gives_way_towards_that_of_a_week_without_the_wish():
    wished = replace(NO_WISH, overrides=(TargetOverride("magnesium_mg", 1000.0, None),))
    edge = TargetOverride("magnesium_mg", 820.0, None)
    offers = remedies._bands(edge, wished, RULES)
    # 320 mg without the wish: 820 - 0.6 * 500 = 520
    assert [one.band.lower for one in offers] == [520.0, 320.0]
    soft = TargetOverride("sodium_mg", None, 1000.0)
    assert [one.band.upper for one in remedies._bands(soft, NO_WISH, RULES)] == [1500.0, 2000.0]


def test_what_was_tried_in_vain_is_said(monkeypatch):
    monkeypatch.setattr(remedies._Trials, "_plans", lambda self, asked, offer: False)
    _, report = refused(preferences={"budget_per_week": 20})
    refusal = replace(report.alone.refusal, tried=2)
    assert refusal.relaxations == ()
    assert "2 changes of one wish alone" in in_vain_text(refusal)


def test_what_is_put_shared_or_not_eaten_gives_way_in_the_request():
    put = Put(1, "dinner", "pizza")
    ann = Eater("Ann", Profile(), slots=("lunch", "dinner"))
    week = WeekOptions(
        days=3, put=(put,), skip=((1, "lunch"), (2, "lunch")), not_eaten=((1, "lunch"),)
    )
    request = PlanRequest(week=week, eaters=(ann,))
    no_put = offer_of_put(put)
    assert no_put.flag == '--put "1:dinner=none"'
    assert asked_with(request, no_put).week == replace(week, put=())
    assert asked_with(request, offer_apart("Ann", ["dinner"])).eaters[0].slots == ("lunch",)
    (eaten,) = offers_of_meals(week)  # the lunch of day 2 is eaten out, and stays so
    assert asked_with(request, eaten).week == replace(week, skip=((2, "lunch"),), not_eaten=())


def test_what_cannot_be_tried_is_not_offered(monkeypatch):
    monkeypatch.setattr(remedies._Trials, "_plans", lambda self, asked, offer: True)
    _, report = refused(preferences={"budget_per_week": 20})
    words = Concession("eat together less often")
    refusal = replace(report.alone.refusal, relaxations=(words,))
    table = replace(report, reports={"": replace(report.alone, refusal=refusal)})
    again = with_ways_out(table, planning_from(None, None)).alone.refusal.relaxations
    assert [(one.is_tried, bool(one.flag)) for one in again] == [(True, True)]


def test_alternatives_are_refused_with_ways_that_plan():
    asked = {"preferences": {"budget_per_week": 20}, "week": {"days": 3}}
    request = request_from_dict(asked)
    (report,) = pipeline.plan_alternatives(request, 2)
    (offer,) = report.alone.refusal.relaxations
    assert offer.is_tried
    assert pipeline.plan_alternatives(asked_with(request, offer), 2)[0].passed
