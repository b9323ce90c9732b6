"""What is handed over: every recipe once, as it is cooked in the week, and what is bought."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from planner.export.documents import TableDocument
from planner.export.figures import amount_text
from planner.export.meals import NO_RECIPE
from planner.export.recipe_text import RecipeBook, row_of
from planner.export.shopping import by_trip
from planner.export.who import day_label
from planner.kitchen.bought import KitchenLine
from planner.kitchen.errand import ShoppingLine, ShoppingList
from planner.plan.plan import Day, Item, Meal, Plan
from planner.targets.target import name_within, unit_word

_TOLD = ("energy_kcal", "magnesium_mg", "calcium_mg")
_MARK_LENGTH = 12
_COUNTED = re.compile(r"(\d+)(?: (?![\d(])(.+)| \(.*\))?$")


@dataclass(frozen=True, slots=True)
class HandedRecipe:
    """A recipe as it is cooked, for all that is cooked of it at once.

    Parameters
    ----------
    name
        Its name, which no other one of the week has.
    dish_id, servings
        The dish, and how much of it is cooked.
    minutes
        From start to table [min].
    meals
        The meals it is cooked for: (number of the day, meal).
    slot
        The first of them.
    about
        Sentences: how much at once and for when, pans, what is in a serving.
    nutrients
        Nutrient key → amount in a serving; ``None`` where it is unknown.
    lines, steps
        What is taken for it, and what is done.
    mark
        The same for the same list and steps, in whichever plan.
    """

    name: str
    dish_id: str
    servings: float
    minutes: int
    meals: tuple[tuple[int, str], ...]
    slot: str
    about: tuple[str, ...]
    nutrients: Mapping[str, float | None]
    lines: tuple[KitchenLine, ...]
    steps: tuple[str, ...]
    mark: str


class HandedLine(NamedTuple):
    """Something to buy: on which trip, in which aisle, and its line of the list."""

    trip: int
    aisle: str
    line: ShoppingLine


@dataclass(frozen=True, slots=True)
class Handed:
    """A week as others take it.

    Parameters
    ----------
    plan, recipes, shopping
        The plan, its recipes in the order in which they are first cooked, and the list.
    name
        What a person calls the week; empty: nothing.
    """

    plan: Plan
    recipes: tuple[HandedRecipe, ...]
    shopping: ShoppingList
    name: str = ""

    @property
    def title(self) -> str:
        """Return the name of the list: ``"Shopping for Mon 2 Mar"``, or of the first day."""
        title = f"Shopping for {day_label(self.plan.days[0])}"
        return f"{self.name}: {title}" if self.name else title

    def bought(self) -> Iterator[HandedLine]:
        """Return everything to buy; what is at home is not."""
        for trip, (_, aisles) in enumerate(by_trip(self.shopping), start=1):
            for aisle, lines in aisles:
                for line in lines:
                    yield HandedLine(trip, aisle, line)

    def cooked_on(self, day: Day) -> Iterator[tuple[str, HandedRecipe]]:
        """Return (meal, recipe) of what is cooked on a day."""
        for slot in dict.fromkeys(meal.slot for meal in day.meals):
            for recipe in self.recipes:
                yield from [(slot, recipe)] * recipe.meals.count((day.day, slot))


def handed_over(week: TableDocument) -> Handed:
    """Return what of a checked plan is handed over, for one eater or more."""
    layout = replace(week.layout, trips=week.layout.trips or 1)  # one list, each thing once
    table = replace(week, layout=layout).table
    book, found = table.book, dict[str, HandedRecipe]()
    for day, meal, item in week.plan.served():
        if item.kind == "dish" and item.leftover_of is None:
            recipe = _recipe(book, day, meal, item)
            same = found.setdefault(recipe.mark, replace(recipe, meals=()))
            found[recipe.mark] = replace(same, meals=(*same.meals, *recipe.meals))
    return Handed(week.plan, tuple(_named(found.values())), table.shopping, week.layout.name)


def ingredient_text(line: KitchenLine) -> str:
    """Describe what is taken in one line: ``"1 cup (100 g) oats"``, or by mass alone."""
    name, words, mass = row_of(line)
    return f"{words} ({mass}) {name}" if words else f"{mass} {name}"


def note_text(line: KitchenLine) -> str:
    """Describe what is taken beside its mass: how much that is, how it is cut, how much cooked."""
    cooked = f"{line.cooked} cooked" if line.cooked else ""
    return ", ".join(filter(None, (line.words, line.note, cooked)))


def count_and_kind(buy: str) -> tuple[int, str]:
    """Return the number of what is bought and of what: ``"2 bags of 10 oz"``, ``"1 (190 g)"``."""
    found = _COUNTED.match(buy)
    return (int(found[1]), found[2] or "") if found else (1, buy)


def list_mark(handed: Handed) -> str:
    """Return the mark of a list: the same for the same things on the same days."""
    lines = [(line.food_id, line.buy) for _, _, line in handed.bought()]
    return _mark([handed.title, lines])


def _recipe(book: RecipeBook, day: Day, meal: Meal, item: Item) -> HandedRecipe:
    entry, pot = book.entry(day, meal, item), book.pot(day, meal, item)
    lines = book.lines(day, meal, item)
    steps = tuple(entry.steps) or (NO_RECIPE,)
    nutrients = {
        key: None if amount is None else amount / item.servings
        for key, amount in item.nutrients.items()
    }
    told = [
        f"{amount_text(key, nutrients.get(key))} {unit_word(key)}"
        f"{'' if key == 'energy_kcal' else f' {name_within(key)}'}"
        for key in _TOLD
    ]
    texts = [ingredient_text(line) for line in lines]
    held = f"A serving has {', '.join(told)}."
    return HandedRecipe(
        name=item.name,
        dish_id=item.item_id,
        servings=pot.servings,
        minutes=item.minutes,
        meals=((day.day, meal.slot),),
        slot=meal.slot,
        about=tuple(filter(None, (entry.at_once, entry.note, entry.hint, *entry.ways, held))),
        nutrients=nutrients,
        lines=lines,
        steps=steps,
        mark=_mark([item.item_id, item.name, round(pot.servings, 2), texts, steps]),
    )


def _mark(content: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:_MARK_LENGTH]


def _named(recipes: Collection[HandedRecipe]) -> Iterator[HandedRecipe]:
    """Yield the recipes; what is cooked in several amounts tells in its name how much it is."""
    often = Counter(recipe.name for recipe in recipes)
    taken: Counter[str] = Counter()
    for recipe in recipes:
        amount = f"{recipe.servings:g} serving{'s' * (recipe.servings != 1)}"
        name = f"{recipe.name} ({amount})" if often[recipe.name] > 1 else recipe.name
        taken[name] += 1
        yield replace(recipe, name=name if taken[name] == 1 else f"{name}, {taken[name]}")
