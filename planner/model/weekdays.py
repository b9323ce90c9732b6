"""Time in the kitchen: what weekdays have none for, lunches that are taken along, a day's work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from planner.candidates.beside import BESIDE_SLOTS
from planner.candidates.candidate import Column
from planner.candidates.names import Meaning
from planner.model.board import ColumnTable, Plate, Vector
from planner.model.days import Absence, DayKind, PutDish
from planner.model.input import ModelInput
from planner.model.sums import Sum
from planner.request.preferences import COLD, PACKED

_ON_WEEKDAYS = frozenset(("max_minutes_weekday", "lunch"))


def add_work(plate: Plate, upper: float, price: float, cooked: Sum) -> None:
    """Ask for a day of little work [min], each minute more priced.

    ``cooked`` is the work of what keeps on the day that it is cooked.
    """
    minutes = plate.table.vector([own_minutes(column) for column in plate.table.columns])
    key = plate.key("work", soft=True)
    total = plate.total(minutes) + cooked
    plate.board.prefer_at_most(key, total, upper, plate.price(price))


def own_minutes(column: Column) -> float:
    """Return the work of a meal [min]; what keeps may have been cooked before."""
    traits = column.candidate.traits
    is_work = column.slot not in BESIDE_SLOTS and not traits.is_kept
    return float(traits.active_minutes * is_work)


def too_long(table: ColumnTable, minutes: int | None) -> Vector:
    """1 for each column that takes more than ``minutes`` [min] on the day; ``None``: no limit."""
    if minutes is None:
        return table.where(lambda _: False)
    return table.where(lambda c: c.candidate.traits.minutes > minutes)


def travels(column: Column, rule: Mapping[str, Any]) -> bool:
    """Whether a thing is eaten from a box, by ``[lunch]`` of rules; last night's dinner is."""
    traits = column.candidate.traits
    is_boxed = traits.is_leftover or rule["box"] in traits.tags
    return is_boxed or traits.kind not in rule["kinds"]


def stays_home(table: ColumnTable, lunch: str, rule: Mapping[str, Any]) -> Vector:
    """1 for each lunch that cannot be taken along as ``lunch`` says, by ``[lunch]`` of rules."""

    def stays(column: Column) -> bool:
        traits = column.candidate.traits
        is_main = traits.kind == "main"
        if lunch not in (PACKED, COLD) or column.slot != "lunch":
            return False
        if traits.kind not in rule["kinds"]:
            return False
        if lunch == PACKED:
            return is_main and not travels(column, rule)
        named = column.candidate.source_id in rule["cold_dishes"]
        is_cold = named or not traits.tags.isdisjoint(rule["cold_tags"])
        return not is_cold or (is_main and rule["box"] not in traits.tags)

    return table.where(stays)


def off_weekdays(table: ColumnTable, source: ModelInput) -> Vector:
    """1 for each column that no weekday has: for the time it takes, or for where lunch is eaten."""
    long = too_long(table, source.wishes.max_minutes_weekday)
    return np.maximum(long, stays_home(table, source.wishes.lunch, source.rules.rules["lunch"]))


def closed_on(table: ColumnTable, source: ModelInput, kind: DayKind, long: Vector) -> Vector:
    """1 for each column that a day of a kind cannot have: ``long`` those that no weekday has.

    Beside what is eaten elsewhere there is nothing.
    """
    names = {name for whose, name in kind.off if whose == source.eater}
    closed: Vector = long * (not _has_time(kind))
    closed = np.maximum(closed, table.where(partial(_is_beside, kind.out)))
    just = table.where(lambda c: c.candidate.traits.is_put)
    asked = table.where(lambda c: c.candidate.candidate_id in {one.amount for one in kind.puts})
    closed = np.maximum(closed, just * (1 - asked))
    for meaning in source.wishes.off if names else ():
        if meaning.name in names:
            closed = np.maximum(closed, table.where(partial(_holds, meaning)))
    return closed


def _has_time(kind: DayKind) -> bool:
    """Whether a day has no limit of a weekday: it is none, or went so before that was asked."""
    absence = kind.absence
    return kind.weekend or absence.is_eaten or not _ON_WEEKDAYS.isdisjoint(absence.not_yet)


def _is_beside(out: Mapping[str, Sequence[str]], column: Column) -> bool:
    return column.slot in out and column.candidate.source_id not in out[column.slot]


def _holds(meaning: Meaning, column: Column) -> bool:
    is_second = column.candidate.traits.is_leftover
    if (meaning.is_anew and is_second) or (meaning.is_again and not is_second):
        return False
    if meaning.slot not in ("", column.slot):
        return False
    foods = {food for food, _ in column.serving.portion.ingredients}
    return column.candidate.source_id in meaning.dish_ids or bool(meaning.food_ids & foods)


def add_weekday(plate: Plate, columns: Vector) -> None:
    """Serve none of ``columns`` on this day: a weekday, or one on which something is left out."""
    if columns.any():
        plate.board.require(plate.key("weekday"), plate.total(columns) <= 0)


def ruled_as(kind: DayKind, source: ModelInput) -> tuple[Absence, tuple[PutDish, ...], bool, int]:
    """Return what of a day its rows depend on: days of the same are one average day."""
    has_time = kind.weekend and source.wishes.max_minutes_weekday is not None
    return kind.absence, kind.puts, has_time, _minutes_of(kind, source) or 0


def _minutes_of(kind: DayKind, source: ModelInput) -> int | None:
    """Return the most minutes of all meals of such a day together [min]; ``None``: no limit."""
    known = source.wishes.minutes_a_day
    mine = (known[name] for whose, name in kind.off if whose == source.eater and name in known)
    return min(mine, default=None)


def add_day_minutes(plate: Plate, source: ModelInput) -> None:
    """All that is made on a day takes no longer than there is time, one thing after the other.

    A dish for the table counts once, in the week of each who shares it, and what is made for one
    eater as often as there are eaters: so it holds for all of them together.
    """
    most, table, wishes = _minutes_of(plate.kind, source), plate.table, source.wishes
    if most is None or plate.absence.is_eaten:
        return
    times = [1 if c.place in wishes.cooked_once else wishes.cooks_for for c in table.columns]
    minutes = table.vector([c.candidate.traits.minutes for c in table.columns])
    total = plate.total(minutes * table.vector(times))
    plate.board.require(plate.key("weekday_work", "day"), total <= most)


def add_weekday_work(plate: Plate, minutes: int | None) -> None:
    """No meal of a weekday asks for more work than there is time, all its things together [min]."""
    if minutes is None or _has_time(plate.kind):
        return
    table = plate.table
    work = table.vector([c.candidate.traits.active_minutes for c in table.columns])
    for slot in plate.slots():
        row = plate.total(work * table.in_slot(slot)) <= minutes
        plate.board.require(plate.key("weekday_work", slot), row)
