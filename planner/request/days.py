"""The days of a request: which meals they miss, which are holidays, which menu comes again.

Days count from 1. With a cycle the menu of its days comes again until the last day is reached, and
so do the meals that are missed in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from foods.errors import raise_collected
from planner.errors import ConfigError
from planner.faults import fault, fault_said
from planner.meals.patterns import SLOTS, pattern_ids, snack_places
from planner.meals.rules import MealRules
from planner.request.day_words import today
from planner.request.equipment import cooks_all_day
from planner.request.meal_phrases import SNACK, cooks_within, hour_in_day, meal_of, snack_hours
from planner.request.preferences import EATEN
from planner.request.put import EVERY, Put, days_put, days_without
from planner.request.request import SHOP, PlanRequest, WeekOptions
from planner.request.wish import NOTHING as NOTHING
from planner.request.wish import OUT as OUT
from planner.safety.gate import Hours, as_clock, meal_hour
from planner.settings import read_settings

DAYS_PER_WEEK = 7
SATURDAY = 5  # as date.weekday() counts


def menu_day(week: WeekOptions, day: int) -> int:
    """Return the day whose menu is eaten on ``day``: itself, or a day of the cycle."""
    return (day - 1) % (week.cycle or week.days) + 1


def menu_days(week: WeekOptions) -> int:
    """Return the number of days that have a menu of their own."""
    return min(week.cycle or week.days, week.days)


def missed_slots(week: WeekOptions, day: int) -> tuple[str, ...]:
    """Name the meals that are not planned on a day, in the order of the day."""
    menu = menu_day(week, day)
    return tuple(slot for slot in week.slots if (menu, slot) in week.skip)


def meal_planned(week: WeekOptions, slot: str) -> str:
    """Name the first meal that is planned, that of the slot where there is one: ``"1:lunch"``."""
    days = range(1, menu_days(week) + 1)
    each = (
        f"{day}:{meal}"
        for meal in (slot, *week.slots)
        for day in days
        if meal in week.slots and meal not in missed_slots(week, day)
    )
    return next(each, f"1:{slot}")


def fasted_slots(week: WeekOptions, day: int) -> tuple[str, ...]:
    """Name those of the missed meals that nobody eats elsewhere either."""
    menu = menu_day(week, day)
    return tuple(slot for slot in missed_slots(week, day) if (menu, slot) in week.not_eaten)


def date_of(week: WeekOptions, day: int) -> date | None:
    """Return the date of a day; ``None`` where the days have no dates."""
    return week.start + timedelta(days=day - 1) if week.start else None


def absent_days(week: WeekOptions, at_table: Sequence[str] = ()) -> tuple[int, ...]:
    """Return the days with a menu of their own on which an eater is not at the table.

    ``at_table``: the days on which that eater is, where the week is everybody's.

    Raises
    ------
    ConfigError
        When a day that is named is none of the plan.
    """
    words, count = at_table or week.at_table, menu_days(week)
    here = days_without(words, count, week.start) if words else range(1, count + 1)
    return tuple(day for day in range(1, count + 1) if day not in here)


def is_holiday(week: WeekOptions, day: int) -> bool:
    """Whether a day is named as a holiday, by its number or its date."""
    return day in week.holidays or (date_of(week, day) or day) in week.holidays


def closed_days(week: WeekOptions, shops: str) -> frozenset[int]:
    """Return the days on which nobody shops: named holidays, and when these shops are closed."""
    shut = read_settings(SHOP)["closed"]["weekdays"].get(shops, ())
    dates = {day: when for day in range(1, week.days + 1) if (when := date_of(week, day))}
    return frozenset(
        day for day, when in dates.items() if when in week.holidays or when.weekday() in shut
    )


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


def puts_by_day(week: WeekOptions) -> dict[int, tuple[Put, ...]]:
    """Return day → what is put on its meals, for the days that have a menu of their own.

    A weekday that several days have is all of them only where it says every.

    Raises
    ------
    ConfigError
        When a day is none of the plan, or could be several.
    """
    found: dict[int, tuple[Put, ...]] = {}
    for put in week.put:
        for day in days_put(put.day, menu_days(week), week.start):
            found[day] = (*found.get(day, ()), put)
    return found


def told_on(week: WeekOptions, day: int) -> frozenset[tuple[str, str, str]]:
    """Return (meal, dish, eater) of all that a request tells of single days, this one among them.

    What is told of every such day is a wish, not what was eaten; a meal that is missed has no dish.

    Raises
    ------
    ConfigError
        When a day is none of the plan, or could be several.
    """
    single = replace(week, put=tuple(put for put in week.put if not str(put.day).startswith(EVERY)))
    puts = {(put.slot, put.dish, put.eater) for put in puts_by_day(single).get(day, ())}
    return frozenset(puts | {(slot, "", "") for slot in missed_slots(week, day)})


def hours_on(week: WeekOptions, day: int) -> Hours:
    """Return the hours of the meals of a day: what is said of it alone, else what is said of all.

    Raises
    ------
    ConfigError
        When a day that is named is none of the plan.
    """
    hours = {key: hour for key, hour in week.meals_at.items() if ":" not in key}
    own: dict[str, float] = {}
    for key, hour in week.meals_at.items():
        days, named, name = key.rpartition(":")
        on = days_without(days.split(","), week.days, week.start) if named else frozenset({0})
        if max(on) > week.days:
            raise fault(ConfigError, "day_put_beyond", count=week.days, word=max(on))
        if day in on and own.setdefault(name, hour) != hour:
            raise fault(ConfigError, "said_twice", name=key)
    meals = {*map(meal_of, own)}
    return {**{key: hour for key, hour in hours.items() if meal_of(key) not in meals}, **own}


def more_on(more_energy: Mapping[str, float], week: WeekOptions, day: int) -> float:
    """Return how much more energy a day needs than others [kcal]; of several figures the largest.

    Raises
    ------
    ConfigError
        When a day that is named is none of the plan.
    """
    menu, count = menu_day(week, day), menu_days(week)
    return max(
        (
            kcal
            for days, kcal in more_energy.items()
            if menu in days_without(days.split(","), count, week.start)
        ),
        default=0.0,
    )


def most_more(more_energy: Mapping[str, float], week: WeekOptions) -> float:
    """Return how much more than other days the day that needs most needs [kcal]."""
    return max(more_on(more_energy, week, day) for day in range(1, menu_days(week) + 1))


def slow_meals(week: WeekOptions) -> frozenset[tuple[int, str]]:
    """Return (day, slot) of the meals that somebody wants from the slow cooker."""
    puts = puts_by_day(week).items()
    return frozenset((day, put.slot) for day, own in puts for put in own if cooks_all_day(put.dish))


def usual_share(bands: Mapping[str, Sequence[float]], slots: Iterable[str]) -> float:
    """Return the energy that ``slots`` usually have, as a share of that of all meals in ``bands``.

    Parameters
    ----------
    bands
        Meal → least and greatest share of the day's energy; its middle counts.
    slots
        Some of these meals.
    """
    middles = {slot: (least + most) / 2 for slot, (least, most) in bands.items()}
    total = sum(middles.values())
    return sum(middles.get(slot, 0.0) for slot in slots) / total if total else 1.0


def shares_eaten(week: WeekOptions, bands: Mapping[str, Sequence[float]]) -> tuple[float, float]:
    """Return the share of a day's energy [0–1] its meals usually have: the least, and the most.

    They carry all of that day: what nobody eats elsewhere is not counted, what is eaten out is.
    """
    days = range(1, menu_days(week) + 1)
    kept = ([slot for slot in week.slots if slot not in fasted_slots(week, day)] for day in days)
    shares = [usual_share(bands, slots) or 1.0 for slots in kept]
    return min(shares), max(shares)


def planned_share(week: WeekOptions, day: int, bands: Mapping[str, Sequence[float]]) -> float:
    """Return the share of a day's targets that its planned meals carry [0–1].

    It is the energy that they usually have, as a share of that of all meals eaten on the day,
    those eaten elsewhere included.
    """
    missed, fasted = missed_slots(week, day), fasted_slots(week, day)
    planned = [slot for slot in week.slots if slot not in missed]
    eaten = [slot for slot in week.slots if slot not in fasted]
    if planned == eaten:
        return 1.0
    return usual_share(bands, planned) / usual_share(bands, eaten)


def days_away(week: WeekOptions) -> tuple[int, ...]:
    """Return the days with a menu of their own of which no meal is planned."""
    days = range(1, menu_days(week) + 1)
    return tuple(day for day in days if set(missed_slots(week, day)) == set(week.slots))


def most_meals(week: WeekOptions) -> int:
    """Count the meals of the day with the most, if others are eaten elsewhere each day; else 0."""
    days = range(1, menu_days(week) + 1)
    away = all({*missed_slots(week, day)} - {*fasted_slots(week, day)} for day in days)
    return max(len(week.slots) - len(missed_slots(week, day)) for day in days) if away else 0


def budget_counts(request: PlanRequest) -> str:
    """Describe what a budget counts: days fewer than a week would not pay for whole packages."""
    is_short = menu_days(request.week) < DAYS_PER_WEEK
    return EATEN if is_short else request.preferences.budget_counts


def check_days(request: PlanRequest, where: str) -> None:
    """Make sure that what a request says of its days goes together.

    Raises
    ------
    ConfigError
        All faults in one error.
    """
    faults = [*_faults(request.week), *_away_faults(request)]
    spaced = any(eater.min_days_between for eater in request.everybody)
    if request.week.cycle == DAYS_PER_WEEK and spaced:
        faults.append(
            "[week] cycle: days between servings are not kept from one round of 7 days to "
            "the next — take a cycle of 14 or 21 days, or leave them out"
        )
    raise_collected(ConfigError, faults, where)


def _faults(week: WeekOptions) -> Iterator[str]:
    yield from _cycle_faults(week)
    yield from _skip_faults(week)
    for holiday in week.holidays:
        if isinstance(holiday, int) and holiday > week.days:
            yield fault_said("holiday_beyond", days=week.days, one=holiday)
        elif isinstance(holiday, date) and week.start is None:
            yield fault_said("holiday_needs_start", one=holiday)
    for put in week.put:
        yield from _put_faults(week, put)
    yield from (f"--meal-at: {hours_fault}" for hours_fault in _hours_faults(week))


def _hours_faults(week: WeekOptions) -> Iterator[str]:
    try:
        days = [hours_on(week, day) for day in range(1, week.days + 1)]
    except ConfigError as error:
        yield str(error)
        return
    yield from dict.fromkeys(hour_fault for hours in days for hour_fault in _hour_faults(hours))
    asked = max(len(snack_hours(hours)) for hours in days)
    if asked > 1 and asked > len(places := snack_places(week.pattern)):
        others = [one for one in pattern_ids() if len(snack_places(one)) >= asked]
        told = {"asked": asked, "places": len(places), "others": ", ".join(others) or "-"}
        yield fault_said("too_many_snacks", name=week.pattern, **told)


def snacks_apart(week: WeekOptions) -> int:
    """Count the snacks that every day has at an hour of their own; 1 where they have none."""
    return min(len(snack_hours(hours_on(week, day))) for day in range(1, week.days + 1))


def _hour_faults(hours: Hours) -> Iterator[str]:
    """Describe which meal of a day is at an hour before the one that it follows."""
    for slot, later in pairwise(meal for meal in SLOTS if meal != SNACK):
        if hour_in_day(slot, hours) >= hour_in_day(later, hours):  # 6:30 for a dinner at 18:30
            at, before = (as_clock(meal_hour(meal, hours)) for meal in (later, slot))
            yield fault_said("meal_before", later=later, at=at, slot=slot, before=before)


def _away_faults(request: PlanRequest) -> Iterator[str]:
    """Describe what a day that is wholly eaten elsewhere has no meal for."""
    week = request.week
    away = days_away(week)
    if not away:
        return
    if len(away) == menu_days(week):
        yield fault_said("no_day_left")
    beside = (request.supplements, request.allow_supplements, request.water.is_drunk)
    own = any(eater.supplements or eater.allow_supplements for eater in request.eaters)
    if own or any(beside):
        yield fault_said("away_beside", day=away[0])


def _cycle_faults(week: WeekOptions) -> Iterator[str]:
    if week.cycle is None:
        return
    if week.cycle % DAYS_PER_WEEK:
        yield fault_said("cycle_no_weeks", cycle=week.cycle)
    elif week.days % DAYS_PER_WEEK:
        yield fault_said("days_no_weeks", days=week.days)
    elif week.cycle > week.days:
        yield fault_said("cycle_too_long", cycle=week.cycle, days=week.days)


def _put_faults(week: WeekOptions, put: Put) -> Iterator[str]:
    """Describe what is wrong with the meal of a put; its dish is looked up with the candidates."""
    where = f"{put.flag} {put.where}={put.dish}"
    try:
        days = days_put(put.day, menu_days(week), week.start)
    except ConfigError as error:
        yield f"{where}: {error!s}"
        return
    missed = [day for day in days if put.slot in missed_slots(week, day)]
    if put.slot not in week.slots:
        yield fault_said("put_no_meal", where=where, slot=put.slot)
    elif missed:
        yield fault_said("put_no_meal_that_day", where=where, slot=put.slot, missed=missed[0])


def _skip_faults(week: WeekOptions) -> Iterator[str]:
    days = menu_days(week)
    for day, slot in dict.fromkeys(week.skip):
        if day > week.days:
            yield fault_said("skip_beyond", days=week.days, day=day)
        elif day > days:
            yield fault_said("skip_beyond_cycle", day=day, menu_day=menu_day(week, day), days=days)
        elif slot not in week.slots:
            yield fault_said("skip_no_meal", slot=slot, day=day)
        elif week.skip.count((day, slot)) > 1:
            yield fault_said("skip_twice", day=day, slot=slot)
    for day in sorted({day for day, _ in week.skip if day <= days}):
        if set(fasted_slots(week, day)) == set(week.slots):
            yield fault_said("no_meal_left", day=day)


def first_cooking(given: Mapping[str, Any]) -> date | None:
    """Return the next day of cooking, where wishes name such days: its pots are for those after.

    ``None`` where they name none, or every weekday has little time.
    """
    few = [key for key in dict(given.get("max_minutes_on", ())) if cooks_within({key: 0})]
    minutes_on = given.get("cook_on", few)
    if not minutes_on:
        return None
    on = next(iter(minutes_on)).rpartition(":")[0]
    tomorrow = today() + timedelta(days=1)
    short = days_without(on.split(","), DAYS_PER_WEEK, tomorrow)
    free = {*range(1, DAYS_PER_WEEK + 1)}.difference(short)
    return tomorrow + timedelta(days=min(free) - 1) if free else None
