"""What a wish costs: the points of a sweep or comparison; and what sources say."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from planner.wire.base import ABSENT, By, Figure, Many, Wire
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


class WrittenFact(Wire):
    """What a source says.

    Parameters
    ----------
    does, rule, shown
        What follows of it in this program, by which rule, and where that is shown.
    against, disagreement
        Facts that say otherwise, and how.
    """

    fact_id: str
    topic: str
    statement: str
    value_low: Figure | None
    value_high: Figure | None
    unit: str
    kind: str
    does: str
    rule: str
    shown: Many[str]
    against: Many[str]
    disagreement: str
    check: str
    sources: Many[str]


class FactSide(Wire):
    """One side of a conflict."""

    fact_id: str
    statement: str
    sources: Many[str]
    does: str


class FactConflict(Wire):
    """Two facts that cannot both be followed."""

    between: Many[FactSide]


class FactsAnswer(Wire):
    """What ``magplan facts`` answers.

    Parameters
    ----------
    sources
        Id of a source → what is known of it.
    """

    facts: Many[WrittenFact]
    conflicts: Many[FactConflict]
    sources: By[By[Any]]
