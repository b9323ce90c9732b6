"""The food table that comes with the program."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import tomli

from foods.catalogue import parse_catalogue
from foods.errors import FoodDataError
from foods.nutrient import NUTRIENTS_FILE, known_nutrients
from foods.oxalate import fill_oxalate
from foods.said import said
from foods.table import FoodTable


@cache
def read_embedded_foods() -> FoodTable:
    """Read the shipped catalogue with its figures; read once, then kept.

    Raises
    ------
    FoodDataError
        When a shipped file was damaged, or a nutrient has no figure at all.
    """
    table = parse_catalogue(
        read_data_text("catalogue.csv"),
        read_data_text("foods.csv"),
        tomli.loads(read_data_text("vocabulary.toml")),
        tomli.loads(read_data_text("SOURCES.toml"))["catalogue"]["version"],
    )
    check_figures(table)
    return fill_oxalate(table, read_data_text("estimates.toml"))


@cache
def read_lookup_foods() -> FoodTable:
    """Read the shipped catalogue and foods that people write down, but that no plan uses.

    Raises
    ------
    FoodDataError
        When a shipped file was damaged.
    """
    table = read_embedded_foods()
    vocabulary = tomli.loads(read_data_text("vocabulary.toml"))
    known = {*vocabulary["contains"], *table.foods, *(one.base for one in table)}
    lookup = parse_catalogue(
        read_data_text("lookup/catalogue.csv"),
        read_data_text("lookup/foods.csv"),
        vocabulary | {"contains": sorted(known)},
        tomli.loads(read_data_text("SOURCES.toml"))["lookup"]["version"],
    )
    lookup = fill_oxalate(lookup, read_data_text("estimates.toml"))
    return FoodTable.from_foods([*table, *lookup], table.version, table.sha256)


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
            said(
                "no food has a figure of {names}, which {file} names",
                names=", ".join(missing),
                file=NUTRIENTS_FILE,
            ),
            "foods/data/foods.csv",
            "carry the figures over with `magplan foods carry`, as foods/data/README.md tells",
        )


@lru_cache(maxsize=256)
def parse_toml_once(text: str) -> dict[str, Any]:
    """Parse TOML; the dish files are read by the candidates and, apart from them, by the check.

    The tables are shared: whoever reads them must not change them.
    """
    return tomli.loads(text)


def read_data_text(name: str) -> str:
    """Return the text of a shipped file of ``foods/data``."""
    return files("foods").joinpath("data", name).read_text(encoding="utf-8")
