"""Sheets as a workbook of Excel: numbers as numbers, texts as texts, heads that stay in sight.

Why the file is packed anew: what says who made it stands first and in the clear, so that the
program knows its own files again, and the same plan gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from planner.document.program import PROGRAM, created, program_version
from planner.settings import read_settings

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

MARK = f">{PROGRAM} "
DATE, WHOLE, MONEY = "ddd d mmm yy", "#,##0", "#,##0.00"

_CORE = "docProps/core.xml"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML 1.0
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads a character from what follows
_SUBSTITUTE, _LEFT = "\ufffd", "left"
_MOST_CHARACTERS = 32_767  # of a cell
_LEAST_WIDTH, _EDGE, _UPRIGHT = 5, 3, 145  # characters; as many fit on upright paper
_LINE_POINTS, _MOST_LINES = 15.0, 27  # a row of Excel has at most 409 points
_BOX, _RULE = "404040", "D9D9D9"
_PAPER = {"us": 1, "metric": 9}  # Letter and A4, as the format numbers them


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with the form in which it is shown; unknown is blank."""

    value: float | None
    number: str


Value = str | float | date | Figure | None
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a sheet.

    Parameters
    ----------
    text
        What stands above it, with the unit; in English, which is its key in rows.
    number
        The form in which its numbers are shown; they are kept unrounded.
    is_box
        Whether it is for ticks, and so stands there though no row has anything in it.
    is_printed
        Whether it is on paper too, where texts have lines; those that are not stand last.
    most
        How wide it may be [characters].
    """

    text: str
    number: str = ""
    is_box: bool = False
    is_printed: bool = True
    most: int = 44

    @property
    def shown(self) -> str:
        """What stands above it in the language that is spoken."""
        return self.text


@dataclass(frozen=True, slots=True)
class Bands:
    """Columns that are marked where they leave the band that stands in their own row.

    Parameters
    ----------
    values
        Heads of the marked columns.
    lower, upper
        Heads of the columns of the band; a blank leaves that side open.
    """

    values: tuple[str, ...]
    lower: str
    upper: str


@dataclass(frozen=True, slots=True)
class BookSheet:
    """A table with its heads.

    Parameters
    ----------
    title
        Name of the sheet, in English.
    columns
        Its columns.
    rows
        Head → value; what a row lacks is blank.
    still
        How many columns stay in sight when one moves to the right.
    bands
        Columns that are marked by their bands.
    below
        Sentences under the table.
    """

    title: str
    columns: Sequence[Head]
    rows: Sequence[Row]
    still: int = 0
    bands: tuple[Bands, ...] = ()
    below: Sequence[str] = field(default=())


def as_workbook(title: str, sheets: Iterable[BookSheet], units: str) -> bytes:
    """Return the file.

    Parameters
    ----------
    title
        Title of the document.
    sheets
        What is in it, the first on top.
    units
        ``"us"`` or ``"metric"``, which decides on the paper.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title), sheet, title, units)
    stamp = datetime.fromisoformat(created())
    book.properties.title, book.properties.creator = title, f"{PROGRAM} {program_version()}"
    book.properties.language, book.properties.created = "en", stamp
    return _packed(book, stamp)


def _fill(page: Worksheet, sheet: BookSheet, title: str, units: str) -> None:
    columns = [
        one
        for one in sheet.columns
        if one.is_box or any(row.get(one.text) not in (None, "") for row in sheet.rows)
    ]
    widths = [_width(column, sheet.rows) for column in columns]
    for place, (column, width) in enumerate(zip(columns, widths, strict=True), start=1):
        page.column_dimensions[_letter(place)].width = width
        _head(page.cell(1, place), column, sheet.rows)
        for number, row in enumerate(sheet.rows, start=2):
            _put(page.cell(number, place), row.get(column.text), column)
    heads: Row = {column.text: column.shown for column in columns}
    for number, row in enumerate((heads, *sheet.rows), start=1):
        page.row_dimensions[number].height = _LINE_POINTS * _most_lines(row, columns, widths)
    last, on_paper = len(sheet.rows) + 1, sum(column.is_printed for column in columns)
    for number, text in enumerate(sheet.below, start=last + 2):
        page.merge_cells(start_row=number, end_row=number, start_column=1, end_column=on_paper)
        _put(page.cell(number, 1), text, Head(""))
        lines = _lines(text, sum(widths[:on_paper]))
        page.row_dimensions[number].height = _LINE_POINTS * lines
    _mark(page, columns, sheet.bands, last)
    page.freeze_panes = page.cell(2, min(sheet.still, len(columns)) + 1).coordinate
    page.auto_filter.ref = f"A1:{_letter(len(columns))}{last}"
    page.print_area = f"A1:{_letter(on_paper)}{page.max_row}"
    is_wide = sum(widths[:on_paper]) > _UPRIGHT
    _lay_out(page, title, units, is_wide=is_wide)


def _head(cell: Cell | MergedCell, column: Head, rows: Sequence[Row]) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    _put(cell, column.shown, Head(""))
    is_text = any(isinstance(row.get(column.text), str) for row in rows)
    cell.font = Font("Calibri", 11, bold=True)
    cell.fill = PatternFill("solid", fgColor="E7E6E6")
    cell.border = Border(bottom=Side("thin"))
    cell.alignment = Alignment(
        _LEFT if is_text else "right", "bottom", wrap_text=True, indent=int(is_text)
    )


def _put(cell: Cell | MergedCell, value: Value, column: Head) -> None:
    """Write a value; a text is one whatever it begins with, and stays one when it is edited."""
    number = value.number if isinstance(value, Figure) else column.number
    value = value.value if isinstance(value, Figure) else value
    if isinstance(value, str):
        text = cell_text(value)
        cell.value = text
        cell.data_type = "s"
        cell.style = _style(cell, column, "Text" if column.is_printed else "Text on one line")
        if text.startswith(("=", "+", "-", "@")):
            cell.quotePrefix = True
    else:
        cell.value = value
        cell.style = _style(cell, column, f"Number {number}".strip(), number)


def _style(cell: Cell | MergedCell, column: Head, name: str, number: str = "") -> str:
    """Name the style of a cell, which is made when it is first needed."""
    from openpyxl.styles import Alignment, Border, NamedStyle, Side

    name = f"Box {name}" if column.is_box else name
    book = cell.parent.parent
    assert book is not None  # a sheet is made in its book
    if name not in book.named_styles:
        style = NamedStyle(name, number_format=number or "General")
        style.font.name, style.font.sz = "Calibri", 11
        side = Side("thin", color=_BOX if column.is_box else _RULE)
        style.border = Border(side, side, side, side) if column.is_box else Border(bottom=side)
        style.alignment = Alignment(vertical="top")
        if name.endswith(("Text", "Text on one line")):
            is_wrapped = name.endswith("Text")
            style.alignment = Alignment(_LEFT, "top", wrap_text=is_wrapped, indent=1)
        book.add_named_style(style)
    return name


def cell_text(text: str) -> str:
    """Return a text as a cell may hold it; what XML cannot say has a visible substitute."""
    return _ESCAPE.sub("_x005F_", _ILLEGAL.sub(_SUBSTITUTE, text))[:_MOST_CHARACTERS]


def _width(column: Head, rows: Sequence[Row]) -> int:
    """Make a column as wide as what is in it; a long text has lines, a head breaks at words."""
    shown = (_shown(row.get(column.text), column) for row in rows)
    widest = max(
        [_LEAST_WIDTH, *(len(word) + 1 for word in column.shown.split()), *map(len, shown)]
    )
    return min(widest + _EDGE, column.most)


def _most_lines(row: Row, columns: Sequence[Head], widths: Sequence[int]) -> int:
    """Return the lines of the longest text of a row, as narrow as its column is."""
    sized = zip(columns, widths, strict=True)
    return max(_lines(row.get(one.text), width) for one, width in sized if one.is_printed)


def _lines(value: Value, width: int) -> int:
    if not isinstance(value, str):
        return 1
    lines = sum(len(wrap(line, width - 1)) or 1 for line in value.split("\n"))
    return min(lines, _MOST_LINES)


def _shown(value: Value, column: Head) -> str:
    """Return about what is seen of a value, to measure it."""
    if isinstance(value, str):
        return max(value.split("\n"), key=len)
    if isinstance(value, date):
        return column.number
    figure = value.value if isinstance(value, Figure) else value
    return "" if figure is None else f"{figure:,.2f}"


def _mark(page: Worksheet, columns: Sequence[Head], bands: Iterable[Bands], last: int) -> None:
    """Mark what is outside of its band: below in blue, above in orange, and in bold for print."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    slack = read_settings("check.toml")["tolerance"]["sum"]
    below, above = PatternFill(bgColor="9ECAE1"), PatternFill(bgColor="FDAE6B")
    heads = [column.text for column in columns]
    letters = {head: _letter(place) for place, head in enumerate(heads, start=1)}
    for one in bands:
        for head in one.values:
            if head not in letters or last == 1:
                continue
            cell, lower, upper = f"{letters[head]}2", letters.get(one.lower), letters.get(one.upper)
            sides = (
                (lower, f"{cell}<${lower}2*(1-{slack})", below, Font(bold=True)),
                (upper, f"{cell}>${upper}2*(1+{slack})", above, Font(bold=True, italic=True)),
            )
            for letter, outside, fill, font in sides:
                if letter:
                    held = f"AND(ISNUMBER({cell}),ISNUMBER(${letter}2),{outside})"
                    style = DifferentialStyle(font=font, fill=fill)
                    rule = Rule("expression", dxf=style, formula=[held])
                    page.conditional_formatting.add(f"{cell}:{letters[head]}{last}", rule)


def _lay_out(page: Worksheet, title: str, units: str, *, is_wide: bool) -> None:
    """Set how a sheet is printed: as wide as the paper, the head on each page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape" if is_wide else "portrait"
    page.page_setup.paperSize = _PAPER[units]
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins.left = page.page_margins.right = 0.4
    for part, text in ((page.oddHeader, f"{title}: &A"), (page.oddFooter, "&P / &N")):
        assert part is not None  # each sheet has them
        part.right.text = text


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(place)


def _packed(book: Workbook, stamp: datetime) -> bytes:
    from openpyxl.xml.functions import tostring

    written, packed = BytesIO(), BytesIO()
    book.save(written)
    book.properties.modified = stamp
    core = tostring(book.properties.to_tree())
    with ZipFile(written) as source, ZipFile(packed, "w") as file:
        file.writestr(ZipInfo(_CORE), core)  # in the clear
        for name in source.namelist():
            if name != _CORE:
                file.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
    return packed.getvalue()
