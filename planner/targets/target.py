"""The band that one nutrient of this person's plan is held to."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Annotated

from pydantic import Field

from planner.errors import TargetsError
from planner.faults import fault
from planner.standards.standard import BASES

PERIODS = ("day", "week")
Unwritten = Annotated[tuple[str, ...], Field(exclude=True)]
UnwrittenBound = Annotated[float | None, Field(exclude=True)]
OWN, SHAPED, REQUEST = "own", "shaped", "request"  # by standard, as others shape it, by hand


@dataclass(frozen=True, slots=True)
class Target:
    """Band of intake for one nutrient, per day or as the mean over the days of the week.

    Parameters
    ----------
    nutrient
        Nutrient key with its unit, a row of ``foods/data/nutrients.csv`` such as
        ``"magnesium_mg"``, or a share or ratio key such as ``"ca_mg_ratio"``.
    unit
        ``mg, ug, g, kcal, percent`` or ``ratio``.
    lower, upper
        Inclusive bounds per day, in ``unit``; ``None`` leaves that side open.
    period
        ``"day"``: holds each day; ``"week"``: holds for the mean over the days.
    basis
        What is counted, one of ``BASES``.
    hard
        Whether a plan must keep the band; otherwise a shortfall is priced and said.
    source, confidence
        Where the bounds come from, as a reader would cite it, and how sure that is.
    rule
        What kind of reference value or rule made the band: ``"RDA"``, ``"UL"``, ``"ratio band"`` …
    preferred_lower, preferred_upper
        A narrower band that is priced, never required.
    lowered_from
        What is recommended, where ``lower`` was set below it by hand.
    origins, rules, sources
        Where the bounds come from, ``OWN``, ``SHAPED`` or ``REQUEST``, and the parts of ``rule``
        and ``source``; a plan that was read from a file has none.
    safe_upper
        The most that nobody may loosen: an upper level, or of a condition, medicine or clinic.

    Raises
    ------
    TargetsError
        When ``lower`` is above ``upper``, or period or basis is unknown.
    """

    nutrient: str
    unit: str
    lower: float | None
    upper: float | None
    period: str
    basis: str
    hard: bool
    source: str
    confidence: str
    rule: str = ""
    preferred_lower: float | None = None
    preferred_upper: float | None = None
    lowered_from: float | None = None
    origins: Unwritten = field(default=(), compare=False)
    rules: Unwritten = field(default=(), compare=False)
    sources: Unwritten = field(default=(), compare=False)
    safe_upper: UnwrittenBound = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.period not in PERIODS:
            raise fault(TargetsError, "period_of_target", of=self)
        if self.basis not in BASES:
            raise fault(TargetsError, "basis_of_target", of=self)
        if any(bound is not None and math.isnan(bound) for bound in (self.lower, self.upper)):
            raise TargetsError(f"{self.nutrient}: a bound is no number")
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise fault(TargetsError, "target_is_empty", of=self)

    def as_eaten(self) -> Target:
        """Give what a day that is past is held to: what is safe, for its food is a fact."""
        return replace(self, lower=None, upper=self.safe_upper)
