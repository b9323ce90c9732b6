"""Readers of food composition releases and of people's own tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from foods.errors import FoodDataError
from foods.importers.ciqual import read_ciqual
from foods.importers.fndds import read_fndds
from foods.importers.foundation import read_foundation
from foods.importers.release import ReleaseFigures
from foods.importers.sr28 import read_sr28
from foods.said import said

READERS: Mapping[str, Callable[[Path], ReleaseFigures]] = {
    "sr28": read_sr28,
    "foundation_2024-10": read_foundation,
    "fndds_2021-2023": read_fndds,
    "ciqual_2017": read_ciqual,
}


def read_release(name: str, folder: Path) -> ReleaseFigures:
    """Read the release ``name`` from the folder of its unpacked download.

    Raises
    ------
    FoodDataError
        When the release is unknown, or its files are missing or damaged.
    """
    if name not in READERS:
        raise FoodDataError(
            said("no reader for release {name!r}", name=name),
            remedy=said("use {names}", names=", ".join(READERS)),
        )
    return READERS[name](folder)
