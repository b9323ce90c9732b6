"""The food table that comes with the program."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import tomli

from foods.catalogue import fill_blanks, parse_catalogue
from foods.errors import FoodDataError
from foods.fodmap import FodmapLists
from foods.nutrient import NUTRIENTS_FILE, known_nutrients
from foods.sheet import parse_rows
from foods.table import FoodTable


@cache
def read_embedded_foods() -> FoodTable:
    """Read the shipped catalogue with its figures; read once, then kept.

    Raises
    ------
    FoodDataError
        When a shipped file was damaged, or a nutrient has no figure at all.
    """
    return _read_catalogue("", data_settings("vocabulary.toml"))


@cache
def read_lookup_foods() -> FoodTable:
    """Read the shipped catalogue and foods that people write down, but that no plan uses.

    Raises
    ------
    FoodDataError
        When a shipped file was damaged.
    """
    table = read_embedded_foods()
    vocabulary = data_settings("vocabulary.toml")
    known = {*vocabulary["contains"], *table.foods, *(food.base for food in table)}
    lookup = _read_catalogue("lookup/", {**vocabulary, "contains": sorted(known)})
    return FoodTable.from_foods([*table, *lookup], table.version, table.sha256)


def _read_catalogue(folder: str, vocabulary: Mapping[str, Any]) -> FoodTable:
    rows, figures = (read_data_text(f"{folder}{name}.csv") for name in ("catalogue", "foods"))
    source = data_settings("SOURCES.toml")[folder.rstrip("/") or "catalogue"]
    table = parse_catalogue(rows, figures, vocabulary, source["version"], source["prices"])
    if not folder:
        check_figures(table)
    return fodmap_lists().marked(fill_blanks(table, data_settings("estimates.toml")))


@cache
def fodmap_lists() -> FodmapLists:
    """Read what lists say of foods low and high in FODMAPs; read once, then kept."""
    return FodmapLists.from_text(read_data_text("fodmap.csv"), data_settings("fodmap.toml"))


@cache
def small_portions() -> Mapping[str, Mapping[str, float]]:
    """Name the foods low in FODMAPs in small portions: what shares one → food id → grams."""
    return fodmap_lists().portions_of(read_lookup_foods())


def check_figures(table: FoodTable) -> None:
    """See that every nutrient has figures: one that is unknown everywhere would count for nothing.

    Raises
    ------
    FoodDataError
        When the column of a nutrient is missing or blank.
    """
    missing = [
        key for key in known_nutrients() if all(food.per_100g.get(key) is None for food in table)
    ]
    if missing:
        raise FoodDataError(
            "no food has a figure of {names}, which {file} names".format(
                names=", ".join(missing), file=NUTRIENTS_FILE
            ),
            "foods/data/foods.csv",
            "carry the figures over with `python -m foods.maintain carry` (foods/data/README.md)",
        )


@lru_cache(maxsize=256)
def parse_toml_once(text: str) -> dict[str, Any]:
    """Parse TOML; the dish files are read by the candidates and, apart from them, by the check.

    The tables are shared: whoever reads them must not change them.
    """
    return tomli.loads(text)


@cache
def read_overlaid() -> Mapping[tuple[str, str], Mapping[str, str]]:
    """Read the figures that newer analyses cover: (food, nutrient) → the row that is covered."""
    texts = (read_data_text(f"{folder}overlaid.csv") for folder in ("", "lookup/"))
    rows = (row for text in texts for _number, row in parse_rows(text, "overlaid.csv"))
    return {(row["food_id"], row["nutrient"]): row for row in rows}


@cache
def data_settings(name: str) -> Mapping[str, Any]:
    """Return a TOML file of ``foods/data`` as it stands, read once."""
    return tomli.loads(read_data_text(name))


def read_data_text(name: str) -> str:
    """Return the text of a shipped file of ``foods/data``."""
    return files("foods").joinpath("data", name).read_text(encoding="utf-8")
