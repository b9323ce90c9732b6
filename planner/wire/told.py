"""What plans tell beside their figures: sentences with sources, readings, how real they are."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.wire.base import By, Figure, Many, Record, Wire, shown
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


class RealismFault(Wire):
    """Where a part of a plan was found wanting."""

    where: str
    note: str = Field(alias="what")
    size: Annotated[Figure, shown(minimum=0)] = Field(alias="times")


class RealismPart(Wire):
    """What readers would dislike."""

    part_id: str = Field(alias="id")
    sentence: str
    points: Annotated[Figure, shown(minimum=0)]
    faults: Many[RealismFault]


Score = Annotated[Figure, shown(minimum=0, maximum=10)]


class WrittenRealism(Wire):
    """How real a plan is.

    Parameters
    ----------
    score
        0 to 10.
    days
        Score of each day, before what is wrong between days.
    parts
        What readers would dislike, dearest first.
    """

    score: Score
    days: Many[Score]
    parts: Many[RealismPart]


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
