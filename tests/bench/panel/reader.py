"""Read a menu that is written for people back into a day that can be scored.

Dishes are found by name and foods by their printed names; servings follow from the masses. What is
left out of the text (herbs, water, less than six grams; three before round 24) is left out here.
"""

import csv
import re
from functools import cache
from pathlib import Path
from statistics import median

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.plan.plan import Day, Item, Meal, Plan
from tests.exchanged import AVOIDED, those_without

DISH = re.compile(r"(?P<name>[^\[]+?)(?P<again> \(leftover\))? \[(?P<parts>.+)\]$")
FOOD = re.compile(r"(?P<number>[\d/ ]+?) (?P<name>\D.*)$")
PART = re.compile(r"(\d+) g (.+?)(?=, \d+ g |$)")
DRINKS = {"water", "tea", "green tea", "coffee or tea", "tea or water",
          "water (coffee or tea between meals)"}  # fmt: skip
FOODS = read_embedded_foods()
DISHES = {dish.name: dish for name in AVOIDED for dish in those_without(name)}  # exchanged, too
DISHES |= {dish.name: dish for dish in read_embedded_dishes()}
with Path(__file__).with_name("former_names.csv").open(encoding="utf-8") as file:
    BY_ID = {dish.dish_id: dish for dish in read_embedded_dishes()}
    DISHES |= {row["former"]: BY_ID[row["dish_id"]] for row in csv.DictReader(file)}


def read_day(text, number=1):
    """Give the day that a menu of four lines tells."""
    meals = []
    for line in text.strip().splitlines():
        if line.startswith("For "):
            continue
        slot, _, rest = line.partition(": ")
        things = [one.strip() for one in re.split(r";(?![^\[]*\])", rest)]
        items = tuple(_item(one) for one in things if one not in DRINKS)
        meals.append(Meal(slot.lower(), items))
    return Day(number, None, tuple(meals), {}, None, 0.0)


ENERGY = {"a small": 1600.0, "a usual": 2000.0, "a large": 2550.0, "a very large": 3100.0}


def energy_of(text):
    """Give the energy that the appetite named above a menu stands for; ``None`` without."""
    named = re.match(r"For an? .* with (.+) appetite", text.strip())
    return ENERGY[named[1]] if named else None


def read_plan(*texts):
    """Give the plan whose days are told by ``texts``."""
    days = tuple(read_day(text, number) for number, text in enumerate(texts, start=1))
    return Plan(days, {}, {}, None, 0.0, 1)


def _dish_called(name):
    """Give the dish of a name; what stands behind the comma may have been exchanged otherwise."""
    return DISHES.get(name) or DISHES.get(name.partition(", with ")[0])


def _item(text):
    found = DISH.match(text)
    return _dish(**found.groupdict()) if found else _food(**FOOD.match(text).groupdict())


def _dish(name, again, parts):
    lines = tuple((food_named(what), float(grams)) for grams, what in PART.findall(parts))
    dish, mass_g = _dish_called(name), sum(mass for _, mass in lines)
    servings = _servings(dish, dict(lines)) if dish else 1.0
    item_id = dish.dish_id if dish else name
    leftover = 0 if again else None
    return Item(
        "dish", item_id, name, servings, "", mass_g, lines, {}, 0.0, 0, leftover_of=leftover
    )


def _servings(dish, masses):
    """Give the servings, to the quarter, that most lines of the recipe agree on."""
    times = [
        masses[line.food_id] * dish.servings / line.mass_g
        for line in dish.ingredients
        if line.food_id in masses
    ]
    return round(4 * median(times)) / 4 if times else 1.0


def _food(number, name):
    count = sum(float(eval_fraction(part)) for part in number.split())
    word, _, rest = name.partition(" ")
    kind = word.removesuffix("s") if word not in ("slices", "pieces") else word[:-1]
    kinds = {word, kind, word.removesuffix("es")}
    food = FOODS[food_named(rest if kinds & MEASURES else name)]
    sizes = {one.name: one.mass_g for one in food.measures}
    named = [sizes[one] for one in kinds if one in sizes]
    mass_g = count * (named[0] if named else food.serving.measure.mass_g)
    measure = f"{number} {word if kinds & MEASURES else food.serving.measure.name}"
    return Item(
        "food", food.food_id, food.name, count, measure, mass_g, ((food.food_id, mass_g),), {}, 0, 0
    )


def eval_fraction(text):
    """Give the number of ``"3"`` or ``"1/2"``."""
    above, _, below = text.partition("/")
    return float(above) / float(below or 1)


@cache
def food_named(text):
    """Give the id of the food that a menu calls ``text``; all of its words are in the name.

    Raises
    ------
    KeyError
        When no food of the catalogue has these words.
    """
    words = set(_words(text))
    fits = [food for food in FOODS if words <= set(_words(food.name))]
    if not fits:
        raise KeyError(text)
    exact = [food for food in fits if words == set(_words(food.name))]
    return min(exact or fits, key=_rank).food_id


def _rank(food):
    return (food.state != "eaten", food.group == "baked_sweet", len(food.name), food.food_id)


def _words(text):
    words = re.findall(r"[a-z0-9%]+", text.lower().replace("low-fat milk", "lowfat milk"))
    return [word.removesuffix("es") if word.endswith("oes") else word.removesuffix("s")
            for word in words]  # fmt: skip


MEASURES = {one.name for food in FOODS for one in food.measures}
