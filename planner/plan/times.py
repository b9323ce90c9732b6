"""When a day's pills and mineral water are taken, so that all hours from medicines are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from foods.supplement import find_supplement
from foods.table import FoodTable
from planner.plan.plan import Day, Item, Plan
from planner.plan.sittings import sittings
from planner.request.days import OUT, hours_on
from planner.request.request import PlanRequest, WeekOptions
from planner.safety.gate import (
    DaySchedule,
    Hours,
    Taken,
    build_schedule,
    meal_at,
    meal_hour,
    unknown_meal,
    what_it_holds,
)
from planner.safety.intake import SupplementIntake
from planner.targets.taken import judge_request, waters_drunk

_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Times:
    """Days with the same hours.

    Parameters
    ----------
    days
        Their numbers.
    schedule
        Their hours.
    """

    days: tuple[int, ...]
    schedule: DaySchedule


def times_of_plan(plan: Plan, request: PlanRequest, foods: FoodTable) -> tuple[Times, ...]:
    """Return the hours of a plan, days that are alike together.

    Parameters
    ----------
    plan
        What stands on the table; what it takes already and what the plan adds count alike.
    request
        Whose medicines, and which mineral water.
    foods
        What the food of the plan holds.
    """
    found: list[tuple[list[int], DaySchedule]] = []
    for day, schedule in times_by_day(plan, request, foods).items():
        alike = [days for days, other in found if other == schedule]
        if alike:
            alike[0].append(day)
        else:
            found.append(([day], schedule))
    return tuple(Times(tuple(days), schedule) for days, schedule in found)


def times_by_day(plan: Plan, request: PlanRequest, foods: FoodTable) -> Mapping[int, DaySchedule]:
    """Return number of the day → its hours."""
    verdict, found = judge_request(request), dict[int, DaySchedule]()
    for day in plan.days:
        pills = _pills(day, request.supplements, hours_on(request.week, day.day))
        schedule = build_schedule(
            request.patient.medicines,
            tuple(pills),
            waters_drunk(request),
            tuple(_meals(day, foods, request.week)),
            verdict.schedule.refused_nutrients,
            None if day.date is None else day.date.weekday(),
        )
        found[day.day] = replace(schedule, answer=verdict.allowed)
    return found


def _meals(day: Day, foods: FoodTable, week: WeekOptions) -> Iterator[Taken]:
    """Return the meals of a day; of one that is eaten out nobody knows what it holds."""
    hours = hours_on(week, day.day)
    for one in sittings(day, week):
        items = (item for item in one.meal.items if not item.is_in_litres)  # drunk through the day
        if lines := [line for item in items for line in item.ingredients]:
            yield meal_at(one.key, what_it_holds(lines, foods), hours)
    for slot, how in day.facts.missed:
        if how == OUT:
            yield unknown_meal(slot, hours)


def _pills(day: Day, declared: Sequence[SupplementIntake], hours: Hours) -> Iterator[Taken]:
    for meal, item in day.served():
        if item.is_supplement:
            for nutrient, amount in item.nutrients.items():
                name = find_supplement(item.item_id).label  # taken already or added alike
                told = _dose_text(item, declared)
                dose = Taken(name, nutrient, amount or 0.0, dose_text=told)
                yield dose.at(meal_hour(meal.slot, hours))


def _dose_text(item: Item, declared: Sequence[SupplementIntake]) -> str:
    """Describe how much a dose is, as it was declared where it is taken already."""
    for intake in declared:
        compound, doses = find_supplement(intake.name), max(1.0, intake.per_day)
        amount = item.nutrients.get(intake.nutrient)
        if item.is_added or compound.compound_id != item.item_id or amount is None:
            continue
        if abs(amount - intake.nutrient_per_day / doses) <= _NEAR * amount:
            return intake.dose_text
    return item.measure.removeprefix("1 dose of ")
