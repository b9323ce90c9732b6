"""Meals of a diary and of a plan side by side: what is eaten at each meal of each day, and will be.

A shorter diary is repeated in order. A meal of one's own stands on the day on which the plan has
it: to eat it on another day is no other meal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from planner.check.days import DaysAsked
from planner.diary.diary import SUPPLEMENT, DiaryEntry
from planner.plan.plan import Item, Plan
from planner.request.request import WeekOptions
from planner.usual.meals import OwnMeal, UsualMeals

Cell = tuple[int, str]
"""Number of a day of the plan, and a meal of it."""
Items = tuple[Item, ...]
Meals = Mapping[Cell, Items]


def planned_meals(plan: Plan) -> dict[Cell, Items]:
    """Give what a plan has at its meals, without what stands beside them."""
    return {
        (day.day, meal.slot): tuple(item for item in meal.items if not item.is_beside)
        for day in plan.days
        for meal in day.meals
    }


def beside_meals(plan: Plan) -> dict[Cell, Items]:
    """Give what stands beside the meals of a plan: supplements, water, cups."""
    return {
        (day.day, meal.slot): tuple(item for item in meal.items if item.is_beside)
        for day in plan.days
        for meal in day.meals
    }


def usual_meals(usual: UsualMeals, planned: Meals, week: WeekOptions) -> dict[Cell, Items]:
    """Give what is usually eaten on the days of a plan, as far as these have the meal.

    Parameters
    ----------
    usual
        What is usually eaten.
    planned
        The meals of the plan.
    week
        Its days, and which meals they miss.
    """
    asked, days = DaysAsked.of(week), range(1, week.days + 1)
    eaten: dict[str, dict[int, Items]] = {}
    for day in days:
        for slot, items in _eaten_on((day - 1) % len(usual.diary.days) + 1, usual):
            if slot not in asked.missed(day):
                eaten.setdefault(slot, {})[day] = items
    found: dict[Cell, Items] = {}
    for slot, own in eaten.items():
        open_days = [day for day in days if slot not in asked.missed(day)]
        ids = {day: {item.item_id for item in planned.get((day, slot), ())} for day in open_days}
        found |= {(day, slot): items for day, items in _placed(own, ids).items()}
    return found


def is_same(one: Items, other: Items) -> bool:
    """Whether two meals have the same things in the same amounts."""
    return [(item.item_id, item.ingredients) for item in one] == [
        (item.item_id, item.ingredients) for item in other
    ]


def _eaten_on(number: int, usual: UsualMeals) -> Iterator[tuple[str, Items]]:
    """Give meal and what is eaten at it, on a day of the diary."""
    own = {one.slot: (_own_item(one),) for one in usual.meals if number in one.days}
    yield from own.items()
    others: dict[str, list[Item]] = {}
    for meal in usual.diary.days[number - 1].meals:
        if meal.slot not in own:
            food = (one for one in meal.entries if one.kind != SUPPLEMENT)
            others.setdefault(meal.slot or meal.name, []).extend(map(_entry_item, food))
    yield from ((slot, tuple(items)) for slot, items in others.items() if items)


def _own_item(meal: OwnMeal) -> Item:
    dish = meal.dish
    parts = tuple((line.food_id, line.mass_g) for line in dish.ingredients)
    mass_g = round(sum(mass for _, mass in parts), 1)
    return Item("dish", dish.dish_id, dish.name, 1.0, "", mass_g, parts, {}, 0.0, dish.minutes)


def _entry_item(entry: DiaryEntry) -> Item:
    """Give a line of the diary; one that is not known holds nothing that can be counted."""
    mass_g, parts = entry.mass_g or 0.0, entry.ingredients
    return Item("food", entry.item_id, entry.name, 1.0, "", mass_g, parts, {}, 0.0, 0)


def _placed(eaten: Mapping[int, Items], wanted: Mapping[int, Set[str]]) -> dict[int, Items]:
    """Put the meals of a slot on days: where the plan has them, else where they are, else free.

    Parameters
    ----------
    eaten
        Day → what is eaten.
    wanted
        Day → ids of what the plan has there.
    """
    placed, left = dict[int, Items](), dict(eaten)
    for day, ids in wanted.items():
        if _is_one_of(left.get(day, ()), ids):
            placed[day] = left.pop(day)
    for day, ids in wanted.items():
        moved = [] if day in placed else [n for n, items in left.items() if _is_one_of(items, ids)]
        if moved:
            placed[day] = left.pop(moved[0])
    for day in [*left]:
        if day not in placed:
            placed[day] = left.pop(day)
    free = [day for day in wanted if day not in placed]
    return placed | dict(zip(free, left.values(), strict=False))


def _is_one_of(items: Sequence[Item], ids: Set[str]) -> bool:
    return len(items) == 1 and items[0].item_id in ids
