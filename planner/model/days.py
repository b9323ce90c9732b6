"""What sets one day of a plan apart: the weekend, meals not planned, dishes put on it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Absence:
    """Meals of a day that are not on the table.

    Parameters
    ----------
    slots
        Meals that are not planned, sorted.
    share
        Share of the day's targets that the other meals carry [0–1]: below 1 where the missing
        meals are eaten elsewhere.
    """

    slots: tuple[str, ...] = ()
    share: float = 1.0


PRESENT = Absence()
"""All meals are on the table."""


@dataclass(frozen=True, slots=True, order=True)
class PutDish:
    """A dish or food that a meal has in any case.

    Parameters
    ----------
    slot, dish_id
        Meal, and the id of the dish or food.
    whose
        Name of the eater; empty: everybody's.
    """

    slot: str
    dish_id: str
    whose: str = ""


@dataclass(frozen=True, slots=True, order=True)
class DayKind:
    """What the rows of a day depend on.

    Parameters
    ----------
    weekend
        Whether there is the time of a weekend.
    absence
        Meals that are not planned.
    puts
        What is put on meals, of everybody at the table, so that all have the same kinds of days.
    """

    weekend: bool = False
    absence: Absence = PRESENT
    puts: tuple[PutDish, ...] = ()
