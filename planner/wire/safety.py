"""What the safety rules say to a supplement of magnesium, and when it is taken."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.safety.patient import Reading
from planner.wire.base import OPTIONAL, By, Figure, Many, Sorted, Wire
from planner.wire.told import Dose


class WrittenSafetyFinding(Wire):
    """What a rule says."""

    code: str
    level: str
    text: str
    source: str
    confidence: str
    verdict: str
    of_magnesium_alone: bool
    actions: Many[str]


class SafetyAnswer(Wire):
    """What ``magplan safety`` answers.

    Parameters
    ----------
    stop
        Why no plan is made for this person; absent for most.
    allowed
        Whether a supplement of magnesium is allowed, asked about first or refused.
    nutrients, nutrient_advice
        The same for pills of other nutrients, and who advises.
    """

    stop: Annotated[str, OPTIONAL] = ""
    allowed: str = Field(alias="supplement")
    nutrients: By[str]
    nutrient_advice: By[str]
    assumed: Many[str]
    readings: Many[Reading]
    most_elemental_mg: Figure | None
    taken_elemental_mg: Figure
    upper_level_mg: Figure | None
    upper_level_source: str | None
    findings: Many[WrittenSafetyFinding]
    schedule: Many[Dose]
    schedule_notes: Many[str]
    no_time_for: Many[str]
    forbidden_nutrients: Sorted[str]
    avoided_words: Sorted[str] = Field(alias="avoided_compounds")
    questions: Many[str]
