"""Reader of the Ciqual table 2017, laid out as CSV with the unit in each column's name.

Only energy, magnesium and calcium are carried; how the other columns treat traces is not known.
"""

from __future__ import annotations

from pathlib import Path

from foods.importers.release import ReleaseFigures, find_file, read_columns, wanted_numbers

RELEASE = "ciqual_2017"


def read_ciqual(folder: Path) -> ReleaseFigures:
    """Read ``ciqual_2017.csv`` (also ``.gz``).

    Raises
    ------
    FoodDataError
        When the file is missing or damaged.
    """
    path = find_file(folder, "ciqual_2017.csv.gz", "ciqual_2017.csv")
    columns = sorted(wanted_numbers(RELEASE))
    table = {
        code: {name: amount for name, amount in zip(columns, amounts, strict=True) if amount}
        for code, *amounts in read_columns(path, "ciqual_code", *columns)
    }
    return ReleaseFigures(RELEASE, table, {code: code for code in table}, frozenset(table))
