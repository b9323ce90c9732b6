"""Amounts as people and programs write them: ``"1.00 cup, chopped"``, ``"a handful"``."""

from __future__ import annotations

import math
import re
import unicodedata

from foods.name_words import name_words, plain_words, word_sets
from foods.recipe_line import ParsedLine, parse_line, read_number, read_words
from foods.usual import any_mass_g
from planner.candidates.dish import Dish

SERVING = "serving"
NUMBER = r"\d+\s+\d+/\d+|\d+/\d+|\d*[.,]?\d+"
_AMOUNT = re.compile(rf"(?P<count>{NUMBER})\s*(?:x\s+)?(?P<unit>.*)", re.DOTALL)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\.)")
_INSIDE = re.compile(rf"\s-\s*(?P<mass>(?:{NUMBER})\s*[a-z]+)", re.IGNORECASE)
_SERVINGS = ("", SERVING, "piece", "plate", "bowl", "slice")


def read_amount(text: str) -> tuple[float, str] | None:
    """Read a number above 0 and the measure behind it; ``None`` where there is none.

    ``"1 1/2 cups"``, ``"½ cup"`` and ``"150.00 g"`` have both; ``"2"`` has a blank measure.
    """
    spaced = "".join(f" {one}" if unicodedata.category(one) == "No" else one for one in text)
    plain = unicodedata.normalize("NFKC", spaced).replace("\u2044", "/")
    found = _AMOUNT.fullmatch(_THOUSANDS.sub("", plain.strip()))
    count = read_number(found["count"]) if found else 0.0
    if found is None or not (count > 0 and math.isfinite(count)):
        return None
    return count, found["unit"].strip()


def read_measure(text: str, name: str = "") -> ParsedLine | None:
    """Read an amount of a food; ``None`` where it is in no measure that is known.

    What stands behind a comma, in parentheses or behind a dash says how the food is cut, or what
    one measure weighs: ``"piece (30 g)"``. The food itself may be the measure: ``"15 grapes"``.
    """
    line = parse_line(_INSIDE.sub(r" (\g<mass>)", text.strip()))
    if line.amount is None or not line.amount.count > 0 or text.strip().startswith("-"):
        return line if line.size and not line.rest else None
    left = {*plain_words(line.rest.partition(",")[0])} - word_sets()["states"]
    is_food = not line.amount.unit and left <= {*name_words(name), *plain_words(name)}
    return line if line.amount.unit or not left or is_food else None


def is_serving(text: str) -> bool:
    """Whether an amount is in servings, as dishes are counted."""
    line = read_measure(text)
    return line is not None and line.amount is not None and line.amount.unit == SERVING


def dish_share(dish: Dish, line: ParsedLine) -> float | None:
    """Give how much of a whole dish a line says [1 is all of it]; a serving where it says nothing.

    A volume counts by its mass as water; ``None`` where the measure says nothing of a dish.
    """
    words, amount = read_words(), line.amount
    for one in filter(None, (amount, line.other)):
        each_g = words["mass_g"].get(one.unit) or words["volume_ml"].get(one.unit)
        if each_g:
            return one.count * float(each_g) / dish.yield_g
    if amount is None or amount.unit in _SERVINGS:
        return (amount.count if amount else 1.0) / dish.servings
    each_g = any_mass_g(amount.unit)  # bites, handfuls
    return amount.count * each_g / dish.yield_g if each_g else None
