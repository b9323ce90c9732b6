"""A day of medicines and minerals, beside safety answers and plans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.document.blocks import Block, Table, bullets, section
from planner.export.documents import WeekDocument
from planner.export.shopping import days_listed
from planner.language.figures import number_text
from planner.language.names import named, slot_within
from planner.language.spoken import _, capital, is_english, mark, ngettext, spoken
from planner.meals.patterns import SLOTS
from planner.plan.times import Times, times_of_plan
from planner.request.meal_hours import meal_of
from planner.safety.day_meals import usual_meals
from planner.safety.finding import ALLOWED, ASK, MAGNESIUM, REFUSED
from planner.safety.fit_day import MAGNESIUM_ITEM
from planner.safety.schedule import DaySchedule, ScheduleLine, as_clock
from planner.safety.sentences import say

SCHEDULE_TITLE = mark("A day that keeps medicines, minerals and magnesium apart")

DOSE_HEAD = (mark("From to"), mark("Best"), mark("What"), mark("Hours apart"))
_ASK = mark("Ask your pharmacist.")
_ANSWERS = {ASK: mark("is asked about first"), REFUSED: mark("is refused")}
_OFTEN = {1: mark("once"), 2: mark("twice")}


def schedule_blocks(schedule: DaySchedule) -> Iterator[Block]:
    """Return the day: what must not be missed, a row for each dose, remarks; nothing without need.

    Magnesium stands for a supplement, an antacid or a laxative of it.
    """
    if not schedule.is_told:
        return
    yield from bullets(_alarms(schedule))
    if schedule.lines:
        rows = [_dose(line) for line in schedule.lines]
        yield Table(_(SCHEDULE_TITLE), [*map(_, DOSE_HEAD)], rows, (1, 2, 3))
    yield from bullets(_remarks(schedule))


def hours_blocks(own: WeekDocument) -> Iterator[Block]:
    """Return when medicines, pills and mineral water are taken; days that differ are told apart."""
    groups = times_of_plan(own.plan, own.request, own.foods)
    for one in groups:
        blocks = tuple(schedule_blocks(one.schedule))
        yield from section(_when(one), blocks) if len(groups) > 1 else blocks


def _when(group: Times) -> str:
    days = days_listed(group.days)
    told = ngettext("Day {days}", "Days {days}", len(group.days))
    return spoken(group.on) or told.format(days=days)


def _dose(line: ScheduleLine) -> tuple[str, ...]:
    """Give from when to when, the best time, what, and how far from others."""
    span = line.earliest
    if line.earliest != line.latest:
        span = _("{lower} to {upper}").format(lower=line.earliest, upper=line.latest)
    name = _("(a magnesium pill, if you take one)") if _is_magnesium(line) else named(line.name)
    what = ", ".join(filter(None, (name, dose_text(line.amount))))
    return span, line.best, what, apart_text(line)


def remark_texts(schedule: DaySchedule) -> list[str]:
    """Give what stands beside the hours: what has no time, what was assumed, who to ask."""
    return [*_alarms(schedule), *_remarks(schedule)]


def without_hour_texts(schedule: DaySchedule) -> list[str]:
    """Name what is taken and must not have an hour, with who to ask; empty without any."""
    return list(_refused(schedule))


def name_its_day(name: str, per_week: int) -> str:
    """Ask for the day of a medicine that is taken on some days of the week."""
    return spoken_say(
        "name_its_day", name=name, often=often_text(per_week), example=dated_example(name, per_week)
    )


def often_text(count: int) -> str:
    """Say a number of times: ``"once"``, ``"3 times"``."""
    return _(_OFTEN[count]) if count in _OFTEN else _("{count} times").format(count=count)


def dated_example(name: str, per_week: int) -> str:
    """Write a medicine with as many days as doses: ``"methotrexate:1/week@mon"``."""
    days = ("mon", "thu", "sat", "tue", "sun", "wed", "fri")[:per_week]
    return f"{name}:{per_week}/week@{','.join(days)}"


def apart_text(line: ScheduleLine) -> str:
    """Say how far a dose is from the others: ``"4 h from magnesium"``; empty where it need not."""
    return "; ".join(
        _("{hours} h from {item}").format(hours=number_text(f"{hours:g}"), item=_item_name(item))
        for item, hours in line.hours_apart_from.items()
    )


def spoken_say(sentence_id: str, **figures: Any) -> str:
    """Give the text of a sentence in the language that is spoken."""
    return spoken(say(sentence_id, **figures))


def _item_name(item: str) -> str:
    """Name what hours lie between: a meal, a supplement, a mineral, or a medicine."""
    if is_english():
        return item
    meal = meal_of(item)
    return (
        f"{slot_within(meal)}{item.removeprefix(meal)}"
        if meal in SLOTS
        else _(named(capital(item)))
    )


def dose_text(amount: str) -> str:
    """Say how much a dose is: ``"200 mg of magnesium"``."""
    figure, of, what = amount.partition(" of ")
    if is_english() or not of:
        return amount
    return _("{amount} of {drink}").format(amount=number_text(figure), drink=_item_name(what))


def _is_magnesium(line: ScheduleLine) -> bool:
    """Whether a line keeps a time free for magnesium that nobody takes yet."""
    return line.item == MAGNESIUM_ITEM


def _is_about_meals(schedule: DaySchedule) -> bool:
    meals = {one.item for one in usual_meals()}
    kept = (item for line in schedule.lines for item in line.hours_apart_from)
    return bool(schedule.no_time_for) or not meals.isdisjoint(kept)


def _alarms(schedule: DaySchedule) -> Iterator[str]:
    """Give what stands above the hours, because it must not be missed."""
    yield from (spoken_say("daily_on_purpose", name=name) for name in schedule.daily_on_purpose)
    yield from (spoken_say("rarely_daily", name=name) for name in schedule.rarely_daily)
    yield from (spoken_say("with_water", name=name) for name in schedule.with_water)
    for name, hours in schedule.moved:
        yield f"{spoken_say('hour_moved', name=name, hours=', '.join(map(_, hours)))} {_(_ASK)}"
    yield from _refused(schedule)
    if schedule.no_time_for:
        yield f"{spoken_say('no_time_of_day', items=', '.join(schedule.no_time_for))} {_(_ASK)}"
        if schedule.lines:
            yield spoken_say("rest_of_day")


def _refused(schedule: DaySchedule) -> Iterator[str]:
    if schedule.refused:
        yield spoken_say("pill_refused", items=", ".join(schedule.refused))
    for pill, medicine in schedule.never_with:
        yield f"{spoken_say('never_with', pill=pill, medicine=medicine)} {_(_ASK)}"


def _remarks(schedule: DaySchedule) -> Iterator[str]:
    is_kept = any(_is_magnesium(line) for line in schedule.lines)
    if schedule.answer != ALLOWED and (is_kept or MAGNESIUM in schedule.refused_nutrients):
        yield spoken_say("schedule_not_allowed", answer=_(_ANSWERS[schedule.answer]))
    for name, per_week in schedule.unnamed_days:
        yield name_its_day(name, per_week)
    for name, rhythm in schedule.spaced:
        yield spoken_say("no_hour_in_calendar", name=name, rhythm=rhythm)
    if schedule.assumed_once:
        names = ", ".join(schedule.assumed_once)
        yield spoken_say("assumed_once", names=names, example=f"{schedule.assumed_once[0]}:2")
    if schedule.on_some_days:
        yield spoken_say("on_some_days", names=", ".join(schedule.on_some_days))
    if schedule.any_time:
        yield spoken_say("any_time", names=", ".join(schedule.any_time))
    if schedule.are_meals_assumed and _is_about_meals(schedule):
        hours = (as_clock(one.prefer_h[0]) for one in usual_meals())
        yield spoken_say("meals_assumed", hours=", ".join(hours))
    if schedule.lines:
        yield spoken_say("schedule_prescribed")
