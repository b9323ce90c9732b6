"""The only door to ``configs``: its TOML, CSV and text files, each read once."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

import tomli
from pydantic import BeforeValidator, TypeAdapter

Row = TypeVar("Row")


def in_parts(cell: str | Sequence[str]) -> Sequence[str]:
    """Return the parts of a cell, which stand between semicolons; a list as it is."""
    return cell.split(";") if isinstance(cell, str) else cell


_BLANK = BeforeValidator(lambda cell: None if cell == "" else cell)
# What a cell can be: parts between semicolons; a figure or count, or none; a bound, open where it
# is empty; "yes", or no where it is empty; a word in small letters.
Parts = Annotated[tuple[str, ...], BeforeValidator(in_parts)]
Figure = Annotated[float | None, _BLANK]
Count = Annotated[int | None, _BLANK]
Least = Annotated[float, BeforeValidator(lambda cell: cell or 0.0)]
Most = Annotated[float, BeforeValidator(lambda cell: cell or math.inf)]
YesNo = Annotated[bool, BeforeValidator(lambda cell: cell or False)]
Lowered = Annotated[str, BeforeValidator(str.lower)]


def read_row(kind: type[Row], row: Mapping[str, Any]) -> Row:
    """Return a row of a file as ``kind``, a dataclass whose fields are its columns or keys."""
    reads: Any = kind
    made: Row = _adapter(reads).validate_python(row)
    return made


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


@cache
def read_settings(name: str) -> Mapping[str, Any]:
    """Read a TOML file of ``configs`` as it stands."""
    return MappingProxyType(tomli.loads(read_text(name)))


@cache
def read_rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of a CSV file of ``configs`` as they stand, column → cell."""
    return tuple(csv.DictReader(read_text(name).splitlines()))


@cache
def read_text(name: str) -> str:
    """Return the text of a file of ``configs``."""
    return read_shipped(f"configs/{name}")


@cache
def read_shipped(path: str) -> str:
    """Return the text of a file by its path in the project, as sources are cited: ``configs/…``."""
    package, _, rest = path.partition("/")
    return files(package).joinpath(rest).read_text(encoding="utf-8")


def path_of(name: str) -> str:
    """Return where a file of ``configs`` lies on this machine, for a person to look at."""
    return str(files("configs").joinpath(name))


@cache
def names_in(folder: str, suffix: str) -> tuple[str, ...]:
    """Name the files of a folder of ``configs`` that end in ``suffix``, without it, by alphabet."""
    entries = (entry.name for entry in files("configs").joinpath(folder).iterdir())
    return tuple(sorted(name.removesuffix(suffix) for name in entries if name.endswith(suffix)))
