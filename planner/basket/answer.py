"""What is asked of a basket, and what is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.basket.bands import BasketRow
from planner.model.solver import Status


@dataclass(frozen=True, slots=True)
class BasketOptions:
    """How to solve a basket.

    Parameters
    ----------
    integer
        Whether amounts are whole units.
    time_limit_s
        Wall time for the basket, and once more for the reasons where there is none [s];
        ``None`` sets no limit.
    seed
        Seed of the solver.
    """

    integer: bool = False
    time_limit_s: float | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The smallest change of one row that alone lets a basket exist.

    Parameters
    ----------
    row
        The row.
    to
        The bound that would do instead of ``row.bound``.
    """

    row: BasketRow
    to: float


@dataclass(frozen=True, slots=True)
class BasketAnswer:
    """The cheapest basket, or why there is none.

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
        Rows that cannot all hold while any one fewer can (an IIS).
    relaxations
        For rows of the conflict, the smallest change that alone is enough, where one is.
    unlimited
        Foods whose amounts grow without end, where the cost falls without end.
    notes
        What the reader must know about the answer.
    solver
        Name and version of the solver.
    """

    status: Status
    objective: float | None = None
    bound: float | None = None
    amounts: Mapping[str, float] = field(default_factory=dict)
    nutrients: Mapping[str, float | None] = field(default_factory=dict)
    prices: Mapping[str, float] = field(default_factory=dict)
    conflict: tuple[BasketRow, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    unlimited: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    solver: str = ""

    @property
    def has_basket(self) -> bool:
        """Whether there is a basket to read."""
        return self.status in ("optimal", "feasible")
