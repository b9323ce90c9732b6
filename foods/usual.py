"""What people usually mean where their words leave it open: which food, and how much of it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache, lru_cache
from io import StringIO

from foods.embedded import read_data_text
from foods.food import Food
from foods.name_reader import Usual
from foods.name_words import Words, in_order, name_words, plain_words, without_talk
from foods.recipe_line import read_words

ANY = "any"


@cache
def usual_foods() -> Usual:
    """Give words of a name → id of the food or dish that is usually meant, and how sure that is.

    Words stand sorted, and in their order where that says more: chocolate milk, milk chocolate.
    What is ``like`` it is no such food, and the nearest that we have.
    """
    sure = read_words()["sure"]
    found = {
        name_words(row["said"]): (row["food_id"], float(sure[row["how"] or "usually"]))
        for row in _rows()
    }
    return Usual({in_order(words): usual for words, usual in found.items()} | found)


@lru_cache(maxsize=256)
def usual_id(name: str) -> str:
    """Return the id of the food or dish that people mean by a name; empty where that is open."""
    found, sure = usual_foods().get(name_words(name), ("", 0.0))
    return found if sure >= read_words()["sure"]["usually"] else ""


@cache
def names_joined() -> frozenset[Words]:
    """Give the words of usual names that are said with "and": rum and coke."""
    said = [plain_words(row["said"]) for row in _rows()]
    return frozenset(
        in_order(without_talk(name_words(" ".join(words)))) for words in said if "and" in words
    )


def _rows() -> list[dict[str, str]]:
    return [*csv.DictReader(StringIO(read_data_text("usual_foods.csv")))]


def usual_mass_g(food: Food, measure: str, *, is_own: bool = False) -> float | None:
    """Give the mass of one of a measure, as people mean it [g]; ``None`` where it is not known.

    What is known of the food itself goes first, then its base and its group, then all food; with
    ``is_own`` only what is known of the food or its base counts.
    """
    masses = _measures().get(measure, {})
    base = "" if food.base == food.group else food.base  # egg is both
    for of in (food.food_id, base, *(() if is_own else (food.group, ANY))):
        if of in masses:
            return masses[of]
    return None


def any_mass_g(measure: str) -> float | None:
    """Give what one of a measure weighs whatever is in it [g]; ``None`` where that is not known."""
    return _measures().get(measure, {}).get(ANY)


@cache
def _measures() -> Mapping[str, Mapping[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for row in csv.DictReader(StringIO(read_data_text("usual_measures.csv"))):
        found.setdefault(row["measure"], {})[row["of"]] = float(row["mass_g"])
    return found
