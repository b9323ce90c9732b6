"""Amounts of recipes that use up packages: a little more of what would spoil, or a package less.

A run is what is eaten of packages that are opened one after another while something is left. What
it leaves and nobody freezes goes into the dishes of the run, or they do without the last package.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.kitchen.batch import BatchPlan
from planner.kitchen.errand import Errand
from planner.kitchen.openings import NEAR_ENOUGH, OpenedDay, OpenedFood, all_packages
from planner.kitchen.sold import FRIDGE, keeping_of, sold_as
from planner.kitchen.till import FOREVER
from planner.plan.plan import Plan
from planner.request.limits import known_ranges
from planner.settings import read_settings

Line = tuple[str, str]
"""Dish id and food id: a line of a recipe."""


@dataclass(frozen=True, slots=True)
class Flex:
    """Lines of recipes that change together, so that packages are used up.

    Parameters
    ----------
    lines, share
        The lines, and the share of the recipe's amount that is cooked.
    saved_usd
        What would else spoil, or is not bought [USD].
    """

    lines: tuple[Line, ...]
    share: float
    saved_usd: float


def flexes_of(
    plan: Plan, foods: FoodTable, errand: Errand, batch: BatchPlan | None
) -> tuple[Flex, ...]:
    """Give the changes that would use up packages, most saved first; no line is in two of them.

    Parameters
    ----------
    plan, foods
        The plan of the table, and the food table it was made from.
    errand
        How one shops, and the recipes.
    batch
        What is cooked double.

    Source: ``[flex]`` of ``configs/dishes.toml``.
    """
    dishes = {one.dish_id: one for one in errand.recipes}
    found: list[Flex] = []
    for food in all_packages(plan, foods, errand, batch):
        is_lost = food.keeps_days != FOREVER or keeping_of(food.food).rest == FRIDGE
        eaten = _Eaten(plan, foods, errand, dishes, food, is_lost)
        found += filter(None, map(eaten.flex, _runs(food.days)))
    least_usd = read_settings("dishes.toml")["flex"]["least_usd"]
    taken: set[Line] = set()
    chosen = []
    for one in sorted(found, key=lambda one: (-one.saved_usd, one.lines)):
        if one.saved_usd >= least_usd and taken.isdisjoint(one.lines):
            taken |= set(one.lines)
            chosen.append(one)
    return tuple(chosen)


def amounts_with(flexes: Sequence[Flex]) -> dict[str, dict[str, float]]:
    """Give dish id → food id → the share of the recipe's amount that is cooked."""
    amounts: dict[str, dict[str, float]] = {}
    for one in flexes:
        for dish_id, food_id in one.lines:
            amounts.setdefault(dish_id, {})[food_id] = one.share
    return amounts


def flexible_foods(dish: Dish, foods: FoodTable) -> Set[str]:
    """Name the foods of which a recipe takes a little more or less as well as so much.

    Those of the groups named, each on one line and not counted; nothing that is baked.
    """
    rule = read_settings("dishes.toml")["flex"]
    held = [line.food_id for line in dish.ingredients]
    if any(foods[food_id].group in rule["not_beside"] for food_id in held):
        return frozenset()
    return {
        line.food_id
        for line in dish.ingredients
        if foods[line.food_id].group in rule["groups"]
        and not (line.whole or line.food_id in rule["apart"])
        and held.count(line.food_id) == 1
    }


def _runs(days: Sequence[OpenedDay]) -> Iterator[Sequence[OpenedDay]]:
    """Give the days that use packages one after another, each with what the one before left."""
    run: list[OpenedDay] = []
    for one in days:
        if run and one.good <= NEAR_ENOUGH and (one.opened or one.past):
            yield run
            run = []
        run.append(one)
    yield run


@dataclass(frozen=True, slots=True)
class _Eaten:
    """What a plan eats of a food that comes in packages.

    ``is_lost``: what is left of one is not as good next week; else nobody opens one for a sliver.
    """

    plan: Plan
    foods: FoodTable
    errand: Errand
    dishes: Mapping[str, Dish]
    food: OpenedFood
    is_lost: bool

    def flex(self, run: Sequence[OpenedDay]) -> Flex | None:
        """Say how the dishes of a run would use up its packages; ``None`` where they need not."""
        rule, likely = read_settings("dishes.toml")["flex"], known_ranges()["recipe_share"]
        used, left = sum(day.used for day in run), run[-1].rest
        lines = self._lines({day.day for day in run if day.used})
        may, total = sum(lines.values()), self._total({day.day for day in run})
        if not may or left <= NEAR_ENOUGH or abs(total - used) > NEAR_ENOUGH:
            return None  # what is cooked for the freezer is not changed
        price = (self.food.package.price_usd or self._usual_usd()) * left
        less = left - 1.0
        kept = (less,) if -less <= rule["sliver"] * total else ()
        for change in (left - rule["spare"], less) if self.is_lost else kept:
            share = int((1.0 + change / may) * rule["steps"]) / rule["steps"]
            most = min(share, likely.high)
            if most in likely and most != 1.0 and (share - most) * may <= rule["near"]:
                return Flex(tuple(sorted(lines)), most, price)
        return None

    def _usual_usd(self) -> float:
        return (self.food.food.price_usd_per_100g or 0.0) * self.food.package.size_g / 100

    def _lines(self, days: Set[int]) -> dict[Line, float]:
        """Return the lines that may change, and how much of a package each takes."""
        lines: dict[Line, float] = {}
        for on, item_id, food_id, share in self._uses():
            dish = self.dishes.get(item_id)
            if on in days and dish and food_id in flexible_foods(dish, self.foods):
                line = item_id, food_id
                lines[line] = lines.get(line, 0.0) + share
        return lines

    def _total(self, days: Set[int]) -> float:
        return sum(share for on, _, _, share in self._uses() if on in days)

    def _uses(self) -> Iterator[tuple[int, str, str, float]]:
        """Give the day on which it is cooked, dish, food as eaten, and so much of a package."""
        bought, size_g = self.food.food, self.food.package.size_g
        for day, _, item in self.plan.served():
            on = day.day if item.leftover_of is None else item.leftover_of
            held = (*item.ingredients, *(item.guests.ingredients if item.guests else ()))
            for food_id, mass_g in held:
                dish = self.dishes.get(item.item_id)
                sold, edible_g = sold_as(self.foods, self.errand.shelves, food_id, mass_g, dish)
                if sold.food_id == bought.food_id:
                    share = edible_g * sold.sold_g_per_100g / 100 / size_g
                    yield on, item.item_id, food_id, share
