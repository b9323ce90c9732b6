"""Read the two tables of the classical diet problem.

``FOODS.csv`` has the columns ``name,cost[,min][,max]`` and one column per nutrient (amounts in
one unit of the food); ``TARGETS.csv`` has ``nutrient,lower,upper``, where a blank is open.
Every fault of both is collected and raised once. Of a file that ``magplan foods export`` wrote one
unit is 100 g, and a food costs the catalogue's usual price.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from foods.embedded import read_embedded_foods
from foods.errors import raise_collected
from foods.sheet import Sheet, did_you_mean, first_faults, read_sheet
from foods.table import PRICE_COLUMNS
from planner.basket.bands import BasketFood, BasketTable, NutrientBand
from planner.errors import ConfigError, TargetsError

if TYPE_CHECKING:
    import pandas as pd


COST, ID = "cost", "food_id"
_WORDS = (ID, "group", "fdc_id", "ndb_no", "release", "overlay", *PRICE_COLUMNS)
_SHOWN = 5  # foods that are named in a note
Row = tuple[int, Mapping[str, str]]


def is_export(columns: Collection[str]) -> bool:
    """Whether a table has the columns of an export rather than those of a basket."""
    return ID in columns and COST not in columns


def basket_rows(
    columns: Sequence[str], rows: Sequence[Row], wanted: Collection[str]
) -> tuple[tuple[str, ...], tuple[Row, ...], tuple[str, ...]]:
    """Return columns and rows of a basket, and what is to be said about them.

    Parameters
    ----------
    columns, rows
        Names of the columns, and the number of each line with its cells by column.
    wanted
        Nutrients that are asked for: foods without a figure of them, or without a price, are left
        out, since an unknown amount is not zero.
    """
    prices = {food.food_id: food.price_usd_per_100g for food in read_embedded_foods()}
    asked = [name for name in columns if name in wanted]
    kept: list[Row] = []
    without: dict[str, list[str]] = {}
    for number, row in rows:
        price = prices.get(row[ID])
        unknown = [name for name in asked if not row[name]]
        if price is None or unknown:
            without.setdefault(unknown[0] if unknown else COST, []).append(row["name"])
        else:
            cells = {name: cell for name, cell in row.items() if name not in _WORDS}
            kept.append((number, {**cells, COST: repr(price)}))
    notes = ["One unit is 100 g; costs are the catalogue's usual prices in US dollars."]
    for what, names in without.items():
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        told = "Left out, since {what} is unknown: {names}{more}."
        notes.append(told.format(what=what, names=", ".join(names[:_SHOWN]), more=more))
    return (*(name for name in columns if name not in _WORDS), COST), tuple(kept), tuple(notes)


_FOOD_COLUMNS = ("name", "cost")
_FOOD_BOUNDS = ("min", "max")
_BAND_COLUMNS = ("nutrient", "lower", "upper")


def read_basket(
    foods_table: str | Path | pd.DataFrame, targets_table: str | Path | pd.DataFrame
) -> BasketTable:
    """Read foods and targets, each a file or a table of pandas, into one table.

    Raises
    ------
    ConfigError
        With one line per fault, each with file, row and column: a file that is missing, empty,
        not UTF-8 or not CSV; missing, unknown or doubled columns; doubled or blank names; what is
        no finite number; bounds that are swapped or negative; a target without a column; a food
        without a figure for a target.
    """
    faults: list[str] = []
    foods = _read_table(foods_table, (*_FOOD_COLUMNS, *_FOOD_BOUNDS), faults)
    targets = _read_table(targets_table, _BAND_COLUMNS, faults)
    notes: tuple[str, ...] = ()
    if foods and targets and is_export(foods.columns):
        wanted = {row.get("nutrient", "") for _, row in targets.rows}
        columns, rows, notes = basket_rows(foods.columns, foods.rows, wanted)
        foods = replace(foods, columns=columns, rows=rows)
    table = _make_table(foods, targets) if foods and targets else None
    for sheet in filter(None, (foods, targets)):
        faults += [f"{sheet.where}, {fault}" for fault in sheet.fault_lines]
    raise_collected(ConfigError, first_faults(faults))
    assert table is not None, "a missing table has left a fault"
    return replace(table, notes=notes)


def _read_table(
    source: str | Path | pd.DataFrame, reserved: Sequence[str], faults: list[str]
) -> Sheet | None:
    """Read a table, its reserved columns in lower case; ``None`` where there is no more to say."""
    try:
        sheet = read_sheet(source, "basket", ConfigError)
    except ConfigError as error:
        faults.append(str(error))
        return None
    names = {name: name.lower() for name in sheet.columns if name.lower() in reserved}
    rows = tuple(
        (number, {names.get(name, name): cell for name, cell in row.items()})
        for number, row in sheet.rows
    )
    columns = tuple(names.get(name, name) for name in sheet.columns)
    return replace(sheet, columns=columns, rows=rows)


def _make_table(foods: Sheet, targets: Sheet) -> BasketTable | None:
    """Read the cells; ``None`` when there are faults, of which as many as possible are noted."""
    foods.check_columns(_FOOD_COLUMNS)
    targets.check_columns(_BAND_COLUMNS, _BAND_COLUMNS)
    if not foods.rows and not foods.faults:
        foods.report("no food in it", remedy="write one row per food below the first row")
    reserved = (*_FOOD_COLUMNS, *_FOOD_BOUNDS)
    nutrients = tuple(name for name in foods.columns if name not in reserved)
    foods.check_once("name")
    targets.check_once("nutrient")
    wanted = {row.get("nutrient", "") for _, row in targets.rows}
    listed = tuple(_read_food(foods, number, row) for number, row in foods.rows)
    content = np.array(
        [
            [_read_content(foods, *one, name, name in wanted) for name in nutrients]
            for one in foods.rows
        ]
    ).reshape(len(foods.rows), len(nutrients))
    bands = [_read_band(targets, *one, nutrients, content) for one in targets.rows]
    if foods.faults or targets.faults:
        return None
    held = tuple(food for food in listed if food), tuple(band for band in bands if band)
    return BasketTable(held[0], nutrients, content, held[1])


def _read_food(foods: Sheet, number: int, row: Mapping[str, str]) -> BasketFood | None:
    cost, least, most = (foods.amount(number, row, name) for name in ("cost", *_FOOD_BOUNDS))
    if cost is None and "cost" in foods.columns:
        how = "write the price of one unit, 0 if it is free"
        foods.report("blank", number, "cost", how)
    try:
        return BasketFood(row.get("name", ""), cost or 0.0, least or 0.0, most)
    except TargetsError as error:
        foods.report(error.what, number, remedy=error.remedy)
        return None


def _read_content(
    foods: Sheet, number: int, row: Mapping[str, str], nutrient: str, is_wanted: bool
) -> float:
    """Read an amount; a blank is unknown, and a fault where a target needs it."""
    amount = foods.amount(number, row, nutrient)
    if amount is None and is_wanted:
        how = "write 0 if the food has none, or leave the food or the target out"
        foods.report("blank, which is unknown and not zero", number, nutrient, how)
    return math.nan if amount is None else amount


def _read_band(
    targets: Sheet,
    number: int,
    row: Mapping[str, str],
    nutrients: Sequence[str],
    content: NDArray[np.float64],
) -> NutrientBand | None:
    nutrient = row.get("nutrient", "")
    if nutrient and nutrient not in nutrients:
        how = did_you_mean(nutrient, nutrients) or "name a nutrient column of the food table"
        targets.report(f"no food column for {nutrient!r}", number, "nutrient", how)
        return None
    bounds = {name: targets.amount(number, row, name) for name in _BAND_COLUMNS[1:]}
    # A food may have less than nothing of a ratio row or an acid load.
    if nutrient and not (content[:, nutrients.index(nutrient)] < 0).any():
        for column, bound in bounds.items():
            if bound is not None and bound < 0:
                how = "write 0 or more; no food has less than 0 of it"
                targets.report(f"{bound:g} is below 0", number, column, how)
    try:
        return NutrientBand(nutrient, **bounds)
    except TargetsError as error:
        targets.report(error.what, number, remedy=error.remedy)
        return None
