"""Find the columns of a week that was planned before: which portion stands on which place.

A plan file names dishes and portions, not places. Where a food could stand on more than one place
of its meal (bread beside the soup, or as its starch), the seating is taken that breaks the fewest
rules of the day, and among those the one with the fewest points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

import numpy as np

from planner.candidates.beside import BESIDE_SLOTS
from planner.model.arrays import Array
from planner.search.evaluate import Choices, broken_rows
from planner.solve.parts import WeekParts

SAME_SERVINGS = 0.01  # a third of a cup is written as 0.33
MOST_SEATINGS = 24  # of one meal that are tried
MOST_TABLES = 200  # of one day that are tried


@dataclass(frozen=True, slots=True)
class Served:
    """A dish or food that a plan serves.

    Parameters
    ----------
    slot
        Meal of the day.
    source_id
        Id of the dish or food.
    servings
        Servings of the dish, or number of the food's measure.
    is_leftover
        Whether it is a second meal of a dish cooked before.
    """

    slot: str
    source_id: str
    servings: float
    is_leftover: bool = False


@dataclass(frozen=True, slots=True)
class Seating:
    """A week that was planned before, in the columns of a model.

    Parameters
    ----------
    days
        For each day, what it served and the column of each; ``None`` where the model has none.
    beside
        Columns that every day has beside its meals: supplements, and water that is drunk.
    """

    days: tuple[tuple[tuple[Served, int | None], ...], ...]
    beside: tuple[int, ...] = ()

    @property
    def choices(self) -> Choices:
        """For each day the columns found, ascending."""
        return tuple(
            tuple(sorted([*self.beside, *(c for _, c in day if c is not None)]))
            for day in self.days
        )

    @property
    def missing(self) -> tuple[tuple[int, Served], ...]:
        """Day from 0 and what it served that the model does not have."""
        return tuple(
            (number, served)
            for number, day in enumerate(self.days)
            for served, column in day
            if column is None
        )


def seat_week(parts: WeekParts, week: Sequence[Sequence[Served]]) -> Seating:
    """Find the columns of ``week``, day by day, in the order that the items are given in."""
    places = [place.place_id for place in parts.model.source.rules.places]
    known: dict[str, dict[tuple[str, bool], list[tuple[float, int]]]] = {}
    for column in parts.model.table.columns:
        candidate = column.candidate
        entry = (column.serving.portion.servings, column.index)
        is_again = candidate.traits.is_leftover
        # what keeps has the same column whether it was made before or is made anew
        for again in {is_again, is_again or candidate.traits.is_kept}:
            key = candidate.source_id, again
            known.setdefault(column.place, {}).setdefault(key, []).append(entry)
    points = parts.arrays.points  # a plan may have more days than the model
    last = len(points) - 1
    days = tuple(
        _seat_day(parts, places, known, points[min(number, last)], day)
        for number, day in enumerate(week)
    )
    return Seating(days, _beside(parts))


def _beside(parts: WeekParts) -> tuple[int, ...]:
    """Return the one column of each place beside the meals that must be filled."""
    table = parts.model.table
    required = [
        place.place_id
        for place in parts.model.source.rules.places
        if place.required and place.slot in BESIDE_SLOTS
    ]
    return tuple(column.index for column in table.columns if column.place in required)


_Known = Mapping[str, Mapping[tuple[str, bool], Sequence[tuple[float, int]]]]


def _seat_day(
    parts: WeekParts, places: Sequence[str], known: _Known, points: Array, day: Sequence[Served]
) -> tuple[tuple[Served, int | None], ...]:
    options: list[list[dict[int, int]]] = []
    for slot in dict.fromkeys(served.slot for served in day):
        own = [place for place in places if place.split(".")[0] == slot]
        items = [(n, _where(known, own, one)) for n, one in enumerate(day) if one.slot == slot]
        seatable = [(n, where) for n, where in items if where]
        options.append(list(islice(_seatings(seatable, {}), MOST_SEATINGS)) or [{}])
    tables = [
        {number: column for one in table for number, column in one.items()}
        for table in islice(product(*options), MOST_TABLES)
    ]
    best = tables[0] if len(tables) == 1 else min(tables, key=lambda one: _rank(parts, points, one))
    return tuple((served, best.get(number)) for number, served in enumerate(day))


def _where(known: _Known, places: Sequence[str], served: Served) -> list[tuple[str, int]]:
    """Return the places on which a portion may stand, with its column on each."""
    key = served.source_id, served.is_leftover
    return [
        (place, column)
        for place in places
        for servings, column in known.get(place, {}).get(key, ())
        if abs(servings - served.servings) <= SAME_SERVINGS
    ]


def _seatings(
    items: Sequence[tuple[int, Sequence[tuple[str, int]]]], taken: Mapping[str, int]
) -> Iterator[dict[int, int]]:
    """Return every way to put the items on places of their own: number of the item → column."""
    if not items:
        yield {}
        return
    (number, where), *rest = items
    for place, column in where:
        if place not in taken:
            for others in _seatings(rest, {**taken, place: number}):
                yield {number: column, **others}


def _rank(parts: WeekParts, points: Array, table: Mapping[int, int]) -> tuple[int, float]:
    """How many rules of a day a table breaks, and the points of its columns and priced rules."""
    rows, columns = parts.arrays.day, list(table.values())
    activity = rows.coefficients[:, columns].sum(axis=1)
    priced = float(np.dot(rows.breaches(activity), rows.prices))
    return len(broken_rows(rows, activity)), priced + float(points[columns].sum())
