"""What is said about days that differ: missed meals, holidays, menus that come again, weeks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from planner.explain.report import Collision, Concession, Refusal
from planner.meals.patterns import pattern_at_hand
from planner.plan.plan import Day, Plan
from planner.request.days import NOTHING, SATURDAY, is_holiday, menu_day, menu_days, missed_slots
from planner.request.public_holidays import holiday_name
from planner.request.request import SHOP, WeekOptions
from planner.settings import read_settings
from planner.solve.outcome import Outcome
from planner.targets.absorbable import MAGNESIUM
from planner.wording import capital, joined

_PERCENT = 100
HOLIDAY_AGAIN = (
    "Day {number} is a holiday, but it repeats the menu of day {before}: it gets extra time only "
    "if that day has it in every round of the cycle."
)
HOLIDAY_UNASKED = (
    "Day {number} is {name}: --holiday {country} plans it as a day off, on which nobody shops."
)
ELSEWHERE = (
    "What you eat elsewhere is not known: averages and totals count only what is planned, and "
    "their bands are scaled to match; the band for the calcium-to-magnesium ratio stays the same."
)
MENU_AGAIN = "The menu of days 1 to {last} comes again from day {next} on."
WEEK_BY_WEEK = (
    "Planned as {count} weeks, one after another, each taking the earlier ones into account: "
    "points and bounds are totals for all weeks, and each bound assumes the weeks before it, so "
    "planning all weeks at once might do slightly better than the bound says."
)
DAY_EATEN = (
    "Day {number} is over and counts as it was eaten, with {mg:,.0f} mg magnesium: the rules for "
    "a day's food do not hold on it, but what is safe does, and the days to come make up for it."
)
AWAY = "nothing is planned: the whole day is eaten elsewhere."
ONE_OUT = "{meals} is eaten out; the other meals cover {share} % of the day's targets."
SOME_OUT = "{meals} are eaten out; the other meals cover {share} % of the day's targets."
WEEK_WITHOUT = "Week {number} of {count} has no plan"
WEEK_WITHOUT_AFTER = "Week {number} of {count} has no plan; week {before} has a plan"
NO_MEAL_OUT_ON = "no meal left out on day {number}"
NO_MEAL_OUT = "no meal left out"
PLANNED_TOO = "{meals} planned, too, not eaten elsewhere"


def notes_on_days(plan: Plan, week: WeekOptions, outcome: Outcome, shops: str) -> Iterator[str]:
    """Say in notes what sets days apart, and how a plan of several weeks was made.

    Parameters
    ----------
    plan, week
        The plan, and what was asked of its days.
    outcome
        What came of solving it.
    shops
        The country of the shops.
    """
    if note := pattern_at_hand(week.pattern).note:
        yield note
    for day in plan.days:
        text = facts_text(day, shops)
        if text:
            yield f"Day {day.day}: {text}"
    yield from notes_on_eaten(plan, week)
    yield from _unasked_holidays(plan, week, shops)
    for number in range(1, week.days + 1):
        if is_holiday(week, number) and not plan.days[number - 1].facts.is_holiday:
            yield HOLIDAY_AGAIN.format(number=number, before=menu_day(week, number))
    if any(slot_eaten != NOTHING for day in plan.days for _slot, slot_eaten in day.facts.missed):
        yield ELSEWHERE
    if week.cycle is not None and week.cycle < week.days:
        yield MENU_AGAIN.format(last=week.cycle, next=week.cycle + 1)
    if outcome.weeks:
        yield WEEK_BY_WEEK.format(count=len(outcome.weeks))


def notes_on_eaten(plan: Plan, week: WeekOptions) -> Iterator[str]:
    """Say which days are over and count as they were eaten, with their magnesium."""
    for day in plan.days:
        if day.day in week.eaten:
            yield DAY_EATEN.format(number=day.day, mg=day.totals.get(MAGNESIUM) or 0.0)


def _unasked_holidays(plan: Plan, week: WeekOptions, shops: str) -> Iterator[str]:
    """Name the public holidays on workdays, where nobody said whether any day is one."""
    rule = read_settings(SHOP)["holidays"]
    asked = bool(week.holidays) or shops not in rule["asked_for"]
    for day in () if asked else plan.days:
        country, is_past = rule["countries"][shops], day.day in week.eaten
        is_workday = day.date and day.date.weekday() < SATURDAY and not is_past
        name = holiday_name(country, day.date) if day.date and is_workday else ""
        if name:
            yield HOLIDAY_UNASKED.format(number=day.day, name=name, country=country.lower())


def in_week(refusal: Refusal, number: int, count: int) -> Refusal:
    """Say of which week of several a refusal is; ``number`` 0 or 1 is the first."""
    if count <= 1:
        return refusal
    number = max(1, number)
    pattern = WEEK_WITHOUT_AFTER if number > 1 else WEEK_WITHOUT
    text = pattern.format(number=number, count=count, before=number - 1)
    return replace(refusal, conflict=(Collision("week", str(number), text), *refusal.conflict))


def offers_of_meals(week: WeekOptions) -> list[Concession]:
    """Offer to eat what is not eaten at all, first on the day with the fewest meals."""
    if not week.not_eaten:
        return []
    days = sorted({day for day, _ in week.not_eaten})
    fewest = min(days, key=lambda day: len(week.slots) - len(missed_slots(week, day)))
    one = NO_MEAL_OUT_ON.format(number=fewest)
    each = [Concession(one, eaten=(fewest,))]
    return each + [Concession(NO_MEAL_OUT, eaten=tuple(days))] * (len(days) > 1)


def offers_of_days(week: WeekOptions) -> list[Concession]:
    """Offer to plan the whole days, where most meals are eaten elsewhere on each of them."""
    days = set(range(1, menu_days(week) + 1))
    out = set(week.skip).difference(week.not_eaten)
    at_home = tuple(slot for slot in week.slots if days == {day for day, of in out if of == slot})
    least: float = read_settings("concessions.toml")["whole_days"]["from_share"]
    if len(at_home) < least * len(week.slots):
        return []
    text = PLANNED_TOO.format(meals=", ".join(at_home))
    return [Concession(text, at_home=at_home)]


def facts_sentence(day: Day, shops: str) -> str:
    """Say what sets a day apart, as a sentence of its own; empty where nothing does."""
    return capital(facts_text(day, shops))


def facts_text(day: Day, shops: str) -> str:
    """Say in a sentence or two what sets a day apart; empty where nothing does.

    ``shops``: the country whose holidays have names.
    """
    out = [slot for slot, eaten in day.facts.missed if eaten != NOTHING]
    none = [slot for slot, eaten in day.facts.missed if eaten == NOTHING]
    parts = []
    if out and not day.facts.planned_share:
        parts.append(AWAY)
    elif out:
        share = round(_PERCENT * day.facts.planned_share)
        pattern = ONE_OUT if len(out) == 1 else SOME_OUT
        parts.append(pattern.format(meals=" and ".join(out), share=share))
    if none:
        meals = " and no ".join(none)
        parts.append(f"no {meals}; the other meals cover the day's targets.")
    if day.facts.is_holiday:
        country = read_settings(SHOP)["holidays"]["countries"][shops]
        name = holiday_name(country, day.date, parts=True) if day.date else ""
        parts.append(
            f"{name}: a holiday, with the time of a weekend."
            if name
            else "a holiday, with the time of a weekend."
        )
    return joined(parts)
