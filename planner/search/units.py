"""What two days may exchange: one place, or the meal of all who share it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from planner.search.spots import Ints

Unit = tuple[int, ...]
"""Spots that move together; like units have theirs in the same order."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a spot is.

    Parameters
    ----------
    eater, day
        Whose it is, and on which day.
    place
        Name of the place, such as ``lunch.main``.
    pot
        Group of spots that it shares a dish with, -1 for none.
    """

    eater: int
    day: int
    place: str
    pot: int

    @property
    def meal(self) -> str:
        """Name of the meal."""
        return self.place.split(".")[0]


@dataclass(frozen=True, slots=True)
class Units:
    """All units, like ones next to one another.

    Parameters
    ----------
    start, spot
        First spot of each unit, and the end; the spots.
    like_start, like
        First unit of the like ones of each unit, and how many they are with itself.
    singles
        Number of units that are one place; they come first.
    """

    start: Ints
    spot: Ints
    like_start: Ints
    like: Ints
    singles: int


def units_of(seats: Sequence[Seat]) -> Units:
    """Gather what days may exchange.

    What is shared moves only with its whole meal, and between days on which the same people share.
    """
    alone: dict[Hashable, list[Unit]] = {}
    for spot, seat in enumerate(seats):
        if seat.pot < 0:
            alone.setdefault((seat.eater, seat.place), []).append((spot,))
    whole: dict[Hashable, list[Unit]] = {}
    for unit, kind in _meals(seats):
        if len(unit) > 1:
            whole.setdefault(kind, []).append(unit)
    ones, meals = (
        [units for units in kinds.values() if len(units) > 1] for kinds in (alone, whole)
    )
    units = [unit for like in (*ones, *meals) for unit in like]
    sizes = np.array([len(like) for like in (*ones, *meals)], dtype=np.int64)
    return Units(
        start=np.cumsum([0, *map(len, units)]).astype(np.int64),
        spot=np.array([spot for unit in units for spot in unit], dtype=np.int64),
        like_start=np.repeat(np.cumsum(sizes) - sizes, sizes),
        like=np.repeat(sizes, sizes),
        singles=sum(map(len, ones)),
    )


def _meals(seats: Sequence[Seat]) -> Iterator[tuple[Unit, Hashable]]:
    """Give the meals of each day, those of eaters who share a pot as one, and what they are like.

    Two meals are alike where the same eaters have the same places, shared by the same of them.
    """
    spots: dict[tuple[int, str], dict[int, list[int]]] = {}
    sharers: dict[int, set[int]] = {}
    for spot, seat in enumerate(seats):
        spots.setdefault((seat.day, seat.meal), {}).setdefault(seat.eater, []).append(spot)
        if seat.pot >= 0:
            sharers.setdefault(seat.pot, set()).add(seat.eater)
    for by_eater in spots.values():
        left = set(by_eater)
        while left:
            together = _table_of(min(left), by_eater, seats, sharers)
            left -= together
            unit = tuple(spot for eater in sorted(together) for spot in by_eater[eater])
            kind = tuple(
                (seat.eater, seat.place, frozenset(sharers.get(seat.pot, ())))
                for seat in (seats[spot] for spot in unit)
            )
            yield unit, kind


def _table_of(
    eater: int,
    by_eater: dict[int, list[int]],
    seats: Sequence[Seat],
    sharers: dict[int, set[int]],
) -> set[int]:
    """Give all who share something of a meal with ``eater``, or with somebody who does."""
    together, new = set[int](), {eater}
    while new:
        together |= new
        pots = {seats[spot].pot for one in new for spot in by_eater[one]} - {-1}
        new = set().union(*(sharers[pot] for pot in pots)) - together
    return together
