"""When a day's medicines, pills and mineral water are taken, so that all hours are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from foods.supplement import find_supplement
from foods.table import FoodTable
from planner.language.spoken import AND, folded_said, said
from planner.plan.plan import Day, Item, Plan
from planner.plan.sittings import sittings
from planner.request.days import OUT, hours_on
from planner.request.request import PlanRequest, WeekOptions
from planner.safety.clock import Taken
from planner.safety.day_meals import Hours, meal_at, meal_hour, unknown_meal, what_it_holds
from planner.safety.fit_day import DayContents
from planner.safety.gate import SafetyVerdict
from planner.safety.intake import SupplementIntake
from planner.safety.medicines import Medicine
from planner.safety.often import WEEKDAYS
from planner.safety.schedule import DaySchedule, lay_out_day_among, lay_out_days
from planner.targets.taken import judge_request, waters_drunk

_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Times:
    """Days with the same hours.

    Parameters
    ----------
    days
        Their numbers; empty for a day of the week whose number nobody knows.
    schedule
        Their hours.
    on
        Which day it is, where it has no number: ``"On Sunday"``.
    """

    days: tuple[int, ...]
    schedule: DaySchedule
    on: str = ""


def times_of_plan(plan: Plan, request: PlanRequest, foods: FoodTable) -> tuple[Times, ...]:
    """Give the hours of a plan: days that are alike together, then days that have no number yet.

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
    numbered = [Times(tuple(days), schedule) for days, schedule in found]
    return (*numbered, *_days_without_number(plan, request, foods))


def times_by_day(plan: Plan, request: PlanRequest, foods: FoodTable) -> Mapping[int, DaySchedule]:
    """Give number of the day → its hours."""
    verdict = judge_request(request)
    days = _contents_of_days(plan, request, foods, verdict)
    told = [replace(one, answer=verdict.allowed) for one in lay_out_days(days)]
    return dict(zip((day.day for day in plan.days), told, strict=True))


def _days_without_number(plan: Plan, request: PlanRequest, foods: FoodTable) -> Iterator[Times]:
    """Give the day of medicines whose day nobody named, or that a plan without dates cannot name.

    All of them stand on one such day, so that they fit even where it is the same one.
    """
    open_ones = [one for one in _medicines(request, weekly=True) if not _is_on_a_date(one, plan)]
    if not open_ones:
        return
    verdict = judge_request(request)
    days = _contents_of_days(plan, request, foods, verdict)
    usual = replace(days[0], medicines=(*_medicines(request, weekly=False), *open_ones))
    named = {WEEKDAYS[day] for one in open_ones for day in one.weekdays}
    unnamed = [one.name for one in open_ones if not one.weekdays]
    words = [*(said(day) for day in WEEKDAYS if day in named)]
    words += [said("the day of {name}", name=name) for name in unnamed]
    schedule = replace(lay_out_day_among(days, usual), answer=verdict.allowed)
    yield Times((), schedule, said("On {days}", days=folded_said(words, AND)))


def _contents_of_days(
    plan: Plan, request: PlanRequest, foods: FoodTable, verdict: SafetyVerdict
) -> list[DayContents]:
    daily, weekly = (_medicines(request, weekly=one) for one in (False, True))
    waters = waters_drunk(request)
    found = []
    for day in plan.days:
        on = None if day.date is None else day.date.weekday()
        due = [one for one in weekly if on is not None and on in one.weekdays]
        pills = _pills(day, request.supplements, hours_on(request.week, day.day))
        meals = _meals(day, foods, request.week)
        refused = verdict.schedule.refused_nutrients
        found.append(DayContents((*daily, *due), tuple(pills), waters, tuple(meals), refused))
    return found


def _medicines(request: PlanRequest, *, weekly: bool) -> tuple[Medicine, ...]:
    return tuple(one for one in request.patient.medicines if one.is_weekly == weekly)


def _is_on_a_date(medicine: Medicine, plan: Plan) -> bool:
    return bool(medicine.weekdays) and all(day.date is not None for day in plan.days)


def _meals(day: Day, foods: FoodTable, week: WeekOptions) -> Iterator[Taken]:
    """Give the meals of a day; of one that is eaten out nobody knows what it holds."""
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
                at, told = (meal_hour(meal.slot, hours),), _dose_text(item, declared)
                name = find_supplement(item.item_id).label  # taken already or added alike
                yield Taken(name, nutrient, amount=amount or 0.0, prefer_h=at, dose_text=told)


def _dose_text(item: Item, declared: Sequence[SupplementIntake]) -> str:
    """Say how much a dose is, as it was declared where it is taken already."""
    for one in declared:
        compound, doses = find_supplement(one.name), max(1.0, one.per_day)
        amount = item.nutrients.get(one.nutrient)
        if item.is_added or compound.compound_id != item.item_id or amount is None:
            continue
        if abs(amount - one.nutrient_per_day / doses) <= _NEAR * amount:
            return one.dose_text
    return item.measure.removeprefix("1 dose of ")
