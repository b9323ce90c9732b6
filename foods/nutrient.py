"""The nutrients the program knows: key, unit, printed decimals, number in each release.

The list is ``foods/data/nutrients.csv``. Where a release has several numbers for one nutrient
(Foundation energy: 2048, else 2047, else 1008), they stand in order of preference, ``|`` between.
Linoleic and alpha-linolenic acid are the undifferentiated 18:2 and 18:3, the only ones without
gaps in SR28 and FNDDS.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

RELEASES = ("sr28", "fndds_2021-2023", "foundation_2024-10", "ciqual_2017")


@dataclass(frozen=True, slots=True)
class Nutrient:
    """One nutrient.

    Parameters
    ----------
    key
        Key with its unit, such as ``"magnesium_mg"``.
    name, unit
        Plain name, and the unit of every amount of it.
    decimals
        Decimals when printed.
    infoods_tag
        INFOODS tag name; empty where there is none.
    numbers
        Release → numbers (or column names) of the nutrient there, preferred first.
    """

    key: str
    name: str
    unit: str
    decimals: int
    infoods_tag: str
    numbers: Mapping[str, tuple[str, ...]]


@cache
def known_nutrients() -> Mapping[str, Nutrient]:
    """Give all nutrients by key, in the order in which tables print them."""
    text = files("foods").joinpath("data/nutrients.csv").read_text(encoding="utf-8")
    nutrients = {}
    for row in csv.DictReader(text.splitlines()):
        numbers = {
            release: tuple(filter(None, row[release.replace("-", "_")].split("|")))
            for release in RELEASES
        }
        nutrients[row["nutrient"]] = Nutrient(
            row["nutrient"],
            row["name"],
            row["unit"],
            int(row["decimals"]),
            row["infoods_tag"],
            MappingProxyType(numbers),
        )
    return MappingProxyType(nutrients)
