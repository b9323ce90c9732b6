"""What the judge says about what was asked for by its name: dishes put on meals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.check.days import DaysAsked
from planner.check.dish_notes import Notes
from planner.check.lines import JudgedTable
from planner.check.names import NamedFoods, find_called, words_of
from planner.errors import ConfigError
from planner.language.errors import error_said
from planner.language.names import Named
from planner.language.spoken import said
from planner.plan.plan import Day, Item
from planner.request.days import menu_day, menu_days
from planner.request.put import days_put


def put_faults(
    days: Sequence[Day], table: JudgedTable, asked: DaysAsked, notes: Notes
) -> Iterator[str]:
    """Say which meals do not have the dish that was put on them.

    Parameters
    ----------
    days, table
        The days as they stand, and what is on the table.
    asked
        What the request says of the days.
    notes
        What is known of dishes.
    """
    week = asked.week
    for put in week.put:
        try:
            numbers = days_put(put.day, menu_days(week), week.start)
        except ConfigError as error:
            yield said("What is put on {where} cannot be judged: {error}").format(
                where=put.where, error=error_said(error)
            )
            continue
        named = find_called(put.dish, table.foods.values(), notes)
        for day in days:
            is_meant = menu_day(week, day.day) in numbers
            served = [one for meal in day.meals if meal.slot == put.slot for one in meal.items]
            if is_meant and not any(_is_it(put.dish, item, named) for item in served):
                yield said("Day {day}: no {dish} at {slot}, where the request puts it.").format(
                    day=day.day, dish=Named(put.dish), slot=said(put.slot)
                )


def _is_it(name: str, item: Item, named: NamedFoods | None) -> bool:
    """Whether an item is what was put: by its id, or where no dish is called so by its words."""
    if named and (item.item_id in named.food_ids or named.dish_ids):
        return item.item_id in named.food_ids | named.dish_ids
    own = {form for word in words_of(item.name) for form in word}
    return all(own.intersection(word) for word in words_of(name))
