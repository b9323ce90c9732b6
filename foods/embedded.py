"""The food table that comes with the program."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from foods.catalogue import parse_catalogue
from foods.table import FoodTable


@cache
def read_embedded_foods() -> FoodTable:
    """Read the shipped catalogue with its figures; read once, then kept.

    Raises
    ------
    FoodDataError
        When a shipped file was damaged.
    """
    return parse_catalogue(
        read_data_text("catalogue.csv"),
        read_data_text("foods.csv"),
        tomllib.loads(read_data_text("vocabulary.toml")),
        tomllib.loads(read_data_text("SOURCES.toml"))["catalogue"]["version"],
    )


def read_data_text(name: str) -> str:
    """Give the text of a shipped file of ``foods/data``."""
    return files("foods").joinpath("data", name).read_text(encoding="utf-8")
