"""What sources say, where they disagree, and what follows."""

from __future__ import annotations

from typing import Any

from planner.wire.base import By, Figure, Many, Wire


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
