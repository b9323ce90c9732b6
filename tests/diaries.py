"""Days of a diary for tests, and what they hold by a plain sum over the food table."""

from functools import cache
from pathlib import Path

from foods.embedded import read_embedded_foods
from planner.candidates.own_dishes import dishes_with_own
from planner.diary.diary import FOOD, Diary, DiaryDay, DiaryEntry, DiaryMeal
from planner.diary.read import read_diary
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.table.improve import improve_diary

DASH = Path(__file__).parent / "data" / "diaries" / "dash_days.csv"
EATERS = {  # who eats each of them: sex, age, height, weight
    1: ("m", 40, 178, 80),
    2: ("f", 40, 165, 65),
    3: ("f", 40, 165, 65),
    4: ("f", 55, 165, 65),
    5: ("m", 40, 178, 75),
    6: ("f", 30, 168, 65),
    7: ("f", 40, 168, 70),
    8: ("m", 45, 175, 75),
}
RATIO, MAGNESIUM, CALCIUM = "ca_mg_ratio", "magnesium_mg", "calcium_mg"


@cache
def all_dishes():
    return dishes_with_own((), read_embedded_foods())


@cache
def dash_days():
    """Give the days by number, each as a diary of its own."""
    diary = read_diary(DASH, read_embedded_foods(), all_dishes())
    return {int(day.day): Diary((numbered(day, 1),), "dash") for day in diary.days}


def numbered(day, number):
    return DiaryDay(number, day.day, day.meals)


def asked_for(number, **changes):
    sex, age, height, weight = EATERS[number]
    return PlanRequest(Profile(sex=sex, age_y=age, height_cm=height, weight_kg=weight), **changes)


@cache
def improved(number):
    """Give what changes can do for one of the days."""
    return improve_diary(
        dash_days()[number], asked_for(number), read_embedded_foods(), all_dishes()
    )


def food_entry(food_id, number, measure):
    food = read_embedded_foods()[food_id]
    mass_g = number * next(one.mass_g for one in food.measures if one.name == measure)
    lines = ((food_id, mass_g),)
    return DiaryEntry(
        0, food.name, f"{number:g} {measure}", FOOD, food_id, food.name, mass_g, lines
    )


def a_day(**meals):
    """Give a diary of one day: meal = [(food, number, measure), …]."""
    every = tuple(
        DiaryMeal(slot, slot, tuple(food_entry(*line) for line in lines))
        for slot, lines in meals.items()
    )
    return Diary((DiaryDay(1, "1", every),), "a day")


def sum_of(diary, key):
    """Sum a nutrient over all lines of a diary, by nothing but the food table [its unit]."""
    foods = read_embedded_foods()
    return sum(
        mass / 100 * (foods[food_id].per_100g[key] or 0.0)
        for entry in diary.entries()
        for food_id, mass in entry.ingredients
    )
