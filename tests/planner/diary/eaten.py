"""Diaries of a few foods whose sums a reader can do by hand."""

from foods.supplement import find_supplement
from planner.diary.diary import Diary, DiaryDay, DiaryEntry, DiaryMeal
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from tests.plates import food, table

SEEDS = food("seeds", group="seeds", magnesium_mg=500.0, calcium_mg=50.0, energy_kcal=550.0)
CHEESE = food("cheese", group="cheese", magnesium_mg=30.0, calcium_mg=700.0, energy_kcal=400.0)
SALT = food("salt", group="herb_spice", energy_kcal=0.0)  # of which no magnesium is known
FOODS = table(SEEDS, CHEESE, SALT)
WOMAN = PlanRequest(Profile(sex="f", age_y=40, height_cm=165, weight_kg=60))


def eaten(food_id, mass_g):
    return DiaryEntry(
        2, food_id, f"{mass_g:g} g", "food", food_id, food_id, mass_g, ((food_id, mass_g),)
    )


def pill(name, key, amount):
    compound = find_supplement(name)
    return DiaryEntry(
        3, name, "1", "supplement", compound.compound_id, compound.label, nutrients={key: amount}
    )


def diary(*days):
    made = (
        DiaryDay(number, str(number), (DiaryMeal("lunch", "lunch", tuple(entries)),))
        for number, entries in enumerate(days, start=1)
    )
    return Diary(tuple(made), "diary.csv")
