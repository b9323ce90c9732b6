"""What may open a way where a search was in vain: what is tried follows from what stayed broken."""

from dataclasses import replace

import pytest

from planner.explain.offers import ALLOW_SUPPLEMENTS, asked_with
from planner.explain.refusal import offer_of_band
from planner.explain.report import Concession
from planner.explain.table_report import TableReport
from planner.request.override import TargetOverride
from planner.request.read import request_from_dict
from planner.request.request import PlanRequest
from planner.request.shares import RATIO
from planner.solve.options import last_work, table_work, trial_edit_work, trial_work
from planner.solve.outcome import Outcome
from planner.table.may_open import limits_at_once, offer_of_supplement, offers_unproven
from planner.table.prepare import prepare_table
from planner.table.ways_tried import pills_after, work_after
from tests.reports import make_refusal

SALT = ("nutrient_day.sodium_mg.max.d1@4", "nutrient_week.sodium_mg.max")
RATIO_ROW = "ratio_day.ca_mg_ratio.max.d1@2"


@pytest.fixture(scope="module")
def week():
    return prepare_table(request_from_dict({"profile": {"sex": "m", "age": 52}})).weeks[""]


def offered(week, *broken):
    outcome = replace(Outcome.without_week(0.0), broken=broken)
    return [one.band or one.flag for one in offers_unproven(week, outcome)]


def test_a_limit_that_alone_stayed_broken_gives_way_and_no_pill_is_tried_for_it(week):
    (band,) = offered(week, *SALT, "leftover.mac_and_cheese.d5")
    assert band == TargetOverride("sodium_mg", None, pytest.approx(2300 * 1.06, rel=0.01))


def test_a_pill_may_be_what_the_ratio_or_a_floor_lacks(week):
    *bands, flag = offered(week, RATIO_ROW, *SALT)
    assert [band.nutrient for band in bands] == [RATIO, "sodium_mg"]
    assert flag == ALLOW_SUPPLEMENTS
    assert ALLOW_SUPPLEMENTS in offered(week, "nutrient_week.energy_kcal.min")
    assert offered(week) == [ALLOW_SUPPLEMENTS]  # nothing is known to be in the way


def test_what_is_now_below_and_now_above_its_band_is_not_widened(week):
    both = "nutrient_day.energy_kcal.min.d1@1", "nutrient_day.energy_kcal.max.d1@6"
    assert offered(week, *both) == [ALLOW_SUPPLEMENTS]


def test_no_limit_of_safety_is_offered(week):
    upper_level = "nutrient_day.manganese_mg.max.d1@4"
    assert offered(week, upper_level) == []
    ill = {"sex": "m", "age": 52, "conditions": ["hypertension"]}
    other = prepare_table(request_from_dict({"profile": ill})).weeks[""]
    assert offered(other, *SALT) == []


def test_limits_give_way_at_once_and_after_wishes():
    wish = TargetOverride("carbohydrate_g", None, 200.0)
    request = replace(PlanRequest(), overrides=(wish,))
    salt, iron = (
        offer_of_band(*one) for one in (("sodium_mg", "upper", 2990.0), ("iron_mg", "lower", 7.0))
    )
    ratio, own = offer_of_band(RATIO, "upper", 2.6), offer_of_band("carbohydrate_g", "upper", 220.0)
    pill = offer_of_supplement()
    first, at_once, last = limits_at_once([[ratio], [own], [pill], [salt], [iron]], request)
    assert (first, last) == ([own], [pill])
    asked = asked_with(request, at_once[0]).overrides
    assert {one.nutrient: one.upper for one in asked} == {
        "carbohydrate_g": 200.0,
        RATIO: 2.6,
        "sodium_mg": 2990.0,
    }
    steps = [offer_of_band("sodium_mg", "upper", one) for one in (2645.0, 2990.0)]
    assert limits_at_once([[pill], steps], PlanRequest()) == [steps, [pill]]
    assert limits_at_once([[pill], [iron]], PlanRequest()) == [[iron], [pill]]
    assert limits_at_once([[Concession("words")]], PlanRequest()) == [[Concession("words")]]


def test_after_a_search_in_vain_the_last_part_of_its_work_is_done_as_it_does_it():
    asked = PlanRequest().solve
    usual, last = table_work(asked, 1), last_work(replace(asked, gap=0.01, time_limit_s=1.0), 1)
    assert last.listed == usual.listed[-1:]
    assert last.seed == usual.seed + len(usual.listed) - 1  # as of that attempt
    assert (last.most_work, last.stuck, last.generations) == (
        usual.most_work,
        usual.stuck,
        usual.generations,
    )
    assert (last.any_week, last.gap, last.time_limit_s) == (True, None, None)


def test_a_plan_that_is_changed_is_tried_with_the_same_work_as_a_new_one():
    asked, change = PlanRequest().solve, {"per_item": 1.0, "per_portion": 1.0}
    in_vain, proven = (refusal(status) for status in ("no_plan_in_time", "infeasible"))
    for refused, work in ((in_vain, last_work), (proven, trial_work)):
        assert work_after(refused) is work
        assert trial_edit_work(work_after(refused), asked, change, 2).usual == work(asked, 2)
    pill = offer_of_supplement()
    assert pills_after(in_vain, PlanRequest(), pill).food_falls_short
    assert not pills_after(proven, PlanRequest(), pill).food_falls_short


def refusal(status):
    report = make_refusal()
    return TableReport.of_one(replace(report, outcome=replace(report.outcome, status=status)))
