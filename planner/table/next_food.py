"""The best next food: which helping would close most of a day's gaps, and what it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from foods.food import Food
from foods.nutrient import known_nutrients
from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.servings import food_portions
from planner.check.amounts import CALCIUM, ENERGY, MAGNESIUM
from planner.diary.analysis import Analysis
from planner.diary.gap import Gaps, Limits, NextFood, NextFoods, gap_figures
from planner.diary.sums import DiaryIntake, with_food
from planner.errors import RefusedError
from planner.model.input import Wishes
from planner.settings import read_settings
from planner.table.choice import foods_left_out, wishes_of
from planner.targets.derive import targets_of
from planner.targets.target import said_within

SETTINGS = "next_food.toml"
NO_GAP = "Magnesium and Ca:Mg of this day have no gap: nothing has to be added."
FULL = (
    "The energy of this day is at its upper bound: something has to make room before anything is "
    "added."
)
OVER = "No helping is offered: {names} of this day is above the upper limit, and each adds to it."
NO_HELP = "No single helping helps without breaking a limit."


def rank_next(
    analysis: Analysis, number: int, foods: FoodTable, dishes: Sequence[Dish]
) -> NextFoods:
    """Rank helpings of foods by what they would do for one day.

    Diet, allergies, wishes and safety rules of the request leave foods out as they do of a plan;
    of the rest none is offered that takes a hard target of the day, or of the mean, out of its band
    or further out of it, holds more than one meal may, or more of a capped food than a day bears.

    Parameters
    ----------
    analysis
        The diary, held against the targets of its request.
    number
        Number of the day.
    foods, dishes
        What names are looked up in; the tap water of the request is in the table.
    """
    day = next(intake for intake in analysis.days if intake.table.first == number)
    before = gap_figures(day.table, foods)
    try:
        targets_of(analysis.request)
    except RefusedError as error:
        return NextFoods(number, before, (), 0, str(error))
    gaps = Gaps.of(analysis.targets, before)
    if not gaps.is_open:
        return NextFoods(number, before, (), 0, NO_GAP)
    limits = Limits(analysis, day, foods)
    if limits.is_full:
        return NextFoods(number, before, (), 0, FULL)
    wishes = wishes_of(analysis.request, foods, dishes)
    found = _helpings(analysis, foods, dishes)
    out = _often_enough(wishes, analysis)
    rated = [
        offer
        for food in found
        if food.food_id not in out and (offer := _rated(food, wishes, gaps, day, foods)) is not None
    ]
    rated.sort(key=lambda one: (-one.points, one.food.name))
    best: dict[str, NextFood] = {}
    for next_food in rated:
        if next_food.food.base not in best and limits.allow(next_food.food, next_food.mass_g):
            best[next_food.food.base] = next_food
        if len(best) == read_settings(SETTINGS)["offer"]["shown"]:
            break
    offers = tuple(best.values())
    why = ""
    if not offers:  # where something is above its bound already, that is why
        over = ", ".join(map(said_within, limits.exceeded))
        why = OVER.format(names=over) if limits.exceeded else NO_HELP
    shown = analysis.targets.clinical.shown_daily
    return NextFoods(number, before, offers, len(found), why, shown)


def _helpings(analysis: Analysis, foods: FoodTable, dishes: Sequence[Dish]) -> list[Food]:
    """List the foods of which somebody may have a helping, with every figure that a limit asks."""
    rule = read_settings(SETTINGS)["helping"]
    out = foods_left_out(analysis.request, foods, dishes)
    bounded = [one for one in analysis.targets.targets if one.hard and one.upper is not None]
    keys = {MAGNESIUM, CALCIUM, ENERGY, *analysis.targets.clinical.meal_upper}
    keys |= {target.nutrient for target in bounded if target.nutrient in known_nutrients()}
    return [
        food
        for food in foods
        if food.food_id not in out
        and _is_helping(food, rule)
        and all(food.per_100g.get(key) is not None for key in keys)
    ]


def _is_helping(food: Food, rule: Mapping[str, Any]) -> bool:
    is_eaten = food.state == "eaten" or food.group in rule["ingredient_groups"]
    is_kind = food.roles & set(rule["roles"]) and food.group not in rule["not_groups"]
    return bool(is_eaten and is_kind and not food.flags & set(rule["not_flags"]))


def _often_enough(wishes: Wishes, analysis: Analysis) -> frozenset[str]:
    """Name the foods that were eaten as often as a request allows, as ``"nuts<=2"`` does."""
    eaten = [{food_id for food_id, _ in entry.ingredients} for entry in analysis.diary.entries()]
    out = [
        rule.meaning.food_ids
        for rule in wishes.frequencies
        if rule.sense == "<="
        and sum(bool(rule.meaning.food_ids & meal) for meal in eaten) >= rule.count
    ]
    return frozenset().union(*out)


def _rated(
    food: Food, wishes: Wishes, gaps: Gaps, day: DiaryIntake, foods: FoodTable
) -> NextFood | None:
    """Rate a food in the helping that gets most points; ``None`` where none gets enough."""
    rule = read_settings(SETTINGS)
    grade = sum(grade for what, grade in wishes.likes if food.food_id in what.food_ids)
    grade -= sum(grade for what, grade in wishes.dislikes if food.food_id in what.food_ids)
    found = []
    for portion in food_portions(food):
        table = with_food(day.table, food.food_id, portion.mass_g, day.table.first)
        after = gap_figures(table, foods)
        points = gaps.points(after)
        more_kcal = after.energy_kcal - gaps.before.energy_kcal
        is_small = more_kcal <= rule["helping"]["most_energy"] * gaps.need_kcal
        if is_small and points >= rule["offer"]["least_points"]:
            points += grade * rule["points"]["like"]
            found.append(NextFood(food, portion.measure, portion.mass_g, points, after))
    return max(found, key=lambda one: (one.points, -one.mass_g), default=None)
