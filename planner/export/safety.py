"""The safety verdict, and a day of medicines and minerals beside it and beside plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foods.nutrient import known_nutrients
from planner.document.blocks import (
    TITLE,
    WARNING,
    Block,
    Paragraph,
    Table,
    bullets,
    paragraphs,
    section,
)  # fmt: skip
from planner.export.documents import WeekDocument
from planner.export.shopping import days_listed
from planner.plan.times import Times, times_of_plan
from planner.safety.gate import QUESTION, DaySchedule, SafetyVerdict, ScheduleLine
from planner.safety.intake import is_only_about_magnesium, who_advises
from planner.safety.sentences import ALLOWED, ASK, MAGNESIUM, REFUSED, SafetyFinding, say
from planner.safety.stops import safety_sentence
from planner.shops import named
from planner.wire.told import SafetyAnswer, WrittenSafetyFinding
from planner.wording import plural

_HEADLINES = {
    "allowed": "Supplement of magnesium: allowed",
    "ask": "Supplement of magnesium: ask first, none until then",
    "refused": "Supplement of magnesium: refused",
}
_ANSWERS = {"allowed": "allowed", "ask": "ask first", "refused": "refused"}
_GENERAL = ("info", QUESTION)


def safety_answer(
    verdict: SafetyVerdict, assumed: Sequence[str] = (), stop: str = ""
) -> SafetyAnswer:
    """Return a verdict as it is written, complete.

    Parameters
    ----------
    verdict, assumed, stop
        As of ``safety_as_text``.
    """
    upper, schedule = verdict.upper_level, verdict.schedule
    return SafetyAnswer.of(
        verdict,
        stop=stop,
        nutrient_advice={
            key: _who(key, answer, verdict).removeprefix("; ")
            for key, answer in verdict.nutrients.items()
            if key != MAGNESIUM
        },
        assumed=assumed,
        upper_level_mg=upper and upper.value,
        upper_level_source=upper and upper.source,
        findings=[
            WrittenSafetyFinding.of(one, of_magnesium_alone=is_only_about_magnesium(one.code))
            for one in verdict.findings
        ],
        schedule=schedule.lines if schedule.is_told else (),
        schedule_notes=remark_texts(schedule) if schedule.is_told else (),
        no_time_for=schedule.without_hour,
        questions=[finding.text for finding in verdict.findings if finding.level == QUESTION],
    )


def safety_told(
    verdict: SafetyVerdict, assumed: Sequence[str] = (), stop: str = ""
) -> Iterator[Block]:
    """Return a verdict as blocks.

    Parameters
    ----------
    verdict, assumed
        What is said, and what of the body nobody gave.
    stop
        Why no plan of meals is made for this person; empty for most.
    """
    head, stopped = Paragraph(_headline(verdict), TITLE), paragraphs([stop], WARNING)
    is_no = verdict.allowed == REFUSED  # else the stop stands above it
    yield from (head, *stopped) if is_no else (*stopped, head)
    if "age" in assumed:
        told = "The age is not given: the answer is for the sample person's. Say --age."
        yield Paragraph(told)
    understood = "Understood: {reading}"
    for reading in verdict.readings:
        told = reading.text
        yield Paragraph(told if reading.is_note else understood.format(reading=told))
    taken = "Taken already: {amount} mg of magnesium a day"
    yield Paragraph(taken.format(amount=f"{verdict.taken_elemental_mg:.0f}"))
    yield from paragraphs([] if stop else [_upper(verdict)])
    yield from section("Supplements of other nutrients", bullets(_nutrients(verdict)))
    if verdict.avoided_words:
        names = ", ".join(sorted(verdict.avoided_words))
        yield Paragraph(f"Compounds to avoid: {names}")
    own = [finding for finding in verdict.findings if finding.level not in _GENERAL]
    rules = (f"{_sign(finding)} {finding.text} [{_mark(finding)}]".lstrip() for finding in own)
    yield from section("What the rules say", bullets(rules))
    yield from section(SCHEDULE_TITLE, schedule_blocks(verdict.schedule))
    questions = (finding.text for finding in verdict.findings if finding.level == QUESTION)
    yield from section("To be asked", bullets(questions))
    known = (one for one in verdict.findings if one.level == "info" and one not in own)
    yield from section("To know", bullets(finding.text for finding in known))
    sources = dict.fromkeys(finding.source for finding in verdict.findings)
    yield from section("Sources", bullets(sources))
    yield Paragraph(safety_sentence("not_medical_advice"))


def _headline(verdict: SafetyVerdict) -> str:
    words = _HEADLINES[verdict.allowed]
    if any(finding.is_emergency for finding in verdict.findings):
        return f"{words}. This is an emergency: get help now."
    if verdict.is_allowed:
        most = f"{verdict.most_elemental_mg:.0f}"
        return f"{words}, at most {most} mg a day more"
    return words


def _nutrients(verdict: SafetyVerdict) -> Iterator[str]:
    """Describe what the rules say to pills of other nutrients, and who is to be asked."""
    for nutrient, answer in verdict.nutrients.items():
        if nutrient != MAGNESIUM:
            name = known_nutrients()[nutrient].name
            yield f"{name}: {_ANSWERS[answer]}{_who(nutrient, answer, verdict)}"


def _who(nutrient: str, answer: str, verdict: SafetyVerdict) -> str:
    if advice := who_advises(nutrient):
        return f"; {advice}"
    if nutrient in verdict.forbidden_nutrients or answer == ALLOWED:
        return "" if answer == ALLOWED else "; ask your doctor"
    if verdict.allowed != ALLOWED:
        return "; see below for whom to ask"
    return "; ask your doctor"


def _mark(one: SafetyFinding) -> str:
    alone = one.verdict != ALLOWED and is_only_about_magnesium(one.code)
    return ", ".join([one.code, *(["of magnesium alone"] if alone else []), one.confidence])


def _upper(verdict: SafetyVerdict) -> str:
    upper = verdict.upper_level
    if upper is None:
        return "No upper level is given"
    told = (
        "Upper level: {amount} mg a day from supplements, antacids and laxatives together "
        "({source})"
    )
    return told.format(amount=f"{upper.value:g}", source=upper.source)


def _sign(one: SafetyFinding) -> str:
    return {"refused": "NO ", "ask": "ASK", "allowed": ""}[one.verdict]


SCHEDULE_TITLE = "Pills and drinks, kept apart from medicines"

DOSE_HEAD = ("At", "What", "Hours apart")
_ASK = "Ask your pharmacist."
_SCHEDULED = {ASK: "is asked about first", REFUSED: "is refused"}
_OFTEN = {1: "once", 2: "twice"}


def schedule_blocks(schedule: DaySchedule) -> Iterator[Block]:
    """Return the day: what must not be missed, a row for each dose, rules; nothing without need."""
    if not schedule.is_told:
        return
    yield from bullets(_alarms(schedule))
    if schedule.lines:
        rows = [_dose(line) for line in schedule.lines]
        yield Table(SCHEDULE_TITLE, [*DOSE_HEAD], rows, (1, 2))
    yield from bullets(_remarks(schedule))


def hours_blocks(own: WeekDocument) -> Iterator[Block]:
    """Return when medicines, pills and mineral water are taken; days that differ are told apart."""
    groups = times_of_plan(own.plan, own.request, own.foods)
    for group in groups:
        blocks = tuple(schedule_blocks(group.schedule))
        yield from section(_when(group), blocks) if len(groups) > 1 else blocks


def _when(group: Times) -> str:
    days = days_listed(group.days)
    told = plural(len(group.days), "Day {days}", "Days {days}")
    return told.format(days=days)


def _dose(line: ScheduleLine) -> tuple[str, ...]:
    """Return the time, what is taken, and how far from others."""
    what = ", ".join(filter(None, (named(line.name), line.amount)))
    return line.best, what, apart_text(line)


def remark_texts(schedule: DaySchedule) -> list[str]:
    """Return what stands beside the hours: what has no time, what was assumed, who to ask."""
    return [*_alarms(schedule), *_remarks(schedule)]


def without_hour_texts(schedule: DaySchedule) -> list[str]:
    """Name what is taken and must not have an hour, with who to ask; empty without any."""
    return list(_refused(schedule))


def name_its_day(name: str, per_week: int) -> str:
    """Ask for the day of a medicine that is taken on some days of the week."""
    return say(
        "name_its_day", name=name, often=often_text(per_week), example=dated_example(name, per_week)
    )


def often_text(count: int) -> str:
    """Describe a number of times: ``"once"``, ``"3 times"``."""
    return _OFTEN.get(count, f"{count} times")


def dated_example(name: str, per_week: int) -> str:
    """Write a medicine with as many days as doses: ``"methotrexate:1/week@mon"``."""
    days = ("mon", "thu", "sat", "tue", "sun", "wed", "fri")[:per_week]
    return f"{name}:{per_week}/week@{','.join(days)}"


def apart_text(line: ScheduleLine) -> str:
    """Format how far a dose is from others: ``"4 h from magnesium"``; empty if it need not be."""
    return "; ".join(f"{hours:g} h from {item}" for item, hours in line.hours_apart_from.items())


def _alarms(schedule: DaySchedule) -> Iterator[str]:
    """Return what stands above the hours, because it must not be missed."""
    yield from (say("daily_on_purpose", name=name) for name in schedule.daily_on_purpose)
    for name, meal in schedule.near_meals:
        yield f"{say('near_meal', name=name, meal=meal)} {_ASK}"
    yield from _refused(schedule)
    if schedule.no_time_for:
        yield f"{say('no_time_of_day', items=', '.join(schedule.no_time_for))} {_ASK}"


def _refused(schedule: DaySchedule) -> Iterator[str]:
    if schedule.refused:
        yield say("pill_refused", items=", ".join(schedule.refused))
    for pill, medicine in schedule.never_with:
        yield f"{say('never_with', pill=pill, medicine=medicine)} {_ASK}"


def _remarks(schedule: DaySchedule) -> Iterator[str]:
    yield from (f"{rule}." for rule in schedule.rules)
    if schedule.answer != ALLOWED and (schedule.rules or MAGNESIUM in schedule.refused_nutrients):
        yield say("schedule_not_allowed", answer=_SCHEDULED[schedule.answer])
    for name, per_week in schedule.unnamed_days:
        yield name_its_day(name, per_week)
    if schedule.rules:
        yield say("schedule_prescribed")
