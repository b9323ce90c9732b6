"""A table that a person gave, as CSV or as a table of pandas: its columns and numbered rows.

Every such table is split here, so that each is refused with the same words; what its cells must
hold, its readers know. Faults are collected and raised once.

Why the csv module and not pandas: each cell must be told apart as number, blank or fault, with its
row, and 240,000 cells are read this way in a tenth of a second.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from foods.errors import FoodDataError, UserFacingError, raise_collected
from foods.own_file import most_faults, read_own_text
from foods.table import nearest_names

if TYPE_CHECKING:
    import pandas as pd

IN_MEMORY, PASTED = "the table", "what was pasted"  # what has no file is called so
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_AS_CSV = 'save it as "CSV UTF-8" in your spreadsheet'


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one table, with its faults so far.

    Parameters
    ----------
    where
        The file as the person named it.
    columns
        Names in the header.
    rows
        Number in the file, where the header is row 1, and column → cell without spaces around it,
        of each row that holds anything and has as many cells as the header.
    error
        What is raised.
    faults
        Row and line of each fault.
    """

    where: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    error: type[UserFacingError] = FoodDataError
    faults: list[tuple[int, str]] = field(default_factory=list)

    @property
    def fault_lines(self) -> list[str]:
        """A line for each fault, in the order of rows."""
        return [line for _, line in sorted(self.faults, key=itemgetter(0))]

    def report(self, what: str, row: int = 1, column: str = "", remedy: str = "") -> None:
        """Note a fault at its place."""
        place = f"row {row}"
        if column:
            place = f"row {row}, {column}"
        line = f"{place}: {what}"
        if remedy:
            line = f"{line} — {remedy}"
        self.faults.append((row, line))

    def check_columns(self, required: Iterable[str], known: Sequence[str] = ()) -> None:
        """Note columns that are missing and, where ``known`` are all that may be, others."""
        for name in required:
            if name not in self.columns:
                how = did_you_mean(name, self.columns) or f"the first row must name {name!r}"
                self.report(f"no column {name!r}", remedy=how)
        for name in self.columns if known else ():
            if name and name not in known:
                how = did_you_mean(name, known) or "leave it out"
                self.report(f"unknown column {name!r}", remedy=how)

    def check_once(self, column: str) -> None:
        """Note blanks, and what stands twice, in a column of names."""
        first: dict[str, int] = {}
        for number, row in self.rows:
            name = row.get(column, "")
            if not name:
                self.report("blank", number, column, "give it a name")
            elif name in first:
                text = f"{name!r} stands in row {first[name]} already"
                self.report(text, number, column, "delete or rename one")
            first.setdefault(name, number)

    def amount(
        self, number: int, row: Mapping[str, str], column: str, least: float | None = None
    ) -> float | None:
        """Read a finite number of ``least`` or more; ``None`` for a blank, NaN for a fault."""
        cell = row.get(column, "")
        if not cell:
            return None
        try:
            found = float(cell)
        except ValueError:
            found = math.nan
        if math.isfinite(found) and "_" not in cell and (least is None or found >= least):
            return found
        how = "write it like 1.5"
        if "inf" in cell.lower():
            how = "leave it blank for no bound"
        text = f"{cell!r} is not a number"
        if least is not None:
            text = f"{cell!r} is not a figure of {least:g} or more"
        self.report(text, number, column, how)
        return math.nan

    def raise_faults(self) -> None:
        """Raise what was found, all at once; do nothing where that is nothing."""
        raise_collected(self.error, first_faults(self.fault_lines), self.where)


def read_sheet(
    source: Path | str | io.StringIO | pd.DataFrame,
    kind: str,
    error: type[UserFacingError] = FoodDataError,
) -> Sheet:
    """Read a file of the ``kind`` of ``own_files.toml``; text and a table as if they were.

    Raises
    ------
    UserFacingError
        An ``error`` where it cannot be read, or no row of it.
    """
    if isinstance(source, str | Path | io.StringIO):
        return parse_sheet(*text_of(source, kind, error), error)
    text = source.convert_dtypes().to_csv(index=any(source.index.names))  # ids are whole numbers
    return parse_sheet(text, IN_MEMORY, error)


def text_of(
    source: Path | str | io.StringIO, kind: str, error: type[UserFacingError] = FoodDataError
) -> tuple[str, str]:
    """Read a file, or what was pasted; gives its text, and how it is called in messages.

    Raises
    ------
    UserFacingError
        An ``error`` where it cannot be read.
    """
    if isinstance(source, io.StringIO):
        return source.getvalue(), PASTED
    return read_own_text(source, kind, error), str(source)


def parse_sheet(text: str, where: str, error: type[UserFacingError] = FoodDataError) -> Sheet:
    """Split CSV text; ``where`` names it in messages.

    Uneven rows and columns without a name or with that of another are faults of the sheet.

    Raises
    ------
    UserFacingError
        An ``error`` where the text is empty, damaged, or cut by something other than commas.
    """
    lines = list(_lines(text, where, error))
    if not lines:
        raise error("is empty, with no rows", where, "its first row names the columns")
    columns = tuple(lines[0][1])
    _check_commas(columns, where, error)
    even = [line for line in lines[1:] if len(line[1]) == len(columns)]
    rows = tuple((number, dict(zip(columns, cells, strict=True))) for number, cells in even)
    sheet = Sheet(where, columns, rows, error)
    for place, name in enumerate(columns):
        if not name:
            text = f"column {place + 1} has no name"
            sheet.report(text, remedy="name it or delete it")
        elif name in columns[:place]:
            text = f"two columns are named {name!r}"
            sheet.report(text, remedy="rename or delete one")
    for number, cells in lines[1:]:
        if len(cells) != len(columns):
            how = "write one per column, blank where there is nothing, and 1.5 with a point"
            text = f"{len(cells)} cells under {len(columns)} columns"
            sheet.report(text, number, remedy=how)
    return sheet


def parse_rows(text: str, where: str) -> tuple[tuple[int, Mapping[str, str]], ...]:
    """Return the numbered rows of a table that has no fault in its shape; errors as there."""
    sheet = parse_sheet(text, where)
    sheet.raise_faults()
    return sheet.rows


def as_csv_text(rows: Iterable[Iterable[object]], delimiter: str = ",") -> str:
    """Return rows, the header first, as CSV with a line feed behind each."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """Ask for the nearest names; nothing where none is near."""
    near = nearest_names(name, [known_name for known_name in known if known_name])
    return "did you mean {names}?".format(names=" or ".join(map(repr, near))) if near else ""


def first_faults(faults: Sequence[str]) -> list[str]:
    """Return as many faults as somebody reads, and how many more there are."""
    most = most_faults()
    more = [f"… and {len(faults) - most} more"] if len(faults) > most else []
    return [*faults[:most], *more]


def _lines(text: str, where: str, error: type[UserFacingError]) -> Iterator[tuple[int, list[str]]]:
    """Return the lines that hold anything, with their numbers; cells are stripped."""
    if "\0" in text:
        raise error("is not a text file, or not UTF-8: holds NUL bytes", where, _AS_CSV)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for line in reader:
            cells = [cell.strip() for cell in line]
            if any(cells):
                yield reader.line_num, cells
    except csv.Error as fault:
        place = f"{where}, row {reader.line_num}"
        how = "look for a quote that is not closed"
        text = f"damaged, not readable as CSV: {fault}"
        raise error(text, place, how) from None


def _check_commas(columns: Sequence[str], where: str, error: type[UserFacingError]) -> None:
    """Refuse a header cut by something other than commas, before every row is a fault."""
    for sign, word in _SEPARATORS.items():
        if len(columns) == 1 and sign in columns[0]:
            how = "separate them by commas, and write 1.5 with a point"
            text = f"columns are separated by {word}"
            raise error(text, f"{where}, row {1}", how)
