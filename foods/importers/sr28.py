"""Reader of USDA Standard Reference, Release 28.

The official ASCII files are Latin-1, CRLF, without header, ``^`` between fields and ``~`` around
text; an empty amount is unknown. A copy laid out as CSV with the columns ``ndb_no, nutr_no,
amount_per_100g`` is read too.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from foods.errors import FoodDataError
from foods.importers.release import (
    ReleaseFigures,
    damage_told,
    find_file,
    in_row,
    open_release_file,
    read_columns,
    wanted_numbers,
)
from foods.library.kept import KeptFood
from foods.nutrient import known_nutrients
from foods.own_csv import Figures

if TYPE_CHECKING:
    from foods.importers.download import DownloadReport

RELEASE = "sr28"
TRYPTOPHAN = "501"
FIELDS_AT_LEAST = 3
_DESCRIPTIONS, _GROUPS = "FOOD_DES.txt", "FD_GROUP.txt"


def read_sr28(folder: Path) -> ReleaseFigures:
    """Read NUT_DATA.txt and FOOD_DES.txt, or foods.csv and nutrients.csv (also ``.gz``).

    Raises
    ------
    FoodDataError
        When files are missing or damaged.
    """
    if (folder / "NUT_DATA.txt").is_file():
        foods: Iterable[tuple[str, ...]] = _read_ascii(find_file(folder, "FOOD_DES.txt"))
        amounts: Iterable[tuple[str, ...]] = _read_ascii(folder / "NUT_DATA.txt")
    else:
        foods = read_columns(find_file(folder, "foods.csv.gz", "foods.csv"), "ndb_no")
        amounts = read_columns(
            find_file(folder, "NUT_DATA.txt", "nutrients.csv.gz", "nutrients.csv"),
            *("ndb_no", "nutr_no", "amount_per_100g"),
        )
    table: dict[str, dict[str, str]] = {row[0]: {} for row in foods}
    wanted = wanted_numbers(RELEASE, TRYPTOPHAN)
    for ndb_no, number, amount in amounts:
        if amount and number in wanted:
            table.setdefault(ndb_no, {})[number] = amount
    return ReleaseFigures(RELEASE, table, {ndb_no: ndb_no for ndb_no in table}, frozenset(table))


def is_sr_ascii(path: Path) -> bool:
    """Whether a folder or a zip is a release of the Standard Reference in ASCII."""
    if zipfile.is_zipfile(path):
        with damage_told(path), zipfile.ZipFile(path) as archive:
            return any(PurePosixPath(one).name == _DESCRIPTIONS for one in archive.namelist())
    return path.is_dir() and any(path.glob(f"**/{_DESCRIPTIONS}"))


def read_sr_foods(folder: Any, reading: DownloadReport) -> Iterator[KeptFood]:
    """Read the foods of a release in ASCII, each with its long description.

    Raises
    ------
    FoodDataError
        When files are missing or damaged.
    """
    found, groups = read_sr28(folder), dict[str, str]()
    if (folder / _GROUPS).is_file():
        groups = {row[0]: row[1] for row in _read_ascii(folder / _GROUPS, 2)}
    for row, (number, group, name, *_) in enumerate(_read_ascii(folder / _DESCRIPTIONS), start=1):
        reading.heard(len(name))
        known = {key: found.figure(number, key) for key in known_nutrients()}
        figures = {key: None if one is None else float(one) for key, one in known.items()}
        ids = (f"{RELEASE}_{number}", name, groups.get(group, ""), "", number, RELEASE)
        own = Figures(*ids, MappingProxyType({}), MappingProxyType(figures), row)
        yield KeptFood(own, is_own=False)


def _read_ascii(path: Any, least: int = FIELDS_AT_LEAST) -> Iterator[tuple[str, ...]]:
    with open_release_file(path, "latin-1") as file:
        for number, line in enumerate(file, start=1):
            fields = line.rstrip("\r\n").split("^")
            if len(fields) < least:
                raise FoodDataError("damaged: too few fields", in_row(path, number))
            yield tuple(field.strip("~") for field in fields[:least])
