"""Write files: all or none, over nothing that a person wrote, health data for its owner only.

Files are written into a stage, a folder of this process beside their place, and moved from there.
Where all of them are whole, their folder in the stage is called so, in one step. What a killed run
had whole is moved by the next; what it had only begun is taken away. So no folder stays half new.

A plan is health data: it, its request and all that is made of it can be read by their owner only,
whatever the umask says. What is about nobody follows the umask (``private=False``).

What is there is written over only where it is as this program left it, so that neither ``--out .``
nor planning again from an edited request destroys somebody's work; when told to, it is kept beside
as ``NAME.bak`` first. For ``magplan undo``, the last files of a plan stand in ``steps.json``.

Why the time of a file says whether it was changed since: CSV and calendars have no place for a
mark that an edit would break, and a list of digests would be one more file in a person's folder.
The part of the time below a second is a digest of the content; any edit sets another. A copy loses
it: there the digests count that the steps of a plan have, where there are any.
"""

from __future__ import annotations

import base64
import codecs
import hashlib
import json
import os
import secrets
import shutil
import signal
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from planner.errors import ExportError
from planner.export.formats import BATCH_MARK, FORMATS, HANDED_ENDINGS, HANDED_MARK, STEPS_MARK
from planner.faults import fault
from planner.settings import read_settings

STEPS_FILE = "steps.json"

_STAGE, _BEGUN, _WHOLE, _BEFORE = ".magplan.", "begun", "whole", "before"
_OWNER_ONLY, _AS_UMASK = 0o700, 0o777  # of folders
_NOT_RUN = 0o666  # what files have of it
_SECOND_NS, _TICK_NS = 1_000_000_000, 100  # file systems count in steps of 100 ns or finer
_ANOTHER = "name an empty folder with --out"
_FORCE = "add --force to write over it; what is there is kept as NAME.bak"
_STRANGE = "magplan would not be able to tell later that it wrote {names}"
_NEW_FORMAT = "write {names}; a new format has its mark in planner/export/formats.py"
_FOREIGN = "{names} there was not written by magplan"
_CHANGED = (
    "{names} there was changed since magplan wrote it, or copied without its time "
    "(`cp -p` keeps that)"
)
_OWN: Sequence[tuple[str, Callable[[str], bool]]] = (
    (".toml", lambda text: 'schema = "magplan/request/' in text),
    *((file_format.suffix, file_format.is_own) for file_format in FORMATS.values()),
    (".parquet", lambda text: BATCH_MARK in text),
    *((ending, lambda text: HANDED_MARK in text) for ending in HANDED_ENDINGS),
)


@dataclass(frozen=True, slots=True)
class KeptStep:
    """A change, in words, and the files before it, by name."""

    what: str
    files: Mapping[str, str]


def most_steps() -> int:
    """Return how many steps are kept."""
    return int(read_settings("documents/documents.toml")["kept"]["steps"])


def read_steps(folder: Path) -> tuple[KeptStep, ...]:
    """Read the steps of a folder, the last one last; none where nothing was written over in it.

    Raises
    ------
    ExportError
        When the file is not as this program wrote it.
    """
    path = folder / STEPS_FILE
    try:
        steps = json.loads(path.read_text("utf-8"))["back"] if path.exists() else ()
        return tuple(map(_step, steps))
    except (ValueError, LookupError, TypeError, AttributeError, zlib.error):
        raise fault(ExportError, "no_steps", str(path)) from None


def _step(raw: Mapping[str, Any]) -> KeptStep:
    packed = {name: base64.b64decode(text, validate=True) for name, text in raw["files"].items()}
    files = {name: zlib.decompress(content).decode() for name, content in packed.items()}
    return KeptStep(raw["what"].format(**raw["values"]) if "values" in raw else raw["what"], files)


def steps_text(steps: Sequence[KeptStep], left: Mapping[str, str]) -> str:
    """Write the last steps as a file, packed, with digests of the files that they leave."""
    back = [
        {"what": step.what, "files": {name: _packed(text) for name, text in step.files.items()}}
        for step in steps[-most_steps() :]
    ]
    now = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in left.items()}
    return f"{json.dumps({'schema': STEPS_MARK, 'back': back, 'left': now})}\n"


def _packed(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode())).decode()


def check_folder(folder: Path, names: Iterable[str], force: bool = False) -> None:
    """Make sure that files of these names may be written into ``folder``; it may not exist yet.

    With ``force``, what somebody wrote or changed there stops nothing.

    Raises
    ------
    ExportError
        When it is no folder, a file there is not this program's or was changed, or a file of this
        kind would not be known again.
    """
    names, known = tuple(names), dict(_OWN)
    if strange := [name for name in names if _ending(name) not in known]:
        what, how = _STRANGE.format(names=", ".join(strange)), ", ".join(known)
        raise ExportError(what, str(folder), _NEW_FORMAT.format(names=how))
    with _told(folder, _ANOTHER):
        _end_unfinished(folder)
        if folder.exists() and not folder.is_dir():
            raise ExportError("is a file, not a folder", str(folder), "name a folder with --out")
        there = [name for name in names if (folder / name).exists()]
        foreign = [name for name in there if not _is_own(folder / name)]
        rest = [name for name in there if name not in foreign]
        changed = [name for name in rest if not is_as_written(folder / name)]
    faults = ((_FOREIGN, foreign), (_CHANGED, changed))
    told = [text.format(names=", ".join(those)) for text, those in faults if those]
    if told and not force:
        raise ExportError("; ".join(told), str(folder), f"{_ANOTHER}, or {_FORCE}")


def write_files(
    folder: Path, texts: Mapping[str, str | bytes], force: bool = False, *, private: bool = True
) -> list[str]:
    """Write all ``texts`` (file name → text or bytes) into ``folder``, or none of them.

    A folder that is not there appears with all its files at once. Gives the names of the copies
    that were kept of what is written over by ``force``. What is not ``private`` follows the umask.

    Raises
    ------
    ExportError
        When the folder is not fit for them or cannot be written.
    """
    check_folder(folder, texts, force)
    with _told(folder, "name another folder"):
        folder.parent.mkdir(parents=True, exist_ok=True)
        return _write(folder, texts, _OWNER_ONLY if private else _AS_UMASK)


def write_file(
    path: Path, text: str | bytes, force: bool = False, *, private: bool = True
) -> list[str]:
    """Write one file of a name that a person chose; a pipe or a device is written into.

    Gives the name of the copy that was kept of what is written over by ``force``. What is not
    ``private`` follows the umask.

    Raises
    ------
    ExportError
        When there is a file that is not as this program left it, or it cannot be written.
    """
    with _told(path, "choose another place for --out"):
        path = Path(os.path.realpath(path))  # a link stays one
        if path.is_symlink():
            raise ExportError("is a link that leads nowhere", str(path), "name another file")
        if path.exists() and not path.is_file():
            path.write_bytes(text.encode() if isinstance(text, str) else text)
            return []
        if path.exists() and not force and not is_as_written(path):
            raise ExportError("exists already", str(path), _FORCE)
        path.parent.stat()  # no folder is made for a file
        return _write(path.parent, {path.name: text}, _OWNER_ONLY if private else _AS_UMASK)


def withdraw_files(folder: Path, names: Iterable[str]) -> None:
    """Take away files that hold no more; what somebody changed stays as ``NAME.bak``.

    Raises
    ------
    ExportError
        When they cannot be taken away.
    """
    with _told(folder, "name another folder"):
        for path in (folder / name for name in names if (folder / name).exists()):
            if is_as_written(path):
                path.unlink()
            else:
                path.replace(_free_name(path))


def is_as_written(path: Path) -> bool:
    """Return whether a file is as this program wrote it; an empty one holds nothing to lose.

    In a copy of a folder it is where the steps of its plan say so, themselves among it.
    """
    content = path.read_bytes()
    if not content or path.stat().st_mtime_ns % _SECOND_NS == _digest_ns(content):
        return True
    try:
        left = json.loads((path.parent / STEPS_FILE).read_text("utf-8"))["left"]
        own = hashlib.sha256(content.removeprefix(codecs.BOM_UTF8)).hexdigest()
        return path.name == STEPS_FILE or bool(left.get(path.name) == own)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return False


def _digest_ns(content: bytes) -> int:
    ticks = _SECOND_NS // _TICK_NS
    return int.from_bytes(hashlib.sha256(content).digest()[:8], "big") % ticks * _TICK_NS


def _write(folder: Path, texts: Mapping[str, str | bytes], mode: int) -> list[str]:
    """Write into a stage, then move all at once, or back where one fails.

    ``mode`` is that of new folders, before the umask; files have it without the right to run.
    """
    is_new = not folder.exists()
    place = folder.parent if is_new else folder
    stage = place / f"{_STAGE}{os.getpid()}.{secrets.token_hex(4)}"
    with _undisturbed():
        _end_unfinished(folder)
        try:
            stage.mkdir(_OWNER_ONLY)
            (stage / _BEGUN).mkdir(mode)
            for name, text in texts.items():
                _write_new(stage / _BEGUN / name, text, mode)
            (stage / _BEGUN).rename(folder if is_new else stage / _WHOLE)
            return [] if is_new else _move_in(stage, folder, texts, mode)
        finally:
            shutil.rmtree(stage, ignore_errors=True)


def _write_new(path: Path, text: str | bytes, mode: int) -> None:
    """Write to the disk itself, so that a full one is known before anything is moved.

    A table with other letters than ASCII begins with a mark, for Excel.
    """
    is_marked = isinstance(text, str) and _ending(path.name) == ".csv" and not text.isascii()
    content = text.encode("utf-8-sig" if is_marked else "utf-8") if isinstance(text, str) else text
    path.parent.mkdir(mode, exist_ok=True)
    path.touch(mode & _NOT_RUN, exist_ok=False)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    sealed = time.time_ns() // _SECOND_NS * _SECOND_NS + _digest_ns(content)
    os.utime(path, ns=(sealed, sealed))


def _move_in(stage: Path, folder: Path, names: Iterable[str], mode: int) -> list[str]:
    """Move files into a folder that is there; what they replace goes back where one fails."""
    copies = {}
    for name in names:
        if (place := folder / name).exists():
            is_kept = not is_as_written(place)
            copies[name] = _free_name(place) if is_kept else stage / _BEFORE / name
    moved: list[str] = []
    try:
        for name, copy in copies.items():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(folder / name, copy)
        for name in names:
            (folder / name).parent.mkdir(mode, exist_ok=True)
            (stage / _WHOLE / name).replace(folder / name)
            moved.append(name)
    except OSError:
        for name in moved:
            if name in copies:
                copies[name].replace(folder / name)
            else:
                (folder / name).unlink()
        raise
    return [copy.name for copy in copies.values() if stage not in copy.parents]


def _end_unfinished(folder: Path) -> None:
    """Move what a killed run had whole, or take away what it had begun, here and beside.

    What a person changed since stays.
    """
    for stage in (*folder.glob(f"{_STAGE}*"), *folder.parent.glob(f"{_STAGE}*")):
        is_here, whole = stage.parent == folder, stage / _WHOLE
        if not _is_left(stage) or (whole.exists() and not is_here):
            continue
        for path in sorted(path for path in whole.rglob("*") if path.is_file()):
            place = folder / path.relative_to(whole)
            if not place.exists() or is_as_written(place):
                place.parent.mkdir(path.parent.stat().st_mode & _AS_UMASK, exist_ok=True)
                path.replace(place)
        shutil.rmtree(stage, ignore_errors=True)


def _is_left(stage: Path) -> bool:
    """Return whether this is a stage that its process, which has ended, could not take away."""
    if os.name != "posix" or stage.is_symlink() or not os.access(stage, os.R_OK | os.W_OK):
        return False
    try:
        os.kill(int(stage.name.split(".")[2]), 0)
    except (ProcessLookupError, OverflowError):
        return stage.is_dir()
    except (PermissionError, ValueError):  # somebody else's, or no stage
        return False
    return False


def _free_name(path: Path) -> Path:
    """Return ``NAME.bak``, or the first of ``NAME.bak2`` and so on that is not taken."""
    endings = (f".bak{number if number > 1 else ''}" for number in count(1))
    names = (path.with_name(f"{path.name}{ending}") for ending in endings)
    return next(name for name in names if not name.exists())


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C and the like wait until the files stand in their place."""
    heard: list[int] = []
    is_main = threading.current_thread() is threading.main_thread()  # only that one hears
    ends = ("SIGINT", "SIGTERM", "SIGHUP") if is_main else ()
    numbers = [getattr(signal, name) for name in ends if hasattr(signal, name)]
    before = {n: signal.signal(n, lambda number, _frame: heard.append(number)) for n in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)
        for number in heard:
            signal.raise_signal(number)


@contextmanager
def _told(place: Path, remedy: str) -> Iterator[None]:
    """Tell what the system says of a place."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ExportError(f"cannot be written: {reason}", str(place), remedy) from None


def _is_own(path: Path) -> bool:
    text = path.read_bytes().decode("utf-8-sig", "replace") if path.is_file() else "?"
    return not text or any(is_own(text) for ending, is_own in _OWN if ending == _ending(path.name))


def _ending(name: str) -> str:
    """Return the ending of a name; of one that has none the whole (``.shopping-list``)."""
    return Path(name).suffix or Path(name).name
