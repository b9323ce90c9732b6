"""The main job end to end: real catalogue, real dishes, every plan judged by the check."""

import csv
import io
import itertools
import random
import tomllib
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from foods.catalogue import parse_catalogue
from foods.embedded import read_data_text, read_embedded_foods
from foods.fodmap import NOT_LOW
from planner.candidates.at_hand import foods_at_hand
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.portions import MILK_GROUPS
from planner.check.document import check_document
from planner.export.as_json import as_json
from planner.kitchen.batch import FREEZER, FRIDGE
from planner.meals.served import bread_family, served_ways
from planner.request.days import DAYS_PER_WEEK
from planner.request.meal_phrases import read_cook_on
from planner.request.read import request_from_dict
from planner.rhythm.choices import words_of
from planner.settings import read_settings
from planner.wire.document import parse_plan_document
from tests import stored
from tests.one_eater import plan_everybody, plan_meals

FOODS = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
PEOPLE = {
    "pregnant": {"profile": {"sex": "f", "age": 29, "state": "pregnant", "gestation_week": 20}},
    "vegan boy": {"profile": {"sex": "m", "age": 6}, "preferences": {"diet": "vegan"}},
    "vegan, no gluten, no nuts": {
        "profile": {"sex": "m", "age": 45},
        "preferences": {"diet": "vegan", "without": ["gluten", "tree nuts"]},
    },
    "low FODMAP": {"profile": {"sex": "f", "age": 38, "conditions": ["low fodmap"]}},
}
MEALS = [name for name in stored.ONE_EATER if name != "four_weeks"]


def asked(table, days=2):
    solve = {"effort": "quick"} | table.get("solve", {})
    return request_from_dict({"week": {"days": days}} | table | {"solve": solve})


@cache
def report_of(name):
    return plan_meals(asked(PEOPLE[name]))


def eaten(plan):
    return [(food, mass) for day in plan.days for item in day.items()
            for food, mass in item.ingredients]  # fmt: skip


def menu(plan):
    return [
        [(meal.slot, item.item_id, item.servings) for meal in day.meals for item in meal.items]
        for day in plan.days
    ]


@pytest.mark.parametrize("name", PEOPLE)
def test_a_listed_person_gets_a_checked_plan(name):
    report = report_of(name)
    assert report.plan is not None
    assert report.check.passed, report.check.faults
    missed = [one for one in report.check.findings if not one.holds and one.period == "week"]
    assert not any(finding.hard for finding in missed)
    assert len(report.why.short) == len([one for one in missed if one.value is not None])


def test_an_allergen_is_in_nothing_on_the_table():
    for food, _ in eaten(report_of("vegan, no gluten, no nuts").plan):
        assert not {"gluten", "tree_nut"} & FOODS[food].allergens


def test_pregnancy_and_low_fodmap_leave_out_what_their_rules_name():
    banned = {"liver", "high_mercury", "raw_sprouts", "raw_egg", "raw_fish", "raw_meat",
              "mould_ripened", "unpasteurised", "alcohol", "cold_cuts"}  # fmt: skip
    report = report_of("pregnant")
    assert not [food for food, _ in eaten(report.plan) if banned & FOODS[food].flags]
    assert all(day.totals["caffeine_mg"] <= 200 for day in report.plan.days)
    iron = report.targets.find("iron_mg", "week")
    assert (iron.lower, iron.hard) == (27, False)
    low = report_of("low FODMAP").plan
    assert not [food for food, _ in eaten(low) if NOT_LOW in FOODS[food].flags]


def test_no_day_of_a_child_is_full_of_fibre_or_potassium():
    for day in report_of("vegan boy").plan.days:
        assert day.totals["fibre_g"] <= 35.01
        assert day.totals["potassium_mg"] <= 3451


def test_the_same_request_gives_the_same_week_whatever_the_order_of_foods():
    again = plan_meals(asked(PEOPLE["pregnant"]), foods=shuffled())
    assert menu(again.plan) == menu(report_of("pregnant").plan)


def shuffled():
    def rows_of(name):
        head, *body = csv.reader(io.StringIO(read_data_text(name)))
        random.Random(7).shuffle(body)
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([head, *body])
        return out.getvalue()

    vocabulary = tomllib.loads(read_data_text("vocabulary.toml"))
    return parse_catalogue(rows_of("catalogue.csv"), rows_of("foods.csv"), vocabulary, "test")


def test_wishes_are_kept():
    wishes = {
        "per_week": ["salmon >= 2", "eggs <= 1", "wine >= 2"],
        "alcohol": True,
        "without": ["mushrooms"],
        "min_days_between": {"chicken": 3},
        "budget_per_week": 95,
        "budget_counts": "eaten",
        "like": {"lentils": 3},
    }
    report = plan_meals(asked({"preferences": wishes}, 7))
    assert report.check.passed, report.check.faults
    served = [
        (day.day, FOODS[food].base, FOODS[food].group)
        for day in report.plan.days
        for item in day.items()
        for food, mass in item.ingredients
        if mass >= 5
    ]
    assert sum(base == "salmon" for _, base, _ in served) >= 2
    groups = [group for _, _, group in served]
    assert groups.count("egg") <= 1
    assert groups.count("alcohol") >= 2
    assert "mushrooms" not in groups
    chicken = sorted({day for day, base, _ in served if base == "chicken"})
    assert all(b - a >= 3 for a, b in itertools.pairwise(chicken))
    assert report.plan.cost <= 95


@pytest.mark.parametrize("last", ["grains", "gluten"])
def test_a_diet_that_leaves_nothing_says_what_left_it_out(last):
    without = ["legumes", "soy", "nuts", "seeds", last]
    report = plan_meals(asked({"preferences": {"diet": "vegan", "without": without}}, 1))
    assert report.plan is None
    assert any("by the diet" in sentence for _, _, sentence in report.refusal.conflict)


# Stored weeks


@pytest.mark.parametrize("name", MEALS)
def test_a_week_reads_like_food(name):
    plan = stored.plan(name)
    mains = [(day.day, meal.slot, item) for day in plan.days for meal in day.meals
             for item in meal.items
             if item.item_id in DISHES and DISHES[item.item_id].kind == "main"]  # fmt: skip
    meals = Counter(item.item_id for _, _, item in mains)
    assert len(mains) == 14
    assert max(meals.values()) <= 2
    assert sum(main.leftover_of is not None for _, _, main in mains) <= DAYS_PER_WEEK
    made = {dish: [(day, slot) for day, slot, item in mains
                   if item.item_id == dish and item.leftover_of is None]
            for dish in meals}  # fmt: skip
    anew = {dish: at for dish, at in made.items() if len(at) > 1}
    assert len(anew) <= 1  # a quick lunch may be made anew on another day, nothing else twice
    for dish, ((first, _), (later, _)) in anew.items():
        assert {slot for _, slot in anew[dish]} == {"lunch"}
        assert later - first > 1
        assert DISHES[dish].active_minutes <= 15
        assert DISHES[dish].minutes <= 25
    for day in plan.days:
        energy = {m.slot: sum(i.nutrients["energy_kcal"] for i in m.items) for m in day.meals}
        assert energy["snack"] <= 0.27 * day.totals["energy_kcal"]  # a quarter of what is aimed at
        for meal in day.meals:
            served = [item.item_id for item in meal.items if not item.beside]
            assert len(served) == len(set(served)) <= 5


def starches(items):
    """The kinds of starch of a meal; more of the same one is one."""
    foods = [FOODS[item.item_id] for item in items if item.kind == "food"]
    kinds = {food.base for food in foods if "starch" in food.roles}
    return (kinds | {DISHES[item.item_id].starch for item in items if item.kind == "dish"}) - {
        "none"
    }


def family(dish):
    """The family of a written starch; of a bread, whether it is a roll or a flatbread."""
    foods = [FOODS[line.food_id] for line in dish.ingredients]
    breads = [bread_family(food.base) for food in foods if food.group == "bread"]
    return breads[0] if dish.starch in ("bread", "tortilla") else dish.starch


PLAIN = {row["food"]: row for row in read_settings("rhythm.toml")["side"]}
"""Foods that stand beside a main dish as they are."""


def beside(meal):
    """Place of each side of a meal, and the words of what stands on it."""
    for item in meal.items[1:]:
        if item.kind == "food" and item.item_id in PLAIN:
            is_bread = FOODS[item.item_id].group == "bread"
            word = PLAIN[item.item_id]["served"]
            yield "starch" if is_bread else "vegetable", words_of(word)
        elif item.kind == "dish" and DISHES[item.item_id].kind == "side":
            side = DISHES[item.item_id]
            is_starch = side.role == "starch"
            word = family(side) if is_starch else side.served
            yield "starch" if is_starch else "vegetable", words_of(word)


@pytest.mark.parametrize("name", MEALS)
def test_beside_a_main_dish_stands_what_it_is_served_with_and_one_starch_at_most(name):
    plan = stored.plan(name)
    glasses = {item.item_id for day in plan.days for item in day.items()
               if item.kind == "food" and FOODS[item.item_id].group in MILK_GROUPS}  # fmt: skip
    assert len(glasses) <= 1  # one kind of milk is drunk
    for day in plan.days:
        for meal in (own_meal for own_meal in day.meals if own_meal.slot in ("lunch", "dinner")):
            assert len(starches(meal.items)) <= 1
            main = DISHES[meal.items[0].item_id]
            way, sides = served_ways()[main.served], [*beside(meal)]
            assert all(not words.isdisjoint(way.takes[partner]) for partner, words in sides)
            held = {partner for partner, _ in sides}
            assert len(held) == len(sides)
            assert way.needs <= (held | {"starch"} if starches(meal.items[:1]) else held)
            plain = [PLAIN[item.item_id] for item in meal.items if item.item_id in PLAIN]
            assert all(meal.slot in row.get("meals", (meal.slot,)) for row in plain)


def test_a_month_has_four_weeks_each_within_its_targets():
    assert len(stored.plan("four_weeks").days) == 28
    findings = stored.check("four_weeks").as_one().findings
    assert {finding.week for finding in findings if finding.period == "week"} == {1, 2, 3, 4}
    assert stored.check("four_weeks").passed


# What is eaten again


def again(plan):
    return [
        (day.day, meal.slot, item)
        for day in plan.days
        for meal in day.meals
        for item in meal.items
        if item.leftover_of and meal.slot in ("lunch", "dinner")
    ]


def faults_with(document, old, new):
    """What the judge finds where one thing stands in place of another."""
    days = [
        replace(day, meals=tuple(
            replace(meal, items=tuple(new if item is old else item for item in meal.items))
            for meal in day.meals
        ))
        for day in document.plan.days
    ]  # fmt: skip
    forged = replace(document, plan=replace(document.plan, days=tuple(days)))
    return check_document(forged, foods_at_hand(document.request)).as_one().faults


@cache
def cooked_ahead():
    who = {"sex": "m", "age": 33, "height_cm": 180, "weight_kg": 80}
    wishes = {"max_minutes_on": read_cook_on("sun")}
    week = {"start": "2026-11-29", "days": 7}
    table = {"profile": who, "preferences": wishes, "week": week, "solve": {"effort": "quick"}}
    return plan_everybody(request_from_dict(table))


def test_who_cooks_on_sunday_has_of_it_for_days_and_what_keeps_less_long_is_frozen():
    report = cooked_ahead()
    assert report.passed
    meals = again(report.plan)
    stores = {label.eat_on: label.store for label in report.batch.labels if label.eat_on}
    assert len(meals) > 1
    for day, slot, item in meals:
        keeps = DISHES[item.item_id].keeps_days
        assert stores[day, slot] == (FRIDGE if day - 1 <= keeps else FREEZER)
    made = [
        DISHES[item.item_id].tags
        for day in report.plan.days[1:]
        for meal in day.meals
        for item in meal.items
        if meal.slot in ("lunch", "dinner") and item.item_id in DISHES and not item.leftover_of
    ]
    assert made
    assert all("no_cook" in tags for tags in made)
    document = parse_plan_document(as_json(report), "plan.json")
    day, _slot, item = again(document.plan)[-1]
    late = replace(item, leftover_of=day - 8)
    assert any("keeps" in fault for fault in faults_with(document, item, late))


def test_lunch_may_be_the_dinner_of_the_evening_before():
    wishes, week = {"lunch": "leftovers"}, {"days": 3, "start": "2026-03-02"}
    who = {"sex": "f", "age": 37}
    report = plan_everybody(asked({"profile": who, "preferences": wishes, "week": week}))
    assert report.passed
    lunches = [(day, item) for day, slot, item in again(report.plan) if slot == "lunch"]
    assert lunches
    assert all(item.leftover_of == day - 1 for day, item in lunches)
    assert f"on {len(lunches)} of 3 workdays" in " ".join(report.alone.unmet)
    document = parse_plan_document(as_json(report), "plan.json")
    day, _slot, item = again(document.plan)[-1]
    older = replace(item, leftover_of=day - 2)
    assert any("not on the evening before" in fault for fault in faults_with(document, item, older))


# Amounts that use up packages
