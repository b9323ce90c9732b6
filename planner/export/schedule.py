"""A day of medicines and minerals as text and as JSON, beside safety answers and plans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.plan.plan import Plan
from planner.plan.times import times_of_plan
from planner.safety.finding import ALLOWED, ASK, REFUSED
from planner.safety.schedule import MAGNESIUM_ITEM, DaySchedule, ScheduleLine
from planner.safety.sentences import say
from planner.targets.request import PlanRequest

SCHEDULE_TITLE = "A day that keeps medicines, minerals and magnesium apart"

_ASK = "Ask your pharmacist"
_ANSWERS = {ASK: "is asked about first", REFUSED: "is refused"}


def schedule_texts(schedule: DaySchedule) -> list[str]:
    """Give the day in lines: a time for each dose, then what has none; empty where none is needed.

    Magnesium stands for a supplement, an antacid or a laxative of it.
    """
    return [*_timed(schedule), *remark_texts(schedule)] if schedule.is_needed else []


def plan_schedule_texts(plan: Plan, request: PlanRequest) -> list[str]:
    """Give the hours of a plan in lines; days that differ are told apart."""
    groups = times_of_plan(plan, request)
    if len(groups) == 1:
        return schedule_texts(groups[0][1])
    lines = []
    for days, schedule in groups:
        if told := schedule_texts(schedule):
            lines += [f"Day {', '.join(map(str, days))}", *told]
    return lines


def plan_schedule_as_json(plan: Plan, request: PlanRequest) -> dict[str, Any]:
    """Give the hours of a plan as JSON values; each line names its days."""
    groups = times_of_plan(plan, request)
    told = [schedule_as_json(schedule) for _, schedule in groups]
    lines = [
        {**line, "days": list(days)}
        for (days, _), one in zip(groups, told, strict=True)
        for line in one["schedule"]
    ]
    return {
        "schedule": lines,
        "schedule_notes": list(dict.fromkeys(n for one in told for n in one["schedule_notes"])),
        "no_time_for": list(dict.fromkeys(n for one in told for n in one["no_time_for"])),
    }


def schedule_as_json(schedule: DaySchedule) -> dict[str, Any]:
    """Give the day as JSON values: ``schedule``, and what has no place in it."""
    is_needed = schedule.is_needed
    return {
        "schedule": [line_as_json(line) for line in schedule.lines] if is_needed else [],
        "schedule_notes": remark_texts(schedule) if is_needed else [],
        "no_time_for": list(schedule.no_time_for),
    }


def line_as_json(line: ScheduleLine) -> dict[str, Any]:
    """Give one dose as JSON values."""
    return {
        "item": line.item,
        "dose": line.dose,
        "doses": line.doses,
        "earliest": line.earliest,
        "latest": line.latest,
        "best": line.best,
        "hours_apart_from": dict(line.hours_apart_from),
    }


def remark_texts(schedule: DaySchedule) -> list[str]:
    """Give what stands below the hours: what has no time, what was assumed, who to ask."""
    return list(_remarks(schedule))


def apart_text(line: ScheduleLine) -> str:
    """Say how far a dose is from the others: ``"4 h from magnesium"``; empty where it need not."""
    return "; ".join(f"{hours:g} h from {item}" for item, hours in line.hours_apart_from.items())


def _is_magnesium(line: ScheduleLine) -> bool:
    """Whether a line keeps a time free for magnesium that nobody takes yet."""
    return line.item == MAGNESIUM_ITEM


def _timed(schedule: DaySchedule) -> Iterator[str]:
    for line in schedule.lines:
        apart = apart_text(line)
        best = f", best {line.best}" if line.best != line.earliest else ""
        yield f"{line.earliest}-{line.latest}{best}  {line.name}" + (f" ({apart})" if apart else "")


def _remarks(schedule: DaySchedule) -> Iterator[str]:
    if schedule.answer != ALLOWED and any(_is_magnesium(line) for line in schedule.lines):
        yield say("schedule_not_allowed", answer=_ANSWERS[schedule.answer])
    if schedule.no_time_for:
        yield f"{say('no_time_of_day', items=', '.join(schedule.no_time_for))} {_ASK}."
    if schedule.assumed_once:
        names = ", ".join(schedule.assumed_once)
        yield say("assumed_once", names=names, example=f"{schedule.assumed_once[0]}:2")
    if schedule.on_some_days:
        yield say("on_some_days", names=", ".join(schedule.on_some_days))
    if schedule.any_time:
        yield say("any_time", names=", ".join(schedule.any_time))
    if schedule.lines:
        yield say("schedule_prescribed")
