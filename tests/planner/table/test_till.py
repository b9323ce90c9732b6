"""A budget that the till keeps: whole packages, with the usual at home."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.check.document import check_document
from planner.errors import ConfigError
from planner.explain.offers import asked_with
from planner.export.as_json import as_json
from planner.kitchen.shopping import batch_asked, shop_once
from planner.request.days import budget_counts
from planner.request.read import request_from_dict
from planner.settings import read_settings
from planner.table import till
from planner.table.replan import replan_table
from planner.table.session import open_table
from planner.table.swap import apply_replacement, rank_replacements
from planner.wire.document import parse_plan_document, read_plan_document
from tests.one_eater import plan_everybody

BUDGET = 125.0  # the usual week of this person comes to more at the till, and to less as eaten
BUDGET_EATEN = 110.0
BUDGET_KITCHEN = 80.0


def asked(budget=None, counts="till", **more):
    preferences = {"budget_per_week": budget, "budget_counts": counts} if budget else {}
    who = {"sex": "f", "age": 61, "height_cm": 168, "weight_kg": 70}
    return request_from_dict({"profile": who, "preferences": preferences} | more)


@cache
def planned(budget=None, counts="till"):
    return plan_everybody(asked(budget, counts))


def judged(plan):
    document = parse_plan_document(json.dumps(plan), "plan.json")
    return check_document(document, read_embedded_foods())


def test_a_week_is_paid_for_at_the_till():
    free, held, eaten = planned(), planned(BUDGET), planned(BUDGET_EATEN, "eaten")
    assert free.shopping.total_usd > BUDGET >= held.shopping.total_usd
    assert held.passed
    # counted as eaten, a week that costs more at the till is within it
    assert eaten.shopping.total_usd > BUDGET_EATEN >= eaten.shopping.eaten_usd
    # its bound holds for the same points; no budget makes a week cheaper than the bound without one
    assert held.outcome.bound <= held.outcome.objective
    assert held.outcome.objective >= free.outcome.bound


def test_the_judge_looks_at_the_till():
    held = json.loads(as_json(planned(BUDGET)))
    assert judged(held).passed
    held["request"]["preferences"]["budget_per_week"] = 60.0
    held["till"]["budget"] = 60.0
    assert any("more than the budget" in one for one in judged(held).as_one().faults)


def test_a_budget_that_no_list_keeps_is_refused_with_the_cheapest_that_was_found():
    refused = planned(75.0)
    assert refused.plan is None
    ((wish, value, text),) = refused.alone.refusal.conflict
    assert (wish, value) == ("budget", "at most $75.00 a week")
    assert text.startswith("the budget at checkout")
    assert " in all for " in refused.alone.refusal.buys[-2]
    flags = [one.flag for one in refused.alone.refusal.relaxations]
    assert [flag.split()[0] for flag in flags] == ["--budget-per-week", "--budget-counts"]
    for offer in refused.alone.refusal.relaxations:
        assert offer.is_tried
        assert plan_everybody(asked_with(asked(75.0), offer)).passed


def test_what_is_looked_for_with_little_to_eat_does_not_depend_on_the_budget():
    """What one budget is offered, another that is nearer finds as well."""
    lists, rule = (150.0, 120.0, 100.0, 99.0), read_settings("search.toml")["till"]
    for budget_usd in (40.0, 90.0):
        made, wishes = [], []

        def left_usd(request, budget_usd=budget_usd, made=made, wishes=wishes):
            wishes.append(request.preferences.budget_per_week)
            made.append(lists[len(made)])
            return made[-1] - budget_usd

        till.save(asked(budget_usd), budget_usd, left_usd)
        share = rule["eaten_share"]
        assert wishes == [None, *(pytest.approx(share * one) for one in lists[:3])]
    made.clear()
    wishes.clear()
    till.save(asked(budget_usd), 110.0, lambda one: left_usd(one, 110.0))
    assert made == [150.0, 120.0, 100.0]  # and it ends where the budget pays


def listed(over_usd):
    one = SimpleNamespace(over_usd=over_usd, request=None, outcome=SimpleNamespace(objective=1))
    one.plan, one.shopping = one, SimpleNamespace(budget_usd=100.0, counted_usd=100.0 + over_usd)
    one.foods, one.dishes = (), ()
    return one


def without_models(monkeypatch):
    """Hold lists at the till that no week was made for; gives those that are reported anew."""
    reported = []
    monkeypatch.setattr(till, "over_budget_usd", lambda one: one.over_usd)
    monkeypatch.setattr(till, "list_with_batch", lambda plan, *_: plan.shopping)
    monkeypatch.setattr(till, "_as_asked", lambda one, _: reported.append(one) or one)
    monkeypatch.setattr(till, "without_plan", lambda _: SimpleNamespace(status="no_plan_in_time"))
    monkeypatch.setattr(till, "lay_refusals", lambda _table, _reports, total: total)
    monkeypatch.setattr(till, "cheaper_requests", lambda _: ("most", "less"))
    return reported


def test_a_list_a_quarter_above_the_budget_is_followed_by_weeks_with_more_weight_on_money(
    monkeypatch,
):
    """Of two weeks, and where nothing takes a quick look first, as in replan."""

    reported = without_models(monkeypatch)
    asked, table = [], SimpleNamespace(horizon=SimpleNamespace(count=2))

    def again(request):
        asked.append(request)
        return listed(-1.0)

    held = till.hold_at_till(listed(25.0), lambda: table, again)
    assert (held.over_usd, asked) == (-1.0, ["most", "less"])
    assert len(reported) == len(asked)


@pytest.mark.parametrize(("over_usd", "plannings"), [(10.0, 3), (25.0, 1)])
def test_a_trial_saves_no_further_where_most_weight_on_money_stays_far_above_the_budget(
    monkeypatch, over_usd, plannings
):
    """What is above the budget is reported anew only where somebody asks why."""
    reported, asked = without_models(monkeypatch), []
    table = SimpleNamespace(horizon=SimpleNamespace(count=1))
    monkeypatch.setattr(till, "save", lambda most, _, left_usd: [left_usd(most), left_usd(most)])

    def again(request):
        asked.append(request)
        return listed(over_usd)

    refused = till.hold_at_till(listed(over_usd), lambda: table, again, is_trial=True)
    assert refused.status == "no_plan_in_time"
    assert (len(asked), reported) == (plannings, [])


def test_nothing_is_cooked_double_where_the_list_would_be_dearer_than_the_budget():
    week = Path(__file__).parents[2] / "golden" / "weeks" / "vegan_woman_35" / "plan.json"
    held, dishes, foods = read_plan_document(week), read_embedded_dishes(), read_embedded_foods()
    listed = shop_once(held.plan, held.request, foods)
    wishes = held.request.preferences
    for more_usd, count in ((1.0, 1), (-1.0, 0)):
        low = wishes.with_budget(listed.total_usd + more_usd)
        made = batch_asked(held.plan, replace(held.request, preferences=low), dishes, foods)
        assert sum(one.frozen_servings > 0 for one in made.cook) == count


def test_a_budget_with_a_stocked_kitchen_counts_what_is_eaten_and_what_spoils():
    held = planned(BUDGET_KITCHEN, "kitchen")
    shopping = held.shopping
    assert held.passed
    going_usd = shopping.eaten_usd - shopping.frozen_usd + shopping.lost_usd
    assert going_usd <= BUDGET_KITCHEN < shopping.total_usd
    plan = json.loads(as_json(held))
    assert judged(plan).passed
    plan["request"]["preferences"]["budget_per_week"] = plan["till"]["budget"] = 50.0
    faults = judged(plan).as_one().faults
    assert any(one.startswith("With a stocked kitchen the food costs") for one in faults)


@pytest.mark.parametrize(("days", "counts"), [(3, "eaten"), (7, "till"), (14, "till")])
def test_fewer_days_than_a_week_count_what_is_eaten(days, counts):
    assert budget_counts(asked(80.0, week={"days": days})) == counts


@pytest.mark.parametrize("cupboard", ["usual", "empty"])
def test_what_is_at_home_decides_the_till_and_the_judge_asks_the_request(cupboard):
    plan = json.loads(as_json(planned(BUDGET)))
    plan["request"]["week"]["cupboard"] = cupboard
    faults = judged(plan).as_one().faults
    assert bool(faults) == (cupboard == "empty")  # salt, oil and spices are bought too
    assert any("as cupboard at checkout" in one for one in faults) == (cupboard == "empty")


def test_a_change_keeps_the_budget_at_the_till():
    held = parse_plan_document(as_json(planned(BUDGET)), "plan.json")
    sooner = replan_table(held, held.request).report
    assert sooner.shopping.total_usd <= BUDGET
    less = replace(held.request.preferences, budget_per_week=BUDGET - 10.0)
    tighter = replan_table(held, replace(held.request, preferences=less)).report
    assert tighter.plan is None or tighter.shopping.total_usd <= BUDGET - 10.0


def test_a_swap_that_the_budget_does_not_pay_for_is_refused():
    held = parse_plan_document(as_json(planned(BUDGET)), "plan.json")
    low = replace(held.request.preferences, budget_per_week=planned(BUDGET).shopping.total_usd - 20)
    session = open_table(replace(held, request=replace(held.request, preferences=low)))
    offers = rank_replacements(session, 1, "snack").offers
    with pytest.raises(ConfigError, match=r"checkout comes to .* more than the budget"):
        apply_replacement(session, offers[0])
