"""Foods low in FODMAPs, as lists that may be cited call them; what no list calls so is not.

``foods/data/fodmap.csv`` names foods and bases, ``foods/data/fodmap.toml`` the groups that hold
none by nature and what may hide in products. A food counts as low only where its own row, else
that of its base, says so, or its group does, and where nothing hides in it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from foods.food import Food
from foods.table import FoodTable

NOT_LOW, HIGH, SHARED = "not_low_fodmap", "high", "shared"


@dataclass(frozen=True, slots=True)
class FodmapRow:
    """What lists say of a food.

    Parameters
    ----------
    standing
        ``low`` as usually eaten, ``portion`` up to ``portion_g`` in a meal, ``shared`` likewise,
        but all of these together make one portion, or ``high``.
    groups
        FODMAPs that it is high in, or would be in more of it.
    portion_g
        Most in one meal [g]; ``None`` where none is named.
    sources
        Keys of ``[papers]`` in ``foods/data/SOURCES.toml``.
    """

    standing: str
    groups: frozenset[str]
    portion_g: float | None
    sources: frozenset[str]


@dataclass(frozen=True, slots=True)
class FodmapLists:
    """What lists say of foods.

    Parameters
    ----------
    rows
        Id or base of a food → what they say of it.
    none_by_nature
        Groups of foods that hold none.
    hides
        Bases that a food may not contain.
    """

    rows: Mapping[str, FodmapRow]
    none_by_nature: frozenset[str]
    hides: frozenset[str]

    @classmethod
    def from_text(cls, text: str, rules: Mapping[str, Any]) -> FodmapLists:
        """Read ``fodmap.csv``; ``rules`` is the text of ``fodmap.toml``."""
        rows = {
            row["food"]: FodmapRow(
                row["standing"],
                frozenset(filter(None, row["groups"].split(";"))),
                float(row["portion_g"]) if row["portion_g"] else None,
                frozenset(row["source"].split(";")),
            )
            for row in csv.DictReader(text.splitlines())
        }
        held, hides = frozenset(rules["none_by_nature"]), frozenset(rules["hides"])
        return cls(MappingProxyType(rows), held, hides)

    def row_of(self, food: Food) -> FodmapRow | None:
        """Return what is said of a food; ``None`` where no list names it."""
        return self.rows.get(food.food_id) or self.rows.get(food.base)

    def is_low(self, food: Food) -> bool:
        """Whether it counts as low in FODMAPs, if only in a small portion."""
        row = self.row_of(food)
        if not food.contains.isdisjoint(self.hides):
            return False
        return row.standing != HIGH if row else food.group in self.none_by_nature

    def marked(self, table: FoodTable) -> FoodTable:
        """Return the table with a flag on every food that does not count as low."""
        foods = {
            food.food_id: food if self.is_low(food) else replace(food, flags=food.flags | {NOT_LOW})
            for food in table
        }
        return replace(table, foods=foods)

    def portions_of(self, foods: Iterable[Food]) -> Mapping[str, Mapping[str, float]]:
        """Return what is low in small portions: what shares one → food id → most in a meal [g]."""
        found: dict[str, dict[str, float]] = {}
        for food in foods:
            row = self.row_of(food)
            if row and row.portion_g and self.is_low(food):
                name = SHARED if row.standing == SHARED else food.base
                found.setdefault(name, {})[food.food_id] = row.portion_g
        return MappingProxyType(found)
