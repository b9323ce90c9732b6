"""Household measures of downloads: a serving of a label, a cup or a slice of FoodData Central.

``food_portion.csv`` says them in three ways: by ``measure_unit.csv`` (Foundation), by a modifier
such as "cup, chopped" (SR Legacy), or by a description such as "1 cup, sliced" (Survey). Each is
told by the word that diaries and recipes know it by; of several with one word the first counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter

from foods.food import Measure
from foods.importers.release import Heard, Place, read_columns
from foods.library.kept import SERVING
from foods.recipe_line import read_words

PORTIONS, _UNITS = "food_portion.csv", "measure_unit.csv"
_GRAMS = ("g", "grm", "gram", "grams")
_UNDETERMINED = "undetermined"
_MOST_WORDS = 3  # of the name of a measure
_COUNT = re.compile(r"^(\d+(?:\.\d+)?)\s+")
_COLUMNS = ("fdc_id", "amount", "measure_unit_id", "portion_description", "modifier", "gram_weight")


def as_serving(size: str, unit: str) -> tuple[Measure, ...]:
    """Give a serving that a label says in grams; nothing where it says none."""
    grams = _above_zero(size) if unit.casefold() in _GRAMS else 0.0
    return (Measure(SERVING, grams),) if grams else ()


def read_portions(folder: Place, heard: Heard | None) -> Iterator[tuple[str, str]]:
    """Give number of a food and its measures as one text; where they stand apart, in several.

    Raises
    ------
    FoodDataError
        When a file is damaged.
    """
    if not (folder / PORTIONS).is_file():
        return
    units: dict[str, str] = {}
    if (folder / _UNITS).is_file():
        units = dict(read_columns(folder / _UNITS, "id", "name"))  # type: ignore[arg-type]
    rows = read_columns(folder / PORTIONS, *_COLUMNS, skip_short=True, heard=heard)
    for fdc_id, held in groupby(rows, key=itemgetter(0)):
        told = [_portion(units.get(unit, ""), amount, *words) for _, amount, unit, *words in held]
        text = "".join(f"{name}={grams:.6g};" for name, grams in told if name and grams)
        if text and fdc_id.isdigit():
            yield fdc_id, text


def read_measures(held: str) -> tuple[Measure, ...]:
    """Read the text of ``read_portions``."""
    found: dict[str, float] = {}
    for part in held.split(";")[:-1]:
        name, _, grams = part.partition("=")
        found.setdefault(name, float(grams))
    return tuple(Measure(name, grams) for name, grams in found.items())


def _portion(
    unit: str, amount: str, description: str, modifier: str, weight: str
) -> tuple[str, float]:
    """Give the word for a measure, empty where it is unclear, and the mass of one of it [g]."""
    own = modifier if modifier and not modifier.isdigit() else description  # codes, in the survey
    text = own if unit in ("", _UNDETERMINED) else unit
    count = _above_zero(amount) or 1.0
    if found := _COUNT.match(text):
        count *= float(found[1])
        text = text[found.end() :]
    return _word(text), _above_zero(weight) / (count or 1.0)


def _word(text: str) -> str:
    """Give the word for a measure as diaries have it; any other thing counted is a piece."""
    words = read_words()
    head = re.split(r"[,(;/]", text.casefold())[0].split()
    if not head or len(head) > _MOST_WORDS:
        return ""
    name = words["units"].get(head[0], head[0])
    if name in words["mass_g"] or "quantity" in head:  # "Quantity not specified"
        return ""
    return name if name in _measure_words() else "piece"


@cache
def _measure_words() -> frozenset[str]:
    words = read_words()
    return frozenset(
        {*words["units"].values(), *words["volume_ml"], *words["words"]["countable"], SERVING}
    )


def _above_zero(cell: str) -> float:
    try:
        amount = float(cell)
    except ValueError:
        return 0.0
    return amount if 0 < amount < float("inf") else 0.0
