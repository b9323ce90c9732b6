"""How much of a food a line says, in grams: by its measures, or by what people mean by them."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from functools import cache, lru_cache
from io import StringIO

from foods.embedded import read_data_text
from foods.food import Food
from foods.name_reader import Usual, Words, in_order, name_words, plain_words, without_talk
from foods.recipe_line import LineAmount, ParsedLine, read_words

ANY = "any"


@cache
def usual_foods() -> Usual:
    """Return words of a name → id of the food or dish that is usually meant, and how sure that is.

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
    """Return the words of usual names that are said with "and": rum and coke."""
    said = [plain_words(row["said"]) for row in _rows()]
    return frozenset(
        in_order(without_talk(name_words(" ".join(words)))) for words in said if "and" in words
    )


def _rows() -> list[dict[str, str]]:
    return [*csv.DictReader(StringIO(read_data_text("usual_foods.csv")))]


def usual_mass_g(food: Food, measure: str, *, is_own: bool = False) -> float | None:
    """Return the mass of one of a measure, as people mean it [g]; ``None`` where it is not known.

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
    """Return what one of a measure weighs, whatever is in it [g]; ``None`` if that is not known."""
    return _measures().get(measure, {}).get(ANY)


@cache
def _measures() -> Mapping[str, Mapping[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for row in csv.DictReader(StringIO(read_data_text("usual_measures.csv"))):
        found.setdefault(row["measure"], {})[row["of"]] = float(row["mass_g"])
    return found


def line_mass_g(line: ParsedLine, food: Food) -> float | None:
    """Return the mass of a food as it stands in a line [g]; ``None`` where that is not known."""
    words = read_words()
    if line.amount is None:
        return None
    masses: Mapping[str, float] = words["mass_g"]
    amount, other = line.amount, line.other
    if amount.unit in masses:
        return amount.count * masses[amount.unit]
    if other is not None and other.unit in masses:
        inner_g = other.count * masses[other.unit]
        if line.other_is_each:
            return amount.count * inner_g * _drained(line, food)
        return inner_g
    for line_amount in filter(None, (amount, other)):
        each_g = _measure_g(line_amount, line, food)
        if each_g is not None:
            return line_amount.count * each_g
    return None


def recipe_mass_g(line: ParsedLine, food: Food) -> float | None:
    """Return the mass of a food in a line of a recipe [g], by its own or its usual measures."""
    mass_g, amount = line_mass_g(line, food), line.amount
    if mass_g is not None or amount is None:
        return mass_g
    own = {measure.name: measure.mass_g for measure in food.measures}
    words, share = plain_words(line.rest), read_words()["sizes"].get(line.size, 1.0)
    unit = amount.unit or next((word for word in words if line.size and word in own), "")
    each_g = own.get(unit) or usual_mass_g(food, unit, is_own=True)
    if not unit and line.size:
        each_g, share = _one_piece_g(food, line.size), 1.0
    return amount.count * each_g * share if each_g else None


def usual_mass(line: ParsedLine, food: Food, instead: str = "serving") -> tuple[float | None, bool]:
    """Return the mass of a food in a line of a diary [g], and whether it is only a usual one.

    Where the food has no such measure, what people mean by it counts; and where the line says no
    amount, what ``instead`` of it weighs: a serving, or what goes ``beside`` something else, or
    ``beside`` a food of a group: more milk on cereal than in coffee.
    """
    mass_g, share = _part_of_whole_g(line, food), 1.0
    if mass_g is None:
        mass_g, share = line_mass_g(line, food), _size_of_measure(line)
    if mass_g is not None:
        return mass_g * share, share != 1.0
    if line.amount is None:
        return _sized_g(food, line.size, instead), True
    amount, size = line.amount, line.size
    if amount.unit in ("", "piece", "serving"):
        pieces_g = _one_sized_g(food, size) if amount.unit != "serving" else None
        each_g = pieces_g or _serving_g(food, "serving")
    else:
        each_g = usual_mass_g(food, amount.unit) or _by_volume_g(amount)
        each_g = each_g or _one_sized_g(food, size)  # "chicken satay, 4 sticks"
    return (amount.count * each_g * share if each_g else None), True


def _sized_g(food: Food, size: str, instead: str) -> float | None:
    """Return the mass of one, or of a serving, small or large [g], where no amount is said."""
    times, serving_g = read_words()["sizes"].get(size, 1.0), _serving_g(food, instead)
    one_g = _one_sized_g(food, size) if size else None
    return one_g or (serving_g * times if serving_g else None)


def _one_sized_g(food: Food, size: str) -> float | None:
    """Return the mass of one [g]: of a dish called small or large its serving, not a piece."""
    own_g = usual_mass_g(food, "serving", is_own=True) if size else None
    return _one_piece_g(food, size, own_g)


def _part_of_whole_g(line: ParsedLine, food: Food) -> float | None:
    """Return the mass of half a pizza or a quarter of a melon [g], of which one is a slice."""
    if line.amount is None or line.amount.unit or line.other or not 0 < line.amount.count < 1:
        return None
    whole_g = usual_mass_g(food, "whole")
    return line.amount.count * whole_g if whole_g else None


def _size_of_measure(line: ParsedLine) -> float:
    """Return how much of a usual one a measure is: small glass, large handful; 1 where not said."""
    words, amount = read_words(), line.amount
    if amount is None or line.other or amount.unit in {"", *words["mass_g"], *words["volume_ml"]}:
        return 1.0
    return float(words["sizes"].get(line.size, 1.0))


def _one_piece_g(food: Food, size: str, instead_g: float | None = None) -> float | None:
    """Return the mass of one of a food, small or large [g]; ``instead_g`` for one of its group."""
    words = read_words()
    grams = {measure.name: measure.mass_g for measure in food.measures}
    if size in grams:
        return grams[size]
    countable = (grams[name] for name in words["words"]["countable"] if name in grams)
    one_g = usual_mass_g(food, "piece", is_own=True) or next(countable, None)
    one_g = one_g or instead_g or _label_g(food) or usual_mass_g(food, "piece")
    return one_g * words["sizes"].get(size, 1.0) if one_g else None


def _serving_g(food: Food, instead: str) -> float | None:
    """Return the mass of what somebody has of a food who does not say how much [g]."""
    if instead != "serving":
        beside_g = usual_mass_g(food, instead) or usual_mass_g(food, "beside")
        return beside_g or _serving_g(food, "serving")  # a drink or a pie is a whole one
    own, usual_g = food.serving, usual_mass_g(food, instead, is_own=True)
    if own.slots and usual_g is None:
        return own.measure.mass_g * min(max(1.0, own.least), own.most)
    return usual_g or _label_g(food) or usual_mass_g(food, instead)


def _label_g(food: Food) -> float | None:
    """Return the mass of a serving as the label of a food says it [g]."""
    return next((measure.mass_g for measure in food.measures if measure.name == "serving"), None)


def _by_volume_g(amount: LineAmount) -> float | None:
    """Return the mass of a volume of a food that has no such measure [g]: as that of water."""
    volumes: Mapping[str, float] = read_words()["volume_ml"]
    return volumes.get(amount.unit)


def _drained(line: ParsedLine, food: Food) -> float:
    """Return the share of a can's net mass that counts."""
    is_drained = line.amount is not None and line.amount.unit in ("can", "jar")
    counted = "drained" in plain_words(food.name)
    return float(read_words()["can"]["drained_share"]) if is_drained and counted else 1.0


def _measure_g(amount: LineAmount, line: ParsedLine, food: Food) -> float | None:
    words, volumes = read_words(), read_words()["volume_ml"]
    grams = {measure.name: measure.mass_g for measure in food.measures}
    if amount.unit in volumes:
        return _volume_g(amount, grams)
    unit = "" if amount.unit == "piece" and "piece" not in grams else amount.unit
    if unit or line.size:
        return grams.get(unit or line.size)
    named = [word for word in plain_words(line.rest) if word in grams and word not in volumes]
    own_g = grams[named[0]] if named else usual_mass_g(food, "piece", is_own=True)
    return own_g or next((grams[one] for one in words["words"]["countable"] if one in grams), None)


def _volume_g(amount: LineAmount, grams: Mapping[str, float]) -> float | None:
    """Return the mass of one measure of volume [g], by the measure of the food nearest in size."""
    volumes: Mapping[str, float] = read_words()["volume_ml"]
    unit, all_ml = amount.unit, amount.count * volumes[amount.unit]
    if unit in grams:
        return grams[unit]
    known = [name for name in grams if name in volumes]
    if not known or not all_ml:
        return None
    nearest = min(known, key=lambda name: abs(math.log(volumes[name] / all_ml)))
    return grams[nearest] * volumes[unit] / volumes[nearest]
