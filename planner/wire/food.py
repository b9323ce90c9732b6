"""Foods in JSON: amounts of nutrients, what something holds, and bounds of a nutrient."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from foods.nutrient import known_nutrients
from foods.table import nearest_names
from planner.language.spoken import said
from planner.request.override import SHARE_KEYS
from planner.wire.base import By, Figure, Record, shown

_MOST_G = 100_000  # of one food in one meal; sums stay far from overflow
Mass = Annotated[Figure, Field(ge=-_MOST_G, le=_MOST_G)]
Slot = Literal["breakfast", "lunch", "dinner", "snack"]
Basis = Literal[
    "total", "food", "supplement", "supplement_and_fortified", "preformed_retinol", "folic_acid"
]


def _unknown(key: str, known: tuple[str, ...]) -> ValueError:
    near = ", ".join(nearest_names(key, known)) or "none"
    return ValueError(said("unknown nutrient {key!r}, the nearest: {near}", key=key, near=near))


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


class WrittenIngredient(Record):
    """A food with its mass [g]."""

    food_id: str
    mass_g: Annotated[Mass, shown(minimum=0)]
