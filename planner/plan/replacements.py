"""What may stand in the place of one thing of a plan, and what it would change."""

from __future__ import annotations

from dataclasses import dataclass

from planner.model.board import Column
from planner.plan.diff import Figures
from planner.plan.plan import Item
from planner.solve.swap import Swap


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
    """

    rank: int
    column: Column
    swap: Swap
    day_after: Figures
    cost_after: float
    week: int = 0


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
    """

    day: int
    slot: str
    item: Item
    day_before: Figures
    cost_before: float
    offers: tuple[Replacement, ...]
    considered: int
