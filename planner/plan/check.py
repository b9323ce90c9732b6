"""The judge: recompute every target from the printed amounts and the food table.

Why it shares nothing with the model: a rule that is written wrongly there must not be written
wrongly here too. It starts from the kitchen amounts as printed and does its own sums.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What the plan holds of one target, on one day or over the week.

    Parameters
    ----------
    nutrient
        Nutrient, share or ratio key.
    period, day
        ``"day"`` with the day's number from 1, or ``"week"`` with ``None``.
    value
        Amount per day in the key's unit, unrounded; ``None`` where nothing eaten has a figure.
    lower, upper
        Inclusive bounds; ``None`` leaves that side open.
    holds
        Whether the unrounded value lies within the bounds and enough of the food is known.
    coverage
        Share of the food mass, water apart, that has a figure [0–1].
    hard
        Whether the plan must keep the band.
    basis
        What is counted, as in the target.
    """

    nutrient: str
    period: str
    day: int | None
    value: float | None
    lower: float | None
    upper: float | None
    holds: bool
    coverage: float
    hard: bool
    basis: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The verdict.

    Parameters
    ----------
    passed
        Whether every hard finding holds and there are no faults.
    findings
        One per target and day, and one per weekly target.
    faults
        Sentences about everything that is not a band of a nutrient.
    """

    passed: bool
    findings: tuple[Finding, ...]
    faults: tuple[str, ...]
