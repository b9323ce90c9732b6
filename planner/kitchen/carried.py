"""What is at home: what can be cooked of it, what was not eaten, what the next week has of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from foods.food import EATEN_OUT
from foods.table import FoodTable
from foods.water import TAP_WATER
from planner.candidates.dish import Dish
from planner.candidates.names import Meaning
from planner.errors import ConfigError
from planner.kitchen.errand import ShoppingLine, ShoppingList
from planner.kitchen.pantry import GRAM, HEADER, PantryEntry, added, is_staple, parse_pantry, taken
from planner.kitchen.sold import (
    CUPBOARD,
    FREEZER,
    SETTINGS,
    Shelves,
    keeping_of,
    own_rows,
    shelves_of,
    sold_as,
)
from planner.plan.plan import Item, Plan
from planner.request.request import AtHome
from planner.settings import read_settings


def home_after(
    entries: Iterable[PantryEntry], shopping: ShoppingList, days: range
) -> tuple[AtHome, ...]:
    """Return what is at home after some days, for a request; parameters as in ``pantry_after``."""
    rest = pantry_after(entries, shopping, days)
    return tuple(AtHome(entry.food, entry.amount, entry.unit, entry.days) for entry in rest)


def pantry_after(
    entries: Iterable[PantryEntry], shopping: ShoppingList, days: range
) -> tuple[PantryEntry, ...]:
    """Return the user's pantry after some days: without what was used, older, with leftovers added.

    What has to be kept cold and is too little to plan with is no stock.

    Parameters
    ----------
    entries
        What was at home before.
    shopping
        What was bought for these days, and what it takes from home.
    days
        Their numbers.
    """
    known, least_g = tuple(entries), read_settings(SETTINGS)["pantry"]["least_g"]
    for line in shopping.lines:
        known, _ = _less(known, line.food_id, line.home_g)
    rest: tuple[PantryEntry, ...] = ()
    for entry in known:
        left = None if entry.days is None else entry.days - len(days)
        if left is None or (left > 0 and entry.mass_g >= least_g):
            rest = (*rest, replace(entry, days=left))
    for line in shopping.lines:
        if line.left is not None:
            until = line.left.until_day
            left = None if until is None else until - days[-1]
            is_stock = line.left.where == CUPBOARD or line.left.mass_g >= least_g
            if is_stock and (left is None or left > 0):
                mass_g = round(line.left.mass_g, 1)
                is_frozen = line.left.where == FREEZER and left is not None  # else it is sold so
                rest = added(rest, PantryEntry(line.food_id, mass_g, GRAM, 1.0, left, is_frozen))
    return rest


@dataclass(frozen=True, slots=True)
class TakenOff:
    """A food that dishes take, as it is bought: how much they need and was at home [g]."""

    food_id: str
    need_g: float
    before_g: float

    @property
    def after_g(self) -> float:
        """What is at home then [g]; never less than nothing."""
        return max(0.0, self.before_g - self.need_g)

    @property
    def is_short(self) -> bool:
        """Whether there was less than it takes, by more than a list shows."""
        return round(self.need_g - self.before_g, 1) > 0


def pantry_cooked(
    entries: Iterable[PantryEntry],
    items: Iterable[Item],
    dishes: Mapping[str, Dish],
    foods: FoodTable,
    shelves: Shelves,
) -> tuple[tuple[PantryEntry, ...], tuple[TakenOff, ...]]:
    """Take what was cooked off a pantry, as far as it is there, and say of each food how much.

    Parameters
    ----------
    entries
        What was at home.
    items
        All that was cooked, with the amounts that its recipe prints.
    dishes, foods, shelves
        Recipes by id, the food table and what shops sell, as of a shopping list; what is at home
        as it is eaten, such as lime juice, is taken itself.
    """
    known, needs = tuple(entries), dict[str, float]()
    there = {entry.food_id for entry in known}
    for item in items:
        for food_id, mass_g in item.ingredients:
            food, edible_g = foods[food_id], mass_g
            if food_id == TAP_WATER or food.group == EATEN_OUT:
                continue
            if food_id not in there:
                food, edible_g = sold_as(foods, shelves, food_id, mass_g, dishes.get(item.item_id))
            need_g = edible_g * food.sold_g_per_100g / 100
            needs[food.food_id] = needs.get(food.food_id, 0.0) + need_g
    told = []
    for food_id, need_g in needs.items():
        known, before_g = _less(known, food_id, need_g)
        told.append(TakenOff(food_id, need_g, before_g))
    return known, tuple(told)


def _less(
    entries: tuple[PantryEntry, ...], food_id: str, most_g: float
) -> tuple[tuple[PantryEntry, ...], float]:
    """Take so much of a food, or all where that is less; gives also what there was of it [g]."""
    own_g = sum(entry.mass_g for entry in entries if entry.food_id == food_id)
    used_g = min(own_g, most_g)
    if used_g:
        entries = taken(entries, PantryEntry(food_id, used_g, GRAM, 1.0))
    return entries, own_g


def uneaten_dishes(plan: Plan, meals: Collection[tuple[int, str]]) -> frozenset[str]:
    """Return the ids of the dishes that were for meals, (day, meal), that nobody ate, and no other.

    A day with an empty meal is the whole of it.
    """
    skipped, eaten = set[str](), set[str]()
    for day, meal, item in plan.served():
        is_skipped = (day.day, meal.slot) in meals or (day.day, "") in meals
        (skipped if is_skipped else eaten).add(item.item_id)
    return frozenset(skipped - eaten)


def home_besides(text: str, foods: FoodTable, shelves: Shelves) -> Iterator[AtHome]:
    """Read what is at home besides: lines of ``food,amount,unit`` and, where it spoils, the days.

    Heads may stand above them, those that a pantry's file may have.

    Raises
    ------
    ConfigError
        With every faulty line.
    """
    head = text.strip().partition("\n")[0]
    try:  # a table that is pasted has heads of its own
        list(own_rows(head, "", HEADER[:2]))
    except ConfigError:
        text = "\n".join((",".join(HEADER), text))
    for entry in parse_pantry(text, "", foods, shelves):
        yield AtHome(entry.food, entry.amount, entry.unit, entry.days)


def home_unused(
    shopping: ShoppingList, food_ids: Collection[str], last: int, foods: FoodTable
) -> Iterator[AtHome]:
    """Return what a list has for meals of these foods and was not used, as it keeps unopened.

    ``last`` is the last day of the plan; what was at home before keeps as it was bought then. What
    may have spoiled has no day left, or fewer.
    """
    for line in shopping.lines:
        if line.food_id in food_ids:
            left = _days_left(line, shopping, last, foods)
            yield AtHome(line.food_id, round(line.need_g, 1), "g", left)


def _days_left(
    line: ShoppingLine, shopping: ShoppingList, last: int, foods: FoodTable
) -> int | None:
    fresh = keeping_of(foods[line.food_id]).fresh_days
    bought = shopping.trips[line.trip - 1] - 1 if shopping.trips else 0
    return None if fresh is None else fresh - (last - bought)


_SHOPS = "us"  # nobody says where one shops


@dataclass(frozen=True, slots=True)
class AtHand:
    """A dish, held to what somebody has.

    Parameters
    ----------
    dish
        The dish.
    used
        Which of the names it uses, in their order.
    missing
        Names of what has to be bought for it, what it takes most of first; what most kitchens have
        is not among them.
    """

    dish: Dish
    used: tuple[str, ...]
    missing: tuple[str, ...]


def dishes_of(dishes: Iterable[Dish], foods: FoodTable, at_hand: Sequence[Meaning]) -> list[AtHand]:
    """List the dishes that use anything at hand: first those that use most of it and need least.

    Parameters
    ----------
    dishes, foods
        What may be cooked, and the food table.
    at_hand
        What each name stands for.
    """
    has = frozenset().union(*(meaning.food_ids for meaning in at_hand))
    held = (_held(dish, foods, at_hand, has) for dish in dishes)
    found = [hand for hand in held if hand.used]
    return sorted(
        found, key=lambda one: (-len(one.used), len(one.missing), one.dish.taste, one.dish.dish_id)
    )


def _held(dish: Dish, foods: FoodTable, at_hand: Sequence[Meaning], has: frozenset[str]) -> AtHand:
    used = [meaning.name for meaning in at_hand if holds(dish, meaning, foods)]
    shelves, missing = shelves_of(_SHOPS), dict[str, float]()
    for line in dish.ingredients:
        shelf, mass_g = sold_as(foods, shelves, line.food_id, line.mass_g, dish)
        is_there = line.food_id in has or shelf.food_id in has or is_staple(shelf.food_id)
        if not is_there and shelf.group != "water":
            missing[shelf.name] = missing.get(shelf.name, 0.0) + mass_g
    return AtHand(dish, tuple(used), tuple(sorted(missing, key=lambda one: -missing[one])))


def holds(dish: Dish, meaning: Meaning, foods: FoodTable) -> bool:
    """Whether a dish is what is meant, or holds it: as it is eaten, or as a shop sells it."""
    if dish.dish_id in meaning.dish_ids or is_sold_in(dish, meaning, foods):
        return True
    return any(line.food_id in meaning.food_ids for line in dish.ingredients)


def is_sold_in(dish: Dish, meaning: Meaning, foods: FoodTable) -> bool:
    """Whether a shop sells as what is meant what a dish holds as another food: red lentils."""
    shelves = shelves_of(_SHOPS)
    return any(
        sold_as(foods, shelves, line.food_id, 1.0, dish)[0].food_id in meaning.food_ids
        for line in dish.ingredients
        if line.food_id not in meaning.food_ids
    )
