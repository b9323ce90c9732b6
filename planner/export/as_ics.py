"""The plan as a calendar: meals, when to begin them, what to thaw, and the hours of medicines.

Times float: they are hours of the clock wherever the calendar is read, and no time zone is asked
for. An event has the same name in every export: that of the plan's first day, of the eater, of its
day and of what it is there, never of what it holds. So a calendar that is read in again replaces
its events and doubles none, also where meals were exchanged or the body it is for has changed.
LAST-MODIFIED and SEQUENCE (RFC 5545, 3.8.7) say when a plan was changed. Reminders ring.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from foods.own_csv import one_line
from planner.document.program import created, program_version
from planner.errors import ExportError
from planner.export.documents import WeekDocument
from planner.export.figures import clock_of, mass_text
from planner.export.meals import item_amount
from planner.export.recipe_text import RecipeBook
from planner.export.safety import (
    apart_text,
    remark_texts,
    without_hour_texts,
)
from planner.export.who import name_endings
from planner.faults import fault
from planner.kitchen.measures import COOKING
from planner.plan.plan import Day, Item, Meal, Plan
from planner.plan.sittings import Sitting, sittings
from planner.plan.times import times_by_day
from planner.safety.gate import DaySchedule, ScheduleLine, as_hour
from planner.safety.medicines import Medicine
from planner.safety.sentences import say
from planner.safety.stops import safety_sentence
from planner.settings import read_settings
from planner.shops import in_its_shops, named

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//magplan//magplan"

_ERA = datetime(2020, 1, 1, tzinfo=UTC)  # from which seconds are counted: they fit 32 bits
_MEAL = timedelta(minutes=30)
_DOSE = timedelta(minutes=15)
_DAY = timedelta(days=1)
_MINUTES = 60  # of an hour
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")  # of which no calendar holds any


def calendars(eaters: Mapping[str, WeekDocument]) -> dict[str, str]:
    """Return file name → calendar, one for each eater: nobody sees another's pills.

    Raises
    ------
    ExportError
        When the plan has no dates.
    """
    endings = name_endings(eaters)
    return {f"week{endings[name]}.ics": as_ics(week, name) for name, week in eaters.items()}


def check_dates(plan: Plan) -> None:
    """Make sure that a plan may be a calendar.

    Raises
    ------
    ExportError
        When it has no dates.
    """
    if any(day.date is None for day in plan.days):
        raise fault(ExportError, "no_dates_for_calendar")


@in_its_shops
def as_ics(week: WeekDocument, name: str = "") -> str:
    """Return the week as an iCalendar file (RFC 5545).

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
    check_dates(week.plan)
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"{PRODUCT} {program_version()}//EN")
    calendar.add("version", "2.0")
    title = week.layout.titled("Meals and medicines")
    calendar.add("x-wr-calname", f"{title}{f', {name}' if name else ''}")
    for event in _events(week, name):
        calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def _events(week: WeekDocument, name: str) -> Iterator[Event]:
    medicines = week.request.patient.medicines
    hours = times_by_day(week.plan, week.request, week.foods)
    book = week.book_with(None if name else week.batch)  # one pot is of all eaters
    revised = _revised(week)
    for day in week.plan.days:
        assert day.date is not None
        schedule = hours[day.day]
        meals = sittings(day, week.request.week)
        found = [*_meals(book, day, day.date, meals), *_doses(schedule, medicines, day.date)]
        found += [*_beginnings(book, day, day.date, meals)]
        found += _evening("evening", book.tonight.get(day.day, ()), day.date)
        found += _evening("evening before", book.before(day), day.date - _DAY)
        if schedule.no_time_for:
            found.append(_no_time(schedule, day.date))
        if day is week.plan.days[0]:
            found += [_notes(schedule, day.date), *_without_hour(schedule, day.date)]
        found += _whenever(schedule, medicines, day.date)
        for key, event in found:
            event.add("uid", _uid(week, day.date, f"{name}|{key}"))
            event.add("dtstamp", revised)  # without a METHOD it is when the event was revised
            event.add("last-modified", revised)
            event.add("sequence", int((revised - _ERA).total_seconds()))
            event.add("class", "PRIVATE")
            event.add("transp", "TRANSPARENT")
            yield event


def _uid(week: WeekDocument, when: date, key: str) -> str:
    """Return the name of an event: the same for one plan, eater, day and thing, telling of none."""
    told = f"{week.plan.days[0].date}|{when.isoformat()}|{key}"
    return f"{hashlib.sha256(told.encode()).hexdigest()[:32]}@magplan"


def _revised(week: WeekDocument) -> datetime:
    """Return when a plan was made or changed last; now where its file does not tell."""
    try:
        return datetime.fromisoformat(week.made_at).astimezone(UTC)
    except ValueError:
        return datetime.fromisoformat(created()).astimezone(UTC)


def _meals(
    book: RecipeBook, day: Day, when: date, served: Iterable[Sitting]
) -> Iterator[tuple[str, Event]]:
    for sitting in served:
        meal = sitting.meal
        names = [book.entry(day, meal, it).title for it in meal.items if not it.is_beside]
        if names:
            title = f"{meal.slot.capitalize()}: {'; '.join(names)}"
            text = "\n".join(_meal_lines(book, day, meal))
            yield f"meal {sitting.key}", _timed(when, sitting.hour, _MEAL, title, text)


def _beginnings(
    book: RecipeBook, day: Day, when: date, served: Sequence[Sitting]
) -> Iterator[tuple[str, Event]]:
    """Describe when to begin so that a meal is on the table at its hour, with the steps.

    What is eaten in the night is taken along, so it is made with the day's last meal before.
    """
    least_min = read_settings(COOKING)["calendar"]["start_from_min"]
    before_night = max((sitting.hour for sitting in served if not sitting.is_at_night), default=0.0)
    for sitting in served:
        meal, ready = sitting.meal, before_night if sitting.is_at_night else sitting.hour
        own = Meal(meal.slot, tuple(item for item in meal.items if not item.is_beside))
        is_slow = meal.slot in book.slow_slots(day)
        if not own.items or own.minutes < least_min or is_slow:  # the evening before tells it
            continue
        cooked = [item for item in own.items if item.minutes and item.leftover_of is None]
        dishes = "; ".join(named(item.name) for item in cooked)
        title = f"Begin {meal.slot}: {dishes}"
        text = "\n".join(_begin_lines(book, day, own, cooked))
        lasts = timedelta(minutes=own.minutes)
        start = ready - own.minutes / _MINUTES
        yield f"begin {sitting.key}", _ringing(_timed(when, start, lasts, title, text))


def _begin_lines(book: RecipeBook, day: Day, meal: Meal, cooked: Sequence[Item]) -> Iterator[str]:
    yield f"{clock_of(meal)}."
    for item in cooked:
        entry = book.entry(day, meal, item)
        yield ""
        yield entry.title
        yield from filter(None, (entry.at_once, entry.note, entry.hint))
        yield from (f"{number}. {step}" for number, step in enumerate(entry.steps, start=1))
        yield from entry.ways


def _evening(key: str, texts: Iterable[str], when: date) -> Iterator[tuple[str, Event]]:
    """Return what is to be done for tomorrow: taken out of the freezer, soaked, made overnight."""
    rule = read_settings(COOKING)["calendar"]
    for text in texts:
        lasts = timedelta(minutes=rule["lasts_min"])
        yield key, _ringing(_timed(when, rule["evening"], lasts, text, ""))


def _ringing(event: Event) -> Event:
    """Put an alarm at the beginning of an event."""
    from icalendar import Alarm

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
        for text in filter(None, (entry.again, entry.at_once, entry.note)):
            yield f"  {text}"
        for name, words, mass in entry.takes if item.kind == "dish" else ():
            yield f"  - {name}: {f'{words} ({mass})' if words else mass}"


def _doses(
    schedule: DaySchedule, medicines: Iterable[Medicine], when: date
) -> Iterator[tuple[str, Event]]:
    """Return every dose of a pill, and of a medicine at the hour that the person gave."""
    advice = {medicine.name: [row.told for row in medicine.interactions] for medicine in medicines}
    seen: Counter[str] = Counter()
    for line in schedule.lines:
        seen[line.item] += 1
        name, amount = named(line.name), line.amount
        title = f"{name}, {amount}" if amount else name
        text = " ".join([*_dose_text(line), *advice.get(line.item, ())])
        event = _timed(when, as_hour(line.best), _DOSE, title, text)
        yield f"dose {seen[line.item]} of {line.item}", _ringing(event)


def _dose_text(line: ScheduleLine) -> Iterator[str]:
    if apart := apart_text(line):
        yield f"Keep it apart: {apart}."
    yield say("schedule_prescribed")


def _whenever(
    schedule: DaySchedule, medicines: Iterable[Medicine], when: date
) -> Iterator[tuple[str, Event]]:
    """Return what is taken on this day of the week, and has no hour of its own."""
    timed = {line.item for line in schedule.lines}
    for medicine in medicines:
        if when.weekday() in medicine.weekdays and medicine.name not in timed:
            text = " ".join(row.told for row in medicine.interactions)
            title = f"{medicine.name}: on this day"
            yield f"day of {medicine.name}", _whole_day(when, title, text)


def _without_hour(schedule: DaySchedule, when: date) -> Iterator[tuple[str, Event]]:
    """Return one note on pills that are taken and must not have an hour."""
    if told := without_hour_texts(schedule):
        items = dict.fromkeys([*schedule.refused, *(pill for pill, _ in schedule.never_with)])
        title = "Ask your doctor about stopping: {items}".format(items=", ".join(items))
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
    from icalendar import Event

    event = Event()
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", one_line(title))
    event.add("description", _CONTROL.sub("\ufffd", text))
    return event
