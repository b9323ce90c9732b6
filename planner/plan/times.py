"""When a day's medicines, pills and mineral water are taken, so that all hours are kept."""

from __future__ import annotations

from planner.plan.plan import Day
from planner.safety.medicines import read_medicines
from planner.safety.schedule import DayIntake, DaySchedule, build_schedule, usual_hour
from planner.targets.request import PlanRequest
from planner.targets.taken import waters_drunk


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
        DayIntake(item.name, nutrient, amount or 0.0, (usual_hour(meal.slot),))
        for meal in day.meals
        for item in meal.items
        if item.is_supplement
        for nutrient, amount in item.nutrients.items()
    ]
    medicines = read_medicines(request.profile.medicines)
    return build_schedule(medicines, intakes, waters_drunk(request))
