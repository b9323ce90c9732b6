"""A food table as ``magplan foods export`` writes it, as the foods of a basket.

One unit is 100 g; what a food costs is the catalogue's usual price where the file has none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from foods.embedded import read_embedded_foods
from planner.language.spoken import said

COST, ID = "cost", "food_id"
_WORDS = (ID, "group", "fdc_id", "ndb_no", "release", "overlay")
_SHOWN = 5  # foods that are named in a note
Row = tuple[int, Mapping[str, str]]


def is_export(columns: Collection[str]) -> bool:
    """Whether a table has the columns of an export rather than those of a basket."""
    return ID in columns and COST not in columns


def basket_rows(
    columns: Sequence[str], rows: Sequence[Row], wanted: Collection[str]
) -> tuple[tuple[str, ...], tuple[Row, ...], tuple[str, ...]]:
    """Give columns and rows of a basket, and what is to be said about them.

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
    notes = [said("One unit is 100 g; costs are the catalogue's usual prices in US dollars.")]
    for what, names in without.items():
        more = said(" and {count} more", count=len(names) - _SHOWN) if len(names) > _SHOWN else ""
        told = said("Left out, since {what} is unknown: {names}{more}.")
        notes.append(told.format(what=what, names=", ".join(names[:_SHOWN]), more=more))
    return (*(name for name in columns if name not in _WORDS), COST), tuple(kept), tuple(notes)
