"""What somebody asks for by its name: a dish on a meal of a day, and food to be used up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from planner.candidates.candidate import Column
from planner.candidates.used_up import UsedUp
from planner.model.board import ColumnTable, Plate, Vector, Week
from planner.model.days import PutDish
from planner.model.input import ModelInput
from planner.model.keys import RowKey
from planner.model.variety import Spacing, most_per_candidate, plain_word, serves
from planner.request.next_week import apart_key


def add_puts(plate: Plate, puts: Iterable[PutDish]) -> None:
    """Serve at a meal of the day what is put there: where several may be meant, one of them."""
    for put in puts:
        key = RowKey("put", plain_word(put.name), "min", plate.day, place=put.slot)
        plate.board.require(key, plate.total(serving_at(plate.table, put)) >= 1)


def serving_at(table: ColumnTable, put: PutDish) -> Vector:
    """1 for each column that serves what is put on a meal, anew or a second time."""
    at = table.where(lambda c: c.slot == put.slot and c.candidate.source_id in put.ids)
    just = table.where(lambda c: put.amount in ("", c.candidate.candidate_id))
    return at * just


def add_uses(week: Week, uses: Iterable[UsedUp], waste: Mapping[str, float]) -> None:
    """Use foods up; the points of ``use_missing`` for one that is wholly left, by proportion.

    Of more than ``use_most_g`` all of it counts for more, as the square root of how much more: a
    gram of a large stock is worth less than one of a small one, and not next to nothing.

    What somebody named is meant to be eaten from home, so each gram beyond it costs as much as one
    that is left; of what the pantry has, more may be bought.
    """
    for number, use in enumerate(uses, start=1):
        much_g = min(use.mass_g, waste["use_most_g"])
        per_g = waste["use_missing"] / math.sqrt(use.mass_g * much_g)
        total = week.total(week.table.vector([used_in(use, c) for c in week.table.columns]))
        key = RowKey("use", plain_word(use.name), "min", soft=True, number=number)
        week.board.prefer_at_least(key, total, use.mass_g, per_g)
        if not use.is_stock:
            most = replace(key, side="max")
            week.board.prefer_at_most(most, total, use.mass_g, per_g)


def spacings_of(table: ColumnTable, source: ModelInput) -> tuple[Spacing, ...]:
    """Keep servings apart as asked for, what comes again to be used up, and no dish for long."""
    rules, known = source.rules.rules, list[Spacing]()
    for number, (what, days) in enumerate(source.wishes.min_days_between, start=1):
        columns = table.vector(serves(table.columns, what, rules["line"]["lower"]))
        first = sum(apart_key(what.name, days) in day.not_yet for day in source.absences)
        known.append(Spacing(f"{number}.{plain_word(what.name)}", columns, days, first))
    known += _apart_again(table, source.eaten_again(), rules["dish_week"]["apart_days"])
    return *known, *_runs(table, source)


def _apart_again(table: ColumnTable, again: Iterable[str], days: int) -> Iterator[Spacing]:
    """Keep the cookings of a dish apart, and its second meals: not on three days running."""
    second = table.where(lambda c: c.candidate.traits.is_leftover)
    for dish_id in sorted(again):
        served = table.vector([float(c.candidate.source_id == dish_id) for c in table.columns])
        for word, columns in (("anew", served * (1 - second)), ("second", served * second)):
            if columns.any():
                yield Spacing(f"{dish_id}.{word}", columns, days)


def _runs(table: ColumnTable, source: ModelInput) -> Iterator[Spacing]:
    """Have no breakfast and no main dish on more days running than people like.

    What is put on meals stands where it was put.
    """
    rules, put = source.rules.rules, source.times_put()
    most = most_per_candidate(table, rules, len(source.weekend), source.times_asked())
    dishes: dict[str, list[Column]] = {}
    for column in table.columns:
        traits = column.candidate.traits
        if traits.kind in rules["running"] and traits.is_dish:
            dishes.setdefault(column.candidate.source_id, []).append(column)
    for dish_id, columns in sorted(dishes.items()):
        upper = rules["running"][columns[0].candidate.traits.kind]
        times = sum(most[one] for one in {column.candidate.candidate_id for column in columns})
        if dish_id not in put and times > upper:
            marks = table.marks([column.index for column in columns])
            yield Spacing(dish_id, marks, upper + 1, 0, upper, "running")


def left_to_use(uses: Iterable[UsedUp], days: Iterable[Sequence[Column]]) -> tuple[UsedUp, ...]:
    """Return what earlier ``days`` have not used up, and is still good."""
    past = tuple(days)
    eaten = [column for day in past for column in day]
    good = [use for use in uses if not use.is_leftover or (use.days or 0) > len(past)]
    left = [replace(use, mass_g=use.mass_g - _used(use, eaten)) for use in good]
    return tuple(use for use in left if use.mass_g > 0)


def used_in(use: UsedUp, column: Column) -> float:
    """Return how much of a food to be used up a portion takes, as bought [g]."""
    return use.taken_by(column.candidate.source_id, column.serving.portion.ingredients)


def _used(use: UsedUp, eaten: Iterable[Column]) -> float:
    return sum(used_in(use, column) for column in eaten)
