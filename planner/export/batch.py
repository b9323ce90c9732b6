"""Cook once, eat twice: what is cooked double, when, and the labels of what is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from planner.document.blocks import Block, Table, bullets, paragraphs
from planner.export.figures import price_text
from planner.kitchen.batch import FREEZER, FRIDGE, BatchPlan, Cooking, Label
from planner.kitchen.measures import parts_text, servings_text
from planner.request.day_words import MONTHS
from planner.shops import named
from planner.wording import plural

TITLE = "Cook once, eat twice"
COOL = "Cool within 2 hours."
COOL_ALL = "Cool within 2 hours, and sooner where the recipe says so."
LABEL_HEAD = ("Label", "Portion", "Cooked", "Keep in", "Use")
_SHORT = 3
_OF_DAY = {
    FRIDGE: "{slot} of day {number}",
    FREEZER: "{slot} of day {number} (freeze it at once)",
}


def batch_blocks(batch: BatchPlan) -> Iterator[Block]:
    """Say what to cook double on which day and for when, and what the labels of it say."""
    if not batch.cook:
        return
    yield from bullets(f"{when}: {name}, {then}" for when, name, then in cook_rows(batch))
    yield from paragraphs([note_text(batch)])
    words = tuple(range(1, len(LABEL_HEAD)))
    yield Table("Labels of what is kept", [*LABEL_HEAD], label_rows(batch), words)


def note_text(batch: BatchPlan) -> str:
    """Say what holds for all of it, and that the freezer's share is bought with the rest."""
    cool = [COOL_ALL] if any(one.is_heated for one in batch.cook) else []
    if not any(one.frozen_servings and not one.is_given for one in batch.cook):
        return " ".join(cool)
    share = price_text(batch.frozen_usd)
    told = f"The shopping list also includes food for the freezer ({share})."
    return " ".join([*cool, told])


def cook_rows(batch: BatchPlan) -> list[tuple[str, str, str]]:
    """Give (meal, dish, how much at once and for when) of what is cooked double."""
    return [
        (
            _when(one),
            named(one.name),
            f"{_at_once(one)} at once; {_then(one, batch.labels)}",
        )
        for one in batch.cook
    ]


def label_rows(batch: BatchPlan) -> list[tuple[str, ...]]:
    """Give the labels of what is kept, a row for each in the order of ``LABEL_HEAD``."""
    return [
        (
            named(label.name),
            servings_text(label.servings),
            _made(label),
            label.store,
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
            f"{servings_text(label.servings)} of {named(label.name)}, eat {_use_by(label)}"
            for label in own
        )
        yield f"In the freezer: {what}."
        count = max(1, round(own[0].servings))
        told = plural(
            count,
            'To have it in these days, at lunch: --use "{count} portion of {name}".',
            'To have it in these days, at lunch: --use "{count} portions of {name}".',
        )
        yield told.format(count=count, name=named(own[0].name))


def _made(label: Label) -> str:
    if label.cooked_on is not None:
        return _date(label.cooked_on)
    number = label.cooked_day
    told = "day {number}" if number else "the evening before day {number}"
    return told.format(number=number or 1)


def _when(one: Cooking) -> str:
    return f"Day {one.day} {one.slot}"


def _then(one: Cooking, labels: Sequence[Label]) -> str:
    own = [
        label
        for label in labels
        if (label.cooked_day, label.dish_id) == (one.made_day, one.dish_id)
    ]
    told = []
    count = servings_text(one.frozen_servings).rpartition(" ")[0]
    if later := [label for label in own if label.eat_on]:
        meals = " and ".join(
            _OF_DAY[label.store].format(slot=on[1], number=on[0])
            for label in later
            if (on := label.eat_on)
        )
        use_by = _use_by(later[0]).removesuffix(_year(later[0]))
        told.append(f"also for {meals}, {use_by}")
    if one.is_given:
        told.append(f"{count} not eaten")
    elif frozen := next((label for label in own if label.eat_on is None), None):
        told.append(f"freeze {count}, {_use_by(frozen)}")
    return "; ".join(told)


def _use_by(label: Label) -> str:
    if label.use_by is not None:
        return f"by {_date(label.use_by)}"
    if label.unit == "months":
        within = plural(label.keeps, "within {count} month", "within {count} months")
        return within.format(count=label.keeps)
    return f"by day {label.cooked_day + label.keeps}"


def _year(label: Label) -> str:
    """Give the year of a date within the week, which goes without saying."""
    return f" {label.use_by.year}" if label.use_by else ""


def _date(when: date) -> str:
    return f"{when.day} {MONTHS[when.month - 1][:_SHORT]} {when.year}"
