"""The cheapest basket of any table of foods, or why there is none."""

from __future__ import annotations

from pydantic import Field

from planner.model.solver import Status
from planner.wire.base import By, Figure, Many, Wire


class BoundChange(Wire):
    """The smallest change of one bound that alone lets a basket exist."""

    row: str
    bound: Figure = Field(alias="from")
    to: Figure


class BasketAnswer(Wire):
    """What ``magplan basket`` answers; numbers are unrounded, null is unknown.

    Parameters
    ----------
    status
        As the solver says it (``planner.model.solver.Status``).
    objective, bound
        Cost of the basket, and the proven limit below it; ``None`` without a basket.
    amounts
        Food → units, for every food.
    nutrients
        Nutrient → amount in the basket; ``None`` where a food of the basket has no figure.
    prices
        Nutrient with a band → change of the cost per unit of its binding bound.
    conflict
        Bounds that cannot all hold while any one fewer can (an IIS).
    relaxations
        For bounds of the conflict, the smallest change that alone is enough, where one is.
    unlimited
        Foods whose amounts grow without end, where the cost falls without end.
    notes
        What the reader must know about the answer.
    solver
        Name and version of the solver.
    """

    status: Status
    objective: Figure | None = None
    bound: Figure | None = None
    amounts: By[Figure] = {}
    nutrients: By[Figure | None] = {}
    prices: By[Figure] = {}
    conflict: Many[str] = []
    relaxations: Many[BoundChange] = []
    unlimited: Many[str] = []
    notes: Many[str] = []
    solver: str

    @property
    def has_basket(self) -> bool:
        """Whether there is a basket to read."""
        return self.status in ("optimal", "feasible")
