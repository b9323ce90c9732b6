"""The nutrients the program knows, and the one place that converts units.

The list is ``foods/data/nutrients.csv``. Where a release has several numbers for one nutrient
(Foundation energy: 2048, else 2047, else 1008), they stand in order of preference, ``|`` between.
Linoleic and alpha-linolenic acid are the undifferentiated 18:2 and 18:3, the only ones without
gaps in SR28 and FNDDS.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from foods.errors import FoodDataError, FoodsError, raise_collected

RELEASES = ("sr28", "fndds_2021-2023", "foundation_2024-10", "ciqual_2017")
MINERAL = "mineral"
GROUPS = ("energy", "macronutrient", MINERAL, "vitamin", "other")
NUTRIENTS_FILE = "foods/data/nutrients.csv"


@dataclass(frozen=True, slots=True)
class Nutrient:
    """One nutrient.

    Parameters
    ----------
    key
        Key with its unit, such as ``"magnesium_mg"``.
    name, group
        Plain name, and one of ``GROUPS``.
    element
        Symbol of a mineral; empty for what is no element.
    unit
        Unit of every amount of it.
    decimals
        Decimals when printed.
    numbers
        Release → numbers (or column names) of the nutrient there, preferred first.
    """

    key: str
    name: str
    group: str
    element: str
    unit: str
    decimals: int
    numbers: Mapping[str, tuple[str, ...]]


@cache
def known_nutrients() -> Mapping[str, Nutrient]:
    """Return all nutrients by key, in the order in which tables print them."""
    text = files("foods").joinpath("data/nutrients.csv").read_text(encoding="utf-8")
    return MappingProxyType(parse_nutrients(text))


@cache
def minerals() -> tuple[str, ...]:
    """Name the nutrients that are minerals, in the order of the table."""
    return tuple(key for key, nutrient in known_nutrients().items() if nutrient.group == MINERAL)


def parse_nutrients(text: str) -> dict[str, Nutrient]:
    """Read the table of nutrients: key → nutrient.

    Raises
    ------
    FoodDataError
        Once, with every fault by row and column.
    """
    rows = list(csv.DictReader(text.splitlines()))
    faults = [
        f"row {number}, {fault}" for number, row in enumerate(rows, 2) for fault in _faults(row)
    ]
    keys = [row["nutrient"] for row in rows]
    faults += [f"{key!r} stands twice" for key in sorted(set(keys)) if keys.count(key) > 1]
    raise_collected(FoodDataError, faults, NUTRIENTS_FILE)
    return {row["nutrient"]: _nutrient(row) for row in rows}


def _faults(row: Mapping[str, str]) -> Iterator[str]:
    if None in (*row, *row.values()):
        yield f"{row['nutrient']}: not as many cells as the header has"
        return
    if not row["name"]:
        yield ": ".join(("name", "blank"))
    if row["group"] not in GROUPS:
        yield "group: {name!r} is none of {names}".format(
            name=row["group"], names=", ".join(GROUPS)
        )
    if (row["group"] == MINERAL) != bool(row["element"]):
        yield f"element: {row['element']!r}; a mineral has the symbol of one, nothing else has"
    if row["unit"] not in row["nutrient"].split("_"):
        yield f"unit: {row['unit']!r}, but the key {row['nutrient']!r} ends in another one"
    if not row["decimals"].isdigit():
        yield f"decimals: {row['decimals']!r} is no whole number"


def _nutrient(row: Mapping[str, str]) -> Nutrient:
    numbers = {
        release: tuple(filter(None, row[release.replace("-", "_")].split("|")))
        for release in RELEASES
    }
    return Nutrient(
        row["nutrient"],
        row["name"],
        row["group"],
        row["element"],
        row["unit"],
        int(row["decimals"]),
        MappingProxyType(numbers),
    )


_IN_GRAMS = {"kg": 1000.0, "g": 1.0, "mg": 1e-3, "ug": 1e-6}
_IN_KCAL = {"kcal": 1.0, "kJ": 1 / 4.184, "MJ": 1000 / 4.184}  # thermochemical calorie
_SAME_AS = {"L": "kg", "µg": "ug", "\u03bcg": "ug", "mcg": "ug", "kj": "kJ"}
# water: 1 L is taken as 1 kg; the sign of micro has two codes


def printed_unit(unit: str) -> str:
    """Return a unit as people read it: ``ug`` is µg."""
    return {"ug": "µg"}.get(unit, unit)


def convert(amount: float, unit: str, to: str) -> float:
    """Return ``amount`` of ``unit`` in the unit ``to``.

    Parameters
    ----------
    amount
        Amount [``unit``].
    unit, to
        Two masses (``kg, g, mg, ug``; ``L`` of water) or two energies (``kcal, kJ, MJ``).

    Raises
    ------
    FoodsError
        When a unit is unknown, or one is a mass and the other an energy.
    """
    old, new = _SAME_AS.get(unit, unit), _SAME_AS.get(to, to)
    if old == new and any(old in scale for scale in (_IN_GRAMS, _IN_KCAL)):
        return amount
    for scale in (_IN_GRAMS, _IN_KCAL):
        if old in scale and new in scale:
            return amount * (scale[old] / scale[new])
    raise FoodsError(
        f"cannot convert {unit!r} to {to!r}",
        remedy="use two of {masses} or two of {energies}".format(
            masses=", ".join(_IN_GRAMS), energies=", ".join(_IN_KCAL)
        ),
    )
