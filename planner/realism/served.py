"""A plan as the realism score looks at it: days, meals, and things with their dish and foods."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from math import floor
from typing import Any

from foods.food import Food
from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.language.spoken import mark, said
from planner.meals.served import Way, bread_family, derived_way, served_ways
from planner.plan.plan import Day, Item, Plan
from planner.settings import read_settings

Rule = Mapping[str, Any]
BREAKFAST, LUNCH, DINNER, SNACK = "breakfast", "lunch", "dinner", "snack"
MAIN_MEALS = (LUNCH, DINNER)
NONE = "none"
DAYS_PER_WEEK = 7
BREAD = "bread"
VEGETABLES = frozenset({"vegetables", "leafy_greens", "mushrooms"})


@dataclass(frozen=True, slots=True)
class Fault:
    """What a reader would dislike in one place.

    Parameters
    ----------
    where
        ``"dinner of day 3"``, ``"day 3"``, or the name of what comes too often.
    note
        What it is, in words.
    size
        How many times its points it costs.
    """

    where: str
    note: str = ""
    size: float = 1.0


@dataclass(frozen=True)
class Thing:
    """A dish or single food on the table.

    Parameters
    ----------
    item
        The item of the plan.
    dish
        Its recipe; ``None`` for single foods and for dishes that are not known.
    parts
        (food, mass [g]) of everything in it.
    is_own
        Whether it is a dish of the kitchen that its eater asked for.
    """

    item: Item
    dish: Dish | None
    parts: tuple[tuple[Food, float], ...]
    is_own: bool = False

    @property
    def name(self) -> str:
        """Name it."""
        return self.item.name

    @property
    def is_food(self) -> bool:
        """Whether it is a single food."""
        return self.item.kind == "food"

    @property
    def food(self) -> Food | None:
        """Give the single food that it is; ``None`` for a dish."""
        return self.parts[0][0] if self.is_food and self.parts else None

    @property
    def is_main(self) -> bool:
        """Whether it is a main dish of lunch or dinner, or a dish that nobody knows."""
        return not self.is_food and (self.dish is None or self.dish.kind == "main")

    @property
    def is_warmed(self) -> bool:
        """Whether it was cooked for an earlier meal."""
        return self.item.leftover_of is not None

    def tagged(self, tag: str) -> bool:
        """Whether its recipe has ``tag``."""
        return self.dish is not None and tag in self.dish.tags

    def mass_g(self, groups: Collection[str]) -> float:
        """Mass of the foods of ``groups`` [g]."""
        return sum(mass for food, mass in self.parts if food.group in groups)

    def bases(self, groups: Collection[str], least_g: float) -> dict[str, float]:
        """Give base → mass [g] of the foods of ``groups`` with at least ``least_g`` [g]."""
        found: dict[str, float] = {}
        for food, mass in self.parts:
            if food.group in groups:
                found[food.base] = found.get(food.base, 0.0) + mass
        return {base: mass for base, mass in found.items() if mass >= least_g}

    @cached_property
    def starch(self) -> str:
        """Family of its starch; a bread as the partner it is."""
        if self.dish is not None:
            return self.dish.starch
        fills = [(mass, food) for food, mass in self.parts if "starch" in food.roles]
        if not fills:
            return NONE
        _, food = max(fills, key=lambda one: one[0])
        return bread_family(food.base) if food.group == BREAD else _starch_family(food.base)

    @cached_property
    def served(self) -> str:
        """Say how it is served, as its recipe does; from what is in it where that is silent."""
        if self.dish is not None and self.dish.served:
            return self.dish.served
        tags = self.dish.tags if self.dish is not None else ()
        return derived_way(tags, self.starch, self.mass_g(VEGETABLES))

    def is_any(self, words: Collection[str]) -> bool:
        """Whether it is served in one of these ways, or has such a tag."""
        return self.served in words or any(self.tagged(word) for word in words)

    @property
    def way(self) -> Way:
        """Give what may stand beside it."""
        return served_ways()[self.served]

    def amount(self, key: str) -> float:
        """Sum a nutrient over its foods, in the key's unit; what is unknown counts as none."""
        return sum(mass * (food.per_100g.get(key) or 0.0) / 100 for food, mass in self.parts)


@dataclass(frozen=True)
class ServedMeal:
    """One meal: number of its day, which meal, and what stands on the table."""

    day: int
    slot: str
    things: tuple[Thing, ...]

    @property
    def where(self) -> str:
        """Name the meal."""
        return said(mark("{slot} of day {number}"), slot=said(self.slot), number=self.day)

    @cached_property
    def main(self) -> Thing | None:
        """Give the main dish."""
        return next((thing for thing in self.things if thing.is_main), None)

    def beside(self) -> Iterator[Thing]:
        """Give what stands beside the main dish; nothing where there is none."""
        return (one for one in self.things if self.main is not None and one is not self.main)

    def mass_g(self, groups: Collection[str]) -> float:
        """Mass of the foods of ``groups`` [g]."""
        return sum(thing.mass_g(groups) for thing in self.things)

    def amount(self, key: str) -> float:
        """Sum a nutrient, in the key's unit."""
        return sum(thing.amount(key) for thing in self.things)


@dataclass(frozen=True)
class ServedDay:
    """One day.

    Parameters
    ----------
    day, meals
        Its number, and its meals.
    asked
        Meals that there should be.
    is_free
        Whether there is time to cook.
    appetite
        Servings of a dish that its eater may have: who needs much eats more of it.
    proteins
        What leads the main dishes that its eater may have; ``None``: anything.
    """

    day: int
    meals: tuple[ServedMeal, ...]
    asked: tuple[str, ...]
    is_free: bool
    appetite: float = 1.0
    proteins: frozenset[str] | None = None

    @property
    def where(self) -> str:
        """Name the day."""
        return said(mark("day {number}"), number=self.day)

    def at(self, slots: Collection[str]) -> list[ServedMeal]:
        """Give the meals of ``slots``."""
        return [meal for meal in self.meals if meal.slot in slots]

    def mains(self) -> list[Thing]:
        """Give the main dishes of lunch and dinner."""
        return [meal.main for meal in self.at(MAIN_MEALS) if meal.main is not None]

    def things(self) -> Iterator[Thing]:
        """Give everything on the table."""
        return (thing for meal in self.meals for thing in meal.things)


@dataclass(frozen=True, slots=True)
class ScoredEater:
    """What the score knows of who eats; by default nothing.

    Parameters
    ----------
    disliked
        Name as written → the foods, and the dishes, that it means.
    weekend
        For each day whether there is time to cook, and over again; without it all are workdays.
    slots
        Meals of a day that were asked for; those that a day misses on purpose, the plan says.
    energy_kcal
        Energy that is needed [kcal/day]; ``None``: a usual appetite.
    proteins
        What leads the main dishes that the eater may have; ``None``: anything.
    own
        Ids of the dishes of the kitchen that the meal pattern prefers: who asked for it likes them,
        and dal is a dinner.
    """

    disliked: Mapping[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)
    weekend: tuple[bool, ...] = ()
    slots: tuple[str, ...] = (BREAKFAST, LUNCH, DINNER)
    energy_kcal: float | None = None
    proteins: frozenset[str] | None = None
    own: frozenset[str] = frozenset()

    @property
    def appetite(self) -> float:
        """Servings of a dish that the eater may have; one where the need is not known."""
        rule = read_settings("realism.toml")["appetite"]
        share = (self.energy_kcal or rule["usual_kcal"]) / rule["usual_kcal"]
        servings = floor(share / rule["step"] + 0.5) * rule["step"]
        return float(min(max(rule["least"], servings), rule["most"]))

    def is_free(self, day: int) -> bool:
        """Whether there is time to cook on ``day``."""
        return bool(self.weekend) and self.weekend[(day - 1) % len(self.weekend)]


@dataclass(frozen=True)
class ServedWeek:
    """The days of a plan, and who eats them."""

    days: tuple[ServedDay, ...]
    eater: ScoredEater

    def share(self) -> float:
        """Say how many weeks of seven days they are, one at least."""
        return max(1.0, len(self.days) / DAYS_PER_WEEK)


@cache
def _starch_family(base: str) -> str:
    families = read_settings("meals/rules.toml")["starch_families"].items()
    named = (name for name, bases in families if isinstance(bases, list) and base in bases)
    return next(named, base)


def serve_plan(
    plan: Plan, foods: FoodTable, dishes: Mapping[str, Dish], eater: ScoredEater
) -> ServedWeek:
    """Look up the dish and the foods of everything in ``plan``; doses and water are left out."""

    def thing(item: Item) -> Thing:
        dish = dishes.get(item.item_id) if item.kind == "dish" else None
        parts = tuple((foods[f], mass) for f, mass in item.ingredients)
        eaten = tuple(one for one in parts if one[0].group != "water")
        return Thing(item, dish, eaten, item.item_id in eater.own)

    def meal(number: int, slot: str, items: tuple[Item, ...]) -> ServedMeal:
        return ServedMeal(number, slot, tuple(thing(one) for one in items if not one.is_beside))

    def served(day: Day) -> ServedDay:
        meals = tuple(meal(day.day, one.slot, one.items) for one in day.meals)
        missed = {slot for slot, _ in day.facts.missed}
        asked = tuple(slot for slot in eater.slots if slot not in missed)
        free = eater.is_free(day.day)
        return ServedDay(day.day, meals, asked, free, eater.appetite, eater.proteins)

    return ServedWeek(tuple(served(day) for day in plan.days), eater)
