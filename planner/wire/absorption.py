"""What may be absorbed of magnesium and calcium, with method and tips."""

from __future__ import annotations

from pydantic import Field

from planner.wire.base import By, Figure, Many, Record, Wire


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
