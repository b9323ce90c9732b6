"""The food table that comes with the program."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from foods.catalogue import parse_catalogue
from foods.oxalate import fill_oxalate
from foods.table import FoodTable


@cache
def read_embedded_foods() -> FoodTable:
    """Read the shipped catalogue with its figures; read once, then kept.

    Raises
    ------
    FoodDataError
        When a shipped file was damaged.
    """
    table = parse_catalogue(
        read_data_text("catalogue.csv"),
        read_data_text("foods.csv"),
        tomllib.loads(read_data_text("vocabulary.toml")),
        tomllib.loads(read_data_text("SOURCES.toml"))["catalogue"]["version"],
    )
    return fill_oxalate(table, read_data_text("estimates.toml"))


@lru_cache(maxsize=256)
def parse_toml_once(text: str) -> dict[str, Any]:
    """Parse TOML; the dish files are read by the candidates and, apart from them, by the check.

    The tables are shared: whoever reads them must not change them.
    """
    return tomllib.loads(text)


def read_data_text(name: str) -> str:
    """Give the text of a shipped file of ``foods/data``."""
    return files("foods").joinpath("data", name).read_text(encoding="utf-8")
