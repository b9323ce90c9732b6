"""Forty dishes drawn at random, as they are cooked: list, steps, servings and times agree."""

import random
import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import product
from types import SimpleNamespace

import pytest

from planner.candidates.dish import read_embedded_dishes
from planner.candidates.exchanges import with_exchanges
from planner.candidates.later import fresh_parts
from planner.candidates.servings import dish_portion, kitchen_mass, mass_per_food, odd_pieces
from planner.document.terminal import as_plain
from planner.export.figures import clock_of
from planner.export.meals import Meals
from planner.export.recipe_text import recipe_book
from planner.kitchen.as_bought import recipe_lines
from planner.kitchen.batch import plan_batch
from planner.kitchen.errand import Errand
from planner.kitchen.measures import grams_per
from planner.kitchen.shopping import list_shopping
from planner.plan.plan import Plan
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from tests.exchanged import AVOIDED, those_without
from tests.foods.step_words import FOODS, part_faults, parts_of, taken_of
from tests.plates import day, item

DRAWN, SEED = 40, 20261121
ALL = {dish.dish_id: dish for dish in read_embedded_dishes()}
DISHES = [ALL[name] for name in random.Random(SEED).sample(sorted(ALL), DRAWN)]
PARTED = [one for one in ALL.values() if any(line.fresh_share < 1 for line in one.ingredients)]
SERVINGS = (0.5, 1.0, 1.25, 1.5, 2.0)
SEASONINGS = {"herb_spice", "fat_oil", "condiment", "sauce", "fruit_juice", "sweet", "baking"}
GRAMS = re.compile(r"([\d,]+(?:\.\d)?) g$")
COUNTS = re.compile(
    r"(?:Cook|Make) (?:about )?([\d /,]+?)(?: g| (?:large |small )?servings?): (.*?)\.(?: |$)"
)
PART = re.compile(r"([\d /,]+?)(?: g)? (?:now|for |to freeze for )")


def served(dish, servings, **more):
    """So many servings of a dish, as a plan has them."""
    masses = {
        food_id: kitchen_mass(mass_g * servings / dish.servings)
        for food_id, mass_g in mass_per_food(dish).items()
    }
    one = replace(item(dish.dish_id, masses), name=dish.name, servings=servings)
    return replace(one, minutes=dish.minutes, active_minutes=dish.active_minutes, **more)


def cooked_twice(dish, servings, units):
    """The book, the pot and the day on which a dish is cooked for dinner and the next lunch."""
    first = served(dish, servings)
    days = (
        day(1, FOODS, dinner=first), day(2, FOODS, lunch=replace(first, leftover_of=1)),
    )  # fmt: skip
    plan = Plan(days, {}, {}, None, 0.0, 1)
    batch = plan_batch(plan, ALL.values())
    shopping = list_shopping(plan, FOODS, Errand(units, recipes=tuple(ALL.values())), batch)
    return recipe_book(plan, FOODS, units, ALL.values(), batch, shopping), days


def number(words):
    return float(sum(Fraction(part) for part in words.replace(",", "").split()))


@pytest.mark.parametrize("units", ["us", "metric"])
@pytest.mark.parametrize("dish", DISHES, ids=lambda one: one.dish_id)
def test_the_list_has_what_is_cooked_and_the_second_meal_adds_the_rest(dish, units):
    for servings in SERVINGS:
        book, (first, second) = cooked_twice(dish, servings, units)
        (dinner,), (lunch,) = first.meals, second.meals
        entry = book.entry(first, dinner, dinner.items[0])
        eaten = dict(dinner.items[0].ingredients)
        fresh = dict(fresh_parts(dish.ingredients, lunch.items[0].ingredients))
        cooked = [
            (food_id, round(2 * mass_g - fresh.get(food_id, 0.0), 1))
            for food_id, mass_g in eaten.items()
        ]
        told = [float(GRAMS.search(row[2])[1].replace(",", "")) for row in entry.takes]
        lines = recipe_lines(cooked, dish, FOODS, units)
        assert told == pytest.approx([line.mass_g for line in lines], abs=0.51)
        again = book.entry(second, lunch, lunch.items[0]).again
        added = [float(mass) for mass in re.findall(r"([\d.]+) g[,)]", again)]
        assert sum(added) == pytest.approx(sum(fresh.values()), abs=0.51 * max(1, len(fresh)))


@pytest.mark.parametrize("dish", DISHES, ids=lambda one: one.dish_id)
def test_steps_take_all_of_the_list_and_no_more(dish):
    for servings in SERVINGS:
        book, (first, _second) = cooked_twice(dish, servings, "metric")
        (dinner,) = first.meals
        entry = book.entry(first, dinner, dinner.items[0])
        pot = dict(book.pot(first, dinner, dinner.items[0]).ingredients)
        taken = Counter()
        for food_id, mass_g in taken_of(dish, entry.steps):
            taken[food_id] += mass_g
        for food_id, mass_g in taken.items():
            assert mass_g <= pot[food_id] + (grams_per(FOODS[food_id], "tsp") or 0.0) / 4
        assert list(part_faults(dish, entry.steps, SEASONINGS)) == []


@pytest.mark.parametrize("dish", DISHES, ids=lambda one: one.dish_id)
def test_servings_and_times_agree(dish):
    for servings in SERVINGS:
        book, (first, _second) = cooked_twice(dish, servings, "us")
        (dinner,) = first.meals
        entry = book.entry(first, dinner, dinner.items[0])
        whole, parts = COUNTS.search(entry.at_once).groups()
        counts = [number(one) for one in PART.findall(parts)]
        assert len(counts) == 2
        assert sum(counts) == pytest.approx(number(whole), abs=1.0 if " g:" in entry.at_once else 0)
        request = PlanRequest(Profile())
        table = SimpleNamespace(book=book, request=request)
        said = as_plain(Meals(table, first, seen=None).blocks(()))
        flat = " ".join(said.split())
        assert f"How to make it ({clock_of(dinner.items[0])}):" in flat
        assert f"Dinner: {clock_of(dinner)}" in flat


@pytest.mark.parametrize("dish", PARTED, ids=lambda one: one.dish_id)
def test_of_what_is_in_part_added_when_it_is_eaten_steps_cook_that_of_every_meal(dish):
    # a share ("half of the banana") would be one of less where a second meal adds its own
    parts = {line.food_id: line.fresh_share for line in dish.ingredients if line.fresh_share < 1}
    assert not set(parts) & set(parts_of(dish, dish.steps))
    for servings in SERVINGS:
        book, (first, _second) = cooked_twice(dish, servings, "us")
        (dinner,) = first.meals
        taken = dict(taken_of(dish, book.entry(first, dinner, dinner.items[0]).steps))
        eaten = dict(dinner.items[0].ingredients)
        for food_id, fresh in parts.items():
            assert taken[food_id] == pytest.approx(2 * eaten[food_id] * (1 - fresh), abs=2.6)


def test_nobody_says_of_any_dish_where_no_rest_goes_or_takes_more_than_all():
    found = {one.dish_id: list(part_faults(one, one.steps, SEASONINGS)) for one in ALL.values()}
    assert {dish: faults for dish, faults in found.items() if faults} == {}


def test_a_rest_that_goes_nowhere_and_a_third_half_are_found():
    dish = ALL["spaghetti_tomato_basil"]
    lost = [step.replace("the rest of the basil", "basil") for step in dish.steps]
    assert list(part_faults(dish, lost, SEASONINGS)) == [
        ("basil_fresh", "nobody says where the rest goes")
    ]
    more = [*dish.steps, "Add half of the basil, and then half of the basil."]
    assert ("basil_fresh", "more than all of it") in part_faults(dish, more, SEASONINGS)


WHOLE = re.compile(r"\d+ (?!Tbsp|cup|g\b)[a-z -]+(?: of \d+ g| \(\d+ g each\))?")  # and no crumbs


@pytest.mark.parametrize("name", ["", *AVOIDED])
def test_what_is_counted_is_printed_in_whole_pieces_whatever_stands_for_it(name):
    odd = []
    for dish in (
        those_without(name) if name else with_exchanges(read_embedded_dishes(), [frozenset()])
    ):
        counted = {
            line.food_id
            for line in dish.ingredients
            if FOODS[line.food_id].group == "bread" and WHOLE.fullmatch(line.measure)
        }
        for servings, units in product((1, 2, 3, 4), ("us", "metric")):
            if odd_pieces(dish, FOODS, servings):
                continue
            portion = dish_portion(dish, servings)
            odd += [
                (dish.dish_id, servings, line.words)
                for line in recipe_lines(portion.ingredients, dish, FOODS, units)
                if line.food_id in counted and not re.match(r"\d+ [a-z][a-z ]{2,}", line.words)
            ]
    assert odd == []
