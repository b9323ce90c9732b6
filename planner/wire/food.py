"""Foods in JSON: amounts of nutrients, what something holds, and bounds of a nutrient."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field

from foods.food import Food, Measure
from foods.library.store import KeptFood
from foods.nutrient import known_nutrients
from foods.own_csv import Figures
from foods.table import nearest_names
from planner.request.override import SHARE_KEYS
from planner.wire.base import By, Figure, Record, Sorted, Wire, shown

_MOST_G = 100_000  # of one food in one meal; sums stay far from overflow
Mass = Annotated[Figure, Field(ge=-_MOST_G, le=_MOST_G)]
Slot = Literal["breakfast", "lunch", "dinner", "snack"]
Basis = Literal[
    "total", "food", "supplement", "supplement_and_fortified", "preformed_retinol", "folic_acid"
]


def _unknown(key: str, known: tuple[str, ...]) -> ValueError:
    near = ", ".join(nearest_names(key, known)) or "none"
    return ValueError(f"unknown nutrient {key!r}, the nearest: {near}")


def _known_keys(amounts: dict[str, float | None]) -> dict[str, float | None]:
    for key in amounts:
        if key not in known_nutrients():
            raise _unknown(key, tuple(known_nutrients()))
    return amounts


def _known_target(key: str) -> str:
    known = (*known_nutrients(), *SHARE_KEYS)
    if key not in known:
        raise _unknown(key, known)
    return key


Amounts = Annotated[
    By[Figure | None],
    AfterValidator(_known_keys),
    shown(
        propertyNames={"pattern": "^[a-z][a-z0-9_]*$"},
        description="Nutrient key with its unit → amount; null where unknown.",
    ),
]
NutrientKey = Annotated[str, AfterValidator(_known_target)]


class WrittenOwnFood(Wire):
    """A food of a person's own as a plan has it, which no table that is shipped has.

    Parameters
    ----------
    measures
        Name → mass of one [g].
    allergens, origin
        Words of the catalogue; ``"unknown"`` where its label does not say them all.
    per_100g
        What is known of it.
    """

    food_id: str = Field(alias="id")
    name: str
    group: str
    aisle: str
    release: str
    measures: By[Mass]
    allergens: Sorted[str]
    origin: Sorted[str]
    per_100g: Amounts

    @classmethod
    def of_food(cls, food: Food) -> Self:
        """Write a food."""
        measures = {measure.name: measure.mass_g for measure in food.measures}
        known = {key: amount for key, amount in food.per_100g.items() if amount is not None}
        return cls.of(food, measures=measures, per_100g=known)

    def to_food(self) -> Food:
        """Return the frozen value."""
        own = Figures(self.food_id, self.name, self.group, "", "", self.release, {}, self.per_100g)
        measures = tuple(Measure(name, mass_g) for name, mass_g in self.measures.items())
        return replace(
            KeptFood(own, measures=measures).as_planned(self.aisle),
            allergens=frozenset(self.allergens),
            origin=frozenset(self.origin),
        )


class WrittenIngredient(Record):
    """A food with its mass [g]."""

    food_id: str
    mass_g: Annotated[Mass, shown(minimum=0)]
