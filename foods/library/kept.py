"""A food that is kept, with what its file says of it beside its figures."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from foods.food import UNKNOWN, Food, Measure, UsualServing
from foods.name_words import search_words
from foods.nutrient import known_nutrients
from foods.own_csv import Figures

SERVING, _WITHOUT_G = "serving", 100.0


@dataclass(frozen=True, slots=True)
class FigureDoubt:
    """What is doubtful of a food.

    Parameters
    ----------
    row, column
        Its place in the file.
    text
        What is, in a sentence.
    """

    row: int
    column: str
    text: str


def as_kept_text(text: str) -> str:
    """Write a sentence as files of the library keep it: a pattern, and what fills it in."""
    return json.dumps([text, {}])


def said_anew(text: str) -> str:
    """Read a sentence that ``as_kept_text`` wrote."""
    pattern, values = json.loads(text)
    return str(pattern.format(**values) if values else pattern)


@dataclass(frozen=True, slots=True)
class KeptFood:
    """A food of a file.

    Parameters
    ----------
    figures
        Its names and figures.
    contains
        Allergens that the label states, words of the catalogue; ``None`` where it states nothing.
    traces
        Allergens that it may contain.
    measures
        What it is measured by: a serving, a cup, a piece.
    is_own
        Whether it is a person's own, and not of a download.
    findings
        What its reader found doubtful.
    origin
        What it is made of, words of the catalogue; ``None`` where nobody says.
    """

    figures: Figures
    contains: frozenset[str] | None = None
    traces: frozenset[str] = frozenset()
    measures: tuple[Measure, ...] = ()
    is_own: bool = True
    findings: tuple[FigureDoubt, ...] = ()
    origin: frozenset[str] | None = None

    @property
    def serving_g(self) -> float | None:
        """Mass of a serving [g]; ``None`` where none is said."""
        return next((one.mass_g for one in self.measures if one.name == SERVING), None)

    def as_food(self) -> Food:
        """Return it as a food that diaries know; what it may contain counts."""
        own = self.figures
        serving = Measure(SERVING, self.serving_g or _WITHOUT_G)
        return Food(
            food_id=own.food_id,
            name=own.name,
            base=own.food_id,
            group=own.group,
            aisle="",
            roles=frozenset(),
            state="eaten",
            bought_as=None,
            bought_g_per_100g=_WITHOUT_G,
            measures=self.measures,
            serving=UsualServing(serving, 1.0, 1.0, 1.0, 1, frozenset()),
            price_usd_per_100g=None,
            allergens=(self.contains or frozenset()) | self.traces,
            origin=frozenset(),
            flags=frozenset(),
            popularity=3,
            release=own.release,
            source_id=own.fdc_id or own.ndb_no,
            fdc_id=own.fdc_id,
            ndb_no=own.ndb_no,
            overlay=own.overlay,
            per_100g={key: own.per_100g.get(key) for key in known_nutrients()},
        )

    def as_planned(self, aisle: str) -> Food:
        """Return it as a food of a plan, sold in an aisle: what nobody says of it is unknown."""
        known, unknown = self.as_food(), frozenset({UNKNOWN})
        allergens = known.allergens if self.contains is not None else known.allergens | unknown
        origin = unknown if self.origin is None else self.origin
        return replace(known, aisle=aisle, allergens=allergens, origin=origin, flags=unknown)


def is_called(word: str, own: Food | Figures) -> bool:
    """Whether a food has just this id or name, whatever its spelling."""
    words = {*search_words(word)}
    return word.strip() == own.food_id or bool(words and words == {*search_words(own.name)})


def id_called(word: str, foods: Iterable[Food]) -> str:
    """Return the id of the kept food that is called so; the word where none is."""
    return next((one.food_id for one in foods if one.is_kept and is_called(word, one)), word)
