"""What every reader of a release gives, and how their files are opened."""

from __future__ import annotations

import csv
import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any, TextIO, cast

from foods.errors import FoodDataError
from foods.library.home import read_library_rules
from foods.nutrient import known_nutrients

Place = Path | zipfile.Path
Heard = Callable[[int], None]
"""Is told how many letters more were read."""


@dataclass(frozen=True, slots=True)
class ReleaseFigures:
    """The figures of one release, as printed there.

    Parameters
    ----------
    release
        Name of the release, such as ``"sr28"``.
    amounts
        Id of the food in the release → nutrient number (or column name) → amount as text [the
        nutrient's unit per 100 g edible]; an absent number is an unknown amount.
    numbers
        Id → number of the food (NDB number, FNDDS food code, Ciqual code); blank where none.
    current
        Ids that the release lists as current.
    """

    release: str
    amounts: Mapping[str, Mapping[str, str]]
    numbers: Mapping[str, str]
    current: frozenset[str]

    def figure(self, source_id: str, nutrient: str) -> str | None:
        """Return the amount as printed; of several numbers the preferred one that is known."""
        amounts = self.amounts[source_id]
        numbers = known_nutrients()[nutrient].numbers[self.release]
        return next((amounts[number] for number in numbers if number in amounts), None)


def wanted_numbers(release: str, *others: str) -> frozenset[str]:
    """Name the nutrient numbers of ``release`` that the program knows, and ``others``."""
    found = {number for one in known_nutrients().values() for number in one.numbers[release]}
    return frozenset(found | set(others))


def find_file(folder: Place, *names: str) -> Any:
    """Find the first of ``names`` in ``folder``.

    Raises
    ------
    FoodDataError
        When the folder holds none of them.
    """
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise FoodDataError(
        "holds no {names}".format(names=" or ".join(names)),
        str(folder),
        "name the folder of the unpacked download",
    )


@contextmanager
def open_release_file(path: Place, encoding: str = "utf-8-sig") -> Iterator[TextIO]:
    """Open a text file of a release, packed with gzip or not, or in a zip.

    Raises
    ------
    FoodDataError
        When it cannot be opened, is cut short, or has another encoding.
    """
    with damage_told(path, encoding):
        if isinstance(path, Path) and path.suffix == ".gz":
            with gzip.open(path, "rt", encoding=encoding, newline="") as packed:
                yield cast(TextIO, packed)
        else:
            with path.open("r", encoding=encoding, newline="") as file:
                yield cast(TextIO, file)


@contextmanager
def damage_told(path: Place, encoding: str = "utf-8-sig") -> Iterator[None]:
    """Tell what is wrong with a file that is read."""
    try:
        yield
    except UnicodeDecodeError:
        raise FoodDataError(f"is not {encoding} text", str(path)) from None
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, csv.Error) as error:
        raise FoodDataError(f"damaged or unreadable: {error}", str(path)) from None


def read_lines(file: TextIO, path: Place, heard: Heard | None = None) -> Iterator[str]:
    """Return the lines of a file; no more of one is read than a line can have.

    Raises
    ------
    FoodDataError
        When a line is longer.
    """
    rule, read = read_library_rules()["download"], 0
    most, step = rule["most_line"], rule["progress_letters"]
    for number, line in enumerate(iter(partial(file.readline, most + 1), ""), start=1):
        if len(line) > most:
            text = f"the line has more than {most:,} letters"
            raise FoodDataError(text, in_row(path, number), "download it again")
        read += len(line)
        if heard is not None and read >= step:
            heard(read)
            read = 0
        yield line


def read_columns(
    path: Place,
    *columns: str,
    skip_short: bool = False,
    numbered: bool = False,
    heard: Heard | None = None,
) -> Iterator[tuple[str, ...]]:
    """Return the cells of ``columns`` of each row of a CSV file with a header.

    Where they are ``numbered``, the number of the row follows.

    Rows with too few cells are passed over where ``skip_short`` says so, else they are a fault.

    Raises
    ------
    FoodDataError
        When a column is missing, a row is too short, or the file is damaged.
    """
    with open_release_file(path) as file:
        reader = csv.reader(read_lines(file, path, heard))  # not strict: food.csv has bare quotes
        header = next(reader, [])
        missing = [column for column in columns if column not in header]
        if missing:
            raise FoodDataError(f"column {missing[0]!r} is missing", in_row(path, 1))
        places, least = [header.index(column) for column in columns], len(header)
        cells = itemgetter(*places, places[0])  # of one column, too, a tuple
        for row in reader:
            if len(row) >= least:
                yield (*cells(row)[:-1], str(reader.line_num)) if numbered else cells(row)[:-1]
            elif not skip_short:
                raise uneven_row(row, header, in_row(path, reader.line_num))


def in_row(path: Place, row: int) -> str:
    """Name a row of a file as the place of a fault."""
    return f"{path}, row {row}"


def uneven_row(row: Sequence[str], header: Sequence[str], where: str) -> FoodDataError:
    """Return the error of a row that has another number of cells than the header."""
    text = f"damaged: {len(row)} cells instead of {len(header)}"
    return FoodDataError(text, where)
