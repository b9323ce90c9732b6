from dataclasses import replace
from itertools import pairwise

import pytest

from planner.errors import ConfigError
from planner.export.wishes import wishes_text
from planner.request.food_plans import food_plan_names, food_plan_rows, food_plan_usd
from planner.request.lay_over import lay_over
from planner.request.money import Money, read_money
from planner.request.profile import Profile
from planner.request.read import request_from_dict, request_to_dict
from planner.settings import read_settings
from planner.shops import NEUTRAL, as_told, cost_as, price_as, shopping_in


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("60", 60, ""),
        ("$60", 60, "USD"),
        ("60 USD", 60, "USD"),
        ("$ 59.50", 59.5, "USD"),
        ("60$", 60, "USD"),
        ("$1,000", 1000, "USD"),
        ("60 dollars a week", 60, "USD"),
        ("US$60/week", 60, "USD"),
        ("\u00a360", 60, "GBP"),
        ("60 pounds", 60, "GBP"),
        ("60 \u20ac", 60, "EUR"),
        ("60 EUR per week", 60, "EUR"),
        ("240 zł", 240, "PLN"),
        ("PLN 240", 240, "PLN"),
        ("60 CHF", 60, "CHF"),
        ("Fr. 60", 60, "CHF"),
    ],
)
def test_money_is_written_as_people_do(text, amount, currency):
    assert read_money(text) == Money(amount, currency)


def told(budget, *eaters, **profile):
    request = request_from_dict(
        {"profile": profile, "eaters": list(eaters), "preferences": {"budget_per_week": budget}}
    )
    wanted = request.preferences
    return request, wanted.budget_per_week, wanted.budget_counts, wanted.food_plan


def test_a_food_plan_is_what_it_costs_for_sex_and_age_and_household():
    # thrifty, September 2025: a woman of 51 to 70 for $53.50, and 20 % more where she lives alone
    request, usd, *rest = told("Thrifty", sex="f", age=55)
    assert (usd, rest) == (64.2, ["kitchen", "thrifty"])
    assert request_from_dict(request_to_dict(request)) == request
    # $72.10 and $57.40, a girl of nine for $54.60, and 5 % more for a household of three
    body = [("Jo", "m", 30), ("Max", "f", 30), ("Lea", "f", 9)]
    people = [{"name": name, "profile": {"sex": sex, "age": age}} for name, sex, age in body]
    assert told("thrifty", *people)[1] == 193.3
    # an amount in its place is an amount again
    other = replace(request, preferences=request.preferences.with_budget(80.0))
    assert request_to_dict(other)["preferences"]["budget_per_week"] == 80.0


def test_a_food_plan_follows_whoever_is_planned_for_and_holds_for_all_shops():
    laid = lay_over(request_to_dict(told("low", sex="f", age=55)[0]), {"age": 30, "sex": "m"})
    assert (
        request_from_dict(laid).preferences.budget_per_week == 86.52
    )  # as thrifty, $72.10 and 20 %
    # $59.70 of February 2023 for a woman, 2.35 % more by September 2025, and 20 %
    assert told("low", sex="f", age=30)[1] == 73.32
    with pytest.raises(ConfigError, match="has no cost for age 0"):
        told("low", sex="f", age=0)
    # where a country has no figures of its own, those of the US are converted, as prices are
    for shops, money in (("pl", "PLN"), ("uk", "GBP")):
        there = {"week": {"shops": shops}, "preferences": {"budget_per_week": "low"}}
        read = request_from_dict({"profile": {"sex": "m", "age": 30}} | there)
        assert read.preferences.budget_per_week == 86.52
        with shopping_in(shops):
            assert "low food plan of the USDA (" in wishes_text(read)
            assert f"), converted to {money}, with a stocked kitchen" in wishes_text(read)


@pytest.mark.parametrize(
    ("shops", "ages", "household", "cost", "whose"),
    [
        # 44.93 euros; 0.9 of it for each of two, and a child of nine for 35.15
        (
            "eu",
            [30],
            1,
            44.93,
            "Regelbedarf (basic income support) holds for food and drink (January 2025)",
        ),
        ("eu", [30, 28, 9], 3, 2 * 44.93 * 0.9 + 35.15, "Germany's"),
        ("eu", [30, 3], 2, 44.93 + 26.94, "Germany's"),
        # 1,974 francs a month for three, of which 41.3 % are for food, in 4.348 weeks
        ("ch", [30, 28, 9], 3, 1974 * 0.413 / 4.348, "Swiss basic needs by the SKOS"),
    ],
)
def test_a_country_with_figures_of_its_own_has_its_own_thrifty_plan(
    shops, ages, household, cost, whose
):
    people = [Profile(sex="f", age_y=age) for age in ages]
    with shopping_in(shops):
        told = as_told(food_plan_usd("thrifty", people, household, shops))
        assert told == pytest.approx(cost, abs=0.2)
        wanted = {"week": {"shops": shops}, "preferences": {"budget_per_week": "thrifty"}}
        read = request_from_dict({"profile": {"sex": "f", "age": 30}} | wanted)
        assert whose in wishes_text(read)


@pytest.mark.parametrize("sex", ["f", "m"])
@pytest.mark.parametrize("age", range(1, 100))
def test_a_dearer_food_plan_never_costs_less(sex, age):
    people = [Profile(sex=sex, age_y=age)]
    costs = [food_plan_usd(name, people, 1, "us") for name in food_plan_names()]
    assert costs == sorted(costs)


@pytest.mark.parametrize("row", food_plan_rows(), ids=str)
def test_figures_of_food_plans_cover_all_ages_from_one_and_say_where_they_stand(row):
    assert row.source in read_settings("shop/shop.toml")["sources"]
    assert row.month in read_settings("shop/shop.toml")["food_plans"][row.country]["times"]
    same = [one for one in food_plan_rows() if (one.country, one.plan) == (row.country, row.plan)]
    for sex in ("f", "m"):
        ages = sorted((one.age_from, one.age_to) for one in same if one.sex in ("", sex))
        assert ages[0][0] in (0, 1)
        assert ages[-1][1] is None
        assert all(last + 1 == first for (_, last), (first, _) in pairwise(ages))


@pytest.mark.parametrize(
    "text", ["60 JPY", "sixty", "", "$0", "nan", "60 a day", "$60 EUR", "20000"]
)
def test_what_is_no_money_of_known_shops_is_asked_about(text):
    with pytest.raises(ConfigError, match=r"no amount of money|is outside"):
        read_money(text)


def asked(budget, shops=None):
    return request_from_dict({"week": {"shops": shops}, "preferences": {"budget_per_week": budget}})


def test_a_budget_is_in_the_money_of_the_shops_and_kept_in_dollars():
    # 0.78 pounds and 0.92 euros to the dollar
    assert asked(78, "uk").preferences.budget_per_week == pytest.approx(100.0)
    assert asked("\u20ac92", "eu").preferences.budget_per_week == pytest.approx(100.0)
    assert asked(100).preferences.budget_per_week == 100.0
    # 3.98 zloty and 0.88 Swiss francs
    assert asked("398 zł", "pl").preferences.budget_per_week == pytest.approx(100.0)
    assert asked("88 francs", "ch").preferences.budget_per_week == pytest.approx(100.0)


@pytest.mark.parametrize(("budget", "shops"), [("$60", "uk"), ("60 EUR", "us"), ("\u00a360", "eu")])
def test_another_currency_than_that_of_the_shops_is_asked_about(budget, shops):
    with pytest.raises(ConfigError, match=r"is not the money of your shops .* choose --shops"):
        asked(budget, shops)


@pytest.mark.parametrize("shops", ["us", "eu", "uk", "pl", "ch"])
def test_a_budget_is_written_and_read_again(shops):
    request = asked(61.37, shops)
    assert request_from_dict(request_to_dict(request)) == request


def test_a_budget_in_dollars_does_not_become_pounds_with_other_shops():
    table = lay_over(request_to_dict(asked(100)), {"shops": "uk"})
    with pytest.raises(ConfigError, match="100 USD is not the money of your shops"):
        request_from_dict(table)


def test_prices_are_told_in_the_money_of_the_shops_and_written_in_dollars():
    with shopping_in("uk"):
        assert (price_as(100.0), cost_as(10.0)) == ("\u00a378.00", "7.80")
        with shopping_in(NEUTRAL):  # what is read again
            assert price_as(100.0) == "$100.00"
    with shopping_in("pl"):
        assert (price_as(10.0), cost_as(10.0)) == ("PLN 39.80", "39.80")
    with shopping_in("ch"):
        assert price_as(100.0) == "CHF 88.00"
    assert price_as(100.0) == "$100.00"
