"""Tables of a test, as CSV files in the folder ``rows`` beside it.

The head names the arguments of the test; ``name=`` says that a column holds values as Python
writes them (numbers, lists, ``None``), all others hold text. A column ``why`` is for the reader.
"""

import ast
import csv
from pathlib import Path

import pytest


def rows(test, name):
    """Return the mark that runs a test once for each row of its table."""
    with (Path(test).parent / "rows" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        head, *found = csv.reader(file)
    keys = [key for key in head if key != "why"]
    values = [
        tuple(
            ast.literal_eval(cell) if key.endswith("=") else cell
            for key, cell in zip(head, row, strict=True)
            if key != "why"
        )
        for row in found
    ]
    names = [key.removesuffix("=") for key in keys]
    return pytest.mark.parametrize(names, values)
