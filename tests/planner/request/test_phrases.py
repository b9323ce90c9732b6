"""Measures, money, diets and other phrases of a request: understood, or asked about."""

import re
import shlex
from dataclasses import astuple, is_dataclass, replace
from functools import partial
from itertools import pairwise

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.names import find_left_out
from planner.cli.options import build_request
from planner.cli.plan import command
from planner.errors import CandidatesError, ConfigError, RefusedError, TargetsError
from planner.export.people import wishes_text
from planner.request.diets import diet_called, find_diet, name_left_out
from planner.request.lay_over import lay_over
from planner.request.measures import (
    Money,
    assumed_body,
    food_plan_names,
    food_plan_rows,
    food_plan_usd,
    known_ranges,
    read_figure,
    read_height_cm,
    read_money,
    read_serum_magnesium_mg_dl,
    read_weight_kg,
)
from planner.request.phrases import (
    read_days_between,
    read_frequency,
    read_graded_name,
    read_macros,
    read_name,
    read_tap_water,
    read_target,
)
from planner.request.profile import Profile
from planner.request.read import read_preset, request_from_dict, request_to_dict
from planner.settings import read_settings
from planner.shops import shopping_in
from planner.table.faults import check_request
from tests.commands import ended
from tests.rows import rows

READ = {
    "frequency": read_frequency,
    "grade": read_graded_name,
    "days": read_days_between,
    "name": read_name,
    "target": read_target,
    "water": read_tap_water,
    "macros": read_macros,
}


@rows(__file__, "phrases")
def test_a_phrase_of_a_flag_means_this(kind, text, meant):
    read = READ[kind](text)
    assert (astuple(read) if is_dataclass(read) else tuple(read)) == meant


@rows(__file__, "phrases_refused")
def test_another_form_is_refused_with_an_example(kind, text, told):
    with pytest.raises((ConfigError, TargetsError), match=re.escape(told)):
        READ[kind](text)


@rows(__file__, "magnesium_in_serum_is_read_in")
@pytest.mark.parametrize("standard_id", ["us", "uk", "mine.csv"])
def test_magnesium_in_serum_is_read_in_the_units_of_laboratories(text, serum, standard_id):
    assert read_serum_magnesium_mg_dl(text, standard_id) == pytest.approx(serum, abs=1e-3)


def test_a_serum_without_a_unit_is_mg_per_dl_in_the_us_and_asked_about_elsewhere():
    assert read_serum_magnesium_mg_dl("2", "us") == 2
    for standard_id in ("eu", "uk", "who", "mine.csv"):
        with pytest.raises(ConfigError, match=r'unit is missing.*"2\.0 mg/dL" or "2\.0 mmol/L"'):
            read_serum_magnesium_mg_dl("2.0", standard_id)


READERS = {
    "height": read_height_cm,
    "weight": read_weight_kg,
    "serum": partial(read_serum_magnesium_mg_dl, standard_id="us"),
    "age": partial(read_figure, name="age"),
}


@rows(__file__, "measures")
def test_a_body_is_read_in_every_usual_form(kind, text, value):
    assert READERS[kind](text) == pytest.approx(value, abs=1e-4)


@rows(__file__, "measures_refused")
def test_what_nobody_has_or_no_measure_is_is_refused_with_what_to_write(kind, text, told):
    with pytest.raises(ConfigError, match=re.escape(told)):
        READERS[kind](text)


@pytest.mark.parametrize("sex", ["f", "m"])
def test_every_age_has_an_assumed_body_within_the_ranges(sex):
    ranges = known_ranges()
    for age_y in range(121):
        height_cm, weight_kg = assumed_body(sex, age_y)
        assert height_cm in ranges["height_cm"]
        assert weight_kg in ranges["weight_kg"]


def test_a_child_is_assumed_as_tall_and_heavy_as_the_middle_one_of_that_age():
    # CDC growth charts, just after the birthday: 127.8 cm and 25.8 kg, 156.4 cm and 45.8 kg.
    assert assumed_body("f", 8) == (128, 26)
    assert assumed_body("m", 13) == (156, 46)


@rows(__file__, "money_is_written_as_people_do")
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


FOODS, DISHES = read_embedded_foods(), read_embedded_dishes()
ASKS = read_settings("diets/diets.toml")["asks"]
_LISTS = re.compile("`magplan (dishes list [^`]+)`")
_FLAG = re.compile(r"--[a-z-]+ (?:\"[^\"]+\"|[\w]+)")


def asked_of(name):
    with pytest.raises(ConfigError) as told:
        find_diet(name)
    return told.value.remedy


def given(*words):
    """Give the request that words of a command line ask for."""
    with command.make_context("plan", list(words)) as context:
        keys = (
            "request_path", "alternatives", "accept", "step", "day", "full",
            "json_wanted", "out", "force", "lang",
        )  # fmt: skip
        return build_request(**{k: v for k, v in context.params.items() if k not in keys})


@rows(__file__, "a_diet_is_known_by_what")
def test_a_diet_is_known_by_what_people_write(written, meant):
    assert find_diet(written).diet_id == meant


@pytest.mark.parametrize("word", [*ASKS, *(one for row in ASKS.values() for one in row["also"])])
def test_a_word_that_may_mean_several_diets_is_asked_about(word):
    assert diet_called(word) is None
    assert asked_of(word) in [row["ask"] for row in ASKS.values()]
    assert asked_of(f"{word} diet") == asked_of(word)


@pytest.mark.parametrize("ask", [row["ask"] for row in ASKS.values()])
def test_every_flag_of_a_question_works(ask):
    for listed in _LISTS.findall(ask):
        assert ended(*shlex.split(listed))[0] == 0
    for flag in _FLAG.findall(_LISTS.sub("", ask)):
        check_request(given("--days", "1", *shlex.split(flag)))


@rows(__file__, "what_is_no_diet_is_answered")
def test_what_is_no_diet_is_answered_with_how_it_is_written(written, ways):
    assert ways in asked_of(written)


@rows(__file__, "what_may_be_eaten_beside_a")
def test_what_may_be_eaten_beside_a_diet_is_not_left_out(written):
    assert "--without" not in asked_of(written)


@rows(__file__, "what_is_left_out_is_known")
def test_what_is_left_out_is_known_by_what_people_write(written, meant):
    found = find_left_out(name_left_out(written), FOODS, DISHES).food_ids
    assert found == find_left_out(meant, FOODS, DISHES).food_ids != frozenset()
    (asked,) = given("--without", written).preferences.without
    assert find_left_out(asked, FOODS, DISHES).food_ids == found


@rows(__file__, "several_names_in_one_and_conditions")
def test_several_names_in_one_and_conditions_are_asked_for_by_their_flags(written, flags):
    with pytest.raises(CandidatesError) as told:
        find_left_out(written, FOODS, DISHES)
    assert flags in told.value.remedy


def test_the_body_is_told_in_words_too():
    asked = given("--sex", "Woman", "--activity", "very active").profile
    assert (asked.sex, asked.activity) == ("f", "very_active")
    eaters = given("--eater", "name=Ben,sex=male,age=40,activity=sedentary").eaters
    assert (eaters[0].profile.sex, eaters[0].profile.activity) == ("m", "inactive")
    assert given("--target", "magnesium >= 450 mg").overrides[0].lower == 450.0
    for unit in ("ug", "\N{MICRO SIGN}g", "\N{GREEK SMALL LETTER MU}g", "mcg"):
        assert given("--target", f"selenium>=55 {unit}").overrides[0].lower == 55.0
    with pytest.raises(Exception, match="write a number of mg"):
        given("--target", "magnesium>=0.45 g")
    with pytest.raises(Exception, match="write one from 1 to 28"):
        given("--days", "three")


@pytest.mark.parametrize("flags", [["--egfr", "40"], ["--medicine", "spironolactone"]])
def test_the_dash_preset_is_what_the_question_says_and_raises_no_potassium_where_that_harms(flags):
    assert "--preset dash" in asked_of("dash")
    asked = request_from_dict(read_preset("dash"))
    assert {override.nutrient for override in asked.overrides} >= {"potassium_mg", "sodium_mg"}
    check_request(asked)
    with pytest.raises(RefusedError, match=r"[Pp]otassium.*(may not be raised|no plan)"):
        check_request(given("--preset", "dash", *flags))
