"""The verdict of the judge, and what it found of each band."""

from __future__ import annotations

from typing import Annotated

from planner.wire.base import OPTIONAL, Figure, Many, OfEater, Wire
from planner.wire.days import Fraction


class WrittenFinding(Wire):
    """What a plan holds of one band.

    Parameters
    ----------
    week
        Week of the plan, from 1: each is judged by itself.
    coverage
        Share of the food mass, water apart, that has a figure.
    """

    nutrient: str
    period: str
    day: int | None = None
    week: int = 1
    value: Figure | None = None
    lower: Figure | None = None
    upper: Figure | None = None
    holds: bool
    coverage: Fraction
    hard: bool
    basis: str = "total"


class WrittenCheck(Wire):
    """The verdict on a plan: what it holds of each band, and what is wrong with it besides."""

    passed: bool
    findings: Many[WrittenFinding] = []
    faults: Many[str] = []
    notes: Many[str] = []


class EaterCheck(WrittenCheck, OfEater):
    """The verdict on the plan of one eater of several."""


class CheckAnswer(WrittenCheck):
    """What ``magplan check`` answers; of several eaters each stands in ``eaters``."""

    eaters: Annotated[Many[EaterCheck], OPTIONAL] = []
