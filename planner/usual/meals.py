"""The meals of a diary as dishes of a request: their foods and grams as they were eaten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import Any

from foods.food import Food
from foods.own_dishes import as_toml
from foods.table import FoodTable
from planner.candidates.dish import RAW_FLAGS, Dish
from planner.candidates.own_dishes import parse_own_dishes
from planner.candidates.portions import VEGETABLE_GROUPS
from planner.candidates.servings import kitchen_mass
from planner.diary.diary import DISH, SUPPLEMENT, Diary, DiaryDay, DiaryEntry
from planner.language.names import OWN, short_name
from planner.language.spoken import listed_said, mark, said
from planner.settings import read_settings

SETTINGS = "usual.toml"
DAYS_PER_WEEK = 7
ID = "usual"
AS_MADE = mark("As you make it.")
UNMATCHED = mark("nothing of ours is surely {names}; --matches FILE.csv says what it is")
MAY_BE = mark("{written} (perhaps {names})")
NAMELESS = mark("meal without a name")
NO_MEAL = mark("it is no breakfast, lunch, dinner or snack")


@dataclass(frozen=True, slots=True)
class OwnMeal:
    """A meal that somebody eats, as a dish.

    Parameters
    ----------
    dish
        One serving of it: foods in grams as eaten, rounded to what a kitchen measures.
    slot
        Meal of a day at which it is eaten.
    days
        Numbers of the days of the diary that have it, from 1.
    made_of
        Ids of the dishes that it was written as.
    """

    dish: Dish
    slot: str
    days: tuple[int, ...]
    made_of: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MealOut:
    """A meal of the diary that no plan may have, and why.

    Parameters
    ----------
    day, meal
        Day and meal as they are written.
    why
        The reason, without a full stop.
    """

    day: str
    meal: str
    why: str


@dataclass(frozen=True, slots=True)
class UsualMeals:
    """What somebody eats, as far as it can be planned.

    Parameters
    ----------
    diary
        The diary.
    meals
        Its meals, each once, however often it is eaten.
    out
        Those that are none: with foods that are not known, or of no meal of a plan.
    bases
        Foods that are eaten, by base.
    """

    diary: Diary
    meals: tuple[OwnMeal, ...]
    out: tuple[MealOut, ...]
    bases: frozenset[str]

    @property
    def dishes(self) -> tuple[Dish, ...]:
        """The meals as dishes."""
        return tuple(one.dish for one in self.meals)

    @property
    def times(self) -> Mapping[str, int]:
        """Give id of a meal → times in seven days, rounded up; a shorter diary is repeated."""
        count = len(self.diary.days)
        return {one.dish.dish_id: ceil(len(one.days) * DAYS_PER_WEEK / count) for one in self.meals}

    @property
    def made_of(self) -> Mapping[str, frozenset[str]]:
        """Give id of a meal → ids of the dishes that it was written as."""
        return {one.dish.dish_id: one.made_of for one in self.meals}


def own_meals(diary: Diary, foods: FoodTable, known: Sequence[Dish] = ()) -> UsualMeals:
    """Make dishes of the meals of a diary: what is eaten at one slot of a day is one meal.

    Parameters
    ----------
    diary
        What is eaten; names matched.
    foods, known
        The food table and the dishes that it was matched to. What a dish is warned of (raw eggs,
        hot) a meal with it is warned of too.
    """
    found: dict[tuple[str, tuple[tuple[str, float], ...]], list[int]] = {}
    made_of: dict[tuple[str, tuple[tuple[str, float], ...]], frozenset[str]] = {}
    out: list[MealOut] = []
    for day in diary.days:
        for (slot, written), entries in _meals_of(day).items():
            why = _refusal(slot, entries)
            if why:
                out.append(MealOut(day.day, written, why))
            elif parts := _parts(entries):
                key = slot, parts
                found.setdefault(key, []).append(day.number)
                as_dishes = frozenset(one.item_id for one in entries if one.kind == DISH)
                made_of[key] = made_of.get(key, frozenset()) | as_dishes
    warned = {dish.dish_id: dish.tags & _warnings() for dish in known}
    tables = [
        {
            **_table(slot, parts, days, foods),
            "tags": sorted({tag for one in made_of[slot, parts] for tag in warned.get(one, ())}),
        }
        for (slot, parts), days in found.items()
    ]
    dishes = parse_own_dishes({diary.where: as_toml({"dish": tables})}, foods) if tables else ()
    made = {dish.dish_id: dish for dish in dishes}
    meals = (
        OwnMeal(made[_id(key[0], days)], key[0], tuple(days), made_of[key])
        for key, days in found.items()
    )
    eaten = (food_id for entry in diary.entries() for food_id, _ in entry.ingredients)
    return UsualMeals(
        diary, tuple(meals), tuple(out), frozenset(foods[food_id].base for food_id in eaten)
    )


def _warnings() -> frozenset[str]:
    """Give the tags of dishes that keep somebody from them."""
    return RAW_FLAGS | {read_settings("meals/rules.toml")["mild"]["tag"]}


def _meals_of(day: DiaryDay) -> dict[tuple[str, str], list[DiaryEntry]]:
    """Give (slot, meal as written) → what is eaten, pills apart; lines of one slot are one meal."""
    meals: dict[tuple[str, str], list[DiaryEntry]] = {}
    for meal in day.meals:
        key = (meal.slot, meal.slot or meal.name or NAMELESS)
        meals.setdefault(key, []).extend(one for one in meal.entries if one.kind != SUPPLEMENT)
    return {key: entries for key, entries in meals.items() if entries}


def _refusal(slot: str, entries: Sequence[DiaryEntry]) -> str:
    """Say why a meal can be none of a plan; empty where it can."""
    unknown = {one.written: one.near for one in entries if not one.is_matched}
    if unknown:
        most = int(read_settings(SETTINGS)["shown"]["near"])
        names = [
            said(MAY_BE, written=one, names=", ".join(near[:most])) if near else one
            for one, near in unknown.items()
        ]
        return said(UNMATCHED, names=listed_said(names))
    return "" if slot else said(NO_MEAL)


def _parts(entries: Iterable[DiaryEntry]) -> tuple[tuple[str, float], ...]:
    """Give food id and mass of a meal [g], by id, so that the same meal is known again."""
    masses: dict[str, float] = {}
    for entry in entries:
        for food_id, mass_g in entry.ingredients:
            masses[food_id] = masses.get(food_id, 0.0) + mass_g
    return tuple((food_id, kitchen_mass(masses[food_id])) for food_id in sorted(masses))


def _id(slot: str, days: Sequence[int]) -> str:
    """Give the id of a meal: its slot and the first day that has it."""
    return f"{ID}_d{days[0]}_{slot}"


def _table(
    slot: str, parts: Sequence[tuple[str, float]], days: Sequence[int], foods: FoodTable
) -> dict[str, Any]:
    """Give the ``[[dish]]`` table of a meal; protein, starch and yield follow from its foods."""
    rule = read_settings(SETTINGS)["meals"][slot]
    eaten = [(foods[food_id], mass_g) for food_id, mass_g in parts]
    return {
        "id": _id(slot, days),
        "name": _name(eaten),
        "kind": rule["kind"],
        "slots": [slot],
        "cuisine": "any",
        "servings": 1,
        "minutes": rule["minutes"],
        "active_minutes": rule["active_minutes"],
        "keeps_days": 0,
        "taste": 1,
        "portions": [1.0],
        "ingredients": [
            {"food": food_id, "mass_g": mass_g, "measure": f"{mass_g:g} g"}
            for food_id, mass_g in parts
        ],
        "steps": [AS_MADE],
        **({"served": _served(eaten)} if rule["kind"] == "main" else {}),
    }


def _served(eaten: Iterable[tuple[Food, float]]) -> str:
    """Say whether a main meal stands by itself or takes a salad or a side beside it."""
    rule = read_settings(SETTINGS)["served"]
    green_g = sum(mass_g for food, mass_g in eaten if food.group in VEGETABLE_GROUPS)
    return str(rule["full"] if green_g >= rule["vegetables_g"] else rule["short"])


def _name(eaten: Sequence[tuple[Food, float]]) -> str:
    """Name a meal by the foods that bring most: ``"Your white pasta, ground beef"``."""
    rule = read_settings(SETTINGS)["name"]
    main = [one for one in eaten if one[0].group not in rule["apart_groups"]] or eaten
    ranked = sorted(main, key=partial(_weight, protein=rule["kcal_per_g_protein"]), reverse=True)
    names = dict.fromkeys(short_name(food.name) for food, _ in ranked)
    return OWN + ", ".join([*names][: rule["foods"]])


def _weight(part: tuple[Food, float], protein: float) -> float:
    """Give the energy of a food in a meal, and so much for each gram of its protein [kcal]."""
    food, mass_g = part
    kcal, protein_g = (food.per_100g.get(key) or 0.0 for key in ("energy_kcal", "protein_g"))
    return (kcal + protein * protein_g) * mass_g / 100
