"""What sets the days of a request apart: missed meals, more energy, menus that come again."""

from __future__ import annotations

from planner.candidates.beside import CUP_SLOT
from planner.candidates.candidate import Column
from planner.meals.rules import MealRules
from planner.model.days import PRESENT, Absence
from planner.plan.plan import ABSENT, DayFacts
from planner.request.days import (
    NOTHING,
    OUT,
    absent_days,
    days_away,
    fasted_slots,
    is_holiday,
    menu_day,
    menu_days,
    missed_slots,
    more_on,
    planned_share,
    weekend_days,
)
from planner.request.next_week import days_since, not_yet
from planner.request.request import PlanRequest, WeekOptions

Days = tuple[tuple[Column, ...], ...]


def absent_meals(request: PlanRequest, rules: MealRules) -> tuple[Absence, ...]:
    """For each day with a menu of its own what it misses, and needs beside; empty where none."""
    week, more, bands = request.week, request.preferences.more_energy, rules.rules["meal_energy"]
    since, away = request.preferences.since, days_away(week)
    found = tuple(
        Absence(
            tuple(sorted({*missed_slots(week, day), *({CUP_SLOT} if day in away else ())})),
            planned_share(week, day, bands),
            more_on(more, week, day),
            day in week.eaten,
            not_yet(since, week, day),
            tuple(sorted(key for key in since if day in days_since(since, key, week))),
        )
        for day in range(1, menu_days(week) + 1)
    )
    return found if any(absence != PRESENT for absence in found) else ()


def facts_of(week: WeekOptions, rules: MealRules) -> tuple[DayFacts, ...]:
    """Return for each day what sets it apart from any other."""
    bands, free = rules.rules["meal_energy"], weekend_days(week, rules)
    facts, absent = list[DayFacts](), absent_days(week)
    for day in range(1, week.days + 1):
        if menu_day(week, day) in absent:
            facts.append(ABSENT)
            continue
        fasted, slots = fasted_slots(week, day), missed_slots(week, day)
        missed = tuple((slot, NOTHING if slot in fasted else OUT) for slot in slots)
        holiday = is_holiday(week, day) and free[menu_day(week, day) - 1]
        facts.append(DayFacts(missed, planned_share(week, day, bands), holiday))
    return tuple(facts)


def in_cycles(days: Days, week: WeekOptions) -> Days:
    """Let the menu come again until the last day is reached."""
    return tuple(days[number % len(days)] for number in range(week.days))
