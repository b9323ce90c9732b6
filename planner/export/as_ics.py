"""The plan as a calendar: meals, when to begin them, what to thaw, and the hours of medicines.

Times float: they are hours of the clock wherever the calendar is read, and no time zone is asked
for. An event has the same name in every export of a person's day, so that a calendar that is read
in again replaces its events and doubles none; nor does a plan that was edited, of which the meals
that stayed keep their names. Reminders ring: when to begin, what to take out, what to take.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from foods.own_csv import one_line
from planner.errors import ExportError
from planner.export.as_json import created, program_version
from planner.export.day_text import item_amount
from planner.export.documents import WeekDocument, shopping_of
from planner.export.figures import mass_text
from planner.export.recipe_text import RecipeBook, recipe_book
from planner.export.schedule import (
    apart_text,
    name_its_day,
    often_text,
    remark_texts,
    without_hour_texts,
)
from planner.export.who import name_endings
from planner.kitchen.batch import plan_batch
from planner.kitchen.steps import COOKING
from planner.language.spoken import ENGLISH, speaking
from planner.plan.plan import Day, Item, Meal
from planner.plan.times import times_by_day
from planner.safety.day_meals import usual_hour
from planner.safety.dosage import DAYS_A_WEEK
from planner.safety.limits import safety_sentence
from planner.safety.medicines import Medicine
from planner.safety.schedule import MAGNESIUM_ITEM, DaySchedule, ScheduleLine
from planner.safety.sentences import say
from planner.settings import read_settings

PRODUCT = "-//magplan//magplan"

_MEAL = timedelta(minutes=30)
_DOSE = timedelta(minutes=15)
_DAY = timedelta(days=1)
_MINUTES = 60  # of an hour
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")  # of which no calendar holds any


@speaking(ENGLISH)  # the hours and their reasons stand in English here
def calendars(eaters: Mapping[str, WeekDocument]) -> dict[str, str]:
    """Give file name → calendar, one for each eater: nobody sees another's pills.

    Raises
    ------
    ExportError
        When the plan has no dates.
    """
    endings = name_endings(eaters)
    return {f"week{endings[name]}.ics": as_ics(week, name) for name, week in eaters.items()}


def as_ics(week: WeekDocument, name: str = "") -> str:
    """Give the week as an iCalendar file (RFC 5545).

    Parameters
    ----------
    week
        A checked plan with dates.
    name
        Whose it is, where several eat.

    Raises
    ------
    ExportError
        When the plan has no dates.
    """
    if any(day.date is None for day in week.plan.days):
        raise ExportError(
            "the plan has no dates, a calendar needs them",
            "--to ics",
            "plan with a first day: `magplan plan --start 2026-03-02 --out DIR`, or "
            "`magplan replan PLAN.json --start 2026-03-02 --out DIR`",
        )
    calendar = Calendar()
    calendar.add("prodid", f"{PRODUCT} {program_version()}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Meals and medicines{f', {name}' if name else ''}")
    for event in _events(week, name):
        calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def _events(week: WeekDocument, name: str) -> Iterator[Event]:
    medicines = week.request.patient.medicines
    hours = times_by_day(week.plan, week.request, week.foods)
    budget = week.request.preferences.budget_per_week
    batch = None if name else plan_batch(week.plan, week.dishes, budget)  # one pot is of all eaters
    book = recipe_book(week.plan, week.foods, week.request.units, week.dishes, batch)
    thawed = _thawed(week)
    stamp = datetime.fromisoformat(created()).astimezone(UTC)
    for day in week.plan.days:
        assert day.date is not None
        schedule = hours[day.day]
        found = [*_meals(book, day, day.date), *_doses(schedule, medicines, day.date)]
        found += [*_beginnings(book, day, day.date), *_evening(book, thawed, day, day.date)]
        if schedule.no_time_for:
            found.append(_no_time(schedule, day.date))
        if day is week.plan.days[0]:
            found += [_notes(schedule, day.date), *_without_hour(schedule, day.date)]
        found += _whenever(schedule, medicines, day.date)
        if (day.day - week.plan.days[0].day) % DAYS_A_WEEK == 0:
            found += _to_be_named(medicines, day.date)
        for key, event in found:
            event.add("uid", _uid(week, day.date, f"{name}|{key}"))
            event.add("dtstamp", stamp)
            event.add("class", "PRIVATE")
            event.add("transp", "TRANSPARENT")
            yield event


def _uid(week: WeekDocument, when: date, key: str) -> str:
    """Give the name of an event: the same for one person, day and thing, and telling of neither."""
    told = f"{week.request.profile}|{week.request.standard}|{when.isoformat()}|{key}"
    return f"{hashlib.sha256(told.encode()).hexdigest()[:32]}@magplan"


def _meals(book: RecipeBook, day: Day, when: date) -> Iterator[tuple[str, Event]]:
    for meal in day.meals:
        names = [book.entry(day, meal, one).title for one in meal.items if not one.is_beside]
        if names:
            title = f"{meal.slot.capitalize()}: {'; '.join(names)}"
            text = "\n".join(_meal_lines(book, day, meal))
            yield f"meal {meal.slot}", _timed(when, usual_hour(meal.slot), _MEAL, title, text)


def _beginnings(book: RecipeBook, day: Day, when: date) -> Iterator[tuple[str, Event]]:
    """Say when to begin so that a meal is on the table at its hour, with the steps."""
    least_min = read_settings(COOKING)["calendar"]["start_from_min"]
    for meal in day.meals:
        own = Meal(meal.slot, tuple(item for item in meal.items if not item.is_beside))
        if not own.items or own.minutes < least_min:
            continue
        cooked = [item for item in own.items if item.minutes and item.leftover_of is None]
        title = f"Begin {meal.slot}: {'; '.join(item.name for item in cooked)}"
        text = "\n".join(_begin_lines(book, day, own, cooked))
        lasts = timedelta(minutes=own.minutes)
        start = usual_hour(meal.slot) - own.minutes / _MINUTES
        yield f"begin {meal.slot}", _ringing(_timed(when, start, lasts, title, text))


def _begin_lines(book: RecipeBook, day: Day, meal: Meal, cooked: Sequence[Item]) -> Iterator[str]:
    yield f"{meal.minutes} minutes to the table, {meal.active_minutes} of them work."
    for item in cooked:
        entry = book.entry(day, meal, item)
        yield ""
        yield entry.title
        yield from filter(None, (entry.at_once, entry.hint))
        yield from (f"{number}. {step}" for number, step in enumerate(entry.steps, start=1))


def _thawed(week: WeekDocument) -> Mapping[int, Mapping[str, str]]:
    """Give day → what of the freezer it needs: its name, and the same with its meals."""
    found: dict[int, dict[str, str]] = {}
    for line in shopping_of(week).lines:
        for day in line.freeze:
            meals = dict.fromkeys(use.item for use in line.uses if use.day == day)
            text = f"{line.name} for {', '.join(meals)}" if meals else line.name
            found.setdefault(day, {})[line.name] = text
    return found


def _evening(
    book: RecipeBook, thawed: Mapping[int, Mapping[str, str]], day: Day, when: date
) -> Iterator[tuple[str, Event]]:
    """Give what is to be done for tomorrow: taken out of the freezer, or made overnight."""
    rule = read_settings(COOKING)["calendar"]
    frozen, tonight = thawed.get(day.day + 1, {}), book.tonight.get(day.day, ())
    thaw = f"Thaw in the refrigerator for tomorrow: {', '.join(frozen)}"
    for key, title, texts in (
        ("thaw", thaw, frozen.values()),
        ("evening", " ".join(tonight), tonight),
    ):
        if texts:
            lasts = timedelta(minutes=rule["lasts_min"])
            event = _timed(when, rule["evening"], lasts, title, "\n".join(texts))
            yield key, _ringing(event)


def _ringing(event: Event) -> Event:
    """Put an alarm at the beginning of an event."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event["summary"])
    alarm.add("trigger", timedelta(0))
    event.add_component(alarm)
    return event


def _meal_lines(book: RecipeBook, day: Day, meal: Meal) -> Iterator[str]:
    for item in meal.items:
        entry = book.entry(day, meal, item)
        mass = "" if item.is_supplement else mass_text(item.mass_g)
        amount = item_amount(item, book.foods, book.units)
        yield f"{entry.title}: {', '.join(filter(None, (amount, mass)))}"
        for text in filter(None, (entry.again, entry.at_once)):
            yield f"  {text}"
        for name, words, mass in entry.rows if item.kind == "dish" else ():
            yield f"  - {name}: {f'{words} ({mass})' if words else mass}"


def _doses(
    schedule: DaySchedule, medicines: Iterable[Medicine], when: date
) -> Iterator[tuple[str, Event]]:
    """Give every dose; magnesium that nobody takes yet is no event, only a distance."""
    advice = {one.name: [row.told for row in one.interactions] for one in medicines}
    for line in schedule.lines:
        if line.item != MAGNESIUM_ITEM:
            title = f"{line.name}, {line.amount}" if line.amount else line.name
            text = " ".join([_dose_text(line), *advice.get(line.item, ())])
            event = _timed(when, _hour(line.best), _DOSE, title, text)
            yield f"dose {title}", _ringing(event)


def _dose_text(line: ScheduleLine) -> str:
    apart = apart_text(line)
    window = f"Any time from {line.earliest} to {line.latest}"
    hours = f"{window} keeps its hours: {apart}." if apart else f"{window}."
    return f"{hours} {say('schedule_prescribed')}"


def _whenever(
    schedule: DaySchedule, medicines: Iterable[Medicine], when: date
) -> Iterator[tuple[str, Event]]:
    """Give what is taken on this day of the week at any hour."""
    for one in medicines:
        if one.weekdays and when.weekday() in one.weekdays and one.name in schedule.any_time:
            text = " ".join(row.told for row in one.interactions)
            yield f"day of {one.name}", _whole_day(when, f"{one.name}: on this day", text)


def _to_be_named(medicines: Iterable[Medicine], when: date) -> Iterator[tuple[str, Event]]:
    """Give one reminder a week for what is taken on days that nobody named."""
    for one in medicines:
        if one.is_weekly and not one.weekdays:
            own = "on its own day" if one.per_week == 1 else "on its own days"
            title = f"{one.name}: {often_text(one.per_week)} this week, {own}"
            text = name_its_day(one.name, one.per_week)
            yield f"week of {one.name}", _whole_day(when, f"{title}: name the day", text)


def _without_hour(schedule: DaySchedule, when: date) -> Iterator[tuple[str, Event]]:
    """Give one note on pills that are taken and must not have an hour."""
    if told := without_hour_texts(schedule):
        items = dict.fromkeys([*schedule.refused, *(pill for pill, _ in schedule.never_with)])
        title = f"Ask your doctor about stopping: {', '.join(items)}"
        yield "no hour", _whole_day(when, title, "\n".join(told))


def _no_time(schedule: DaySchedule, when: date) -> tuple[str, Event]:
    items = ", ".join(schedule.no_time_for)
    title = f"Ask your pharmacist: no time found for {items}"
    return "no time", _whole_day(when, title, "\n".join(remark_texts(schedule)))


def _notes(schedule: DaySchedule, when: date) -> tuple[str, Event]:
    told = remark_texts(schedule) if schedule.is_told else []
    told += [safety_sentence("kidney"), safety_sentence("not_medical_advice")]
    return "notes", _whole_day(when, "About these meals and medicines", "\n".join(told))


def _timed(when: date, hour: float, lasts: timedelta, title: str, text: str) -> Event:
    start = datetime.combine(when, time()) + timedelta(hours=hour)  # no zone: it floats
    return _event(start, start + lasts, title, text)


def _whole_day(when: date, title: str, text: str) -> Event:
    return _event(when, when + _DAY, title, text)


def _event(start: date, end: date, title: str, text: str) -> Event:
    event = Event()
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", one_line(title))
    event.add("description", _CONTROL.sub("\ufffd", text))
    return event


def _hour(clock: str) -> float:
    hours, _, minutes = clock.partition(":")
    return int(hours) + int(minutes) / 60
