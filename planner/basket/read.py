"""Read the two CSV files of the classical diet problem.

``FOODS.csv`` has the columns ``name,cost[,min][,max]`` and one column per nutrient (amounts in
one unit of the food); ``TARGETS.csv`` has ``nutrient,lower,upper``, where a blank is open. A
table as ``magplan foods export`` writes it is read too (``exported.py``).
Every fault of both files is collected and raised once.

Why the csv module and not pandas: each cell must be told apart as number, blank or fault, with its
row, and 240,000 cells are read this way in a tenth of a second.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from foods.errors import raise_collected
from foods.table import nearest_names
from planner.basket.bands import BasketFood, BasketTable, NutrientBand
from planner.basket.exported import COST, basket_rows, is_export
from planner.errors import ConfigError, TargetsError

_FOOD_COLUMNS = ("name", "cost")
_FOOD_BOUNDS = ("min", "max")
_BAND_COLUMNS = ("nutrient", "lower", "upper")
_MOST_FAULTS = 25  # a file in a wrong format has one fault per cell; nobody reads them all
_OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The cells of one file, with its faults so far.

    Parameters
    ----------
    file
        The file as the person named it.
    columns
        Names in the header, reserved ones in lower case.
    rows
        Number of the line in the file and its cells, as many as columns.
    faults
        One line per fault; shared with the sheet of the other file.
    """

    file: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    faults: list[str] = field(default_factory=list)

    def report(
        self, what: str, line: int | None = None, column: str = "", remedy: str = ""
    ) -> None:
        """Note a fault at its place."""
        place = [self.file]
        place += [f"row {line}"] if line is not None else []
        place += [f"column {column}"] if column else []
        self.faults.append(f"{', '.join(place)}: {what}" + (f" — {remedy}" if remedy else ""))

    def column(self, name: str) -> Iterator[tuple[int, str]]:
        """Give the line number and cell of each row; blanks where there is no such column."""
        place = self.columns.index(name) if name in self.columns else None
        for line, cells in self.rows:
            yield line, "" if place is None else cells[place]


def read_basket(foods_file: str | Path, targets_file: str | Path) -> BasketTable:
    """Read foods and targets into one table.

    Raises
    ------
    ConfigError
        With one line per fault, each with file, row and column: a file that is missing, empty,
        not UTF-8 or not CSV; missing, unknown or doubled columns; doubled or blank names; what is
        no finite number; bounds that are swapped or negative; a target without a column; a food
        without a figure for a target.
    """
    faults: list[str] = []
    foods = _read_sheet(foods_file, _FOOD_COLUMNS, _FOOD_BOUNDS, faults)
    targets = _read_sheet(targets_file, _BAND_COLUMNS, (), faults)
    notes: tuple[str, ...] = ()
    if foods and targets and is_export(foods.columns):
        foods, notes = _from_export(foods, {name for _, name in targets.column("nutrient")})
    table = _make_table(foods, targets) if foods and targets else None
    if len(faults) > _MOST_FAULTS:
        faults[_MOST_FAULTS:] = [f"… and {len(faults) - _MOST_FAULTS} more"]
    raise_collected(ConfigError, faults)
    assert table is not None, "a missing table has left a fault"
    return replace(table, notes=notes)


def _from_export(sheet: _Sheet, wanted: set[str]) -> tuple[_Sheet, tuple[str, ...]]:
    """Give an exported food table as the foods of a basket, and what is to be said about it."""
    rows = [(line, dict(zip(sheet.columns, cells, strict=True))) for line, cells in sheet.rows]
    columns, kept, notes = basket_rows(sheet.columns, rows, wanted)
    cells = tuple((line, tuple(row[name] for name in columns)) for line, row in kept)
    return replace(sheet, columns=columns, rows=cells), notes


# Files to sheets


def _read_sheet(
    file: str | Path, required: Sequence[str], optional: Sequence[str], faults: list[str]
) -> _Sheet | None:
    """Read a file and check its header; ``None`` when nothing else can be said about it."""
    try:
        lines = _read_lines(Path(file))
        header = _check_header(str(file), lines[0][1], required)
    except ConfigError as error:
        faults.append(str(error))
        return None
    reserved = {*required, *optional}
    columns = tuple(name.lower() if name.lower() in reserved else name for name in header)
    sheet = _Sheet(str(file), columns, tuple(_even_rows(str(file), columns, lines, faults)), faults)
    _check_columns(sheet, [one for one in required if one != COST or not is_export(columns)])
    return sheet


def _read_lines(file: Path) -> list[tuple[int, list[str]]]:
    """Read the lines that hold anything, with their numbers; cells are stripped."""
    text = _read_text(file)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        lines = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error as error:
        raise ConfigError(
            f"not readable as CSV ({error})",
            where=f"{file}, row {reader.line_num}",
            remedy="look for a quote that is not closed",
        ) from None
    filled = [(number, cells) for number, cells in lines if any(cells)]
    if not filled:
        raise ConfigError("the file is empty", str(file), "its first row names the columns")
    return filled


def _read_text(file: Path) -> str:
    """Read UTF-8, with or without a byte order mark."""
    try:
        data = file.read_bytes()
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise ConfigError(reason, str(file), "check the name of the file") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(
            "not UTF-8 text", f"{file}, row {line}", 'save it as "CSV UTF-8" in your spreadsheet'
        ) from None
    if "\0" in text:
        raise ConfigError(
            "not a text file, or not UTF-8", str(file), 'save it as "CSV UTF-8" in your spreadsheet'
        )
    return text


def _check_header(file: str, header: list[str], required: Sequence[str]) -> list[str]:
    """Refuse a header cut by something other than commas, before every row is a fault."""
    if len(header) == 1:
        for mark, word in _OTHER_SEPARATORS.items():
            if mark in header[0]:
                raise ConfigError(
                    f"columns are separated by {word}",
                    f"{file}, row 1",
                    f"separate them by commas: {','.join(required)},… with a point in 1.5",
                )
    return header


def _even_rows(
    file: str, columns: Sequence[str], lines: list[tuple[int, list[str]]], faults: list[str]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give the rows below the header that have a cell for each column."""
    for number, cells in lines[1:]:
        if len(cells) == len(columns):
            yield number, tuple(cells)
        else:
            faults.append(
                f"{file}, row {number}: {len(cells)} cells under {len(columns)} columns"
                " — write one cell per column, blank where there is nothing; a comma in a number"
                " must be a point"
            )


def _check_columns(sheet: _Sheet, required: Sequence[str]) -> None:
    for name in required:
        if name not in sheet.columns:
            near = _near(name, sheet.columns)
            sheet.report(f"no column {name!r}", remedy=near or f"the first row must name {name!r}")
    for place, name in enumerate(sheet.columns):
        if not name:
            sheet.report(f"column {place + 1} has no name", remedy="name it or delete it")
        elif name in sheet.columns[:place]:
            sheet.report(f"two columns are named {name!r}", remedy="rename or delete one")


def _near(name: str, known: Sequence[str]) -> str:
    near = nearest_names(name, [candidate for candidate in known if candidate])
    return f"did you mean {' or '.join(repr(candidate) for candidate in near)}?" if near else ""


# Sheets to the table


def _make_table(foods: _Sheet, targets: _Sheet) -> BasketTable | None:
    """Read the cells; ``None`` when there are faults, of which as many as possible are noted."""
    for column in targets.columns:
        if column and column not in _BAND_COLUMNS:
            targets.report(f"unknown column {column!r}", remedy=f"use {', '.join(_BAND_COLUMNS)}")
    if not foods.rows and not foods.faults:
        foods.report("no food in it", remedy="write one row per food below the first row")
    nutrients = tuple(name for name in foods.columns if name not in (*_FOOD_COLUMNS, *_FOOD_BOUNDS))
    _check_names(foods, "name")
    _check_names(targets, "nutrient")
    content = _read_contents(foods, nutrients, {name for _, name in targets.column("nutrient")})
    listed = _read_foods(foods)
    bands = _read_bands(targets, nutrients, content)
    if foods.faults:
        return None
    return BasketTable(listed, nutrients, content, bands)


def _check_names(sheet: _Sheet, column: str) -> None:
    """Names stand once and are not blank."""
    first: dict[str, int] = {}
    for line, name in sheet.column(column):
        if not name:
            sheet.report("blank", line, column, "give it a name")
        elif name in first:
            sheet.report(
                f"{name!r} stands in row {first[name]} already",
                line,
                column,
                "delete or rename one",
            )
        first.setdefault(name, line)


def _read_contents(
    foods: _Sheet, nutrients: Sequence[str], wanted: set[str]
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Read the nutrient columns; a blank is unknown, and a fault where a target needs it."""
    content = np.empty((len(foods.rows), len(nutrients)))
    for place, nutrient in enumerate(nutrients):
        needed = nutrient in wanted
        content[:, place] = [
            _read_content(foods, line, nutrient, cell, needed)
            for line, cell in foods.column(nutrient)
        ]
    return content


def _read_content(foods: _Sheet, line: int, nutrient: str, cell: str, needed: bool) -> float:
    if cell:
        return _read_number(foods, line, nutrient, cell)
    if needed:
        foods.report(
            "blank, which is unknown and not zero",
            line,
            nutrient,
            "write 0 if the food has none, or leave the food or the target out",
        )
    return math.nan


def _read_number(sheet: _Sheet, line: int, column: str, cell: str) -> float:
    """Read a finite number; NaN, with a fault noted, for anything else."""
    try:
        number = float(cell)
    except ValueError:
        number = math.nan
    if math.isfinite(number) and "_" not in cell:
        return number
    remedy = "leave it blank for no bound" if "inf" in cell.lower() else "write it like 1.5"
    sheet.report(f"{cell!r} is not a number", line, column, remedy)
    return math.nan


def _read_bound(sheet: _Sheet, line: int, column: str, cell: str) -> float | None:
    return _read_number(sheet, line, column, cell) if cell else None


def _read_foods(foods: _Sheet) -> tuple[BasketFood, ...]:
    columns = (foods.column(name) for name in (*_FOOD_COLUMNS, *_FOOD_BOUNDS))
    listed = []
    for (line, name), (_, cost), (_, least), (_, most) in zip(*columns, strict=True):
        price = _read_price(foods, line, cost)
        bounds = _read_bound(foods, line, "min", least), _read_bound(foods, line, "max", most)
        try:
            listed.append(BasketFood(name, price, bounds[0] or 0.0, bounds[1]))
        except TargetsError as error:
            foods.report(error.what, line, remedy=error.remedy)
    return tuple(listed)


def _read_price(foods: _Sheet, line: int, cell: str) -> float:
    if cell:
        return _read_number(foods, line, "cost", cell)
    if "cost" in foods.columns:
        foods.report("blank", line, "cost", "write the price of one unit, 0 if it is free")
    return math.nan


def _read_bands(
    targets: _Sheet,
    nutrients: Sequence[str],
    content: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> tuple[NutrientBand, ...]:
    columns = (targets.column(name) for name in _BAND_COLUMNS)
    bands = []
    for (line, nutrient), (_, lower), (_, upper) in zip(*columns, strict=True):
        if nutrient and nutrient not in nutrients:
            remedy = _near(nutrient, nutrients) or "name a nutrient column of the food table"
            targets.report(f"no food column for {nutrient!r}", line, "nutrient", remedy)
            continue
        bounds = [
            _read_bound(targets, line, "lower", lower),
            _read_bound(targets, line, "upper", upper),
        ]
        _check_signs(targets, line, bounds, content, nutrients, nutrient)
        try:
            bands.append(NutrientBand(nutrient, *bounds))
        except TargetsError as error:
            targets.report(error.what, line, remedy=error.remedy)
    return tuple(bands)


def _check_signs(
    targets: _Sheet,
    line: int,
    bounds: Sequence[float | None],
    content: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    nutrients: Sequence[str],
    nutrient: str,
) -> None:
    """Refuse a negative bound, unless some food has less than nothing (a ratio row, acid load)."""
    if not nutrient or (content[:, nutrients.index(nutrient)] < 0).any():
        return
    for column, bound in zip(("lower", "upper"), bounds, strict=True):
        if bound is not None and bound < 0:
            remedy = "write 0 or more; no food has less than 0 of it"
            targets.report(f"{bound:g} is below 0", line, column, remedy)
