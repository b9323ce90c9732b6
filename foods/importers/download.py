"""Downloads of foods as they come: a folder or a zip, of FoodData Central or Open Food Facts.

What is read of them is bounded: a line, what a zip unpacks to, and how far it is packed; names that
lead out of the folder are refused, though nothing is ever unpacked to the disk.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath

from foods.errors import FoodDataError
from foods.importers.release import Heard, Place
from foods.library.home import read_library_rules


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
    for one in (folder, *(below for below in folder.iterdir() if below.is_dir())):
        if (one / file).is_file():
            return one
    raise FoodDataError(f"holds no {file}", str(path), "name the download as it came")


def _check_zip(archive: zipfile.ZipFile, path: Path) -> None:
    rule, members = read_library_rules()["download"], archive.infolist()
    for one in members:
        name = PurePosixPath(one.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts:
            text = f"holds a file that leads out of it: {one.filename!r}"
            raise FoodDataError(text, str(path), "download it again")
    unpacked, packed = (sum(sizes) for sizes in zip(*_sizes(members), strict=True))
    if unpacked > rule["most_bytes"] or unpacked > rule["most_ratio"] * max(packed, 1):
        text = "unpacks to {unpacked:,} bytes from {packed:,}: no download does"
        raise FoodDataError(
            text.format(unpacked=unpacked, packed=packed), str(path), "download it again"
        )


def _sizes(members: list[zipfile.ZipInfo]) -> list[tuple[int, int]]:
    return [(one.file_size, one.compress_size) for one in members] or [(0, 0)]
