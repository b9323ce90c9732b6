"""The only door to ``configs``: its TOML, CSV and text files, each read once."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@cache
def read_settings(name: str) -> Mapping[str, Any]:
    """Read a TOML file of ``configs`` as it stands."""
    return MappingProxyType(tomllib.loads(read_text(name)))


@cache
def read_rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Give the rows of a CSV file of ``configs`` as they stand, column → cell."""
    return tuple(csv.DictReader(read_text(name).splitlines()))


@cache
def read_text(name: str) -> str:
    """Give the text of a file of ``configs``."""
    return read_shipped(f"configs/{name}")


@cache
def read_shipped(path: str) -> str:
    """Give the text of a file by its path in the project, as sources are cited: ``configs/…``."""
    package, _, rest = path.partition("/")
    return files(package).joinpath(rest).read_text(encoding="utf-8")


@cache
def names_in(folder: str, suffix: str) -> tuple[str, ...]:
    """Name the files of a folder of ``configs`` that end in ``suffix``, without it, by alphabet."""
    entries = (entry.name for entry in files("configs").joinpath(folder).iterdir())
    return tuple(sorted(name.removesuffix(suffix) for name in entries if name.endswith(suffix)))


@cache
def folders_in(folder: str) -> tuple[str, ...]:
    """Name the folders in a folder of ``configs``, by alphabet."""
    entries = files("configs").joinpath(folder).iterdir()
    return tuple(sorted(entry.name for entry in entries if entry.is_dir()))
