"""What sets the days of a request apart: weekends, missed meals, menus that come again."""

from __future__ import annotations

from planner.meals.rules import MealRules
from planner.model.days import PRESENT, Absence
from planner.plan.plan import DayFacts
from planner.request.days import (
    DAYS_PER_WEEK,
    NOTHING,
    OUT,
    date_of,
    fasted_slots,
    is_holiday,
    menu_day,
    menu_days,
    missed_slots,
    planned_share,
)
from planner.request.request import WeekOptions
from planner.solve.weeks import Days

SATURDAY = 5  # as date.weekday() counts


def weekend_days(week: WeekOptions, rules: MealRules) -> tuple[bool, ...]:
    """For each day with a menu of its own whether there is the time of a weekend.

    With a cycle a day has it only where each of its repeats has.
    """
    menus = menu_days(week)
    return tuple(
        all(_is_free(week, again, rules) for again in range(day, week.days + 1, menus))
        for day in range(1, menus + 1)
    )


def _is_free(week: WeekOptions, day: int, rules: MealRules) -> bool:
    """Saturday, Sunday or a holiday; the last two days of a week where days have no dates."""
    when = date_of(week, day)
    if when is None:
        free = (day - 1) % DAYS_PER_WEEK + 1 in rules.rules["weekend_days"]["days"]
    else:
        free = when.weekday() >= SATURDAY
    return free or is_holiday(week, day)


def absent_meals(week: WeekOptions, rules: MealRules) -> tuple[Absence, ...]:
    """For each day with a menu of its own the meals that it misses; empty where no day does."""
    found = tuple(_absence(week, day, rules) for day in range(1, menu_days(week) + 1))
    return found if any(one != PRESENT for one in found) else ()


def _absence(week: WeekOptions, day: int, rules: MealRules) -> Absence:
    missed = missed_slots(week, day)
    if not missed:
        return PRESENT
    return Absence(tuple(sorted(missed)), planned_share(week, day, rules.rules["meal_energy"]))


def facts_of(week: WeekOptions, rules: MealRules) -> tuple[DayFacts, ...]:
    """Give for each day what sets it apart from any other."""
    bands, free = rules.rules["meal_energy"], weekend_days(week, rules)
    return tuple(
        DayFacts(
            missed=tuple(
                (slot, NOTHING if slot in fasted_slots(week, day) else OUT)
                for slot in missed_slots(week, day)
            ),
            planned_share=planned_share(week, day, bands),
            is_holiday=is_holiday(week, day) and free[menu_day(week, day) - 1],
        )
        for day in range(1, week.days + 1)
    )


def in_cycles(days: Days, week: WeekOptions) -> Days:
    """Let the menu come again until the last day is reached."""
    return tuple(days[number % len(days)] for number in range(week.days))
