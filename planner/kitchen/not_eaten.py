"""What of a plan was not eaten: dishes that may come again at once, and food still at home."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from foods.table import FoodTable
from planner.errors import ConfigError
from planner.kitchen.errand import ShoppingLine, ShoppingList
from planner.kitchen.pantry import HEADER, parse_pantry
from planner.kitchen.sold import Shelves, keeping_of, own_rows
from planner.plan.plan import Plan
from planner.request.request import AtHome


def uneaten_dishes(plan: Plan, meals: Collection[tuple[int, str]]) -> frozenset[str]:
    """Give the ids of the dishes that were for meals, (day, meal), that nobody ate, and no other.

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
    for one in parse_pantry(text, "", foods, shelves):
        yield AtHome(one.food, one.amount, one.unit, one.days)


def home_unused(
    shopping: ShoppingList, food_ids: Collection[str], last: int, foods: FoodTable
) -> Iterator[AtHome]:
    """Give what a list has for meals of these foods and was not used, as it keeps unopened.

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
