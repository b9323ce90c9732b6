"""Downloads of foods: how their files are opened and read, and their household measures.

What is read of them is bounded: a line, what a zip unpacks to, and how far it is packed; names that
lead out of the folder are refused, though nothing is ever unpacked to the disk.

``food_portion.csv`` says them in three ways: by ``measure_unit.csv`` (Foundation), by a modifier
such as "cup, chopped" (SR Legacy), or by a description such as "1 cup, sliced" (Survey). Each is
told by the word that diaries and recipes know it by; of several with one word the first counts.
"""

from __future__ import annotations

import csv
import gzip
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path, PurePosixPath
from typing import Any, TextIO, cast

from foods.errors import FoodDataError
from foods.food import Measure
from foods.library.store import SERVING, read_library_rules
from foods.nutrient import known_nutrients
from foods.recipe_line import read_words

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


def _nobody(_letters: int) -> None:
    """Hear nothing."""


@dataclass
class DownloadReport:
    """What is told of a download while it is read.

    Parameters
    ----------
    heard
        Is told how many letters more were read.
    left_out
        Why foods were left out, and how many.
    """

    heard: Heard = _nobody
    left_out: Counter[str] = field(default_factory=Counter)


@contextmanager
def open_folder(path: Path, file: str) -> Iterator[Place]:
    """Open the folder of a download, or a zip of it, in which ``file`` lies, or else one below it.

    Raises
    ------
    FoodDataError
        When there is none, or the zip is damaged, or not what a download is.
    """
    if path.is_dir():
        yield _folder_with(path, file, path)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            _check_zip(archive, path)
            yield _folder_with(zipfile.Path(archive), file, path)
    except (OSError, zipfile.BadZipFile) as error:
        raise FoodDataError(f"not a readable zip file: {error}", str(path)) from None


def size_of(place: Place) -> int:
    """Return how many bytes a file of a download has; 0 for none."""
    if isinstance(place, Path):
        return place.stat().st_size if place.is_file() else 0
    return place.root.getinfo(place.at).file_size if place.is_file() else 0


@lru_cache(maxsize=4096)  # labels say the same again and again
def allergens_in(text: str) -> frozenset[str]:
    """Return the allergens that a statement or tags name."""
    folded = re.sub(r"[-_]", " ", text.casefold())
    return frozenset(
        one for pattern, found in _allergens().items() if pattern.search(folded) for one in found
    )


@cache
def _allergens() -> Mapping[re.Pattern[str], tuple[str, ...]]:
    told = read_library_rules()["download"]["allergens"]
    return {re.compile(rf"\b(?:{words})\b"): tuple(found) for words, found in told.items()}


def _folder_with(folder: Place, file: str, path: Path) -> Place:
    for place in (folder, *(below for below in folder.iterdir() if below.is_dir())):
        if (place / file).is_file():
            return place
    raise FoodDataError(f"holds no {file}", str(path), "name the download as it came")


def _check_zip(archive: zipfile.ZipFile, path: Path) -> None:
    rule, members = read_library_rules()["download"], archive.infolist()
    for member in members:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts:
            text = f"holds a file that leads out of it: {member.filename!r}"
            raise FoodDataError(text, str(path), "download it again")
    unpacked, packed = (sum(sizes) for sizes in zip(*_sizes(members), strict=True))
    if unpacked > rule["most_bytes"] or unpacked > rule["most_ratio"] * max(packed, 1):
        text = "unpacks to {unpacked:,} bytes from {packed:,}: no download does"
        raise FoodDataError(
            text.format(unpacked=unpacked, packed=packed), str(path), "download it again"
        )


def _sizes(members: list[zipfile.ZipInfo]) -> list[tuple[int, int]]:
    return [(member.file_size, member.compress_size) for member in members] or [(0, 0)]


PORTIONS, _UNITS = "food_portion.csv", "measure_unit.csv"
_GRAMS = ("g", "grm", "gram", "grams")
_UNDETERMINED = "undetermined"
_MOST_WORDS = 3  # of the name of a measure
_COUNT = re.compile(r"^(\d+(?:\.\d+)?)\s+")
_COLUMNS = ("fdc_id", "amount", "measure_unit_id", "portion_description", "modifier", "gram_weight")


def as_serving(size: str, unit: str) -> tuple[Measure, ...]:
    """Return a serving that a label says in grams; nothing where it says none."""
    grams = _above_zero(size) if unit.casefold() in _GRAMS else 0.0
    return (Measure(SERVING, grams),) if grams else ()


def read_portions(folder: Place, heard: Heard | None) -> Iterator[tuple[str, str]]:
    """Return number of a food and its measures as one text; where they stand apart, in several.

    Raises
    ------
    FoodDataError
        When a file is damaged.
    """
    if not (folder / PORTIONS).is_file():
        return
    units: dict[str, str] = {}
    if (folder / _UNITS).is_file():
        units = dict(read_columns(folder / _UNITS, "id", "name"))  # type: ignore[arg-type]
    rows = read_columns(folder / PORTIONS, *_COLUMNS, skip_short=True, heard=heard)
    for fdc_id, held in groupby(rows, key=itemgetter(0)):
        told = [_portion(units.get(unit, ""), amount, *words) for _, amount, unit, *words in held]
        text = "".join(f"{name}={grams:.6g};" for name, grams in told if name and grams)
        if text and fdc_id.isdigit():
            yield fdc_id, text


def read_measures(held: str) -> tuple[Measure, ...]:
    """Read the text of ``read_portions``."""
    found: dict[str, float] = {}
    for part in held.split(";")[:-1]:
        name, _, grams = part.partition("=")
        found.setdefault(name, float(grams))
    return tuple(Measure(name, grams) for name, grams in found.items())


def _portion(
    unit: str, amount: str, description: str, modifier: str, weight: str
) -> tuple[str, float]:
    """Return the word for a measure, empty where it is unclear, and the mass of one of it [g]."""
    own = modifier if modifier and not modifier.isdigit() else description  # codes, in the survey
    text = own if unit in ("", _UNDETERMINED) else unit
    count = _above_zero(amount) or 1.0
    if found := _COUNT.match(text):
        count *= float(found[1])
        text = text[found.end() :]
    return _word(text), _above_zero(weight) / (count or 1.0)


def _word(text: str) -> str:
    """Return the word for a measure as diaries have it; any other thing counted is a piece."""
    words = read_words()
    head = re.split(r"[,(;/]", text.casefold())[0].split()
    if not head or len(head) > _MOST_WORDS:
        return ""
    name = words["units"].get(head[0], head[0])
    if name in words["mass_g"] or "quantity" in head:  # "Quantity not specified"
        return ""
    return name if name in _measure_words() else "piece"


@cache
def _measure_words() -> frozenset[str]:
    words = read_words()
    return frozenset(
        {*words["units"].values(), *words["volume_ml"], *words["words"]["countable"], SERVING}
    )


def _above_zero(cell: str) -> float:
    try:
        amount = float(cell)
    except ValueError:
        return 0.0
    return amount if 0 < amount < float("inf") else 0.0
