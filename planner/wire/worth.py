"""What each weight of a request was worth in a plan."""

from __future__ import annotations

from planner.wire.base import Figure, Many, Wire


class WrittenWorth(Wire):
    """What one weight was worth.

    Parameters
    ----------
    value
        What it was; null for points that no weight turns.
    points, share
        Points of the plan that it brought, and their share of all points.
    """

    weight: str
    value: Figure | None
    points: Figure
    share: Figure
    counts: str


class WorthAnswer(Wire):
    """What ``magplan request worth`` answers."""

    weights: Many[WrittenWorth]
