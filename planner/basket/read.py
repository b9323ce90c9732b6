"""Read the two tables of the classical diet problem.

``FOODS.csv`` has the columns ``name,cost[,min][,max]`` and one column per nutrient (amounts in
one unit of the food); ``TARGETS.csv`` has ``nutrient,lower,upper``, where a blank is open.
Every fault of both is collected and raised once. Of a file that ``magplan foods export`` wrote one
unit is 100 g, and a food costs the catalogue's usual price.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from foods.embedded import read_embedded_foods
from foods.errors import raise_collected
from foods.sheet import Sheet, did_you_mean, first_faults, read_sheet
from foods.table import PRICE_COLUMNS
from planner.basket.table import BasketFood, BasketTable, NutrientBand
from planner.errors import ConfigError, TargetsError

if TYPE_CHECKING:
    import pandas as pd

Made = TypeVar("Made")
Row = Mapping[str, str]

_FOOD_COLUMNS = ("name", "cost", "min", "max")
_BAND_COLUMNS = ("nutrient", "lower", "upper")
_EXPORT_WORDS = ("food_id", "group", "fdc_id", "ndb_no", "release", "overlay", *PRICE_COLUMNS)
_SHOWN = 5  # foods that are named in a note


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
    foods = _read_table(foods_table, _FOOD_COLUMNS, faults)
    targets = _read_table(targets_table, _BAND_COLUMNS, faults)
    table = _make_table(foods, targets) if foods and targets else None
    for sheet in filter(None, (foods, targets)):
        faults += [f"{sheet.where}, {line}" for line in sheet.fault_lines]
    raise_collected(ConfigError, first_faults(faults))
    assert table is not None, "a missing table has left a fault"
    return table


def _read_table(
    source: str | Path | pd.DataFrame, reserved: Collection[str], faults: list[str]
) -> Sheet | None:
    """Read a table, its reserved columns in lower case; ``None`` where there is no more to say."""
    try:
        sheet = read_sheet(source, "basket", ConfigError)
    except ConfigError as error:
        faults.append(str(error))
        return None
    names = {name: name.lower() if name.lower() in reserved else name for name in sheet.columns}
    rows = tuple((at, {names[name]: row[name] for name in row}) for at, row in sheet.rows)
    return replace(sheet, columns=tuple(names[name] for name in sheet.columns), rows=rows)


def _make_table(foods: Sheet, targets: Sheet) -> BasketTable | None:
    """Read the cells; ``None`` when there are faults, of which as many as possible are noted."""
    wanted = {row.get("nutrient", "") for _, row in targets.rows}
    notes: list[str] = []
    if "food_id" in foods.columns and "cost" not in foods.columns:
        foods = _with_prices(foods, wanted, notes)
    foods.check_columns(_FOOD_COLUMNS[:2])
    targets.check_columns(_BAND_COLUMNS, _BAND_COLUMNS)
    if not foods.rows and not foods.faults:
        foods.report("no food in it", remedy="write one row per food below the first row")
    foods.check_once("name")
    targets.check_once("nutrient")
    nutrients = [name for name in foods.columns if name not in _FOOD_COLUMNS]
    listed = [_read_food(foods, at, row, wanted.intersection(nutrients)) for at, row in foods.rows]
    content = np.array(
        [[foods.amount(at, row, name) for name in nutrients] for at, row in foods.rows], dtype=float
    ).reshape(len(foods.rows), len(nutrients))
    # A food may have less than nothing of a ratio row or an acid load.
    signed = {nutrients[place] for place in np.flatnonzero((content < 0).any(axis=0))}
    bands = [_read_band(targets, at, row, nutrients, signed) for at, row in targets.rows]
    if foods.faults or targets.faults:
        return None
    kept = tuple(filter(None, listed)), tuple(nutrients), content, tuple(filter(None, bands))
    return BasketTable(*kept, tuple(notes))


def _with_prices(foods: Sheet, wanted: Collection[str], notes: list[str]) -> Sheet:
    """Return an export with the catalogue's prices; ``notes`` gets what is to be said of it.

    Foods without a price, or without a figure that is wanted, are left out, since an unknown
    amount is not zero.
    """
    prices = {food.food_id: food.price_usd_per_100g for food in read_embedded_foods()}
    columns = tuple(name for name in foods.columns if name not in _EXPORT_WORDS)
    kept, without = [], dict[str, list[str]]()
    for at, row in foods.rows:
        price = prices.get(row["food_id"])
        unknown = [name for name in foods.columns if name in wanted and not row[name]]
        if price is None or unknown:
            without.setdefault([*unknown, "cost"][0], []).append(row["name"])
        else:
            kept.append((at, {name: row[name] for name in columns} | {"cost": repr(price)}))
    notes.append("One unit is 100 g; costs are the catalogue's usual prices in US dollars.")
    for what, names in without.items():
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        named = ", ".join(names[:_SHOWN])
        notes.append(f"Left out, since {what} is unknown: {named}{more}.")
    return replace(foods, columns=(*columns, "cost"), rows=tuple(kept))


def _read_food(foods: Sheet, number: int, row: Row, wanted: Collection[str]) -> BasketFood | None:
    """Read a food; a blank is unknown, and a fault where a target needs it."""
    cost, least, most = (foods.amount(number, row, name) for name in _FOOD_COLUMNS[1:])
    if cost is None and "cost" in foods.columns:
        foods.report("blank", number, "cost", "write the price of one unit, 0 if it is free")
    for name in sorted(wanted):
        if not row[name]:
            how = "write 0 if the food has none, or leave the food or the target out"
            foods.report("blank, which is unknown and not zero", number, name, how)
    return _made(foods, number, BasketFood, row.get("name", ""), cost or 0.0, least or 0.0, most)


def _read_band(
    targets: Sheet, number: int, row: Row, nutrients: list[str], signed: Collection[str]
) -> NutrientBand | None:
    nutrient = row.get("nutrient", "")
    if nutrient and nutrient not in nutrients:
        how = did_you_mean(nutrient, nutrients) or "name a nutrient column of the food table"
        targets.report(f"no food column for {nutrient!r}", number, "nutrient", how)
        return None
    bounds = {name: targets.amount(number, row, name) for name in _BAND_COLUMNS[1:]}
    for column, bound in bounds.items():
        if bound is not None and bound < 0 and nutrient and nutrient not in signed:
            how = "write 0 or more; no food has less than 0 of it"
            targets.report(f"{bound:g} is below 0", number, column, how)
    return _made(targets, number, NutrientBand, nutrient, **bounds)


def _made(
    sheet: Sheet, number: int, kind: Callable[..., Made], *cells: Any, **named: Any
) -> Made | None:
    """Return a value made of the cells of a row; note why there can be none."""
    try:
        return kind(*cells, **named)
    except TargetsError as error:
        sheet.report(error.what, number, remedy=error.remedy)
        return None
