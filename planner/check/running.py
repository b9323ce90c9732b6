"""What the judge says of one dish on many days running."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import groupby

from planner.check.days import DaysAsked
from planner.check.dish_notes import read_dish_notes
from planner.errors import ConfigError
from planner.plan.plan import Day
from planner.request.days import DAYS_PER_WEEK, menu_day, menu_days
from planner.request.put import days_put
from planner.request.request import PlanRequest, WeekOptions
from planner.settings import read_settings
from planner.shops import named


def running_faults(days: Sequence[Day], request: PlanRequest) -> Iterator[str]:
    """Describe which breakfast or main dish comes on more days running of a week than it may.

    What is put on a meal is as somebody wants it, and days that were eaten are facts.
    """
    most = read_settings("meals/rules.toml")["running"]
    notes = read_dish_notes(request.preferences.dishes)
    put, on_days = _put_dishes(days, request.week), dict[str, list[int]]()
    for day in days:
        for dish_id in dict.fromkeys(item.item_id for item in day.items() if item.kind == "dish"):
            if dish_id in notes and dish_id not in put and notes[dish_id].kind in most:
                on_days.setdefault(dish_id, []).append(day.day)
    asked = DaysAsked.of(request.week)
    for dish_id, numbers in on_days.items():
        note = notes[dish_id]
        for run in _runs(numbers):
            if len(run) > most[note.kind] and not all(map(asked.is_eaten, run)):
                yield (
                    f"{named(note.name)} is on the table on {len(run)} days running, from day "
                    f"{run[0]} on; at most "
                    f"{most[note.kind]} are meant."
                )


def _put_dishes(days: Sequence[Day], week: WeekOptions) -> set[str]:
    meals = set[tuple[int, str]]()
    for put in week.put:
        with suppress(ConfigError):  # a day that cannot be read is told of
            numbers = days_put(put.day, menu_days(week), week.start)
            meals.update((number, put.slot) for number in numbers)
    return {
        item.item_id
        for day in days
        for meal in day.meals
        if (menu_day(week, day.day), meal.slot) in meals
        for item in meal.items
    }


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Return days of one week that follow each other."""
    for _, run in groupby(
        enumerate(numbers), lambda one: (one[1] - one[0], (one[1] - 1) // DAYS_PER_WEEK)
    ):
        yield [number for _, number in run]
