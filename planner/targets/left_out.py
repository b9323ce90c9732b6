"""What a word is understood as where it names something to leave out: allergens come first.

Read from ``configs/diets/allergens.toml``: the allergens that labels must name, words for several
of them at once ("nuts" are tree nuts and peanuts), and single kinds of nuts with the mixtures that
may hold them unnamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field

from foods.food import UNKNOWN, Food
from foods.table import plain_key
from planner.request.diets import find_diet
from planner.settings import read_row, read_settings


@dataclass(frozen=True, slots=True)
class LeftOutReading:
    """What a word is understood as.

    Parameters
    ----------
    text, brief
        It, in words; and in few, empty where an allergen is called by its own name.
    stays
        What is not left out though somebody could mean it, with the way to leave it out; may be
        empty.
    allergens, groups, bases
        Words of the food catalogue: a food that has any of them is left out, and one that
        contains a base.
    stays_origin
        ``origin`` words of what stays: with a diet that leaves these out it does not.
    diet
        A diet that leaves it out by origin; may be empty.
    but
        Ids of foods that stay though they hold it.
    labels
        Whether the allergens of its label decide of a person's own food, where it says them.
    """

    text: str
    brief: str = ""
    stays: str = ""
    allergens: Annotated[frozenset[str], Field(validation_alias="words")] = frozenset()
    groups: frozenset[str] = frozenset()
    bases: frozenset[str] = frozenset()
    stays_origin: frozenset[str] = frozenset()
    diet: str = ""
    but: frozenset[str] = frozenset()
    labels: bool = False

    def covers(self, food: Food) -> bool:
        """Whether the food is left out: one of a person's own, too, of which nobody can say it.

        A label says no more than allergens, and some labels not even these.
        """
        is_said = bool(self.allergens) and (self.labels or not (self.groups or self.bases))
        if food.is_kept and not (is_said and UNKNOWN not in food.allergens):
            return True
        has_allergen = not self.allergens.isdisjoint(food.allergens)
        is_of = food.group in self.groups or food.base in self.bases
        is_of |= bool(self.diet and find_diet(self.diet).without_origin & food.origin)
        if food.food_id in self.but:
            return False
        return has_allergen or is_of or not self.bases.isdisjoint(food.contains)


def find_reading(word: str) -> LeftOutReading | None:
    """Return what ``word`` is understood as; ``None`` where it is no allergen nor several."""
    return read_readings().get(plain_key(word))


@cache
def read_readings() -> Mapping[str, LeftOutReading]:
    """Return every word that is understood, in small letters with ``_`` between words."""
    readings = {}
    for names, row in _rows():
        readings.update(dict.fromkeys(map(plain_key, names), read_row(LeftOutReading, row)))
    return MappingProxyType(readings)


def _rows() -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Return the words of each reading, and its row."""
    settings = read_settings("diets/allergens.toml")
    for allergen_id, row in settings["allergens"].items():
        yield (allergen_id, row["name"], *row["also"], *row["words"]), row
    for name, row in settings["readings"].items():
        yield (name, *row["also"]), row
