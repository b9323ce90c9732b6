"""Nutrients that a medicine is dosed to: held to what was eaten before, or near the usual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Steady:
    """A nutrient whose intake must not change while a medicine is taken.

    Parameters
    ----------
    nutrient
        Its key.
    share
        Greatest distance of a day from what was eaten before, as a share of that [0-1].
    unknown_from, unknown_to
        Where it is not known what was eaten before: least and most as a mean of days, as shares of
        the reference.
    reference
        Sex → amount that these are shares of, in the nutrient's unit; a standard that recommends
        less for the person takes its place.
    note_known, note_unknown
        Ids of the sentences that say which of the two holds.
    """

    nutrient: str
    share: float
    unknown_from: float
    unknown_to: float
    reference: Mapping[str, float]
    note_known: str
    note_unknown: str
