"""A budget that the till keeps: whole packages, with the usual at home, and what money buys."""

import json
import re
from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.check.document import check_document
from planner.errors import ConfigError
from planner.explain.report import Collision, Refusal
from planner.kitchen.sold import price_of, shelves_of
from planner.request.days import budget_counts
from planner.request.read import request_from_dict
from planner.table.for_money import buys_for_money, with_buys
from planner.table.prepare import prepare_table
from planner.table.session import open_table
from planner.table.swap import apply_replacement, rank_replacements
from planner.wire.document import parse_plan_document
from tests import stored
from tests.one_eater import plan_everybody


def budget_raw():
    """The stored week with 100 dollars a week at checkout, as its file is written."""
    return json.loads((stored.folder("budget") / "plan.json").read_text("utf-8"))


def asked(budget=None, counts="till", **more):
    preferences = {"budget_per_week": budget, "budget_counts": counts} if budget else {}
    who = {"sex": "f", "age": 61, "height_cm": 168, "weight_kg": 70}
    return request_from_dict({"profile": who, "preferences": preferences} | more)


def judged(plan):
    document = parse_plan_document(json.dumps(plan), "plan.json")
    return check_document(document, read_embedded_foods())


def test_a_week_is_paid_for_at_the_till_and_the_judge_looks_there():
    held = stored.report("budget")
    assert held.passed
    assert held.shopping.total_usd <= held.request.preferences.budget_per_week == 100.0
    raw = budget_raw()
    raw["request"]["preferences"]["budget_per_week"] = raw["till"]["budget"] = 60.0
    assert any("more than the budget" in fault for fault in judged(raw).as_one().faults)


def test_a_budget_that_no_list_keeps_is_refused_with_the_cheapest_that_was_found():
    refused = plan_everybody(stored.quick(asked(75.0)))
    assert refused.plan is None
    ((wish, value, text),) = refused.alone.refusal.conflict
    assert (wish, value) == ("budget", "at most $75.00 a week")
    assert text.startswith("the budget at checkout")
    assert " in all for " in refused.alone.refusal.buys[-2]
    flags = [relaxation.flag for relaxation in refused.alone.refusal.relaxations]
    assert [flag.split()[0] for flag in flags] == ["--budget-per-week", "--budget-counts"]
    assert all(offer.is_tried for offer in refused.alone.refusal.relaxations)


@pytest.mark.parametrize(("days", "counts"), [(3, "eaten"), (7, "till"), (14, "till")])
def test_fewer_days_than_a_week_count_what_is_eaten(days, counts):
    assert budget_counts(asked(80.0, week={"days": days})) == counts


@pytest.mark.parametrize("cupboard", ["usual", "empty"])
def test_what_is_at_home_decides_the_till_and_the_judge_asks_the_request(cupboard):
    plan = budget_raw()
    plan["request"]["week"]["cupboard"] = cupboard
    faults = judged(plan).as_one().faults
    assert bool(faults) == (cupboard == "empty")  # salt, oil and spices are bought too
    assert any("as cupboard at checkout" in fault for fault in faults) == (cupboard == "empty")


def test_a_swap_that_the_budget_does_not_pay_for_is_refused():
    held = stored.document("budget")
    offers = rank_replacements(open_table(held), 1, "dinner").offers
    low = replace(held.request.preferences, budget_per_week=70.0)
    session = open_table(replace(held, request=replace(held.request, preferences=low)))
    assert rank_replacements(session, 1, "dinner").offers == ()
    with pytest.raises(ConfigError, match=r"checkout comes to .* more than the budget"):
        apply_replacement(session, offers[0])


FAMILY = [
    {"name": "Ann", "profile": {"sex": "f", "age": 34}},
    {"name": "Ben", "profile": {"sex": "m", "age": 9}},
]
LINE = re.compile(r"(.*), (\d+) .*: \$([\d.]+), ([\d,]+) mg")


def prepared(budget=15.0, pantry=(), eaters=FAMILY, **wishes):
    wishes |= {"budget_per_week": budget} if budget else {}
    week = {"days": 1, "pantry": list(pantry)}
    return prepare_table(
        request_from_dict({"eaters": list(eaters), "preferences": wishes, "week": week})
    )


def read(lines):
    """Give name → number of packages, price and magnesium, and the sentence on all of it."""
    *things, whole, _ = lines
    found = [LINE.fullmatch(thing).groups() for thing in things]
    return {
        name: (int(count), float(price), float(mg.replace(",", "")))
        for name, count, price, mg in found
    }, whole


def test_whole_packages_are_bought_at_their_price_for_no_more_than_the_budget():
    things, whole = read(buys_for_money(prepared()))
    spent = sum(price for _, price, _ in things.values())
    assert spent <= 15.0
    assert whole.startswith(f"${spent:.2f} in all for ")
    foods = read_embedded_foods()
    beans = foods["black_beans_dry"]
    (bag,) = shelves_of("us")["black_beans_dry"]
    count, price, mg = things[beans.name]
    assert price == round(count * price_of(bag, beans), 2)
    eaten = foods["black_beans_cooked"]
    most_g = count * bag.size_g / eaten.bought_g_per_100g * 100
    week_g = 2 * eaten.serving.least * eaten.serving.measure.mass_g * eaten.serving.most_per_week
    assert mg == round(min(most_g, week_g) * eaten.per_100g["magnesium_mg"] / 100)


def test_a_refusal_says_it_where_the_budget_is_in_the_way_and_nowhere_else():
    table = prepared()
    budget = Collision("budget", "at most $15.00 a week", "the budget")
    assert with_buys(Refusal((budget,), ()), table).buys == buys_for_money(table)
    other = Refusal((budget._replace(what="minutes"),), ())
    assert with_buys(other, table) is other
    assert buys_for_money(prepared(None)) == ()
    limited = [FAMILY[0] | {"targets": {"magnesium_mg": {"upper": 400}}}]
    assert buys_for_money(prepared(eaters=limited)) == ()
