"""A household of two, planned with the shipped catalogue: a vegan, and one with an allergy."""

import json
import re
from dataclasses import replace
from functools import cache
from importlib.resources import files

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from foods.embedded import read_embedded_foods
from foods.errors import UserFacingError
from planner import pipeline
from planner.candidates.dish import read_embedded_dishes
from planner.check.document import check_document
from planner.cli import cli
from planner.errors import CandidatesError, RefusedError
from planner.export.as_csv import as_csv
from planner.export.as_json import answer_to, as_json
from planner.export.bands import UNSURE_LEGEND
from planner.export.documents import TableDocument
from planner.export.formats import week_markdown
from planner.export.printed import as_text
from planner.export.week import ToldWeek
from planner.kitchen.shopping import list_shopping
from planner.language.names import named
from planner.language.shops import shopping_in
from planner.request.eater import Eater, Guests
from planner.request.override import TargetOverride
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.read import request_from_dict, request_to_dict
from planner.request.request import BODY_FIELDS, NAMELESS, PlanRequest, WeekOptions
from planner.safety.intake import SupplementIntake
from planner.solve.together import beside_of
from planner.table.prepare import prepare_table
from planner.wire.document import parse_plan_document
from tests.one_eater import plan_meals
from tests.told import headings, week_of


def prepare_eater(request):
    return prepare_table(request).weeks[NAMELESS]


ANN = Eater("Ann", Profile("f", 40, 168, 64, "active"), Preferences(diet="vegan"))
TOM = Eater("Tom", Profile("m", 10, 140, 33, "active"), Preferences(without=("peanut",)))
REQUEST = PlanRequest(
    assumed=BODY_FIELDS,
    eaters=(ANN, TOM),
    week=WeekOptions(days=2, guests=(Guests(2, "dinner", 3),)),
)
CHICKPEAS = {"chickpeas_cooked", "chickpeas_canned"}
ANIMAL = {"dairy", "egg", "fish", "meat", "poultry", "shellfish", "honey"}


@pytest.fixture(scope="module")
def report():
    return pipeline.plan_meals(REQUEST)


@pytest.fixture(scope="module")
def document(report):
    return parse_plan_document(as_json(report), "plan.json")


def dinners(report):
    """The main dish of each dinner on the common table."""
    meals = [meal for day in report.plan.days for meal in day.meals if meal.slot == "dinner"]
    return [meal.items[0] for meal in meals]


def foods_in(items):
    foods = read_embedded_foods()
    return [foods[food_id] for item in items for food_id, _ in item.ingredients]


def test_a_vegan_and_one_who_eats_everything_share_vegan_dinners(report):
    assert [[share.eater for share in item.shares] for item in dinners(report)] == [
        ["Ann", "Tom"]
    ] * 2
    assert not any(food.origin & ANIMAL for food in foods_in(dinners(report)))
    tom = [item for day in report.reports["Tom"].plan.days for item in day.items()]
    assert any(food.origin & ANIMAL for food in foods_in(tom))


def test_who_drinks_alcohol_at_a_table_is_told_what_it_does(report):
    own = report.reports["Ann"]
    (first, *rest), said = own.plan.days, "Alcohol: the kidneys lose magnesium"
    *others, last = first.meals
    beer = replace(last.items[0], ingredients=(("beer", 356.0),))
    meals = (*others, replace(last, items=(*last.items, beer)))
    plan = replace(own.plan, days=(replace(first, meals=meals), *rest))
    drunk = replace(report, reports={**report.reports, "Ann": replace(own, plan=plan)})
    told = as_text(drunk).partition("\nWhat may be absorbed\n")[2]
    assert said in told.partition("\nTom\n")[0]
    assert said not in as_text(report)


def test_the_allergy_of_one_bans_it_from_the_pot_and_not_from_the_others_plate(report):
    assert "peanut" not in {food.base for food in foods_in(dinners(report))}
    assert report.reports["Ann"].request.preferences.without == ()
    assert report.reports["Tom"].request.preferences.without == ("peanut",)


def test_each_eaters_check_stands_alone_and_points_are_sums(report):
    assert report.passed
    for own in report.reports.values():
        assert own.check.passed
        assert own.outcome.bound <= own.outcome.objective
    outcomes = [own.outcome for own in report.reports.values()]
    own, further = sum(one.objective for one in outcomes), sum(beside_of(report.outcome).values())
    assert report.outcome.objective == pytest.approx(own + further)
    assert report.outcome.bound == pytest.approx(sum(one.bound for one in outcomes))


def test_the_table_is_the_sum_of_its_eaters(report):
    for day in report.plan.days:
        own = [one.plan.days[day.day - 1] for one in report.reports.values()]
        magnesium = sum(one.totals["magnesium_mg"] for one in own)
        assert day.totals["magnesium_mg"] == pytest.approx(magnesium)
        assert day.cost == pytest.approx(sum(one.cost for one in own))


def test_guests_are_bought_for_and_count_in_nobodys_totals(report):
    main = dinners(report)[1]
    assert (main.guests.count, main.guests.servings) == (3, 3.0)
    assert dinners(report)[0].guests is None
    alone = replace(
        report.plan,
        days=tuple(
            replace(day, meals=tuple(
                replace(meal, items=tuple(replace(item, guests=None) for item in meal.items))
                for meal in day.meals
            ))
            for day in report.plan.days
        ),
    )  # fmt: skip
    more = list_shopping(report.plan, report.foods).total_usd
    assert more > list_shopping(alone, report.foods).total_usd
    assert list_shopping(report.plan, report.foods).people == 2


def test_the_plan_file_keeps_its_schema_and_each_eater_is_judged_from_it(report, document):
    text = files("configs").joinpath("schemas", "plan-1.schema.json").read_text(encoding="utf-8")
    Draft202012Validator(json.loads(text)).validate(answer_to(report).json_values())
    result = check_document(document, read_embedded_foods())
    assert result.passed, result
    assert list(result.eaters) == ["Ann", "Tom"]
    assert len(result.eaters["Tom"].findings) == len(report.reports["Tom"].check.findings)


def test_the_judge_finds_a_changed_share_another_pot_and_missing_guests(report):
    raw = json.loads(as_json(report))
    pot = raw["days"][1]["meals"][2]["items"][0]
    pot["for"][0]["ingredients"][0]["mass_g"] += 5
    del pot["guests"]
    for item in raw["days"][1]["meals"][2]["items"]:
        item.pop("guests", None)
    other = raw["days"][0]["meals"][2]["items"][0]["for"]
    other[0]["eater"] = "Eve"
    result = check_document(
        parse_plan_document(json.dumps(raw), "plan.json"), read_embedded_foods()
    )
    said = " ".join([*result.faults, *result.eaters["Ann"].faults])
    assert "is not the sum of the shares" in said
    assert "Day 2, dinner: has nothing for 3 guests." in said
    assert "Eve has a share, and is none of the eaters" in said
    assert "do not have the same main dish" in said
    assert not result.passed


def test_the_printed_week_has_the_dinners_once_and_a_table_for_each_eater(report):
    text = as_text(report)
    assert text.splitlines()[0].startswith("Planned for one table: Ann (woman, 40), Tom (boy, 10)")
    assert "(+ 3 guests)" in menu(report)[1][2]
    assert "Ann: woman, 40" in text
    assert "Tom: boy, 10" in text
    assert "Each eater's figures were checked a second time" in " ".join(text.split())
    names = [word for word in ("Ann: ", "Tom: ") for row in menu(report) if word in row[-1]]
    assert names == []  # all have the same dinner
    assert max(map(len, text.splitlines())) <= 80


def menu(report):
    """Give what the menu of a report has for each meal, a row for each day."""
    (found,) = ToldWeek(week_of(report)).told("meals_at_a_glance")
    return [["; ".join(one.text for one in meal) for meal in day.meals] for day in found.days]


def test_a_meal_that_not_all_share_names_who_has_what(report):
    for row, day in zip(menu(report), report.reports["Tom"].plan.days, strict=True):
        with shopping_in("us"):
            own = named(day.meals[0].items[0].name)
        assert own in row[0]
        assert row[0] == own or re.search(rf"(^|; )(Ann, )?Tom: {re.escape(own)}", row[0])


def test_each_eater_reads_what_one_alone_would_below_the_days(report, document):
    text = as_text(report)
    check = check_document(document, report.foods)
    week = TableDocument(document.plan, REQUEST, check, report.foods, ())
    chapters = week_markdown(week)
    told = ToldWeek(week_of(report))
    for part in ("targets", "daily", "absorbed"):
        assert [one for one in headings(told.told(part)) if one in ("Ann", "Tom")] == ["Ann", "Tom"]
    chapter = chapters.partition("## What of magnesium and calcium may be absorbed")[2]
    parts = re.findall(r"^#+ (.+)$", chapter.partition("\n## ")[0], re.M)
    assert parts == ["Ann", "Tom", "How that is estimated", "What helps"]
    assert chapters.count(f"\\{UNSURE_LEGEND}") == 2  # fat of each, as a share of energy
    assert text.count(UNSURE_LEGEND) >= 2


def test_a_day_shows_the_pot_and_who_has_how_much(report):
    text, main = as_text(report, day=2), dinners(report)[1]
    amount, made = r"(about )?[\d /]+ servings?", r"(, made [a-z0-9 ]+?)?"
    each = ", ".join(rf"{share.eater} [^,]+ servings?" for share in main.shares[:2])
    shared = rf".{{0,40}}?{each}, 3 guests 3 servings"
    words = [re.escape(one) for one in main.name.split()]
    told = "|".join(  # a long name goes on in the line below its amount
        rf"{' '.join(words[:at])}{made} {amount} [\d,.]+ k?g {' '.join(words[at:])} ?{shared}"
        for at in range(1, len(words) + 1)
    )
    assert re.search(told, " ".join(text.split())), text


def test_documents_name_each_eater(report, document):
    check = check_document(document, report.foods)
    dishes = read_embedded_dishes()
    week = TableDocument(document.plan, REQUEST, check, report.foods, dishes)
    assert "**Tom:** boy, 10, 140 cm, 33 kg, active, US; without peanut" in week_markdown(week)
    rows = as_csv(document.plan, report.foods).splitlines()
    assert rows[0].endswith(",eater")
    assert {row.rsplit(",", 1)[1] for row in rows[1:]} == {"Ann", "Tom", "3 guests"}


def test_what_one_leaves_out_is_said_as_it_was_understood(report, document):
    said = "Without peanut: peanuts (that rules out 8 foods); tree nuts are still allowed"
    assert said in " ".join(as_text(report).split())
    values = answer_to(report).json_values()
    assert values["request_readings"] == []
    read = {one["name"]: one["request_readings"] for one in values["eaters"]}
    assert read["Ann"] == []
    assert [one["understood"] for one in read["Tom"]] == ["peanuts"]
    check = check_document(document, report.foods)
    week = TableDocument(document.plan, REQUEST, check, report.foods, read_embedded_dishes())
    assert f"- {said}" in week_markdown(week)


def test_who_eats_at_fewer_meals_may_have_more_at_each():
    # two meals with 0.66 of the 1.05 that the middles of all add up to: 2006 kcal as 3191 at four;
    # no dish is more than one and a half servings, so that the plate may be larger instead
    usual, fewer = (
        prepare_eater(PlanRequest(week=WeekOptions(slots=slots))).source.rules.rules["servings"]
        for slots in (WeekOptions().slots, ("lunch", "dinner"))
    )
    assert fewer["usual"] / usual["usual"] == pytest.approx(1.05 / 0.66, abs=0.01)
    assert usual["most_g"] < fewer["most_g"]
    assert usual["most"]["main"] == fewer["most"]["main"] == 1.5


def test_a_meal_that_is_eaten_out_is_missed_by_all():
    week = WeekOptions(days=2, skip=((1, "dinner"),))
    report = pipeline.plan_meals(replace(REQUEST, week=week))
    assert report.passed
    assert [meal.slot for meal in report.plan.days[0].meals] == ["breakfast", "lunch", "snack"]
    document = parse_plan_document(as_json(report), "plan.json")
    assert check_document(document, report.foods).passed


def test_what_one_eater_takes_already_counts_for_that_eater_alone():
    pill = SupplementIntake("magnesium citrate", 100.0, "elemental", 1.0)
    taking = replace(
        REQUEST, week=WeekOptions(days=1), eaters=(replace(ANN, supplements=(pill,)), TOM)
    )
    report = pipeline.plan_meals(taking)
    held = {name: one.plan.days[0].supplement_totals for name, one in report.reports.items()}
    assert held["Ann"]["magnesium_mg"] == pytest.approx(100.0)
    assert not held["Tom"]
    document = parse_plan_document(as_json(report), "plan.json")
    assert check_document(document, report.foods).passed


def test_the_same_seed_gives_the_same_table(report):
    again = pipeline.plan_meals(REQUEST)
    first = [[item.name for item in day.items()] for day in report.plan.days]
    assert [[item.name for item in day.items()] for day in again.plan.days] == first
    assert again.outcome.objective == report.outcome.objective


def test_a_child_too_young_is_refused_by_name():
    baby = Eater("Kim", Profile("f", 3, 95, 14))
    with pytest.raises(RefusedError, match="Kim, age 3"):
        pipeline.plan_meals(replace(REQUEST, eaters=(ANN, baby)))


def test_who_leaves_out_everything_is_told_by_name_and_not_by_a_traceback():
    groups = tuple(sorted({food.group for food in read_embedded_foods()}))
    nothing = replace(TOM, preferences=Preferences(without=groups))
    said = r"nothing is left to eat: \d+ of \d+ dishes and foods are left out, like .*: left out as"
    with pytest.raises(CandidatesError, match=rf"Tom, preferences: {said}"):
        pipeline.plan_meals(replace(REQUEST, eaters=(ANN, nothing)))
    with pytest.raises(CandidatesError, match=said):
        plan_meals(PlanRequest(preferences=Preferences(without=groups)))


def test_no_plan_says_whose_rules_collide():
    # 1335 kcal hold no 1500 mg of magnesium beside the other rules
    small = "name=Eve,sex=f,age=40,height=150,weight=45,energy-kcal=1335"
    args = ["plan", "--eater", small, "--eater", "name=Ben,sex=m,age=40", "--days", "1"]
    outcome = CliRunner().invoke(cli, [*args, "--target", "magnesium_mg>=1500", "--json"])
    assert outcome.exit_code == 3
    answer = json.loads(outcome.stdout)
    assert answer["status"] == "infeasible"
    assert "Eve" in {one["eater"] for one in answer["conflict"]}


def test_a_guest_of_one_who_eats_alone_is_cooked_for_too():
    week = WeekOptions(days=1, guests=(Guests(1, "dinner", 2),))
    (day,) = plan_meals(PlanRequest(week=week)).plan.days
    main = next(meal for meal in day.meals if meal.slot == "dinner").items[0]
    assert (main.guests.count, main.guests.servings) == (2, 2.0)


def test_a_request_with_eaters_and_guests_reads_back_the_same():
    assert request_from_dict(request_to_dict(REQUEST)) == REQUEST


def test_a_budget_that_is_too_small_is_answered_with_that_of_the_whole_table():
    refused = poor_table(12.0)
    assert refused.plan is None
    ((wish, value, text),) = refused.refusal.conflict
    assert (wish, value) == ("budget", "at most $12.00 a week")
    assert " in all for " in refused.refusal.buys[-2]
    assert json.loads(as_json(refused))["buys"] == list(refused.refusal.buys)
    assert refused.refusal.buys[0] in as_text(refused)
    said = re.findall(r"(\w+) has \$([0-9.]+) and needs at least \$([0-9.]+)", text)
    assert [name for name, _, _ in said] == list(refused.reports)
    ((flag,)) = [one.flag for one in refused.refusal.relaxations]
    # each share is a part of 12 dollars by need of energy; more is offered, and plans
    least = max(float(needed) / float(has) * 12.0 for _, has, needed in said)
    assert float(flag.split()[1]) >= least
    assert poor_table(float(flag.split()[1])).passed
    assert not any(own.refusal.relaxations for own in refused.reports.values())


@cache
def poor_table(budget_usd):
    """A day of both on a budget [USD a week]."""
    preferences = replace(REQUEST.preferences, budget_per_week=budget_usd)
    return pipeline.plan_meals(replace(REQUEST, preferences=preferences, week=WeekOptions(days=1)))


def test_what_collides_stands_before_the_ways_out_of_a_table_as_for_one_eater():
    bound = TargetOverride("magnesium_mg", 1500.0, None)
    refused = pipeline.plan_meals(replace(REQUEST, overrides=(bound,), week=WeekOptions(days=1)))
    text = as_text(refused)
    ways = text.index("a plan was found with")
    assert text.rindex("What conflicts") < text.index("The whole table:") < ways
    poor = as_text(poor_table(12.0))
    assert poor.index("The whole table:") < poor.index("What conflicts") < poor.index("1. ")


def test_the_answer_names_the_table_once_and_each_share_for_its_eater():
    poor = poor_table(12.0)
    answer = json.loads(as_json(poor))
    assert [one["eater"] for one in answer["relaxations"]] == [None]
    budgets = [one["text"] for one in answer["conflict"] if one["wish"] == "budget"]
    assert [text.startswith("the budget of the table") for text in budgets] == [True, False, False]
    assert as_text(poor).count("The whole table:") == 1


@pytest.mark.parametrize(
    ("option", "wishes"),
    [
        ("--like", {"like": {"zzyzx": 1}}),
        ("--per-week", {"per_week": (FrequencyRule("zzyzx", ">=", 2),)}),
        ("--min-days-between", {"min_days_between": {"zzyzx": 2}}),
    ],
)
def test_a_wish_that_nobody_knows_is_told_by_the_option_that_it_stands_in(option, wishes):
    with pytest.raises(UserFacingError, match="zzyzx") as caught:
        prepare_eater(PlanRequest(preferences=Preferences(**wishes)))
    assert caught.value.where == option


def test_a_food_counts_in_the_group_that_it_is_in_and_not_in_that_of_its_flour():
    source = prepare_eater(PlanRequest()).source
    assert source.groups["chickpeas"] == {"legumes", "flour"}
    chickpeas = [
        (serving.groups_g, sum(g for food, g in serving.portion.ingredients if food in CHICKPEAS))
        for one in source.candidates.candidates
        for serving in one.servings
    ]
    held = [(groups, grams) for groups, grams in chickpeas if grams]
    assert len(held) > 10
    assert all(groups["legumes"] >= grams for groups, grams in held)


def test_a_person_written_in_whole_numbers_likes_what_the_same_one_in_decimals_likes():
    whole, decimal = (
        prepare_eater(PlanRequest(Profile("f", 40, height, weight))).source.draw
        for height, weight in ((168, 64), (168.0, 64.0))
    )
    assert whole == decimal
