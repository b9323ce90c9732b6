"""Write documents into a folder: all of them or none, readable by their owner only.

A plan is health data. Files that exist are written over only when they are this program's own, so
that ``--out .`` cannot destroy somebody's ``shopping.csv``.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from planner.errors import ExportError
from planner.export.formats import FORMATS

OWNER_ONLY_FOLDER = 0o700
_READ_BYTES = 4096

_OWN: Mapping[str, Callable[[str], bool]] = {
    ".toml": lambda head: 'schema = "magplan/request/' in head,
    **{one.suffix: one.is_own for one in FORMATS.values()},
}


def check_folder(folder: Path, names: Iterable[str]) -> None:
    """Make sure that files of these names may be written into ``folder``; it may not exist yet.

    Raises
    ------
    ExportError
        When it is no folder, a file there is not this program's, or a file of this kind would not
        be known again.
    """
    strange = [name for name in names if Path(name).suffix not in _OWN]
    if strange:
        raise ExportError(
            f"{', '.join(strange)} would not be known again as written by magplan",
            str(folder),
            f"write {', '.join(_OWN)}; a new format has its mark in planner/export/formats.py",
        )
    if folder.exists() and not folder.is_dir():
        raise ExportError("is a file, not a folder", str(folder), "name a folder with --out")
    foreign = [name for name in names if (folder / name).exists() and not _is_own(folder / name)]
    if foreign:
        raise ExportError(
            f"{', '.join(foreign)} there was not written by magplan",
            str(folder),
            "name an empty folder with --out, or move the file away",
        )


def write_files(folder: Path, texts: Mapping[str, str]) -> None:
    """Write all ``texts`` (file name → text) into ``folder``, or none of them.

    Raises
    ------
    ExportError
        When the folder is not fit for them or cannot be written.
    """
    check_folder(folder, texts)
    written: dict[str, Path] = {}
    try:
        folder.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        for name, text in texts.items():
            written[name] = _write_beside(folder, name, text)
        for name, path in written.items():
            path.replace(folder / name)
    except OSError as error:
        raise ExportError(
            f"cannot be written: {error.strerror or error}", str(folder), "name another folder"
        ) from None
    finally:
        for path in written.values():
            path.unlink(missing_ok=True)


def _write_beside(folder: Path, name: str, text: str) -> Path:
    """Write to a name of its own; ``mkstemp`` makes files for their owner only."""
    descriptor, path = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return Path(path)


def _is_own(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            head = file.read(_READ_BYTES)
    except OSError:
        return False
    return not head or _OWN[path.suffix](head)
