"""When a day's medicines, pills and mineral water are taken, so that all hours are kept."""

from __future__ import annotations

from dataclasses import replace

from planner.plan.plan import Day, Item, Plan
from planner.safety.medicines import read_medicines
from planner.safety.schedule import DayIntake, DaySchedule, build_schedule, usual_hour
from planner.targets.request import PlanRequest
from planner.targets.taken import judge_request, waters_drunk


def times_of_plan(
    plan: Plan, request: PlanRequest
) -> tuple[tuple[tuple[int, ...], DaySchedule], ...]:
    """Give (numbers of the days, their hours) of a plan, days that are alike together."""
    found: list[tuple[list[int], DaySchedule]] = []
    for day in plan.days:
        schedule = times_of_day(day, request)
        alike = [days for days, other in found if other == schedule]
        if alike:
            alike[0].append(day.day)
        else:
            found.append(([day.day], schedule))
    return tuple((tuple(days), schedule) for days, schedule in found)


def times_of_day(day: Day, request: PlanRequest) -> DaySchedule:
    """Give the hours of a planned day: pills at their meals, medicines around them.

    Parameters
    ----------
    day
        A day of a plan; what it takes already and what the plan adds count alike.
    request
        Whose medicines, and which mineral water.
    """
    intakes = [
        DayIntake(_label(item), nutrient, amount or 0.0, (usual_hour(meal.slot),))
        for meal in day.meals
        for item in meal.items
        if item.is_supplement
        for nutrient, amount in item.nutrients.items()
    ]
    medicines = read_medicines(request.profile.medicines)
    schedule = build_schedule(medicines, intakes, waters_drunk(request))
    return replace(schedule, answer=judge_request(request).allowed)


def _label(item: Item) -> str:
    """Name a pill without whether it is taken already or added."""
    return item.name.rpartition(", ")[0] or item.name
