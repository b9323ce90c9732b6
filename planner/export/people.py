"""Whom a plan is for: who eats, what was asked for, how it was understood, what was assumed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.readings import WishReading, read_left_out, read_narrow, read_puts
from planner.check.hours import minutes_in_kitchen
from planner.document.blocks import (
    CHECKED,
    PLAIN,
    STRONG,
    TITLE,
    WARNING,
    Block,
    Paragraph,
    bullets,
    paragraphs,
)  # fmt: skip
from planner.explain.asked import note_on_stock, notes_on_rates
from planner.explain.beside import added_supplements
from planner.explain.days import notes_on_eaten
from planner.export.documents import TableDocument, WeekDocument
from planner.export.paid import till_text
from planner.export.recipe_text import NOTE
from planner.export.trust import low_text
from planner.export.who import assumed_text, day_label, person_text
from planner.export.wishes import own_wishes_text, wishes_text
from planner.kitchen.used_up import asked_uses, taken_g
from planner.plan.own_shop import own_packages, usd_per_g
from planner.request.days import DAYS_PER_WEEK
from planner.request.meal_hours import cooks_within
from planner.request.notes import WHOLE_PLAN, note_on
from planner.request.request import NAMELESS, PlanRequest
from planner.safety.banner import banner_of
from planner.safety.patient import readings_of
from planner.shops import named
from planner.targets.target import Target
from planner.targets.words import name_of, person_word, unit_word
from planner.wire.told import WrittenReading
from planner.wording import capital, plural

ENGLISH_STEPS = "The steps of the recipes are in English."
_EXAMPLE = "magplan plan --sex m --age 40 --height 178 --weight 80"
_WEEK = "week"


def planned_for(week: TableDocument) -> Iterator[Block]:
    """Say whom a document is for, in full."""
    yield from banners(week)
    yield from _note(week)
    common = _common(week)
    if NAMELESS not in week.eaters:
        yield Paragraph(f"Planned for one table{_of_all(week)}.")
        yield from bullets(common)
    for name, own in week.named():
        who = _who(week, name, own)
        yield Paragraph(who, PLAIN, name) if name else Paragraph(_planned(own, who))
        yield from bullets(_own_readings(own, common if name else ()))


def checked(week: TableDocument) -> Iterator[Block]:
    """Say that the plan passes its check, what it is low in all the same, and what it costs."""
    told = "The plan passes its check: every target was recomputed without the solver."
    if NAMELESS not in week.eaters:
        told = "Each eater's plan passes its check: every target was recomputed without the solver."
    yield Paragraph(told, CHECKED)
    yield from set_lower(week)
    for name, own in week.named():
        if low := low_text(own.check.findings):
            yield Paragraph(low, PLAIN, name)
    yield Paragraph(till_text(week.table.shopping), STRONG)
    yield from paragraphs([])


def set_lower(week: TableDocument) -> Iterator[Block]:
    """Say which targets were set below the recommended by hand."""
    for name, own in week.named():
        for text in lowered_texts(own.targets.targets):
            yield Paragraph(f"{capital(text)}.", PLAIN, name)


def asked(week: TableDocument) -> Iterator[Block]:
    """Say whom a screen is for, in few lines; how words were understood is said in any case."""
    yield from banners(week)
    yield from _note(week)
    if NAMELESS in week.eaters:
        yield from _asked_of_one(week.table)
        return
    counts = {one.name: one.count for one in week.table.request.eaters}
    people = [
        f"{name}{f' × {counts[name]}' if counts[name] > 1 else ''}"
        f" ({person_word(own.request.profile)}, {own.request.profile.age_y})"
        for name, own in week.named()
    ]
    told = "Planned for one table: {people}{all}."
    everybody = _of_all(week, _used_of(week))
    yield Paragraph(told.format(people=", ".join(people), all=everybody), TITLE)
    common = _common(week)
    yield from paragraphs(common)
    yield from _stock(week)
    for name, own in week.named():
        yield Paragraph(_who(week, name, own), TITLE, name)
        yield from paragraphs(_own_readings(own, common))
        yield from paragraphs(_unmet(own))
        if assumed := assumed_text(own.request):
            yield Paragraph(f"Assumed: {assumed}.")


def lowered_texts(targets: Iterable[Target]) -> list[str]:
    """Say which targets were set below the recommended by hand."""
    return [
        "{nutrient} lowered by hand below the recommended {figure} {unit}".format(
            nutrient=_within(one.nutrient),
            figure=f"{one.lowered_from:g}",
            unit=unit_word(one.nutrient),
        )
        for one in targets
        if one.lowered_from and one.period == _WEEK
    ]


def _asked_of_one(own: WeekDocument) -> Iterator[Block]:
    request, person = own.request, person_text(own.request)
    wishes, assumed = _extra_text(own), assumed_text(request)
    if request.is_sample_profile:
        yield Paragraph(f"Planned for a sample person: {person}.", TITLE)
        asked_for = f"Asked for: {wishes}." if wishes else ""
        yours = f"Yours: {_EXAMPLE}"
        yield Paragraph(" ".join(filter(None, (asked_for, yours))))
    else:
        yield Paragraph(f"Planned for: {person}.", TITLE)
        parts = (wishes, f"assumed: {assumed}" if assumed else "")
        second = "; ".join(filter(None, parts))
        yield from paragraphs([f"{capital(second)}."] if second else [])
    yield from paragraphs([short_readings(own, _unmet(own))])
    yield from _stock(own)


def _extra_text(own: WeekDocument) -> str:
    """Say the wishes, and which supplements the plan adds."""
    words = [
        wishes_text(own.request, with_left_out=False, used=_used_of(own)),
        _added_text(own),
        *lowered_texts(own.targets.targets),
    ]
    return "; ".join(filter(None, words))


def _added_text(own: WeekDocument) -> str:
    added = added_supplements(own.plan)
    return "{names} added".format(names=", ".join(added)) if added else ""


def banners(week: TableDocument) -> Iterator[Paragraph]:
    """Say what is special about whom a plan could hurt, and to show it first."""
    for name, own in week.named():
        if banner := banner_of(own.request.patient):
            yield Paragraph(banner, WARNING, name)


def _note(week: TableDocument) -> Iterator[Block]:
    """Give the note on the whole plan."""
    if note := note_on(week.request.week.notes, WHOLE_PLAN):
        yield Paragraph(NOTE.format(text=note), STRONG)


def _planned(own: WeekDocument, who: str) -> str:
    if own.request.is_sample_profile:
        return f"Planned for a sample person: {who}."
    return f"Planned for {who}."


def _of_all(week: TableDocument, used: Mapping[str, tuple[float, float]] | None = None) -> str:
    """Say what is wished for everybody at a table."""
    wishes = wishes_text(week.request, used=used)
    return f"; all: {wishes}" if wishes else ""


def _who(week: TableDocument, name: str, own: WeekDocument) -> str:
    """Say who an eater is, what this one wishes, and which supplements the plan adds."""
    asked, used = own.request, _used_of(own)
    eater = next((one for one in week.request.eaters if one.name == name), None)
    wishes = own_wishes_text(eater, used) if name and eater else wishes_text(asked, used=used)
    return "; ".join(filter(None, (person_text(asked), wishes, _added_text(own))))


def _common(week: TableDocument) -> list[str]:
    """Say what is left out for everybody, as it was understood."""
    return reading_texts(week.request, week.foods, week.dishes)


def _own_readings(own: WeekDocument, beside: Iterable[str]) -> list[str]:
    return reading_texts(own.request, own.foods, own.dishes, tuple(beside))


def _unmet(own: WeekDocument) -> tuple[str, ...]:
    return own.report.unmet if own.report is not None else ()


def _stock(week: TableDocument | WeekDocument) -> Iterator[Block]:
    """Say what of the pantry is eaten, where it is to be eaten first, and how long a bag lasts.

    Days with more work than somebody wished are named before.
    """
    yield from paragraphs(_missed(week))
    uses = asked_uses(week.request, week.foods, week.dishes)
    told = [*notes_on_rates(uses, week.plan, week.foods)]
    if week.request.week.from_pantry:
        told += note_on_stock(uses, week.plan, week.foods)
    yield from paragraphs(told)


def _missed(week: TableDocument | WeekDocument) -> Iterator[str]:
    """Say which days have more work than was wished, and whether more is bought."""
    most = week.request.habits.get("active_minutes_a_day")
    long = [day for day in week.plan.days if most is not None and day.active_minutes > most]
    if long:
        days = ", ".join(f"{day_label(day)} {day.active_minutes}" for day in long)
        yield f"More work than the {most} minutes a day asked for, if possible: {days}."
    table = week.table if isinstance(week, TableDocument) else week
    if any(cooks_within(one.max_minutes_on) for one in week.request.everybody):
        each = ", ".join(f"{day_label(day)} {minutes_in_kitchen(day)}" for day in table.plan.days)
        text = (
            "Minutes to make all meals of a day, a dish for several counted once, and a box on the "
            "day it is eaten: {days}."
        )
        yield text.format(days=each)
    most = week.request.habits.get("things_to_buy_a_week")
    weeks = max(1.0, len(week.plan.days) / DAYS_PER_WEEK)
    if most is not None and (count := math.ceil(table.shopping.things / weeks)) > most:
        text = "To buy: {count} things a week, more than the {most} asked for, if possible."
        yield text.format(count=count, most=most)


def _used_of(week: TableDocument | WeekDocument) -> dict[str, tuple[float, float]]:
    """Return food to be used up → how much of it a plan and its freezer take, as it was said [g].

    Of a table they are those of all.
    """
    uses = [use for whose, use in asked_uses(week.request, week.foods, week.dishes) if not whose]
    cook = (week.table if isinstance(week, TableDocument) else week).batch.cook if uses else ()
    found: dict[str, tuple[float, float]] = {}
    for use in uses:
        taken = taken_g(use, week.plan, week.foods) / use.per_said_g
        frozen = sum(use.taken_by(one.dish_id, one.frozen_parts) for one in cook) / use.per_said_g
        found[use.name] = (taken, frozen)
    return found


def _within(key: str) -> str:
    """Name a nutrient within a sentence."""
    return name_of(key).lower()


UNDERSTOOD = "Understood: {readings}."
MORE = " (more with --full)."
_LONG = 240  # letters of a paragraph


def reading_texts(
    request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish], beside: Sequence[str] = ()
) -> list[str]:
    """Give how each condition, medicine, name that is left out and dish put was understood.

    Those of ``beside`` are said elsewhere.
    """
    told: list[str] = [f"{one.text}." for one in readings_of(request.patient)]
    told += [one.sentence for one in read_left_out(request, foods, dishes)]
    told += [*_meant(request, foods, dishes), *_of_own_shop(request, foods)]
    return [text for text in told if text not in beside]


def short_readings(own: WeekDocument, unmet: Sequence[str] = ()) -> str:
    """Return the readings of one eater in a paragraph: in full, or short where that is long.

    What is said of the body, and why a wish is not met, is never shortened.
    """
    readings = read_left_out(own.request, own.foods, own.dishes)
    known = "; ".join(one.text for one in readings_of(own.request.patient))
    person = [UNDERSTOOD.format(readings=known)] if known else []
    person += [*unmet, *_meant(own.request, own.foods, own.dishes)]
    person += _of_own_shop(own.request, own.foods)
    person += notes_on_eaten(own.plan, own.request.week)
    full = " ".join(one.sentence for one in readings)
    return " ".join([*person, full if len(full) <= _LONG else _short(readings)]).strip()


def written_readings(
    request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]
) -> list[WrittenReading]:
    """Return what was said and how it was understood, as it is written."""
    puts = dict(read_puts(request, foods, dishes)).items()
    return [
        *(WrittenReading.of(one) for one in readings_of(request.patient)),
        *(WrittenReading(said=word, understood=meaning) for word, meaning in puts),
        *(
            WrittenReading.of(one, stays=one.stays or None, leaves_out=one.foods)
            for one in read_left_out(request, foods, dishes)
        ),
    ]


def _meant(request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]) -> list[str]:
    """Say how words of several meanings were understood: those put on a meal, and narrow ones."""
    puts = dict(read_puts(request, foods, dishes)).items()
    return [
        f"{capital(named(word))}: {meaning}." for word, meaning in (*puts, *read_narrow(request))
    ]


def _of_own_shop(request: PlanRequest, foods: FoodTable) -> list[str]:
    """Say of how many foods the prices, or the packages alone, are one's own."""
    priced = [usd_per_g(sizes) is not None for sizes in own_packages(request, foods).values()]
    prices, packages = priced.count(True), priced.count(False)
    told = []
    if prices:
        pattern = plural(
            prices,
            "The price of {count} food is your own.",
            "Prices of {count} foods are your own.",
        )
        told.append(pattern.format(count=prices))
    if packages:
        pattern = plural(
            packages,
            "The packages of {count} food are your own.",
            "Packages of {count} foods are your own.",
        )
        told.append(pattern.format(count=packages))
    return told


def _short(readings: Sequence[WishReading]) -> str:
    """Say only what each name was understood as."""
    text = "; ".join(one.shortly for one in readings)
    return f"{capital(text)}{MORE}"
