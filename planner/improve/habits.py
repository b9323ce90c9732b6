"""What people change in what they eat: families of foods, and what is put beside what, as data."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from foods.table import FoodTable
from planner.settings import read_settings

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

    beside_groups: frozenset[str]
    beside_foods: frozenset[str]
    beside_g: float
    with_foods: frozenset[str]
    unless_groups: frozenset[str]
    unless_foods: frozenset[str]
    unless_g: float

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
    come: tuple[str, ...]
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
    return tuple(_family(row) for row in read_settings(FAMILIES)["family"])


@cache
def additions() -> tuple[Addition, ...]:
    """Give what may be added."""
    return tuple(_addition(row) for row in read_settings(ADDITIONS)["addition"])


def rules() -> Mapping[str, Any]:
    """Give what a change may be and what it asks, ``configs/improve/changes.toml``."""
    return read_settings(CHANGES)


def _family(row: Mapping[str, Any]) -> Family:
    return Family(
        row["name"],
        tuple(row["foods"]),
        frozenset(row.get("gone", row["foods"])),
        row["by"],
        row["points"],
        frozenset(row.get("meals", ())),
        _company(row),
    )


def _addition(row: Mapping[str, Any]) -> Addition:
    return Addition(
        row["says"],
        row["kind"],
        tuple(row["foods"]),
        row.get("most", math.inf),
        frozenset(row["meals"]),
        row["points"],
        _company(row),
    )


def _company(row: Mapping[str, Any]) -> Company:
    return Company(
        frozenset(row.get("beside", ())),
        frozenset(row.get("beside_foods", ())),
        row.get("beside_g", 0.0),
        frozenset(row.get("with_foods", ())),
        frozenset(row.get("unless", ())),
        frozenset(row.get("unless_foods", ())),
        row.get("unless_g", 0.0),
    )
