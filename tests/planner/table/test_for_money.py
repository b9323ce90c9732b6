"""What a budget that pays for no week buys of magnesium: whole packages, and what is at home."""

import re

from foods.embedded import read_embedded_foods
from planner.explain.report import Collision, Refusal
from planner.kitchen.sold import shelves_of
from planner.kitchen.till import price_of
from planner.request.read import request_from_dict
from planner.table.for_money import buys_for_money, with_buys
from planner.table.prepare import prepare_table

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
    found = [LINE.fullmatch(one).groups() for one in things]
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


def test_what_each_needs_is_shared_out_and_what_is_at_home_counts():
    poor, _ = read(buys_for_money(prepared(4.0)))
    _, whole = read(
        buys_for_money(prepared(4.0, [{"food": "almonds", "amount": 100, "unit": "g"}]))
    )
    mg = sum(mg for _, _, mg in poor.values())
    at_home = read_embedded_foods()["almonds"].per_100g["magnesium_mg"]
    share = f"{(mg + at_home) / 3920:.0%}"  # (320 + 240) * 7
    assert f"; with {at_home:.0f} mg at home: {share} of the 3,920 mg needed in a week" in whole
    assert re.search(r"Ann \d+ of 320 mg a day, Ben \d+ of 240 mg a day", whole)


def test_things_differ_and_are_none_that_somebody_leaves_out():
    names = read(buys_for_money(prepared(60.0)))[0]
    assert len(names) == 6
    assert any("seeds" in one for one in names)
    one, other = FAMILY
    strict = [one, other | {"preferences": {"without": ["seeds", "black beans"]}}]
    left = read(buys_for_money(prepared(60.0, eaters=strict)))[0]
    assert left
    assert not any("seeds" in one or "Black beans" in one for one in left)


def test_a_refusal_says_it_where_the_budget_is_in_the_way_and_nowhere_else():
    table = prepared()
    budget = Collision("budget", "at most $15.00 a week", "the budget")
    assert with_buys(Refusal((budget,), ()), table).buys == buys_for_money(table)
    other = Refusal((budget._replace(what="minutes"),), ())
    assert with_buys(other, table) is other
    assert buys_for_money(prepared(None)) == ()
    limited = [FAMILY[0] | {"targets": {"magnesium_mg": {"upper": 400}}}]
    assert buys_for_money(prepared(eaters=limited)) == ()
