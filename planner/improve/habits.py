"""What people change in what they eat: families of foods, and what is put beside what, as data."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from foods.table import FoodTable
from planner.settings import read_row, read_settings

CHANGES, FAMILIES = "improve/changes.toml", "improve/families.toml"
ADDITIONS = "improve/additions.toml"
BY_MEASURE, BY_ENERGY = "measure", "energy"


@dataclass(frozen=True, slots=True)
class Company:
    """What else a meal must hold, and must not, for a change to fit it.

    Parameters
    ----------
    beside_groups, beside_foods, beside_g
        More than so much [g] of one of these; both empty: nothing.
    with_foods
        And some of one of these: a dressing makes leaves a salad; empty: nothing.
    unless_groups, unless_foods, unless_g
        No more than so much [g] of these together.
    """

    beside_groups: Annotated[frozenset[str], Field(validation_alias="beside")] = frozenset()
    beside_foods: frozenset[str] = frozenset()
    beside_g: float = 0.0
    with_foods: frozenset[str] = frozenset()
    unless_groups: Annotated[frozenset[str], Field(validation_alias="unless")] = frozenset()
    unless_foods: frozenset[str] = frozenset()
    unless_g: float = 0.0

    def fits(self, lines: Iterable[tuple[str, float]], foods: FoodTable) -> bool:
        """Whether a change fits beside lines of food id and mass [g]."""
        carried = hindering = 0.0
        dressed = not self.with_foods
        for food_id, mass_g in lines:
            group = foods[food_id].group
            carried += mass_g * (group in self.beside_groups or food_id in self.beside_foods)
            hindering += mass_g * (group in self.unless_groups or food_id in self.unless_foods)
            dressed = dressed or food_id in self.with_foods
        needs = bool(self.beside_groups or self.beside_foods)
        return dressed and hindering <= self.unless_g and (not needs or carried > self.beside_g)


@dataclass(frozen=True, slots=True)
class Family:
    """Foods of which one may stand for another.

    Parameters
    ----------
    name
        What they are.
    come, gone
        Food ids of what may come, and of what may go for it.
    by
        ``BY_MEASURE``: as many slices or cups come as go; ``BY_ENERGY``: as much energy.
    points
        What it asks beside the points of every swap.
    meals
        Meals where it holds; empty: everywhere.
    company
        What the other lines of the meal must be.
    """

    name: str
    come: Annotated[tuple[str, ...], Field(validation_alias="foods")]
    gone: frozenset[str]
    by: str
    points: float
    meals: frozenset[str]
    company: Company


@dataclass(frozen=True, slots=True)
class Addition:
    """What is put beside or over what is eaten anyway.

    Parameters
    ----------
    says
        Where it goes, in words; empty where it stands for itself.
    kind
        Of additions of one kind a day has one.
    foods
        Food ids of what it may be.
    most
        Most of it, in the measure of its serving.
    meals
        Where.
    points
        What it asks beside the points of every addition.
    company
        What the meal must be.
    """

    says: str
    kind: str
    foods: tuple[str, ...]
    most: float
    meals: frozenset[str]
    points: float
    company: Company


@cache
def families() -> tuple[Family, ...]:
    """Give the families of foods, the one that counts first."""
    return tuple(read_row(Family, _as_told(row)) for row in read_settings(FAMILIES)["family"])


@cache
def additions() -> tuple[Addition, ...]:
    """Give what may be added."""
    return tuple(read_row(Addition, _as_told(row)) for row in read_settings(ADDITIONS)["addition"])


def rules() -> Mapping[str, Any]:
    """Give what a change may be and what it asks, ``configs/improve/changes.toml``."""
    return read_settings(CHANGES)


def _as_told(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give a row with what holds where it says nothing."""
    return {"gone": row["foods"], "most": math.inf, "meals": (), **row, "company": row}
