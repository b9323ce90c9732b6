"""The food table as a CSV file: what ``magplan foods export`` writes and a person may edit.

Header: ``food_id,name,group,fdc_id,ndb_no,release,overlay``, then one column per nutrient key, per
100 g edible portion; of foods of the catalogue ``price_usd_per_100g,price_source``, which nobody
reads back. A blank is unknown, 0 is zero; of the columns ``food_id`` and ``name`` alone
have to be there. ``release`` is the source of every figure of the row except those that
``overlay`` lists as ``key=release:id``, separated by ``;``. ``ndb_no``
holds the number that the food has in its own release (NDB number, FNDDS food code, Ciqual code).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from foods.errors import FoodDataError, raise_collected
from foods.food import OWN, Food
from foods.nutrient import known_nutrients
from foods.sheet import Sheet, as_csv_text, parse_sheet, read_sheet
from foods.table import PRICE, PRICE_COLUMNS, FoodTable, nearest_names, nearest_said

if TYPE_CHECKING:
    import pandas as pd

_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
ID_COLUMNS = ("food_id", "name", "group", "fdc_id", "ndb_no", "release", "overlay")


@dataclass(frozen=True, slots=True)
class Figures:
    """One row of the file.

    Parameters
    ----------
    food_id, name, group
        Id, plain name and food group.
    fdc_id, ndb_no, release
        FoodData Central id, number in the food's own release, and that release; blank if unknown.
    overlay
        Nutrient key → ``"release:id"`` or ``"own:rule"`` for figures from elsewhere.
    per_100g
        Nutrient key → content [the key's unit per 100 g edible]; ``None`` where unknown.
    row
        Where it stands in its file.
    """

    food_id: str
    name: str
    group: str
    fdc_id: str
    ndb_no: str
    release: str
    overlay: Mapping[str, str]
    per_100g: Mapping[str, float | None]
    row: int = field(default=0, compare=False, repr=False)


def read_food_csv(path: Path) -> Mapping[str, Figures]:
    """Read a food table file; rows may stand in any order.

    Raises
    ------
    FoodDataError
        When the file cannot be read, is not UTF-8, or has faults; all faults are listed, each with
        its row and column.
    """
    return _figures_of(read_sheet(path, "foods"))


def read_food_files(paths: Iterable[Path]) -> Mapping[str, Figures]:
    """Read several files as one table.

    Raises
    ------
    FoodDataError
        As ``read_food_csv`` for all files at once, and for a food that stands in two of them.
    """
    rows: dict[str, Figures] = {}
    faults: list[str] = []
    for path in paths:
        try:
            read = read_food_csv(path)
        except FoodDataError as error:
            faults.append(str(error))
            continue
        faults += [f"{path}: {one!r} stands in another file too" for one in read if one in rows]
        rows |= read
    raise_collected(FoodDataError, faults)
    return rows


def read_food_frame(frame: pd.DataFrame) -> Mapping[str, Figures]:
    """Read a table of pandas with the columns of the file; NaN is unknown.

    ``FoodTable.to_frame`` gives such a table.

    Raises
    ------
    FoodDataError
        When the table has faults; all are listed. Its first row is row 2, as in a file.
    """
    return _figures_of(read_sheet(frame, "foods"))


def lay_over(table: FoodTable, own: Mapping[str, Figures]) -> FoodTable:
    """Return ``table`` with figures of one's own in place of those of its foods.

    All else that a planner must know of them stays: measures, servings, prices, allergens.

    Raises
    ------
    FoodDataError
        When ``own`` has foods that the table has not: nothing tells how these are served.
    """
    faults = [
        f"no food {food_id!r}; {nearest_said(nearest_names(food_id, table.foods))}"
        for food_id in own
        if food_id not in table
    ]
    raise_collected(FoodDataError, faults, "own foods")
    foods = (
        with_figures(food, own[food.food_id]) if food.food_id in own else food for food in table
    )
    digest = hashlib.sha256(f"{table.sha256}\n{as_food_csv(own.values())}".encode()).hexdigest()
    return FoodTable.from_foods(foods, f"{table.version}+own", digest)


def with_figures(food: Food, own: Figures) -> Food:
    """Return a food with figures of one's own in place of its own; all else stays."""
    return replace(
        food,
        release=own.release,
        source_id=own.fdc_id or own.ndb_no,
        fdc_id=own.fdc_id,
        ndb_no=own.ndb_no,
        overlay=own.overlay,
        per_100g=own.per_100g,
    )


def parse_figures(text: str, where: str) -> Mapping[str, Figures]:
    """Parse the text of a food table file; ``where`` names it in messages.

    Raises
    ------
    FoodDataError
        As ``read_food_csv``.
    """
    return _figures_of(parse_sheet(text, where))


def _figures_of(sheet: Sheet) -> Mapping[str, Figures]:
    keys = [column for column in sheet.columns if column in known_nutrients()]
    sheet.check_columns(ID_COLUMNS[:2], (*ID_COLUMNS, *known_nutrients(), *PRICE_COLUMNS))
    sheet.raise_faults()
    sheet.check_once("food_id")
    table = [_parse_row(sheet, number, row, keys) for number, row in sheet.rows]
    sheet.raise_faults()
    return MappingProxyType({one.food_id: one for one in sorted(table, key=attrgetter("food_id"))})


def as_food_csv(foods: Iterable[Food | Figures]) -> str:
    """Write foods in the format that ``read_food_csv`` reads, sorted by id."""
    keys = tuple(known_nutrients())
    listed = sorted(foods, key=lambda food: food.food_id)
    is_priced = any(isinstance(food, Food) for food in listed)
    rows = [[*ID_COLUMNS, *keys, *(PRICE_COLUMNS if is_priced else ())]]
    for food in listed:
        overlay = as_overlay(food.overlay)
        ids = [food.food_id, food.name, food.group, food.fdc_id, food.ndb_no, food.release, overlay]
        row = [*map(as_cell, ids), *(as_figure(food.per_100g.get(key)) for key in keys)]
        if is_priced:
            row += [as_figure(getattr(food, PRICE, None)), getattr(food, PRICE_COLUMNS[1], "")]
        rows.append(row)
    return as_csv_text(rows)


def one_line(text: str) -> str:
    """Return a text with one space for whatever cannot be printed and for each run of space."""
    if not text.isprintable():
        text = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(text.split())


def clean_name(*parts: str | None) -> str:
    """Join what others have written to one line."""
    return ", ".join(filter(None, (one_line(part or "") for part in parts)))


def as_cell(text: str) -> str:
    """Return a text for a cell that no spreadsheet takes for a formula: behind an apostrophe."""
    if not text.isprintable():  # a line break would begin a cell
        text = one_line(text)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text


def as_figure(value: float | None) -> str:
    """Write a figure without loss; a blank for an unknown one."""
    return "" if value is None else repr(value).removesuffix(".0")


def as_overlay(overlay: Mapping[str, str]) -> str:
    """Write the overlay cell, in the order of the nutrients."""
    return ";".join(f"{key}={overlay[key]}" for key in known_nutrients() if key in overlay)


def _parse_row(sheet: Sheet, number: int, row: Mapping[str, str], keys: list[str]) -> Figures:
    overlay = {}
    food_id, name, group, fdc_id, ndb_no, release, told = (row.get(one, "") for one in ID_COLUMNS)
    for part in filter(None, told.split(";")):
        key, _, source = part.partition("=")
        if key not in known_nutrients() or ":" not in source:
            sheet.report(f"{part!r} is not nutrient=release:id", number, "overlay")
        overlay[key] = source
    return Figures(
        food_id,
        _of_cell(name),
        group,
        fdc_id,
        ndb_no,
        release or OWN,
        MappingProxyType(overlay),
        MappingProxyType({key: sheet.amount(number, row, key, least=0.0) for key in keys}),
        number,
    )


def _of_cell(cell: str) -> str:
    text = cell.removeprefix("'")
    return text if text.startswith(_FORMULA) else cell
