"""What the judge says about the hours and minutes of meals: in time, at night, a snack for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foods.embedded import read_embedded_foods
from planner.check.dish_notes import Notes
from planner.plan.plan import Day, Meal
from planner.request.days import hours_on
from planner.request.meal_phrases import DAY, SNACK, is_at_night, snack_hours
from planner.request.next_week import minutes_on
from planner.request.preferences import Preferences
from planner.request.request import WeekOptions
from planner.safety.gate import Hours
from planner.settings import read_settings
from planner.shops import named


def hour_faults(
    days: Sequence[Day],
    notes: Notes,
    week: WeekOptions,
    preferences: Preferences,
) -> Iterator[str]:
    """Yield meals that take longer than their day allows, do not travel, or are too few snacks."""
    for day in days:
        hours = hours_on(week, day.day)
        most = minutes_on(preferences, week, day.day)
        yield from minutes_faults(day, most.get(DAY))
        for meal in day.meals:
            if most.get(meal.slot) == 0:
                yield from _cooked_faults(day, meal, notes)
            elif meal.minutes > most.get(meal.slot, meal.minutes):
                yield (
                    f"Day {day.day}: {meal.slot} takes {meal.minutes} minutes, "
                    f"the request allows {most[meal.slot]}."
                )
            if meal.slot == SNACK and _count(meal) < len(snack_hours(hours)):
                yield f"Day {day.day}: there are fewer snacks than hours for them."
            yield from _night_faults(day, meal, hours, notes)


def minutes_in_kitchen(day: Day) -> int:
    """Return how long all meals of a day take to make, one after the other [min]."""
    return sum(meal.minutes for meal in day.meals)


def minutes_faults(day: Day, most: int | None) -> Iterator[str]:
    """State that all meals of a day together take longer than it has time [min]."""
    if most is not None and (minutes := minutes_in_kitchen(day)) > most:
        pattern = "Day {day}: its meals take {minutes} minutes, the request allows {most}."
        yield pattern.format(day=day.day, minutes=minutes, most=most)


def _cooked_faults(day: Day, meal: Meal, notes: Notes) -> Iterator[str]:
    """Yield what is cooked at a meal without time to: neither cold, nor cooked on a day before."""
    cold = read_settings("meals/cooking.toml")["heat"]["cold"]
    boiled = read_settings("meals/rules.toml")["starch_work"]["minutes"]
    for item in meal.items:
        note = notes.get(item.item_id)
        food = None if item.kind == "dish" else read_embedded_foods().foods.get(item.item_id)
        is_boiled = food is not None and food.base in boiled
        if is_boiled or (note and item.leftover_of is None and cold not in note.tags):
            pattern = (
                "Day {day}: {name} is cooked, though the request has no time to cook for {meal}."
            )
            yield pattern.format(day=day.day, name=named(item.name), meal=meal.slot)


def _count(meal: Meal) -> int:
    return sum(not item.is_beside for item in meal.items)


def _night_faults(day: Day, meal: Meal, hours: Hours, notes: Notes) -> Iterator[str]:
    box = read_settings("meals/rules.toml")["lunch"]["box"]
    if meal.slot == SNACK or not is_at_night(meal.slot, hours):
        return
    for item in meal.items:
        note = notes.get(item.item_id)
        if note and note.kind == "main" and box not in note.tags and item.leftover_of is None:
            yield f"Day {day.day}: {named(item.name)} is eaten at night and does not travel."
