"""What sets one day of a plan apart from another: the weekend, and meals that are not planned."""

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
class DayKind:
    """What the rows of a day depend on.

    Parameters
    ----------
    weekend
        Whether there is the time of a weekend.
    absence
        Meals that are not planned.
    """

    weekend: bool = False
    absence: Absence = PRESENT
