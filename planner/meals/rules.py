"""The rules of meals, read from ``configs/meals``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from planner.meals.patterns import DEFAULT_PATTERN, Pattern, read_pattern
from planner.meals.patterns import Place as Place
from planner.settings import read_settings


@dataclass(frozen=True, slots=True)
class MealRules:
    """How meals are built.

    Parameters
    ----------
    places
        The places of a day.
    rules
        Rule → its thresholds, as in ``configs/meals/rules.toml``; the split of energy and the
        places of leftovers are those of the pattern.
    pattern
        The meal pattern, for what it prefers.
    """

    places: tuple[Place, ...]
    rules: Mapping[str, Mapping[str, Any]]
    pattern: Pattern = field(default_factory=read_pattern)

    def slots(self) -> tuple[str, ...]:
        """Name the meals of a day in order."""
        return tuple(dict.fromkeys(place.slot for place in self.places))


def read_meal_rules(pattern_id: str = DEFAULT_PATTERN) -> MealRules:
    """Read rules as shipped, and the pattern by its name or path.

    Raises
    ------
    ConfigError
        When there is no such pattern, or its file has faults.
    """
    pattern, rules = read_pattern(pattern_id), read_settings("meals/rules.toml")
    leftover = dict(rules["leftover"]) | dict(pattern.leftover)
    laid = {**rules, "meal_energy": pattern.energy, "leftover": leftover}
    return MealRules(pattern.places, MappingProxyType(laid), pattern)
