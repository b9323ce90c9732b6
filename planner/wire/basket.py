"""The cheapest basket of any table of foods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from planner.basket.show import row_texts
from planner.wire.base import By, Figure, Many, Wire

if TYPE_CHECKING:
    from planner.basket.answer import BasketAnswer
    from planner.basket.bands import BasketTable


class BoundChange(Wire):
    """A change of a bound that would help."""

    row: str
    bound: Figure | None = Field(alias="from")
    to: Figure | None


class WrittenBasket(Wire):
    """What ``magplan basket`` answers; numbers are unrounded, null is unknown.

    Parameters
    ----------
    amounts, nutrients
        How much of each food, and what that holds.
    prices
        What one unit more of a bound costs.
    conflict, relaxations
        Bounds that collide, and the smallest changes that would help.
    unlimited
        Foods that nothing limits.
    """

    status: str
    objective: Figure | None
    bound: Figure | None
    amounts: By[Figure]
    nutrients: By[Figure | None]
    prices: By[Figure]
    conflict: Many[str]
    relaxations: Many[BoundChange]
    unlimited: Many[str]
    notes: Many[str]
    solver: str

    @classmethod
    def of_answer(cls, table: BasketTable, answer: BasketAnswer) -> WrittenBasket:
        """Build it from what was asked and what came of it."""
        names = row_texts(table, answer.conflict)
        return cls.of(
            answer,
            conflict=[names[row] for row in answer.conflict],
            relaxations=[
                BoundChange.of(change, change.row, row=names[change.row])
                for change in answer.relaxations
            ],
            notes=[*table.notes, *answer.notes],
        )
