"""What people change in what they eat: families of foods, and what is put beside what, as data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from planner.settings import read_settings

CHANGES, FAMILIES = "improve/changes.toml", "improve/families.toml"
ADDITIONS = "improve/additions.toml"
BY_MEASURE, BY_ENERGY = "measure", "energy"


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
    """

    name: str
    come: tuple[str, ...]
    gone: frozenset[str]
    by: str
    points: float
    meals: frozenset[str]


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
    beside_groups, beside_foods, beside_g
        The meal must hold so much [g] of one of these; both empty: any meal.
    unless, unless_g
        Groups of which the meal must hold no more than this [g].
    points
        What it asks beside the points of every addition.
    """

    says: str
    kind: str
    foods: tuple[str, ...]
    most: float
    meals: frozenset[str]
    beside_groups: frozenset[str]
    beside_foods: frozenset[str]
    beside_g: float
    unless: frozenset[str]
    unless_g: float
    points: float

    @property
    def needs_carrier(self) -> bool:
        """Whether it goes only where something carries it."""
        return bool(self.beside_groups or self.beside_foods)


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
    )


def _addition(row: Mapping[str, Any]) -> Addition:
    return Addition(
        row["says"],
        row["kind"],
        tuple(row["foods"]),
        row.get("most", math.inf),
        frozenset(row["meals"]),
        frozenset(row.get("beside", ())),
        frozenset(row.get("beside_foods", ())),
        row.get("beside_g", 0.0),
        frozenset(row.get("unless", ())),
        row.get("unless_g", 0.0),
        row["points"],
    )
