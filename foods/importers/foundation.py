"""Reader of FoodData Central Foundation Foods, October 2024.

``food.csv`` mixes the foods with their sampling records and keeps older versions of some;
``foundation_food.csv`` lists the current ones with their NDB numbers, unpadded. A copy with one
``foods.csv`` (columns ``fdc_id, ndb_no, is_current``) and ``nutrients.csv`` is read too.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from foods.importers.release import (
    Place,
    ReleaseFigures,
    find_file,
    read_columns,
    wanted_numbers,
)

RELEASE = "foundation_2024-10"
TRYPTOPHAN = "1210"
NDB_DIGITS = 5


def read_foundation(folder: Path) -> ReleaseFigures:
    """Read food.csv, foundation_food.csv and food_nutrient.csv, or the copy's two files.

    Raises
    ------
    FoodDataError
        When files are missing or damaged.
    """
    official = (folder / "food_nutrient.csv").is_file()
    foods = _read_official_foods(folder) if official else _read_copied_foods(folder)
    names = ("food_nutrient.csv", "nutrients.csv.gz", "nutrients.csv")
    table: dict[str, dict[str, str]] = {}
    ndb_nos: dict[str, str] = {}
    current = set()
    for fdc_id, ndb_no, is_current in foods:
        table[fdc_id] = {}
        ndb_nos[fdc_id] = ndb_no.zfill(NDB_DIGITS) if ndb_no else ""
        if is_current:
            current.add(fdc_id)
    wanted = wanted_numbers(RELEASE, TRYPTOPHAN)
    rows = read_columns(find_file(folder, *names), "fdc_id", "nutrient_id", "amount")
    for fdc_id, number, amount in rows:
        if amount and number in wanted and fdc_id in table:
            table[fdc_id][number] = amount
    return ReleaseFigures(RELEASE, table, ndb_nos, frozenset(current))


def read_numbers(folder: Place, file: str, number: str = "NDB_number") -> dict[str, str]:
    """Read fdc_id → number of its own of the foods that a file of a download lists as current."""
    rows = read_columns(find_file(folder, file), "fdc_id", number)
    return {fdc_id: own for fdc_id, own in rows}  # noqa: C416 - mypy needs the pair


def _read_official_foods(folder: Path) -> Iterator[tuple[str, str, bool]]:
    current = read_numbers(folder, "foundation_food.csv")
    # Names of sampling records hold line breaks, some outside of quotes.
    path = find_file(folder, "food.csv")
    for fdc_id, data_type in read_columns(path, "fdc_id", "data_type", skip_short=True):
        if data_type == "foundation_food":
            yield fdc_id, current.get(fdc_id, ""), fdc_id in current


def _read_copied_foods(folder: Path) -> Iterator[tuple[str, str, bool]]:
    path = find_file(folder, "foods.csv.gz", "foods.csv")
    for fdc_id, ndb_no, is_current in read_columns(path, "fdc_id", "ndb_no", "is_current"):
        yield fdc_id, ndb_no, is_current == "Y"
