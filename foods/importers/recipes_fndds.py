"""Reader of the recipes behind FNDDS 2021-2023, of retention factors, and of known changes.

The sheet "FNDDS Ingredients" of the official workbook, saved as CSV, has a title row first and
line breaks in its headers; a copy with plain column names is read too. The retention factors of
release 6 are read from a CSV with ``retention_code`` and a column ``n<number>`` per nutrient.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from foods.errors import FoodDataError
from foods.importers.release import find_file, in_row, open_release_file, read_columns, uneven_row
from foods.said import said

FILES = ("ingredients.csv.gz", "ingredients.csv", "fndds_ingredients.csv", "FNDDS Ingredients.csv")
FOOD_FILES = ("foods.csv.gz", "foods.csv", "foods_and_beverages.csv", "Foods and Beverages.csv")
NO_RETENTION = "0"
FNDDS_CODES, NDB_DIGITS = 10_000_000, 5
SPECIAL_CODES, NDB_END = 900_000, 100_000

# Header of the workbook, line breaks as spaces → our word.
VARIABLE_MAP = {
    "Food code": "food_code",
    "Main food description": "description",
    "Ingredient code": "ingredient_code",
    "Ingredient description": "ingredient_description",
    "Ingredient weight (g)": "ingredient_weight_g",
    "Retention code": "retention_code",
    "Moisture change (%)": "moisture_change_pct",
}
NEEDED = tuple(word for word in VARIABLE_MAP.values() if word != "description")


@dataclass(frozen=True, slots=True)
class RecipeLine:
    """One ingredient of a recipe of FNDDS.

    Parameters
    ----------
    code, description
        NDB number with five digits, FNDDS food code, Foundation number or special code; its name.
    mass_g
        Mass that goes in [g].
    retention_code
        Row of the table of retention factors; ``"0"`` for none.
    """

    code: str
    description: str
    mass_g: float
    retention_code: str

    @property
    def kind(self) -> str:
        """What the code stands for: ``fndds, special, foundation`` or ``sr``."""
        number = int(self.code)
        if number >= FNDDS_CODES:
            return "fndds"
        if number >= SPECIAL_CODES:
            return "special"
        return "foundation" if number >= NDB_END else "sr"


@dataclass(frozen=True, slots=True)
class OfficialRecipe:
    """One recipe of FNDDS: its lines, and the moisture change of the whole [% of its mass]."""

    food_code: str
    lines: tuple[RecipeLine, ...]
    moisture_change_pct: float


def read_fndds_recipes(folder: Path) -> Mapping[str, OfficialRecipe]:
    """Read food code → recipe.

    Raises
    ------
    FoodDataError
        When the file is missing or damaged, or a cell is not a number.
    """
    path = find_file(folder, *FILES)
    lines: dict[str, list[RecipeLine]] = {}
    moisture: dict[str, float] = {}
    for number, row in _read_rows(path, NEEDED):
        try:
            line = RecipeLine(
                str(int(row["ingredient_code"])).zfill(NDB_DIGITS),
                row["ingredient_description"],
                float(row["ingredient_weight_g"]),
                str(int(row["retention_code"] or NO_RETENTION)),
            )
            moisture[row["food_code"]] = float(row["moisture_change_pct"] or 0)
        except ValueError as error:
            raise FoodDataError(
                said("not a number: {error}", error=error), in_row(path, number)
            ) from None
        lines.setdefault(row["food_code"], []).append(line)
    return {code: OfficialRecipe(code, tuple(lines[code]), moisture[code]) for code in lines}


def read_fndds_names(folder: Path) -> Mapping[str, str]:
    """Read food code → description of every food of the release."""
    path = find_file(folder, *FOOD_FILES)
    rows = _read_rows(path, ("food_code", "description"))
    return {row["food_code"]: row["description"] for _number, row in rows}


def read_retention(path: Path) -> Mapping[str, Mapping[str, float]]:
    """Read retention code → nutrient number → share kept [%]; blanks are left out.

    Raises
    ------
    FoodDataError
        When the file is damaged or a cell is not a number.
    """
    table = {}
    for number, row in _read_rows(path, ("retention_code",)):
        try:
            table[str(int(row["retention_code"]))] = {
                name[1:]: float(cell)
                for name, cell in row.items()
                if name[:1] == "n" and name[1:].isdigit() and cell
            }
        except ValueError as error:
            raise FoodDataError(
                said("not a number: {error}", error=error), in_row(path, number)
            ) from None
    return table


def read_changes(path: Path, nutrient_number: str, most_pct: float) -> frozenset[str]:
    """Name the NDB numbers whose figure moved by more than ``most_pct`` since SR28.

    The file gives for each NDB number the figure of SR28 and the one that FNDDS uses now
    (``sr28_n<number>``, ``fndds_n<number>``); blanks are unknown and no change.
    """
    columns = ("ndb_no", f"sr28_n{nutrient_number}", f"fndds_n{nutrient_number}")
    return frozenset(
        ndb_no.zfill(NDB_DIGITS)
        for ndb_no, before, now in read_columns(path, *columns)
        if before and now and abs(float(now) - float(before)) > float(before) * most_pct / 100
    )


def _read_rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Return the numbered rows below the header, under our words."""
    with open_release_file(path) as file:
        reader = csv.reader(file)
        header: list[str] = []
        for row in reader:
            if not header:
                names = [" ".join(cell.split()) for cell in row]
                words = [VARIABLE_MAP.get(name, name) for name in names]
                header = words if set(needed) <= set(words) else []
            elif len(row) == len(header):
                yield reader.line_num, dict(zip(header, row, strict=True))
            elif row:
                raise uneven_row(row, header, in_row(path, reader.line_num))
        if not header:
            raise FoodDataError(
                said("no header row with {names}", names=", ".join(needed)), str(path)
            )
