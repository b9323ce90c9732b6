"""What a killed run left amid moving files into a folder: the next that writes there ends it.

Files are written into a folder of their own, the stage, and moved from there. A stage whose files
are all whole has a mark: once it stands there, everything is moved, by whoever comes first.
Without it nothing was moved yet, so what was there before stays.
"""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

BEFORE = ".before"
_MARK = ".whole"
_NAME_LETTERS = 40


def open_stage(base: Path, folder: Path) -> Path:
    """Make the stage of files for ``folder`` in ``base``, whose name tells which process has it."""
    return Path(tempfile.mkdtemp(prefix=f"{_prefix(folder)}{os.getpid()}.", dir=base))


def mark_whole(stage: Path) -> None:
    """Mark a stage all of whose files are written: from now on they are moved in any case."""
    (stage / _MARK).touch()


def end_unfinished(folder: Path, is_own: Callable[[Path], bool]) -> None:
    """Move what a killed run had whole, or take away what it had begun.

    Parameters
    ----------
    folder
        Where files are to be written.
    is_own
        Whether a file may be written over; what a person changed since stays.

    Raises
    ------
    OSError
        When something cannot be moved.
    """
    for stage in _left(folder):
        if stage.parent == folder and (stage / _MARK).exists():
            for path in sorted(one for one in stage.rglob("*") if one.is_file()):
                name = path.relative_to(stage)
                place = folder / name
                if name.parts[0] in (BEFORE, _MARK) or (place.exists() and not is_own(place)):
                    continue
                place.parent.mkdir(mode=path.parent.stat().st_mode & 0o777, exist_ok=True)
                path.replace(place)
        shutil.rmtree(stage, ignore_errors=True)


def _left(folder: Path) -> Iterator[Path]:
    """Give this user's stages for ``folder`` that no process has any more."""
    prefix = _prefix(folder)
    for base in (folder, folder.parent) if os.name == "posix" else ():
        for stage in base.glob(f"{glob.escape(prefix)}*"):
            number = stage.name.removeprefix(prefix).partition(".")[0]
            is_stage = number.isdigit() and stage.is_dir() and not stage.is_symlink()
            if is_stage and stage.stat().st_uid == os.getuid() and not _runs(int(number)):
                yield stage


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass  # somebody else's
    return True


def _prefix(folder: Path) -> str:
    return f".{(folder.name or 'magplan')[:_NAME_LETTERS]}."
