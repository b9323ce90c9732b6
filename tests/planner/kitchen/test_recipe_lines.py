"""What a recipe lists, how much of it in the words of a cook, and what its steps say."""

import random
import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import pytest

from foods.embedded import read_embedded_foods
from foods.food import Measure, UsualServing
from foods.packages import bought
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.later import fresh_parts
from planner.candidates.servings import (
    kitchen_mass,
    mass_per_food,
    plural,
)
from planner.document.terminal import as_plain
from planner.export.figures import clock_of
from planner.export.meals import Meals
from planner.export.recipe_text import recipe_book
from planner.kitchen.batch import plan_batch
from planner.kitchen.bought import recipe_lines
from planner.kitchen.errand import Errand
from planner.kitchen.leftovers import asked_uses, soaked, with_left_over, with_own_dry
from planner.kitchen.measures import (
    G_PER_OZ,
    grams_per,
    in_units,
    kitchen_amount,
    pot_parts,
    servings_text,
    steps_for,
)
from planner.kitchen.shopping import list_shopping
from planner.kitchen.sold import shelves_of, sold_as
from planner.plan.plan import Plan
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.read import request_from_dict
from planner.request.request import PlanRequest
from planner.settings import read_settings
from tests.foods.step_words import part_faults, taken_of
from tests.plates import day, food, item
from tests.rows import rows

FOODS = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}


@pytest.mark.parametrize("servings", [1, 2, 4])
def test_every_line_of_every_dish_is_what_the_shopping_list_buys(servings):
    for dish in DISHES.values():
        share = servings / dish.servings
        masses = {food_id: mass_g * share for food_id, mass_g in mass_per_food(dish).items()}
        for line in recipe_lines(masses.items(), dish, FOODS, "us"):
            food, edible_g = bought(FOODS[line.food_id], masses[line.food_id], FOODS)
            told = {masses[line.food_id], edible_g, edible_g * food.bought_g_per_100g / 100}
            assert any(abs(line.mass_g - grams) <= 0.51 for grams in told), (dish.dish_id, line)


def line_of(dish_id, food_id, units="us", share=1.0):
    dish = DISHES[dish_id]
    masses = [(key, mass_g * share) for key, mass_g in mass_per_food(dish).items()]
    lines = recipe_lines(masses, dish, FOODS, units)
    return next(line for line in lines if line.food_id == food_id)


@rows(__file__, "recipe_lines")
def test_a_line_is_what_is_bought_with_its_cut_its_mass_and_its_words(
    dish_id, food_id, units, share, name, note, mass_g, words
):
    line = line_of(dish_id, food_id, units, share)
    assert (line.name, line.note) == (
        line.name if name == "*" else name,
        line.note if note == "*" else note,
    )
    assert line.mass_g == (line.mass_g if mass_g is None else mass_g)
    assert line.words == (line.words if words == "*" else words)


@pytest.mark.parametrize("units", ["us", "metric"])
def test_no_line_of_any_dish_has_a_measure_that_does_not_measure_its_cut(units):
    for dish in DISHES.values():
        for servings in (1, 1.5, 4):
            share = servings / dish.servings
            parts = [(line.food_id, line.mass_g * share) for line in dish.ingredients]
            for line in recipe_lines(parts, dish, FOODS, units):
                unit = line.words.rpartition(" ")[2].removesuffix("s")
                told = (dish.dish_id, line.name, line.note, line.words)
                assert not ("grated" in line.note and unit == "slice"), told
                assert not ("rings" in line.note and unit in ("tsp", "tbsp")), told
                assert not line.words.endswith(" handfuls") or float(line.words.split()[0]) <= 3


NEAR = read_settings("meals/measures.toml")["near"]
COUNTED = {*read_settings("meals/measures.toml")["pieces"]["counted"]}
SAID = re.compile(r"(?:(about|scant|generous) )?((?:\d+ )?\d/\d|\d+)(?: (.+))?")


def grams_said(food, words):
    """Give whether an amount is told to be about so much, and its mass [g]."""
    nearly, number, measure = SAID.fullmatch(words).groups()
    count = float(sum(map(Fraction, number.split())))
    names = {plural(one.name): one.name for one in food.measures} | {"cups": "cup"}
    unit_g = (
        grams_per(food, names.get(measure, measure)) if measure not in (None, "whole") else None
    )
    if measure == "oz":
        unit_g = G_PER_OZ
    if unit_g is None:  # of what has halves, a whole one and its parts
        unit_g = 2 * grams_per(food, "half")
    return nearly, count * unit_g


def test_every_amount_is_as_near_as_it_says():
    """Over all foods and masses from a pinch to a pot, in both kitchens."""
    words_seen = 0
    for known_food in read_embedded_foods():
        for mass_g in (0.4, 0.9, 1.4, 2.2, 3.8, 7.0, 15.0, 36.0, 51.0, 86.0, 172.0, 336.0, 740.0):
            for units in ("us", "metric"):
                words = kitchen_amount(known_food, mass_g, units)
                if not words or "pinch" in words or " ml" in words or "lb" in words:
                    continue
                words_seen += 1
                nearly, said_g = grams_said(known_food, words)
                name = words.rpartition(" ")[2].removesuffix("s")
                near = NEAR["measures"].get(name, NEAR["usual"])
                off = abs(said_g - mass_g) / mass_g
                is_bit = (
                    nearly == "about" and said_g > mass_g
                )  # no less than one sprig, half a clove
                near = NEAR["counted"] if name in COUNTED else near
                most = NEAR["about"] if nearly else near
                assert off <= most + 1e-3 or is_bit, (known_food.food_id, mass_g, words)
    assert words_seen > 5000


def test_what_is_counted_in_a_recipe_is_what_it_weighs_for_any_table():
    """Over all dishes, for one half to three times what they are written for."""
    foods, seen = read_embedded_foods(), 0
    called = {known_food.name: known_food for known_food in foods}
    for dish in read_embedded_dishes():
        for share in (0.5, 0.65, 1.0, 1.3, 2.25, 3.0):
            pot = [(one.food_id, round(one.mass_g * share, 1)) for one in dish.ingredients]
            for line in recipe_lines(pot, dish, foods, "us"):
                found = SAID.fullmatch(line.words)
                food = called.get(line.name)
                names = {plural(one.name): one.name for one in food.measures} if food else {}
                measure = found and found[3] and names.get(found[3], found[3])
                unit_g = food and measure in COUNTED and grams_per(food, measure)
                if unit_g and not found[1] and measure not in ("can", "jar"):
                    said_g = float(sum(map(Fraction, found[2].split()))) * unit_g
                    slack_g = 0.03 * line.mass_g + 0.6  # masses are written in whole grams
                    assert abs(said_g - line.mass_g) <= slack_g, (dish.dish_id, share, line)
                    seen += 1
    assert seen > 1000


@rows(__file__, "nobody_serves_a_quarter")
def test_nobody_serves_a_quarter(number, words):
    assert servings_text(number) == words


@rows(__file__, "a_pot_is_shared_out_in")
def test_a_pot_is_shared_out_in_few_parts_that_are_near_or_in_percent(masses_g, parts):
    assert pot_parts(masses_g) == parts


def measured(own, *measures, group="vegetables"):
    """Give a food with (name, grams) measures, served in the one called ``own``."""
    known = tuple(Measure(name, mass_g) for name, mass_g in measures)
    serving = UsualServing(next(one for one in known if one.name == own), 1, 1, 2, 7, frozenset())
    return replace(food("thing", group=group), measures=known, serving=serving)


MADE_UP = {
    "oil": measured("tbsp", ("tbsp", 13.5), group="fat_oil"),
    "rice": measured("cup", ("cup", 160.0), group="whole_grains"),
    "egg": measured("large", ("large", 50.0)),
    "bread": measured("slice", ("slice", 32.0), group="bread"),
    "pot": measured("pot", ("pot", 150.0), ("cup", 240.0), group="yogurt"),
    "milk": measured("cup", ("cup", 244.0), group="milk"),
    "half": measured("half", ("half", 68.0)),
    "salt": measured("tsp", ("tsp", 6.0), group="herb_spice"),
}


@rows(__file__, "amounts")
def test_masses_become_what_a_cook_would_say(food_id, mass_g, units, words):
    thing = MADE_UP.get(food_id) or read_embedded_foods()[food_id]
    assert kitchen_amount(thing, mass_g, units) == words


@rows(__file__, "cut_amounts")
def test_a_cut_is_measured_by_what_measures_it(food_id, mass_g, cut, words):
    thing = read_embedded_foods()[food_id]
    assert kitchen_amount(thing, mass_g, cuts=[cut] if cut else []) == words


def said(step, share, units="metric"):
    (text,) = steps_for([step], share, units)
    return text


@rows(__file__, "amounts_are_worked_out_in_kitchen")
def test_amounts_are_worked_out_in_kitchen_sizes(step, share, metric, us):
    assert said(step, share) == metric
    assert said(step, share, "us") == us


@rows(__file__, "pieces_are_counted_in_whole_ones")
def test_pieces_are_counted_in_whole_ones_and_named_by_their_number(step, share, text):
    assert said(step, share) == text


def test_a_pan_keeps_its_depth_in_a_size_that_is_sold():
    # a quarter of the food on about a quarter of the area: 192 cm2, in 18 x 12 cm or 7 x 5 inches
    assert said("in a {32 x 24 cm} dish", 0.25) == "in a 18 x 12 cm dish"
    assert said("in a {33 x 23 cm} dish", 0.25, "us") == "in a 7 x 5 inch (18 x 13 cm) dish"
    assert said("in a {32 x 24 cm} dish", 1.0) == "in a 32 x 24 cm dish"
    # half the area of a 28 cm skillet is one of 19.8 cm
    assert said("in a {28 cm} skillet", 0.5) == "in a 20 cm skillet"
    assert said("in a {28 cm} skillet", 0.5, "us") == "in an 8 inch (20 cm) skillet"
    assert said("in a {28 cm} skillet", 0.01) == "in a 16 cm skillet"


def test_every_pan_of_the_dishes_is_sold_whatever_is_cooked_of_it():
    pans = read_settings("meals/measures.toml")["pans"]
    pan = re.compile(r"\{(\d+(?: x \d+)? cm)\}")
    found = {text for dish in DISHES.values() for step in dish.steps for text in pan.findall(step)}
    assert len(found) > 15
    for text in found:
        for units in ("us", "metric"):
            sold = {str(side) for side in pans[units]["round"]}
            sold |= {f"{long} x {short}" for long, short in pans[units]["square"]}
            for share in (0.2, 0.375, 0.5, 1.5, 2.0):
                (told,) = steps_for([f"in {{{text}}}"], share, units)
                assert any(f"{size} cm" in told for size in sold), (text, share, told)
                inches = re.findall(r"([\d/ ]+?)(?: x| inch)", told)
                assert all("/" not in inch for inch in inches), told  # nobody sells 6 1/2 inches


@rows(__file__, "us_kitchens_read_fahrenheit_and_inches")
def test_us_kitchens_read_fahrenheit_and_inches_first_and_metric_ones_celsius_and_cm(
    text, us, metric
):
    assert in_units(text, "us") == us
    assert in_units(text, "metric") == metric


@pytest.mark.parametrize("units", ["us", "metric"])
@pytest.mark.parametrize("servings", [0.5, 1, 2, 4, 6])
def test_no_brace_of_a_shipped_dish_is_ever_printed(servings, units):
    for dish in DISHES.values():
        for step in steps_for(dish.steps, servings / dish.servings, units):
            assert not set("{}") & set(step), dish.dish_id
            assert "1 batches" not in step, dish.dish_id


SIDE, PUT_COLD = "fluffy_basmati_rice_butter", "or put it cold into what is eaten cold."


def entries(food, mass_g, *dinners):
    """The recipes of one dish for each day, of (dish id, food id → mass)."""
    request = PlanRequest(preferences=Preferences(use={f"leftover {food}": mass_g}))
    uses = [use for _, use in asked_uses(request, FOODS, DISHES.values())]
    days = [day(at, FOODS, dinner=item(*dinner)) for at, dinner in enumerate(dinners, start=1)]
    plan = Plan(tuple(days), {}, {}, None, 0.0, 1)
    shopping = list_shopping(plan, FOODS, Errand("metric"), None)
    book = recipe_book(plan, FOODS, "metric", DISHES.values(), None, shopping, uses=uses)
    return [book.entry(own_day, own_day.meals[0], own_day.meals[0].items[0]) for own_day in days]


def test_a_recipe_lists_what_is_left_over_cooked_and_does_not_cook_it():
    rice = (SIDE, {"basmati_rice_cooked": 150.0})
    first, second, third, late = entries("rice", 200.0, rice, rice, rice, rice)
    assert first.takes == (("White basmati rice, cooked, left over", "", "150 g"),)
    assert first.steps[0].startswith("Take all of the white basmati rice from what is left over")
    assert first.steps[0].endswith(PUT_COLD)
    assert "Warm the rice up with the butter and the salt." in first.steps
    assert not any("boil" in step for step in first.steps)
    left, dry = second.takes
    assert (left[0], left[2]) == ("White basmati rice, cooked, left over", "50 g")
    assert dry[0].startswith("White basmati rice, dry")
    assert second.steps[0].startswith("Take 50 g of the white basmati rice from what is left over")
    assert any("to a boil" in step for step in second.steps)  # the rest is cooked
    assert third.takes == late.takes
    assert not any("left over" in text for text in (*third.steps, *map(str, third.takes)))


@rows(__file__, "steps_that_boil_it_alone_go")
def test_steps_that_boil_it_alone_go_and_the_others_say_that_it_is_cooked(dish, food, gone, said):
    steps = " ".join(with_left_over(DISHES[dish], [food], FOODS).steps)
    assert said in steps
    assert not gone or gone not in steps


@rows(__file__, "pasta_that_is_left_over_has")
def test_pasta_that_is_left_over_has_a_step_of_its_own_and_is_not_boiled(dish, said):
    own = DISHES[dish]
    pasta = next(one.food_id for one in own.ingredients if "pasta" in one.food_id)
    told = " ".join(with_left_over(own, [pasta], FOODS).steps)
    assert said in told
    assert "do here only" not in told
    assert said not in " ".join(own.steps)


(DISH,) = (dish for dish in read_embedded_dishes() if dish.dish_id == "chana_masala_kale")
USE = {"preferences": {"use": {"chickpeas, dry": 500}}}
PANTRY = {"week": {"pantry": [{"food": "chickpeas_dry", "amount": 1, "unit": "kg"}]}}
FIRST = {"week": {**PANTRY["week"], "from_pantry": True}}


def sold_for(request):
    (own,) = with_own_dry([DISH], request_from_dict(request), FOODS)
    food, mass_g = sold_as(FOODS, shelves_of("us"), "chickpeas_cooked", 100.0, own)
    return own, food.food_id, mass_g


@pytest.mark.parametrize("request_", [USE, FIRST])
def test_dry_beans_of_ones_own_stand_for_those_from_a_can(request_):
    own, food_id, mass_g = sold_for(request_)
    assert (food_id, mass_g) == ("chickpeas_dry", 43.0)
    assert soaked(own, [("chickpeas_cooked", 200.0)], FOODS) == {"Chickpeas, dry": 86.0}
    assert "soaked chickpeas" in own.steps[0]
    assert not any("canned" in step for step in own.steps)


DRAWN, SEED = 40, 20261121
ALL = {dish.dish_id: dish for dish in read_embedded_dishes()}
FORTY_RECIPES_DISHES = [ALL[name] for name in random.Random(SEED).sample(sorted(ALL), DRAWN)]
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
@pytest.mark.parametrize("dish", FORTY_RECIPES_DISHES, ids=lambda one: one.dish_id)
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


@pytest.mark.parametrize("dish", FORTY_RECIPES_DISHES, ids=lambda one: one.dish_id)
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


@pytest.mark.parametrize("dish", FORTY_RECIPES_DISHES, ids=lambda one: one.dish_id)
def test_servings_and_times_agree(dish):
    for servings in SERVINGS:
        book, (first, _second) = cooked_twice(dish, servings, "us")
        (dinner,) = first.meals
        entry = book.entry(first, dinner, dinner.items[0])
        whole, parts = COUNTS.search(entry.at_once).groups()
        counts = [number(text) for text in PART.findall(parts)]
        assert len(counts) == 2
        assert sum(counts) == pytest.approx(number(whole), abs=1.0 if " g:" in entry.at_once else 0)
        request = PlanRequest(Profile())
        table = SimpleNamespace(book=book, request=request)
        said = as_plain(Meals(table, first, seen=None).blocks(()))
        flat = " ".join(said.split())
        assert f"How to make it ({clock_of(dinner.items[0])}):" in flat
        assert f"Dinner: {clock_of(dinner)}" in flat


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
