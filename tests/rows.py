"""Tables of a test, as CSV files in the folder ``rows`` beside it.

The head names the arguments of the test; ``name=`` says that a column holds values as Python
writes them (numbers, lists, ``None``), all others hold text. A column ``why`` is for the reader.
"""

import ast
import csv
from pathlib import Path

import pytest


def read(test, name):
    """Return the names of the arguments that a table gives, and the values of each row."""
    with (Path(test).parent / "rows" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        head, *found = csv.reader(file)
    at = [place for place, key in enumerate(head) if key != "why"]
    values = [
        tuple(
            ast.literal_eval(row[place]) if head[place].endswith("=") else row[place]
            for place in at
        )
        for row in found
    ]
    return [head[place].removesuffix("=") for place in at], values


def rows(test, name):
    """Return the mark that runs a test once for each row of its table.

    A column ``case`` names the rows; it is no argument.
    """
    names, values = read(test, name)
    if "case" not in names:
        return pytest.mark.parametrize(names, values)
    at = names.index("case")
    cases = [pytest.param(*row[:at], *row[at + 1 :], id=row[at]) for row in values]
    return pytest.mark.parametrize((*names[:at], *names[at + 1 :]), cases)
