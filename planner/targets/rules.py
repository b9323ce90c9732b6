"""The rules of meals and the points of the objective, read from ``configs/meals``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A place at the table that takes at most one thing.

    Parameters
    ----------
    place_id
        ``slot.role``, such as ``"dinner.main"``.
    slot
        Meal of the day.
    required
        Whether it takes exactly one.
    dishes
        Kinds of dishes that may stand on it; for sides ``side.ROLE``.
    foods
        Roles of single foods that may stand on it.
    groups
        Groups that single foods are narrowed to; empty: all.
    """

    place_id: str
    slot: str
    required: bool
    dishes: tuple[str, ...]
    foods: tuple[str, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MealRules:
    """How meals are built, and what is better.

    Parameters
    ----------
    places
        The places of a day.
    rules
        Rule → its thresholds, as in ``configs/meals/rules.toml``.
    points
        Term → its points, as in ``configs/meals/objective.toml``.
    """

    places: tuple[Place, ...]
    rules: Mapping[str, Mapping[str, Any]]
    points: Mapping[str, Mapping[str, Any]]

    def slots(self) -> tuple[str, ...]:
        """Name the meals of a day in order."""
        return tuple(dict.fromkeys(place.slot for place in self.places))


@cache
def read_meal_rules() -> MealRules:
    """Read pattern, rules and objective as shipped."""
    pattern = _read("pattern.toml")
    places = tuple(
        Place(
            row["id"],
            row["slot"],
            row.get("required", False),
            tuple(row.get("dishes", ())),
            tuple(row.get("foods", ())),
            tuple(row.get("groups", ())),
        )
        for row in pattern["place"]
    )
    return MealRules(
        places, MappingProxyType(_read("rules.toml")), MappingProxyType(_read("objective.toml"))
    )


def _read(name: str) -> dict[str, Any]:
    text = files("configs").joinpath("meals", name).read_text(encoding="utf-8")
    return tomllib.loads(text)
