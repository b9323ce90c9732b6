"""What a cook reads of a dish: how much at once and for when, the list, the steps.

Print, Markdown and calendar lay out what stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.servings import in_words, number_in_words
from planner.export.batch import COOL
from planner.export.figures import mass_text
from planner.export.opened import day_word, has_no_date
from planner.kitchen.as_bought import KitchenLine, recipe_lines
from planner.kitchen.batch import BatchPlan, Cooking
from planner.kitchen.cooked import Cooked, Key, cooked_dishes
from planner.kitchen.second_meals import serving_text
from planner.kitchen.steps import COOKING, in_units, size_hint, steps_for
from planner.language.names import cut, measured, named, slot_within
from planner.language.spoken import _
from planner.plan.guests import pot_of
from planner.plan.plan import Day, Item, Meal, Plan
from planner.settings import read_settings

Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class RecipeBook:
    """Everything that the recipes of a plan are written from.

    Parameters
    ----------
    foods
        The food table.
    units
        ``"us"`` or ``"metric"``.
    dishes
        Dish id → recipe, those at hand.
    cooked
        (day, slot, dish id) → what is cooked, where that is more than the meal eats.
    tonight
        Day → what is to be made in its evening for the day after.
    """

    foods: FoodTable
    units: str
    dishes: Mapping[str, Dish]
    cooked: Mapping[Key, Cooked]
    tonight: Mapping[int, Sequence[str]]

    def entry(self, day: Day, meal: Meal, item: Item) -> RecipeEntry:
        """Write what a cook reads of one thing of a meal."""
        is_cooked, pot = item.leftover_of is None, self.pot(day, meal, item)
        found = self.cooked.get((day.day, meal.slot, item.item_id))
        cooking = found.cooking if found and is_cooked else None
        dish = self.dishes.get(item.item_id)
        return RecipeEntry(
            title=_title(item, day),
            at_once=" ".join([*_before(item), *([cooking_text(cooking, day)] if cooking else [])]),
            rows=list_rows(pot.ingredients, dish, self.foods, self.units) if is_cooked else (),
            hint=size_hint(dish, pot.servings / dish.servings) if dish and is_cooked else "",
            steps=recipe_steps(dish, pot.servings, self.units) if dish and is_cooked else (),
            again=in_units(_(serving_text(item, self.dishes)), self.units),
        )

    def pot(self, day: Day, meal: Meal, item: Item) -> Item:
        """Give everything that is cooked at once of one thing of a meal."""
        found = self.cooked.get((day.day, meal.slot, item.item_id))
        is_cooked = found is not None and item.leftover_of is None
        return found.item if found and is_cooked else pot_of(item, self.foods)


@dataclass(frozen=True, slots=True)
class RecipeEntry:
    """What a cook reads of a dish of a meal.

    Parameters
    ----------
    title
        Its name; of a second meal with the day it was made.
    at_once
        Whether it is made the evening before, how much at once and for when; empty where it is
        cooked for its meal, which eats all of it.
    rows
        (name, household amount, mass) of everything that is taken; none for a second meal.
    hint
        On pans and minutes, where much less or more is cooked than the recipe has.
    steps
        As they are cooked; none where the recipe is not at hand, or it is a second meal.
    again
        How a second meal comes to the table; else empty.
    """

    title: str
    at_once: str
    rows: Sequence[Row]
    hint: str
    steps: Sequence[str]
    again: str


def recipe_book(
    plan: Plan, foods: FoodTable, units: str, dishes: Iterable[Dish], batch: BatchPlan | None
) -> RecipeBook:
    """Put together what the recipes of a plan are written from."""
    known = {dish.dish_id: dish for dish in dishes}
    evenings: dict[int, list[str]] = {}
    for before, day in pairwise(plan.days):
        evenings[before.day] = [
            _tonight(known[item.item_id], meal.slot, before, day)
            for meal in day.meals
            for item in meal.items
            if item.item_id in known and _before(item)
        ]
    return RecipeBook(foods, units, known, cooked_dishes(plan, foods, batch), evenings)


def list_rows(
    ingredients: Iterable[tuple[str, float]], dish: Dish | None, foods: FoodTable, units: str
) -> tuple[Row, ...]:
    """Give (name, household amount, mass) of everything that is taken, in the recipe's order."""
    return tuple(map(row_of, recipe_lines(ingredients, dish, foods, units)))


def recipe_steps(dish: Dish, servings: float, units: str) -> tuple[str, ...]:
    """Write the steps of a dish for so many servings."""
    return steps_for(dish.steps, servings / dish.servings, units)


def cooking_text(one: Cooking, day: Day) -> str:
    """Say how much is cooked at once: ``"Cook 2 servings: 1 now, 1 for Tuesday's lunch …"``."""
    later = [
        _("{count} for {meal}").format(
            count=number_in_words(servings), meal=later_meal(number, slot, day)
        )
        for number, slot, servings in one.again
    ]
    frozen = (
        [_("{count} for the freezer").format(count=number_in_words(one.frozen_servings))]
        if one.frozen_servings
        else []
    )
    now = _("{count} now").format(count=number_in_words(one.servings))
    cooked = measured(in_words(one.cooked_servings, "serving"))
    parts = ", ".join([now, *later, *frozen])
    return f"{_('Cook {servings}: {parts}.').format(servings=cooked, parts=parts)} {_(COOL)}"


def _before(item: Item) -> list[str]:
    """Say of what is made on the evening before that it is."""
    rule = read_settings(COOKING)["evening_before"]
    is_meant = item.leftover_of is None and item.item_id in rule["dishes"]
    return [_(str(rule["says"]))] if is_meant else []


def _tonight(dish: Dish, slot: str, day: Day, later: Day) -> str:
    rule = read_settings(COOKING)["evening_before"]
    meal = later_meal(later.day, slot, day)
    told, name = _(str(rule["tonight"])), named(dish.name)
    return told.format(name=name, meal=meal, minutes=dish.active_minutes)


def without_echo(amount: str, name: str) -> str:
    """Drop a measure that the name says already: ``1/2`` of a whole-wheat pita."""
    number, _, measure = amount.rpartition(" ")
    singular = measure.removesuffix("s")
    return number if number and singular in name.lower().split() else amount


def row_of(line: KitchenLine) -> Row:
    """Give (name, household amount, mass) of one line of a list."""
    name = ", ".join(filter(None, (named(line.name), cut(line.note))))
    cooked = measured(line.cooked, line.food_id)
    told = f" ({_('{amount} cooked').format(amount=cooked)})" if cooked else ""
    words = measured(without_echo(line.words, line.name), line.food_id)
    return (f"{name}{told}", words, mass_text(line.mass_g))


def later_meal(number: int, slot: str, day: Day) -> str:
    """Name a later meal: ``"Tuesday's lunch"``, or without dates ``"the lunch of day 3"``."""
    word = day_word(number, day)
    pattern = _("the {slot} of {day}") if has_no_date(number, day) else _("{day}'s {slot}")
    return pattern.format(slot=slot_within(slot), day=word)


def _title(item: Item, day: Day) -> str:
    if item.leftover_of is None:
        return named(item.name)
    made = day_word(item.leftover_of, day)
    return _("{name}, made on {day} and kept cold").format(name=named(item.name), day=made)
