"""Amounts as people and programs write them, in grams of a food: ``"1.00 cup, chopped"``."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from foods.food import Food
from foods.recipe_line import read_words
from foods.recipe_match import plain_words
from planner.kitchen.measures import CUP, grams_per

SERVING = "serving"
_NUMBER = r"\d+\s+\d+/\d+|\d+/\d+|\d*[.,]?\d+"
_AMOUNT = re.compile(rf"(?P<count>{_NUMBER})\s*(?:x\s+)?(?P<unit>.*)", re.DOTALL)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\.)")
_INSIDE = re.compile(rf"(?:\(|\s-\s*)(?P<count>{_NUMBER})\s*(?P<unit>[a-z]+)\)?", re.IGNORECASE)
_REST = re.compile(r"\s*(?:\(|,|\s-\s).*", re.DOTALL)


def read_amount(text: str) -> tuple[float, str] | None:
    """Read a number above 0 and the measure behind it; ``None`` where there is none.

    ``"1 1/2 cups"``, ``"½ cup"`` and ``"150.00 g"`` have both; ``"2"`` has a blank measure.
    """
    spaced = "".join(f" {one}" if unicodedata.category(one) == "No" else one for one in text)
    plain = unicodedata.normalize("NFKC", spaced).replace("\u2044", "/")
    found = _AMOUNT.fullmatch(_THOUSANDS.sub("", plain.strip()))
    count = _number(found["count"]) if found else 0.0
    if found is None or not (count > 0 and math.isfinite(count)):
        return None
    return count, found["unit"].strip()


def grams_of(food: Food, count: float, unit: str) -> float | None:
    """Give the mass of ``count`` of a measure of a food [g]; ``None`` where it has none like it.

    What stands behind a comma, in parentheses or behind a dash says how the food is cut, or what
    one measure weighs: ``"piece (30 g)"``.
    """
    each_g = _each_g(food, _plain_unit(unit))
    if each_g is None:
        inside = _INSIDE.search(unit)
        mass = read_words()["mass_g"].get(_known(inside["unit"])) if inside else None
        each_g = _number(inside["count"]) * mass if inside and mass else None
    return count * each_g if each_g else None


def units_of(food: Food) -> tuple[str, ...]:
    """Name measures in which a food may be written, grams first."""
    known = read_words()
    cup = ("cup", "tbsp", "tsp", "ml") if grams_per(food, CUP) else ()
    return tuple(dict.fromkeys(("g", *(one.name for one in food.measures), *cup, *known["mass_g"])))


def is_serving(unit: str) -> bool:
    """Whether a measure is a serving, as dishes are counted."""
    return plain_words(_plain_unit(unit)) == (SERVING,)


def mass_unit_g(unit: str) -> float | None:
    """Give what one of a measure weighs, whatever the food [g]; ``None`` where it depends."""
    return _masses().get(_plain_unit(unit))


def _each_g(food: Food, unit: str) -> float | None:
    if unit in _masses():
        return _masses()[unit]
    grams = {one.name: one.mass_g for one in food.measures}
    if not unit:
        countable = read_words()["words"]["countable"]
        return next((grams[name] for name in countable if name in grams), None)
    own = grams.get(unit) or grams_per(food, unit)
    volumes: Mapping[str, float] = read_words()["volume_ml"]
    cup_g = grams_per(food, CUP)
    if own is None and unit in volumes and cup_g is not None:
        return cup_g * volumes[unit] / volumes[CUP]
    return own


@cache
def _masses() -> Mapping[str, float]:
    masses: Mapping[str, float] = read_words()["mass_g"]
    return masses


def _plain_unit(unit: str) -> str:
    """Give a measure in our word for it, without what is said about the food."""
    bare = _REST.sub("", unit).casefold().strip(" .")
    return _known(bare)


def _known(word: str) -> str:
    units: Mapping[str, str] = read_words()["units"]
    word = units.get(word.casefold(), word.casefold())
    if word in read_words()["volume_ml"] or word in read_words()["mass_g"]:
        return word
    single = " ".join(plain_words(word))
    return units.get(single, single)


def _number(text: str) -> float:
    total = 0.0
    for part in text.replace(",", ".").split():
        above, _, below = part.partition("/")
        total += float(above) / float(below or 1) if float(below or 1) else 0.0
    return total
