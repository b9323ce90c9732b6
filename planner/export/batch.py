"""Cook once, eat twice: what is cooked double, when, and the labels of what is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from planner.document.blocks import Block, Table, bullets, paragraphs
from planner.export.figures import price_text
from planner.kitchen.batch import FREEZER, FRIDGE, BatchPlan, Cooking, Label
from planner.kitchen.measures import parts_text, servings_text
from planner.language.figures import date_as
from planner.language.names import measured, named, slot_within
from planner.language.spoken import _, is_english, mark, ngettext
from planner.request.day_words import MONTHS

TITLE = mark("Cook once, eat twice")
COOL = mark("Cool within 2 hours.")
COOL_ALL = mark("Cool within 2 hours, and sooner where the recipe says so.")
LABEL_HEAD = (mark("Label"), mark("Portion"), mark("Cooked"), mark("Keep in"), mark("Use"))
_SHORT = 3
_OF_DAY = {
    FRIDGE: mark("{slot} of day {number}"),
    FREEZER: mark("{slot} of day {number} (freeze it at once)"),
}


def batch_blocks(batch: BatchPlan) -> Iterator[Block]:
    """Say what to cook double on which day and for when, and what the labels of it say."""
    if not batch.cook:
        return
    yield from bullets(f"{when}: {name}, {then}" for when, name, then in cook_rows(batch))
    yield from paragraphs([note_text(batch)])
    words = tuple(range(1, len(LABEL_HEAD)))
    yield Table(_("Labels of what is kept"), [*map(_, LABEL_HEAD)], label_rows(batch), words)


def note_text(batch: BatchPlan) -> str:
    """Say what holds for all of it, and that the freezer's share is bought with the rest."""
    cool = [_(COOL_ALL)] if any(one.is_heated for one in batch.cook) else []
    if not any(one.frozen_servings and not one.is_given for one in batch.cook):
        return " ".join(cool)
    share = price_text(batch.frozen_usd)
    told = _("The shopping list also includes food for the freezer ({share}).").format(share=share)
    return " ".join([*cool, told])


def cook_rows(batch: BatchPlan) -> list[tuple[str, str, str]]:
    """Give (meal, dish, how much at once and for when) of what is cooked double."""
    return [
        (
            _when(one),
            named(one.name),
            _("{servings} at once; {then}").format(
                servings=measured(_at_once(one)),
                then=_then(one, batch.labels),
            ),
        )
        for one in batch.cook
    ]


def label_rows(batch: BatchPlan) -> list[tuple[str, ...]]:
    """Give the labels of what is kept, a row for each in the order of ``LABEL_HEAD``."""
    return [
        (
            named(label.name),
            measured(servings_text(label.servings)),
            _made(label),
            _(label.store),
            _use_by(label),
        )
        for label in batch.labels
    ]


def _at_once(one: Cooking) -> str:
    """Say how much is cooked at once as its recipe does: ``"2 large servings"``."""
    told = parts_text(one.portions)
    return told[0] if told else servings_text(one.cooked_servings)


def in_freezer_texts(batch: BatchPlan) -> Iterator[str]:
    """Say which portions are in the freezer when the plan is over, and how they are asked for."""
    own = [label for label in batch.labels if label.eat_on is None]
    if own:
        what = "; ".join(
            _("{servings} of {name}, eat {use_by}").format(
                servings=measured(servings_text(label.servings)),
                name=named(label.name),
                use_by=_use_by(label),
            )
            for label in own
        )
        yield _("In the freezer: {what}.").format(what=what)
        count = max(1, round(own[0].servings))
        told = ngettext(
            'To have it in these days, at lunch: --use "{count} portion of {name}".',
            'To have it in these days, at lunch: --use "{count} portions of {name}".',
            count,
        )
        yield told.format(count=count, name=named(own[0].name))


def _made(label: Label) -> str:
    if label.cooked_on is not None:
        return _date(label.cooked_on)
    number = label.cooked_day
    told = _("day {number}") if number else _("the evening before day {number}")
    return told.format(number=number or 1)


def _when(one: Cooking) -> str:
    return _("Day {number} {slot}").format(number=one.day, slot=slot_within(one.slot))


def _then(one: Cooking, labels: Sequence[Label]) -> str:
    own = [
        label
        for label in labels
        if (label.cooked_day, label.dish_id) == (one.made_day, one.dish_id)
    ]
    told = []
    count = servings_text(one.frozen_servings).rpartition(" ")[0]
    if later := [label for label in own if label.eat_on]:
        meals = _(" and ").join(
            _(_OF_DAY[label.store]).format(slot=slot_within(on[1]), number=on[0])
            for label in later
            if (on := label.eat_on)
        )
        use_by = _use_by(later[0]).removesuffix(_year(later[0]))
        told.append(_("also for {meals}, {use_by}").format(meals=meals, use_by=use_by))
    if one.is_given:
        told.append(_("{count} not eaten").format(count=count))
    elif frozen := next((label for label in own if label.eat_on is None), None):
        told.append(_("freeze {count}, {use_by}").format(count=count, use_by=_use_by(frozen)))
    return "; ".join(told)


def _use_by(label: Label) -> str:
    if label.use_by is not None:
        return _("by {date}").format(date=_date(label.use_by))
    if label.unit == "months":
        within = ngettext("within {count} month", "within {count} months", label.keeps)
        return within.format(count=label.keeps)
    return _("by day {number}").format(number=label.cooked_day + label.keeps)


def _year(label: Label) -> str:
    """Give the year of a date within the week, which goes without saying."""
    return f" {label.use_by.year}" if label.use_by else ""


def _date(when: date) -> str:
    if not is_english():
        return date_as(when, "date")
    return f"{when.day} {MONTHS[when.month - 1][:_SHORT]} {when.year}"
