"""What a single wish moved in a plan."""

from __future__ import annotations

from dataclasses import dataclass

from planner.plan.diff import TableDifference
from planner.request.differences import Wish


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
