"""The food table as a CSV file: what ``magplan foods export`` writes and a person may edit.

Header: ``food_id,name,group,fdc_id,ndb_no,release,overlay``, then one column per nutrient key, per
100 g edible portion. A blank is unknown, 0 is zero. ``release`` is the source of every figure of
the row except those that ``overlay`` lists as ``key=release:id``, separated by ``;``. ``ndb_no``
holds the number that the food has in its own release (NDB number, FNDDS food code, Ciqual code).
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from foods.errors import FoodDataError, raise_collected
from foods.food import Food
from foods.nutrient import known_nutrients
from foods.own_file import read_own_text
from foods.table import PRICE, FoodTable, nearest_names

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
    """

    food_id: str
    name: str
    group: str
    fdc_id: str
    ndb_no: str
    release: str
    overlay: Mapping[str, str]
    per_100g: Mapping[str, float | None]


def read_food_csv(path: Path) -> Mapping[str, Figures]:
    """Read a food table file; rows may stand in any order.

    Raises
    ------
    FoodDataError
        When the file cannot be read, is not UTF-8, or has faults; all faults are listed, each with
        its row and column.
    """
    return parse_figures(read_own_text(path, "foods"), str(path))


def read_food_frame(frame: pd.DataFrame) -> Mapping[str, Figures]:
    """Read a table of pandas with the columns of the file; NaN is unknown.

    ``FoodTable.to_frame`` gives such a table; its prices are left aside.

    Raises
    ------
    FoodDataError
        When the table has faults; all are listed. Its first row is row 2, as in a file.
    """
    text = frame.drop(columns=[PRICE], errors="ignore").to_csv(index=False)
    return parse_figures(text, "the table")


def lay_over(table: FoodTable, own: Mapping[str, Figures]) -> FoodTable:
    """Give ``table`` with figures of one's own in place of those of its foods.

    All else that a planner must know of them stays: measures, servings, prices, allergens.

    Raises
    ------
    FoodDataError
        When ``own`` has foods that the table has not: nothing tells how these are served.
    """
    faults = [
        f"no food {one!r}; the nearest: {', '.join(nearest_names(one, table.foods)) or 'none'}"
        for one in own
        if one not in table
    ]
    raise_collected(FoodDataError, faults, "own foods")
    foods = (
        _with_figures(food, own[food.food_id]) if food.food_id in own else food for food in table
    )
    digest = hashlib.sha256(f"{table.sha256}\n{as_food_csv(own.values())}".encode()).hexdigest()
    return FoodTable.from_foods(foods, f"{table.version}+own", digest)


def _with_figures(food: Food, own: Figures) -> Food:
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
    header, rows = read_rows(text, where)
    raise_collected(FoodDataError, _header_faults(header), where)
    keys = tuple(column for column in header if column not in ID_COLUMNS)
    faults: list[str] = []
    table: dict[str, Figures] = {}
    for number, row in rows:
        figures = _parse_row(number, row, keys, faults)
        if figures.food_id in table:
            faults.append(f"row {number}, food_id: {figures.food_id!r} stands twice")
        table[figures.food_id] = figures
    raise_collected(FoodDataError, faults, where)
    return MappingProxyType(dict(sorted(table.items())))


def read_rows(text: str, where: str) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Split CSV text into its header and its numbered rows; row 1 is the header.

    Raises
    ------
    FoodDataError
        When the text is empty or damaged, or rows have too few or too many cells.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        lines = [(reader.line_num, line) for line in reader if line]
    except csv.Error as error:
        raise FoodDataError(f"damaged: {error}", f"{where}, row {reader.line_num}") from None
    if not lines or "\0" in text:
        raise FoodDataError(
            "no rows" if not lines else "damaged: holds NUL bytes",
            where,
            "write a header and one row per food, as `magplan foods export` does",
        )
    header = lines[0][1]
    raise_collected(
        FoodDataError,
        (
            f"row {number}: {len(line)} cells instead of {len(header)}"
            for number, line in lines
            if len(line) != len(header)
        ),
        where,
    )
    return header, [(number, dict(zip(header, line, strict=True))) for number, line in lines[1:]]


def as_food_csv(foods: Iterable[Food | Figures]) -> str:
    """Write foods in the format that ``read_food_csv`` reads, sorted by id."""
    keys = tuple(known_nutrients())
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*ID_COLUMNS, *keys])
    for food in sorted(foods, key=lambda food: food.food_id):
        overlay = as_overlay(food.overlay)
        ids = [food.food_id, food.name, food.group, food.fdc_id, food.ndb_no, food.release, overlay]
        writer.writerow([*map(as_cell, ids), *(as_figure(food.per_100g.get(key)) for key in keys)])
    return out.getvalue()


def as_cell(text: str) -> str:
    """Give a text for a cell that no spreadsheet takes for a formula: behind an apostrophe."""
    if not text.isprintable():  # a line break would begin a cell
        text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text


def as_figure(value: float | None) -> str:
    """Write a figure without loss; a blank for an unknown one."""
    return "" if value is None else repr(value).removesuffix(".0")


def as_overlay(overlay: Mapping[str, str]) -> str:
    """Write the overlay cell, in the order of the nutrients."""
    return ";".join(f"{key}={overlay[key]}" for key in known_nutrients() if key in overlay)


def _header_faults(header: list[str]) -> list[str]:
    faults = [f"row 1: column {name!r} is missing" for name in ID_COLUMNS if name not in header]
    faults += [
        f"row 1: column {name!r} stands twice"
        for name in sorted(set(header))
        if header.count(name) > 1
    ]
    for name in header:
        if name not in ID_COLUMNS and name not in known_nutrients():
            near = ", ".join(nearest_names(name, known_nutrients())) or "none"
            faults.append(f"row 1: unknown nutrient column {name!r}; the nearest: {near}")
    return faults


def _parse_row(
    number: int, row: dict[str, str], keys: tuple[str, ...], faults: list[str]
) -> Figures:
    if not row["food_id"]:
        faults.append(f"row {number}, food_id: blank")
    per_100g = {key: None if row[key] == "" else _parse_figure(row[key]) for key in keys}
    faults.extend(
        f"row {number}, {key}: {row[key]!r} is not a figure of 0 or more"
        for key, value in per_100g.items()
        if value is not None and math.isnan(value)
    )
    overlay = _parse_overlay(number, row["overlay"], faults)
    return Figures(
        row["food_id"],
        _of_cell(row["name"]),
        row["group"],
        row["fdc_id"],
        row["ndb_no"],
        row["release"],
        overlay,
        MappingProxyType(per_100g),
    )


def _of_cell(cell: str) -> str:
    text = cell.removeprefix("'")
    return text if text.startswith(_FORMULA) else cell


def _parse_figure(cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        return math.nan
    return value if value >= 0 and math.isfinite(value) else math.nan


def _parse_overlay(number: int, cell: str, faults: list[str]) -> Mapping[str, str]:
    overlay = {}
    for part in filter(None, cell.split(";")):
        key, _, source = part.partition("=")
        if key not in known_nutrients() or ":" not in source:
            faults.append(f"row {number}, overlay: {part!r} is not nutrient=release:id")
        overlay[key] = source
    return MappingProxyType(overlay)
