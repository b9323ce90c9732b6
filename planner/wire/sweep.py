"""What a wish costs: the points of a sweep, or of a comparison of standards or ratios."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.wire.base import ABSENT, By, Many, Wire
from planner.wire.facts import FactsAnswer
from planner.wire.plan_file import Program

Value = bool | int | float | str | None


class WrittenAxis(Wire):
    """What was varied."""

    name: str
    values: Many[Value]


class WrittenStretch(Wire):
    """Neighbours without a plan."""

    first: Many[Value] = Field(alias="from")
    last: Many[Value] = Field(alias="to")
    status: str


class SweepAnswer(Wire):
    """What ``magplan sweep`` answers.

    Parameters
    ----------
    units
        Figure of a point → its unit.
    points
        For each point what was varied by name, its status, its figures, whether it is a knee, what
        is told of it, and whether its plan passed; ``foods_g`` in a comparison.
    evidence
        What sources say, where ratios are compared.
    """

    schema_id: Literal["magplan/sweep/1"] = Field(default="magplan/sweep/1", alias="schema")
    program: Program
    axes: Many[WrittenAxis]
    units: By[str]
    compares_points: bool
    is_stopped: bool = Field(alias="stopped")
    points: Many[By[Value | By[float]]]
    stretches: Many[WrittenStretch]
    evidence: Annotated[FactsAnswer | None, ABSENT] = None
