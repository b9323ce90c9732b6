"""Reader of the Food and Nutrient Database for Dietary Studies 2021-2023.

The official workbook "FNDDS Nutrient Values", saved as CSV, has a title row first and line breaks
inside its headers. A copy with the columns ``food_code`` and ``n<number>`` is read too. The release
has no manganese.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from foods.errors import FoodDataError
from foods.importers.release import (
    ReleaseFigures,
    find_file,
    open_release_file,
    wanted_numbers,
)
from foods.said import said

RELEASE = "fndds_2021-2023"

# Header of the workbook, line breaks as spaces → nutrient number.
VARIABLE_MAP = {
    "Energy (kcal)": "208",
    "Protein (g)": "203",
    "Carbohydrate (g)": "205",
    "Sugars, total (g)": "269",
    "Fiber, total dietary (g)": "291",
    "Total Fat (g)": "204",
    "Fatty acids, total saturated (g)": "606",
    "Retinol (mcg)": "319",
    "Vitamin A, RAE (mcg_RAE)": "320",
    "Thiamin (mg)": "404",
    "Riboflavin (mg)": "405",
    "Niacin (mg)": "406",
    "Vitamin B-6 (mg)": "415",
    "Folic acid (mcg)": "431",
    "Folate, DFE (mcg_DFE)": "435",
    "Choline, total (mg)": "421",
    "Vitamin B-12 (mcg)": "418",
    "Vitamin C (mg)": "401",
    "Vitamin D (D2 + D3) (mcg)": "328",
    "Vitamin E (alpha-tocopherol) (mg)": "323",
    "Vitamin K (phylloquinone) (mcg)": "430",
    "Calcium (mg)": "301",
    "Phosphorus (mg)": "305",
    "Magnesium (mg)": "304",
    "Iron (mg)": "303",
    "Zinc (mg)": "309",
    "Copper (mg)": "312",
    "Selenium (mcg)": "317",
    "Potassium (mg)": "306",
    "Sodium (mg)": "307",
    "Caffeine (mg)": "262",
    "Alcohol (g)": "221",
    "18:2 (g)": "618",
    "18:3 (g)": "619",
    "Water (g)": "255",
}


def read_fndds(folder: Path) -> ReleaseFigures:
    """Read the sheet of nutrient values (``fndds_nutrient_values.csv`` or ``nutrients.csv[.gz]``).

    Raises
    ------
    FoodDataError
        When the file is missing or damaged, or lacks a nutrient.
    """
    path = find_file(
        folder, "fndds_nutrient_values.csv", "FNDDS Nutrient Values.csv", "nutrients.csv.gz",
        "nutrients.csv",
    )  # fmt: skip
    with open_release_file(path) as file:
        rows = csv.reader(file, strict=True)
        numbers = _find_header(rows, path)
        wanted = [(place, number) for place, number in enumerate(numbers) if number]
        table = {
            row[0]: {number: row[place] for place, number in wanted if row[place]}
            for row in rows
            if row and row[0].isdigit()
        }
    missing = wanted_numbers(RELEASE) - set(numbers)
    if missing:
        raise FoodDataError(said("nutrient {number} has no column", number=min(missing)), str(path))
    return ReleaseFigures(RELEASE, table, {code: code for code in table}, frozenset(table))


def _find_header(rows: Iterator[list[str]], path: Path) -> list[str]:
    for row in rows:
        names = [" ".join(cell.split()) for cell in row]
        if names and names[0] in ("Food code", "food_code"):
            return [
                VARIABLE_MAP.get(name, name[1:] if name[1:].isdigit() else "") for name in names
            ]
    raise FoodDataError("no header row that begins with 'Food code'", str(path))
