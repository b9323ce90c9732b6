"""A plan as the realism score looks at it: things with their dish, foods and masses.

A line is a food of which at least ``[line] lower`` grams are served; water, salt, dried spices and
cooking fat are none, and the same food in two dishes of a meal is one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from foods.food import Food
from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.plan.plan import Item, Plan

Rule = Mapping[str, Any]
MAIN_MEALS = ("lunch", "dinner")
NONE = "none"
DAYS_PER_WEEK = 7


@dataclass(frozen=True, slots=True)
class Case:
    """One day, meal or food, judged by one part of the score.

    Parameters
    ----------
    where
        What was judged: ``"day 3"``, ``"lunch of day 3"``, or the name of a food.
    value
        What was found, in the part's unit.
    holds
        Whether it lies in the band.
    set_aside
        Whether a cuisine does it otherwise, so that it does not count.
    note
        What to say beside a miss instead of the value.
    """

    where: str
    value: float
    holds: bool
    set_aside: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
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
    """

    item: Item
    dish: Dish | None
    parts: tuple[tuple[Food, float], ...]

    @property
    def is_food(self) -> bool:
        """Whether it is a single food."""
        return self.item.kind == "food"

    @property
    def is_main(self) -> bool:
        """Whether it is a main dish of lunch or dinner."""
        return self.dish is not None and self.dish.kind == "main"

    def mass_g(self, groups: Collection[str]) -> float:
        """Mass of the foods of ``groups`` [g]."""
        return sum(mass for food, mass in self.parts if food.group in groups)

    def mass_where(self, counts: Callable[[Food], bool]) -> float:
        """Mass of the foods that ``counts`` names [g]."""
        return sum(mass for food, mass in self.parts if counts(food))

    def starch(self) -> str:
        """Family of its starch; the base of a single food, ``"bread"`` for bread."""
        if self.dish is not None:
            return self.dish.starch
        food = self.parts[0][0] if self.is_food else None
        if food is None or "starch" not in food.roles:
            return NONE
        return "bread" if food.group == "bread" else food.base

    def protein(self) -> str:
        """Its main protein: the family, or the bean, where that is what leads."""
        family = self.dish.protein if self.dish is not None else NONE
        if family not in ("legume", "soy"):
            return family
        beans = [(m, f.base) for f, m in self.parts if f.group in ("legumes", "soy")]
        return max(beans)[1] if beans else family


@dataclass(frozen=True, slots=True)
class ServedMeal:
    """One meal.

    Parameters
    ----------
    day, slot
        Number of the day, and which meal.
    things
        What stands on the table.
    """

    day: int
    slot: str
    things: tuple[Thing, ...]

    @property
    def where(self) -> str:
        """Name the meal."""
        return f"{self.slot} of day {self.day}"

    def parts(self) -> Iterator[tuple[Food, float]]:
        """Give (food, mass [g]) of everything in it."""
        return (part for thing in self.things for part in thing.parts)

    def mass_g(self, groups: Collection[str]) -> float:
        """Mass of the foods of ``groups`` [g]."""
        return sum(thing.mass_g(groups) for thing in self.things)

    def main(self) -> Thing | None:
        """Give the main dish."""
        return next((thing for thing in self.things if thing.is_main), None)

    def energy_kcal(self) -> float:
        """Energy [kcal]."""
        return sum(thing.item.nutrients.get("energy_kcal") or 0.0 for thing in self.things)

    def cuisines(self) -> set[str]:
        """Name the cuisines of its dishes."""
        return {thing.dish.cuisine for thing in self.things if thing.dish is not None}


@dataclass(frozen=True, slots=True)
class ServedDay:
    """One day: its number, its meals, and its energy [kcal]."""

    day: int
    meals: tuple[ServedMeal, ...]
    energy_kcal: float

    @property
    def where(self) -> str:
        """Name the day."""
        return f"day {self.day}"

    def meal(self, slot: str) -> ServedMeal | None:
        """Give the meal of ``slot``."""
        return next((meal for meal in self.meals if meal.slot == slot), None)

    def things(self) -> Iterator[Thing]:
        """Give everything on the table."""
        return (thing for meal in self.meals for thing in meal.things)

    def parts(self) -> Iterator[tuple[Food, float]]:
        """Give (food, mass [g]) of everything."""
        return (part for meal in self.meals for part in meal.parts())


@dataclass(frozen=True, slots=True)
class ScoredEater:
    """What the score knows of who eats; by default nothing, and then it does not judge by it.

    Parameters
    ----------
    families
        Protein families of the dishes that may be planned.
    disliked
        Name as written → the foods, and the dishes, that it means.
    weekend
        For each day whether there is time to cook.
    """

    families: frozenset[str] = frozenset()
    disliked: Mapping[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)
    weekend: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class ServedWeek:
    """All days, and what the parts share.

    Parameters
    ----------
    plan, foods
        The plan and its food table.
    days
        The days.
    kinds
        Kind → groups of the catalogue.
    line_g, apart
        Mass from which a food is a line [g], and groups that never are.
    menu_kcal
        Energy of the menu days that the largest lines come from [kcal].
    kitchens, food_kitchens
        Kitchen → its cuisines; base → the kitchens it goes with.
    eater
        Who eats.
    """

    plan: Plan
    foods: FoodTable
    days: tuple[ServedDay, ...]
    kinds: Mapping[str, frozenset[str]]
    line_g: float
    apart: frozenset[str]
    menu_kcal: float
    kitchens: Mapping[str, frozenset[str]]
    food_kitchens: Mapping[str, frozenset[str]]
    eater: ScoredEater = ScoredEater()

    def groups(self, *kinds: str) -> frozenset[str]:
        """Give the groups of ``kinds`` together."""
        return frozenset().union(*(self.kinds[kind] for kind in kinds))

    def lines(self, meal: ServedMeal) -> set[str]:
        """Name the bases of which at least a line is served at ``meal``."""
        found: dict[str, float] = {}
        for food, mass in meal.parts():
            if food.group not in self.apart:
                found[food.base] = found.get(food.base, 0.0) + mass
        return {base for base, mass in found.items() if mass >= self.line_g}

    def meals(self, slots: Collection[str] = MAIN_MEALS) -> Iterator[ServedMeal]:
        """Give the meals of ``slots`` on all days."""
        return (meal for day in self.days for meal in day.meals if meal.slot in slots)

    def growth(self, day: int, rule: Rule) -> float:
        """How many times larger the lines of ``day`` may be: by its energy, never smaller."""
        if not rule.get("grows"):
            return 1.0
        energy = self.days[day - 1].energy_kcal
        return max(1.0, energy / self.menu_kcal)

    def scaled(self, per_week: float) -> float:
        """Scale a number per seven days to the days of the plan, up to the next whole one."""
        return math.ceil(per_week * len(self.days) / DAYS_PER_WEEK)


def serve_plan(
    plan: Plan,
    foods: FoodTable,
    dishes: Mapping[str, Dish],
    settings: Rule,
    kitchens: Mapping[str, frozenset[str]],
    food_kitchens: Mapping[str, frozenset[str]],
) -> ServedWeek:
    """Look up the dish and the foods of everything in ``plan``."""

    def thing(item: Item) -> Thing:
        dish = dishes.get(item.item_id) if item.kind == "dish" else None
        return Thing(item, dish, tuple((foods[f], mass) for f, mass in item.ingredients))

    days = tuple(
        ServedDay(
            day.day,
            tuple(
                ServedMeal(
                    day.day,
                    meal.slot,
                    tuple(thing(item) for item in meal.items if not item.is_beside),
                )
                for meal in day.meals
            ),
            day.totals.get("energy_kcal") or 0.0,
        )
        for day in plan.days
    )
    kinds = {name: frozenset(groups) for name, groups in settings["kinds"].items()}
    return ServedWeek(
        plan=plan,
        foods=foods,
        days=days,
        kinds=kinds,
        line_g=settings["line"]["lower"],
        apart=frozenset(settings["line"]["apart"]),
        menu_kcal=settings["menus"]["energy_kcal"],
        kitchens=kitchens,
        food_kitchens=food_kitchens,
    )


def judge(where: str, value: float, rule: Rule, note: str = "", *, grown: float = 1.0) -> Case:
    """Judge ``value`` by the band of ``rule``; ``grown`` is by how much its upper side grows."""
    lower, upper = rule.get("lower"), rule.get("upper")
    is_low = lower is not None and value < lower
    is_high = upper is not None and value > upper * grown
    return Case(where, value, not (is_low or is_high), note=note)


def judge_beside(
    where: str, value: float, rule: Rule, cuisines: Collection[str], note: str = ""
) -> Case:
    """Judge as ``judge`` does, and set a miss aside where one of ``cuisines`` does it otherwise."""
    case = judge(where, value, rule, note)
    is_aside = not case.holds and bool(set(cuisines) & set(rule.get("set_aside", ())))
    return Case(where, value, case.holds or is_aside, is_aside, note)
