"""What a \"no plan\" answer offers harms nobody; why something asked for is not planned is said."""

from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.cli.options import build_request
from planner.errors import CandidatesError
from planner.explain.asked import served_dislikes, unmet_wishes, unserved_likes
from planner.explain.days import offers_of_days
from planner.explain.offers import asked_with, with_allowed_offers
from planner.explain.report import Concession, Cost, Refusal
from planner.explain.table_report import TableReport
from planner.export.printed import cost_text, refusal_blocks
from planner.plan.plan import Plan
from planner.request.meal_phrases import read_meal_out
from planner.request.phrases import read_target
from planner.request.preferences import TILL
from planner.request.read import request_from_dict
from planner.table.prepare import prepare_table
from tests import plates, stored, told
from tests.one_eater import plan_meals
from tests.rows import rows

PREGNANT = {"sex": "f", "age": 30, "state": "pregnant", "gestation_week": 20}
MISSED = [{"day": 1, "slot": slot, "eaten": "nothing"} for slot in ("lunch", "dinner")]


def offered(profile, flag, **tables):
    """Return a refusal with one offer, a flag and the band that it asks for, as it is told."""
    _, _, phrase = flag.partition("--target ")
    offer = Concession("words", flag, read_target(phrase.strip('"')) if phrase else None)
    request = request_from_dict({"profile": profile, **tables})
    return with_allowed_offers(Refusal((), (offer,)), request)


@rows(__file__, "what_harms_is_not_offered")
def test_what_harms_is_not_offered_and_the_rule_is_named(profile, target, says):
    refusal = offered(profile, f'--target "{target}"')
    assert refusal.relaxations == ()
    (told,) = refusal.withheld
    assert told.startswith("Not offered is words: ")
    assert says in told


@rows(__file__, "what_harms_nobody_is_offered")
def test_what_harms_nobody_is_offered(profile, flag):
    refusal = offered(profile, flag)
    assert ([one.flag for one in refusal.relaxations], refusal.withheld) == ([flag], ())


def test_an_offer_is_judged_with_what_else_was_asked_for():
    targets = {"zinc_mg": {"lower": 20.0, "upper": 30.0}}
    assert not offered({}, '--target "zinc_mg<=15"', targets=targets).relaxations
    assert offered({}, '--target "zinc_mg<=25"', targets=targets).relaxations


def test_a_refused_plan_offers_no_bound_that_a_rule_forbids():
    asked = {"profile": PREGNANT, "week": {"days": 1, "skip": MISSED}}
    report = plan_meals(stored.quick(request_from_dict(asked)))
    assert report.plan is None
    assert not [one.flag for one in report.refusal.relaxations if one.flag.startswith("--target")]
    assert report.refusal.withheld
    printed = " ".join(told.printed(refusal_blocks(TableReport.of_one(report))).split())
    assert "The food in this plan" not in printed
    assert report.refusal.withheld[0] in printed


def test_what_a_way_out_costs_is_told_without_the_sum_that_a_bigger_budget_says_itself():
    cost = Cost(520.0, 98.0, TILL, 1.9, None, None)
    assert cost_text(Concession("w", cost=cost)) == (
        "Found with it: $98.00 at checkout, Ca:Mg 1.90, 520 points (fewer are better)."
    )
    table = replace(cost, ca_mg_ratio_of={"Ann": 1.62, "Ben": 2.2})
    assert cost_text(Concession("w", cost=table, budget_usd=112.0)) == (
        "Found with it: Ca:Mg 1.62 (Ann) / 2.20 (Ben), 520 points (fewer are better)."
    )
    assert cost_text(Concession("w")) == ""


def test_where_most_meals_are_eaten_elsewhere_the_whole_days_are_a_way():
    dinners = build_request(sex="f", age=35, only=("dinner",), days=2)
    [way] = offers_of_days(dinners.week)
    assert way.text == "breakfast, lunch, snack planned, too, not eaten elsewhere"
    assert asked_with(dinners, way).week == replace(dinners.week, skip=())
    away = map(read_meal_out, ("every lunch", "1:dinner", "1:breakfast"))
    assert offers_of_days(build_request(eat_out=tuple(away), days=2).week) == []


RAW = "smoked salmon is left out in pregnancy: raw fish and shellfish carry listeria"


def unmet(profile=None, week=None, **preferences):
    """Return what is said of wishes that no plan can hold, without any search."""
    table = {"profile": profile or {"sex": "f", "age": 40}, "week": {"days": 2} | (week or {})}
    (one,) = prepare_table(request_from_dict(table | {"preferences": preferences})).weeks.values()
    return unmet_wishes(one.source.wishes, one.candidates, one.dishes)


@rows(__file__, "likes_say_what_leaves_them_out")
@pytest.mark.parametrize("wish", [{"like": {"salmon": 3}}, {"per_week": ["salmon >= 2"]}])
def test_likes_and_frequencies_say_what_leaves_them_out(asked, says, wish):
    both = {key: [*asked.get(key, []), *wish.get(key, [])] for key in ("per_week",)}
    assert unmet(**(asked | wish | both)) == (f"Asked for and not planned: {says}.",)


@rows(__file__, "a_liked_dish_of_an_earlier_plan")
def test_a_liked_dish_of_an_earlier_plan_is_said_to_be_left_for_later(lately, says):
    table = {"week": {"days": 2}, "preferences": {"like": {"Pizza Margherita": 3}}}
    (one,) = prepare_table(request_from_dict(table)).weeks.values()
    asked = one.source.wishes, one.candidates, one.dishes
    (told,) = unserved_likes(Plan((), {}, {}, None, 0.0, 0), *asked, frozenset(lately))
    assert says in told


def test_a_dislike_that_is_planned_all_the_same_is_said_with_its_days():
    table = {"week": {"days": 2}, "preferences": {"dislike": {"salmon": 3, "rice": 1}}}
    (one,) = prepare_table(request_from_dict(table)).weeks.values()
    rice = plates.day(1, read_embedded_foods(), dinner={"white_rice_cooked": 150.0})
    (told,) = served_dislikes(Plan((rice,), {}, {}, None, 0.0, 0), one.source.wishes)
    assert told.startswith("Disliked, and still planned (days: 1): rice.")


def test_conditions_and_states_of_life_are_named():
    (said,) = unmet(PREGNANT, like={"smoked_salmon": 2})
    assert RAW in said
    (said,) = unmet({"conditions": ["nut allergy"]}, like={"almonds": 2})
    assert said == "Asked for and not planned: almonds is left out as asked: nut allergy."


@rows(__file__, "what_is_put_or_to")
def test_what_is_put_or_to_be_used_up_is_refused_with_the_rule(week, preferences):
    with pytest.raises(CandidatesError, match="left out in pregnancy: raw fish"):
        unmet(PREGNANT, week, **preferences)
