"""What plans tell beside their figures: sentences, readings, pills and safety, absorption."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.safety.patient import Reading
from planner.wire.base import OPTIONAL, By, Figure, Many, Record, Sorted, Wire
from planner.wire.days import Count, Number


class Cited(Record):
    """A sentence, with its source."""

    code: str
    text: str
    source: str


class WrittenReading(Wire):
    """Something that was said, and how it was understood.

    Parameters
    ----------
    stays
        What is not left out though somebody could mean it.
    leaves_out
        Number of foods; a dish that holds one of them is left out too.
    """

    said: str
    understood: str
    stays: str | None = None
    leaves_out: Count = 0


class WrittenAsked(Wire):
    """Something that was asked for, and whether the plan keeps it.

    Parameters
    ----------
    wish
        What, in words.
    kept
        Null where it is only weighed.
    how
        What the plan has of it, or what is not so.
    """

    wish: str
    kept: bool | None
    how: str


class MealAmountsDay(Wire):
    """Amounts of one day by meal."""

    day: Number
    meals: By[Figure | None]


class WrittenMealAmounts(Wire):
    """Amounts of a nutrient by day and meal.

    Parameters
    ----------
    title
        What the amounts are held to, in words.
    days
        For each day the amount of each meal; null where that is not served.
    """

    nutrient: str
    title: str = Field(alias="text")
    days: Many[MealAmountsDay]


class WrittenSpread(Record):
    """An amount of which nobody knows exactly how much it is [mg]."""

    low: Figure
    typical: Figure
    high: Figure


class WrittenAbsorbed(Wire):
    """What is eaten and what of it may be absorbed, a day or a mean of days [mg/day].

    Parameters
    ----------
    magnesium_mg, calcium_mg
        Eaten, from foods with a figure.
    magnesium_absorbed_mg
        Least and most that may be absorbed.
    calcium_free_mg
        Least and most that oxalate of the same food leaves free.
    phytate_mg, oxalate_mg
        Of the foods with a figure.
    """

    magnesium_mg: Figure
    calcium_mg: Figure
    magnesium_absorbed_mg: Many[Figure]
    calcium_free_mg: Many[Figure] = Field(alias="calcium_free_of_oxalate_mg")
    phytate_mg: WrittenSpread
    oxalate_mg: WrittenSpread


class Cautious(Record):
    """A mean day as ``--conservative`` counts it [mg/day]."""

    magnesium_mg: Figure
    calcium_mg: Figure
    text: str


class Tip(Record):
    """A tip that fits a plan."""

    id: str
    text: str
    source: str


class WrittenAbsorption(Wire):
    """An estimate beside the targets: what phytate and oxalate leave of magnesium and calcium.

    Parameters
    ----------
    coverage
        Share of the food mass with a figure.
    low_confidence
        Share of the typical total that is an order of magnitude only.
    method
        Each part of the method with its figures, in words, with its source.
    """

    mean: WrittenAbsorbed
    days: Many[WrittenAbsorbed]
    coverage: By[Figure]
    low_confidence: By[Figure] = Field(alias="low_confidence_share")
    oxalate_rich: Many[str]
    phytate_rich: Many[str]
    largest_meal_share: Figure
    text: Many[str]
    cautious: Cautious
    tips: Many[Tip]
    method: Many[By[int | Figure | str | list[str]]]


Clock = Annotated[str, Field(pattern="^[0-2][0-9]:[0-5][0-9]$")]


class Dose(Wire):
    """When one dose is taken.

    Parameters
    ----------
    hours_apart_from
        Other item, with the number of its dose where there are several → hours between the two.
    """

    item: str
    amount: Annotated[str, OPTIONAL] = ""
    dose: Number
    doses: Number
    earliest: Clock
    latest: Clock
    best: Clock
    hours_apart_from: By[Figure]


class PlannedDose(Dose):
    """When one dose is taken, and on which days of a plan."""

    days: Many[Number]


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
