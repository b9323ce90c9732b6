"""What the judge says about guests: whether who was asked for is cooked for, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.check.dish_notes import read_dish_notes
from planner.check.lines import JudgedTable
from planner.check.names import NamedFoods, find_excluded
from planner.plan.plan import Day, GuestShare, Item
from planner.request.diets import find_diet
from planner.request.eater import Eater, Guests
from planner.request.request import PlanRequest, WeekOptions
from planner.settings import read_settings
from planner.shops import named


def guest_food_faults(
    days: Sequence[Day], table: JudgedTable, request: PlanRequest
) -> Iterator[str]:
    """Describe where guests are served what they do not eat, by diet or by name."""
    notes = read_dish_notes(request.dish_folders) if request.week.guests else {}
    yield from _share_faults(days, table)
    for guests in request.week.guests:
        out = find_diet(guests.diet).without_origin
        left_out = [
            find_excluded(name, table.foods.values(), notes)
            or NamedFoods(name, frozenset(), frozenset())
            for name in guests.leaves_out
        ]
        for item, share in _served_to(guests, days, request.eaters):
            held = [table.foods[one] for one, _ in share.ingredients if one in table.foods]
            wrong = [
                food for food in held
                if (food.traits and food.traits.origin & out)
                or any(food.food_id in one.food_ids or one.is_dish(item) for one in left_out)
            ]  # fmt: skip
            if wrong:
                yield (
                    f"Day {guests.day}, {guests.slot}: {named(item.name)} holds "
                    f"{named(wrong[0].name)}, which guests leave out."
                )


def _share_faults(days: Sequence[Day], table: JudgedTable) -> Iterator[str]:
    """Describe what guests have that is in no table, so that nobody knows what it holds."""
    for day in days:
        for item in day.items():
            for food_id, _ in item.guests.ingredients if item.guests is not None else ():
                if food_id not in table.foods:
                    yield f"Day {day.day}: guests have {food_id} in {named(item.name)}: unknown."


def _served_to(
    guests: Guests, days: Sequence[Day], eaters: Sequence[Eater]
) -> Iterator[tuple[Item, GuestShare]]:
    for day in days:
        meals = (meal for meal in day.meals if (day.day, meal.slot) == (guests.day, guests.slot))
        items = (item for meal in meals for item in meal.items)
        for item in items:
            if item.guests is not None and _come(item) > _alike(item, eaters):
                yield item, item.guests


def guest_faults(
    days: Sequence[Day], week: WeekOptions, eaters: Sequence[Eater] = ()
) -> Iterator[str]:
    """Describe where guests who come get nothing, and where there is food for guests who do not.

    Parameters
    ----------
    days
        The days as printed.
    week
        What was asked for.
    eaters
        Who eats at a common table, and how many each of them stands for.
    """
    coming = {(guest.day, guest.slot): guest.count for guest in week.guests}
    for day in days:
        for meal in day.meals:
            served = {_come(item) - _alike(item, eaters) for item in meal.items} - {0}
            count = coming.pop((day.day, meal.slot), 0)
            if served - {count}:
                yield f"Day {day.day}, {meal.slot}: is for {max(served)} guests, not for {count}."
            elif count and not served:
                yield f"Day {day.day}, {meal.slot}: has nothing for {count} guests."
    for guests in week.guests:
        yield from _amount_faults(guests, days)
    for (number, slot), count in coming.items():
        yield f"Day {number}: no {slot} for {count} guests."


def _amount_faults(guests: Guests, days: Sequence[Day]) -> Iterator[str]:
    """Describe which dishes guests have another amount of than was asked for."""
    slack = read_settings("check.toml")["tolerance"]["stated"]
    meals = (meal for day in days if day.day == guests.day for meal in day.meals)
    for item in (item for meal in meals if meal.slot == guests.slot for item in meal.items):
        people, servings = item.visitors
        if item.kind == "dish" and people and abs(servings / people - guests.servings) > slack:
            yield (
                f"Day {guests.day}, {guests.slot}: guests have {servings / people:g} servings of "
                f"{named(item.name)}, not {guests.servings:g}."
            )


def _come(item: Item) -> int:
    return item.guests.count if item.guests is not None else 0


def _alike(item: Item, eaters: Sequence[Eater]) -> int:
    """Count those who have of an item what an eater has who stands for them."""
    own = {share.eater for share in item.shares} if not item.is_beside else set()
    return sum(eater.count - 1 for eater in eaters if eater.name in own)
