"""Foods and supplements of the table, with everything that is held on them."""

from __future__ import annotations

from pydantic import Field

from planner.wire.base import By, Figure, Many, Sorted, Wire


class WrittenMeasure(Wire):
    """A household measure with its mass."""

    name: str = Field(alias="measure")
    mass_g: Figure = Field(alias="grams")


class WrittenServing(Wire):
    """How much of a food is served, in its measure."""

    measure: str
    least: Figure
    step: Figure
    most: Figure
    most_per_week: Figure | None
    slots: Sorted[str]


class OverlaidFigure(Wire):
    """A figure as it was in the release that another one is laid over."""

    nutrient: str
    release: str
    source_id: str
    value: Figure | None


class FoodVersion(Wire):
    """One version of a kept food.

    Parameters
    ----------
    state
        ``current``, ``former`` or ``doubtful``.
    kept
        When it was kept, as ISO 8601.
    contains
        Allergens that its label states; null where it states nothing.
    doubts
        What is doubtful of it.
    """

    version: int
    state: str
    source: str
    kept: str
    release: str
    per_100g: By[Figure | None]
    contains: Many[str] | None
    may_contain: Sorted[str]
    doubts: Many[str]


class FoodAnswer(Wire):
    """What ``magplan foods show`` answers; an unknown amount is null.

    Parameters
    ----------
    overlay, overlaid
        Nutrient → release that a figure is of instead, and the figures under it.
    estimated
        Nutrients whose figure is an estimate.
    history
        Versions of a food that is kept in the library.
    """

    food_id: str
    name: str
    base: str
    group: str
    aisle: str
    roles: Sorted[str]
    state: str
    per_100g: By[Figure | None]
    measures: Many[WrittenMeasure]
    serving: WrittenServing
    bought_as: str | None
    bought_g_per_100g: Figure
    price_usd_per_100g: Figure | None
    allergens: Sorted[str]
    origin: Sorted[str]
    flags: Sorted[str]
    release: str
    source_id: str
    fdc_id: str | int | None
    ndb_no: str | int | None
    overlay: By[str]
    overlaid: Many[OverlaidFigure]
    estimated: Many[str]
    history: Many[FoodVersion] = []


class SupplementAnswer(Wire):
    """What ``magplan supplements show`` answers: one compound.

    Parameters
    ----------
    elemental_fraction
        Share of the element in it; null for a vitamin, which counts as itself.
    compound_mg, elemental_mg
        An amount of both; null where not asked.
    """

    name: str
    nutrient: str
    formula: str
    elemental_fraction: Figure | None
    compound_mg: Figure | None
    elemental_mg: Figure | None
    source: str
    aliases: Many[str]
    salt_class: str
    absorption_rank: int
    laxative: str
    note: str
    confidence: str
