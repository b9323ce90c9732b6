"""What sets one day of a plan apart from another: the weekend, and meals that are not planned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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


def usual_share(bands: Mapping[str, Sequence[float]], slots: Iterable[str]) -> float:
    """Give the energy that ``slots`` usually have, as a share of that of all meals in ``bands``.

    Parameters
    ----------
    bands
        Meal → least and greatest share of the day's energy; its middle counts.
    slots
        Some of these meals.
    """
    middles = {slot: (least + most) / 2 for slot, (least, most) in bands.items()}
    total = sum(middles.values())
    return sum(middles.get(slot, 0.0) for slot in slots) / total if total else 1.0
