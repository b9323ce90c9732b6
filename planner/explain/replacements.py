"""What may stand in the place of one thing of a plan, and what a single wish moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from planner.candidates.candidate import Column
from planner.plan.diff import DayFigures, TableDifference
from planner.plan.plan import Item
from planner.request.edit import Wish


@dataclass(frozen=True, slots=True)
class Swap:
    """A replacement under which the whole week holds.

    Parameters
    ----------
    points
        Points of the week with it less those without.
    days
        Days of its week from 0 that have it, the one that was asked for first.
    """

    points: float
    days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sides:
    """What changes beside a main dish that is replaced.

    Parameters
    ----------
    day, slot
        Day from 1, and meal.
    gone, come
        What is not served any more, and what is instead.
    """

    day: int
    slot: str
    gone: tuple[Column, ...]
    come: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Replacement:
    """One replacement on offer.

    Parameters
    ----------
    rank
        From 1, by points.
    column
        What would stand there.
    swap
        How the week changes, with its points.
    day_after
        Figures of the day with it.
    cost_after
        Usual price of all days with it [USD].
    week
        Week of the plan that changes, from 0.
    beside
        What changes beside it, and beside second meals that go with it.
    checkout_usd
        What the whole table pays at checkout with it [USD]; ``None`` where it was not looked at.
    """

    rank: int
    column: Column
    swap: Swap
    day_after: DayFigures
    cost_after: float
    week: int = 0
    beside: tuple[Sides, ...] = ()
    checkout_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Replacements:
    """What may stand in the place of one thing.

    Parameters
    ----------
    day, slot, item
        Day from 1, meal, and what stands there now.
    day_before, cost_before
        Figures of the day, and usual price of all days [USD], as they are.
    offers
        Replacements under which every rule holds, the best first.
    considered
        Portions that may stand there.
    dates
        Number of a day → its date, in a plan that has dates.
    """

    day: int
    slot: str
    item: Item
    day_before: DayFigures
    cost_before: float
    offers: tuple[Replacement, ...]
    considered: int
    dates: Mapping[int, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableReplacement:
    """One replacement on offer to those who share a dish, or to one eater of several.

    Parameters
    ----------
    rank
        From 1, by points.
    points
        Points of all weeks with it less those without, summed over these eaters.
    each
        Name → portion and effect for that eater; all of the same dish or food.
    """

    rank: int
    points: float
    each: Mapping[str, Replacement]

    @property
    def first(self) -> Replacement:
        """The replacement of the first of these eaters."""
        return next(iter(self.each.values()))

    @property
    def candidate_id(self) -> str:
        """Id of what would stand there."""
        return self.first.column.candidate.candidate_id


@dataclass(frozen=True, slots=True)
class TableReplacements:
    """What may stand in the place of one thing on a common table.

    Parameters
    ----------
    day, slot
        Day from 1, and meal.
    eaters
        Name → what each of those concerned has there, and may have instead.
    offers
        Replacements under which everybody's rules hold, the best first.
    cost_before
        Usual price of all days of the whole table as it is [USD].
    """

    day: int
    slot: str
    eaters: Mapping[str, Replacements]
    offers: tuple[TableReplacement, ...]
    cost_before: float

    @property
    def dates(self) -> Mapping[int, date]:
        """Number of a day → its date, in a plan that has dates."""
        return next(iter(self.eaters.values())).dates

    @property
    def item(self) -> Item:
        """What stands there now, in the portion of the first eater."""
        return next(iter(self.eaters.values())).item


@dataclass(frozen=True, slots=True)
class WishMove:
    """What came of a plan when one wish alone, or all of them, changed.

    Parameters
    ----------
    wish
        The wish; ``None`` for all of them together.
    difference
        What differs from the plan before; ``None`` where there is no plan with it.
    points_before, points_after
        Points of all eaters; ``None`` where they are not known.
    reason
        Why there is no plan with it; empty with one.
    """

    wish: Wish | None
    difference: TableDifference | None
    points_before: float | None = None
    points_after: float | None = None
    reason: str = ""
