"""What the judge says about household amounts: words, numbers and grams must mean the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from foods.food import Food
from planner.check.lines import WATER_GROUP, EatenLine, JudgedTable, ServedItem
from planner.plan.plan import Item
from planner.settings import read_settings

_G_PER_L = 1000.0


def measure_faults(table: JudgedTable) -> Iterator[str]:
    """Describe where the words of an amount, its number and its grams differ."""
    for place in table.places:
        yield from word_faults(place, place.item, table)
        if place.item.kind == "food":
            for line in table.lines_of(place):
                yield from _gram_faults(place, line)


def read_amount(text: str) -> float | None:
    """Return the number at the start of ``"1 1/2 cups"``; ``None`` where there is none."""
    total, found = Fraction(0), False
    for word in text.split():
        try:
            total += Fraction(word)
        except (ValueError, ZeroDivisionError):
            break
        found = True
    return float(total) if found else None


def word_faults(place: ServedItem, item: Item, table: JudgedTable) -> Iterator[str]:
    """Describe where the words of an amount do not stand for its number, or name another measure.

    Parameters
    ----------
    place, item
        Where it stands, and whose portion of it is meant.
    table
        What is on the table, with the measures of its foods.
    """
    number = read_amount(item.measure)
    near = read_settings("check.toml")["kitchen"]["fraction"]
    if number is None or abs(number - item.servings) > near:
        yield f"{place}: the words {item.measure!r} stand for {item.servings:g} of a measure."
        return
    unit, words = _unit(item, table), item.measure.split()
    word = " ".join(words[_numbers(words) :])
    if unit is not None and not _is_unit(word, unit):
        yield f"{place}: the words {item.measure!r} are of another measure than {unit!r}."


def _unit(item: Item, table: JudgedTable) -> str | None:
    """Return the measure that a thing is counted in; ``None`` for water, pills, unknown foods."""
    if item.kind == "dish":
        return "serving"
    food = table.foods.get(item.item_id)
    if food is None or food.traits is None or item.is_in_litres:
        return None
    return food.traits.serving.measure.name


def _numbers(words: Sequence[str]) -> int:
    """Count the words at the start that are numbers."""
    return next((at for at, word in enumerate(words) if read_amount(word) is None), len(words))


def _is_unit(word: str, unit: str) -> bool:
    """Whether a word is a measure, or many of it: ``cups``, ``leaves``, ``tbsp``."""
    many = (f"{unit}s", f"{unit}es", f"{unit[:-1]}ves", f"{unit[:-1]}ies")
    return word in (unit, *many)


def _gram_faults(place: ServedItem, line: EatenLine) -> Iterator[str]:
    """Compare the grams of a food served by itself with its number of household measures."""
    if line.food.traits is None:
        return
    kitchen = read_settings("check.toml")["kitchen"]
    measure_g = _measure_g(place, line.food.traits)
    expected_g = place.item.servings * measure_g
    slack_g = kitchen["whole_g"] if expected_g >= kitchen["whole_from_g"] else kitchen["fine_g"]
    if abs(line.mass_g - expected_g) > slack_g * (1 + kitchen["noise"]):
        yield (
            f"{place}: {place.item.measure} of {measure_g:g} g are {expected_g:g} g, not "
            f"{line.mass_g:g} g."
        )


def _measure_g(place: ServedItem, food: Food) -> float:
    """Mass of the food's household measure [g]; water that is drunk is measured in litres."""
    if food.group == WATER_GROUP and place.item.is_in_litres:
        return _G_PER_L
    return food.serving.measure.mass_g
