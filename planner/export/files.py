"""Write files: all or none, over nothing that a person wrote, health data for its owner only.

Files are written into a folder of their own, the stage, and moved from there. A stage whose files
are all whole has a mark: once it stands there, everything is moved, by whoever comes first.
Without it nothing was moved yet, so what was there before stays.

A plan is health data: it, its request and all that is made of it can be read by their owner only,
whatever the umask says. What is about nobody follows the umask (``private=False``).

What is there is written over only where it is as this program left it, so that neither ``--out .``
nor planning again from an edited request destroys somebody's work; when told to, it is kept beside
as ``NAME.bak`` first. What a killed run had begun is ended by the next (``unfinished.py``), so that
no folder stays half old and half new.

Why the time of a file says whether it was changed since: CSV and calendars have no place for a
mark that an edit would break, and a list of digests would be one more file in a person's folder.
The part of the time below a second is a digest of the content; any edit sets another. A copy loses
it: there the digests count that the steps of a plan have (``steps.py``), where there are any.
"""

from __future__ import annotations

import base64
import codecs
import glob
import hashlib
import json
import os
import shutil
import signal
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from planner.errors import ExportError
from planner.export.formats import BATCH_MARK, FORMATS, HANDED_ENDINGS, HANDED_MARK, STEPS_MARK
from planner.faults import fault
from planner.settings import read_settings
from planner.shops import named

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
    """Return this user's stages for ``folder`` that no process has any more."""
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


STEPS_FILE = "steps.json"
WORDS = "text"  # what a person wrote, which stays so in every language


@dataclass(frozen=True, slots=True)
class KeptStep:
    """A change: the command that made it, and the files before it, by name.

    Of what is said in a sentence, ``values`` fills in names and words of a person.
    """

    what: str
    files: Mapping[str, str]
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """What was done, in the language that is spoken now."""
        if not self.values:
            return self.what
        names = {key: one if key == WORDS else named(one) for key, one in self.values.items()}
        return self.what.format(**names)


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
    if not path.exists():
        return ()
    try:
        return tuple(map(_step, json.loads(path.read_text("utf-8"))["back"]))
    except (ValueError, KeyError, TypeError, zlib.error):
        raise fault(ExportError, "no_steps", str(path)) from None


def is_left_so(path: Path, content: bytes) -> bool:
    """Return whether a file is as the last step beside it left it: in a copy of a folder, too.

    The file of the steps is, where any of theirs is.
    """
    try:
        left = json.loads((path.parent / STEPS_FILE).read_text("utf-8"))["left"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    if path.name == STEPS_FILE:
        others = (path.parent / name for name in left)
        return any(one.is_file() and is_left_so(one, one.read_bytes()) for one in others)
    return bool(left.get(path.name) == _digest(content.removeprefix(codecs.BOM_UTF8)))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def steps_text(steps: Sequence[KeptStep], left: Mapping[str, str]) -> str:
    """Write the last steps as a file, packed, with digests of the files that they leave."""
    back = [
        {"what": step.what, "files": {name: _packed(text) for name, text in step.files.items()}}
        | ({"values": dict(step.values)} if step.values else {})
        for step in steps[-most_steps() :]
    ]
    now = {name: _digest(text.encode()) for name, text in left.items()}
    return f"{json.dumps({'schema': STEPS_MARK, 'back': back, 'left': now})}\n"


def _step(raw: Mapping[str, Mapping[str, str]]) -> KeptStep:
    files = {name: _unpacked(text) for name, text in raw["files"].items()}
    return KeptStep(str(raw["what"]), files, raw.get("values", {}))


def _packed(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode())).decode()


def _unpacked(text: str) -> str:
    return zlib.decompress(base64.b64decode(text, validate=True)).decode()


_OWNER_ONLY, _AS_UMASK = 0o700, 0o777  # of folders
_NOT_RUN = 0o666  # what files have of it
_SECOND_NS, _TICK_NS = 1_000_000_000, 100  # file systems count in steps of 100 ns or finer
_ANOTHER = "name an empty folder with --out"
_FORCE = "add --force to write over it; what is there is kept as NAME.bak"
_ENDS = ("SIGINT", "SIGTERM", "SIGHUP")

_OWN: Sequence[tuple[str, Callable[[str], bool]]] = (
    (".toml", lambda head: 'schema = "magplan/request/' in head),
    *((one.suffix, one.is_own) for one in FORMATS.values()),
    (".parquet", lambda text: BATCH_MARK in text),
    *((ending, lambda head: HANDED_MARK in head) for ending in HANDED_ENDINGS),
)


def check_folder(folder: Path, names: Iterable[str], force: bool = False) -> None:
    """Make sure that files of these names may be written into ``folder``; it may not exist yet.

    With ``force``, what somebody wrote or changed there stops nothing.

    Raises
    ------
    ExportError
        When it is no folder, a file there is not this program's or was changed, or a file of this
        kind would not be known again.
    """
    names = tuple(names)
    known = dict(_OWN)
    strange = [name for name in names if _ending(name) not in known]
    if strange:
        raise ExportError(
            "magplan would not be able to tell later that it wrote {names}".format(
                names=", ".join(strange)
            ),
            str(folder),
            "write {names}; a new format has its mark in planner/export/formats.py".format(
                names=", ".join(known)
            ),
        )
    with _told(folder, _ANOTHER):
        end_unfinished(folder, is_as_written)
        if folder.exists() and not folder.is_dir():
            raise ExportError("is a file, not a folder", str(folder), "name a folder with --out")
        there = [name for name in names if (folder / name).exists()]
        foreign = [name for name in there if not _is_own(folder / name)]
        rest = [name for name in there if name not in foreign]
        changed = [name for name in rest if not is_as_written(folder / name)]
    faults = (
        ("{names} there was not written by magplan", foreign),
        (
            (
                "{names} there was changed since magplan wrote it, or copied without its time "
                "(`cp -p` keeps that)"
            ),
            changed,
        ),
    )
    told = [fault.format(names=", ".join(those)) for fault, those in faults if those]
    if told and not force:
        raise ExportError(
            "; ".join(told),
            str(folder),
            f"{_ANOTHER}, or {_FORCE}",
        )


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
    """Return whether a file is as this program wrote it; an empty one holds nothing to lose."""
    content = path.read_bytes()
    if not content or path.stat().st_mtime_ns % _SECOND_NS == _digest_ns(content):
        return True
    return is_left_so(path, content)


def _digest_ns(content: bytes) -> int:
    ticks = _SECOND_NS // _TICK_NS
    return int.from_bytes(hashlib.sha256(content).digest()[:8], "big") % ticks * _TICK_NS


def _write(folder: Path, texts: Mapping[str, str | bytes], mode: int) -> list[str]:
    """Write into a folder beside the place, then move all at once, or back where one fails.

    ``mode`` is that of new folders, before the umask; files have it without the right to run.
    """
    is_new = not folder.exists()
    base = folder.parent if is_new else folder
    contents = {name: _as_bytes(name, text) for name, text in texts.items()}
    unnamed = {name: _write_unnamed(base, content, mode) for name, content in contents.items()}
    with _undisturbed():
        end_unfinished(folder, is_as_written)
        stage = open_stage(base, folder)
        try:
            for name, content in contents.items():
                _give_name(unnamed[name], content, stage / name, mode)
            if is_new:
                stage.chmod(_after_umask(mode))
                stage.rename(folder)
                return []
            mark_whole(stage)
            return _move_in(stage, folder, contents, mode)
        finally:
            for descriptor in unnamed.values():
                if descriptor is not None:
                    os.close(descriptor)
            shutil.rmtree(stage, ignore_errors=True)


def _as_bytes(name: str, text: str | bytes) -> bytes:
    """Encode a text; a table with other letters than ASCII begins with a mark, for Excel."""
    if isinstance(text, bytes):
        return text
    is_marked = _ending(name) == ".csv" and not text.isascii()
    return text.encode("utf-8-sig" if is_marked else "utf-8")


def _move_in(stage: Path, folder: Path, names: Iterable[str], mode: int) -> list[str]:
    """Move files into a folder that is there; what they replace goes back where one fails."""
    before, kept, moved = stage / BEFORE, [], []
    try:
        for name in names:
            new, place = stage / name, folder / name
            place.parent.mkdir(mode=mode, exist_ok=True)
            if place.exists():
                (before / name).parent.mkdir(parents=True, exist_ok=True)
                _copy(place, before / name)
                if not is_as_written(place):
                    kept.append(_free_name(place))
                    _copy(place, kept[-1])
            moved.append(name)
            new.replace(place)
    except OSError:
        for name in moved:
            if (before / name).exists():
                (before / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
        for copy in kept:
            copy.unlink(missing_ok=True)
        raise
    return [copy.name for copy in kept]


def _free_name(path: Path) -> Path:
    """Give ``NAME.bak``, or the first of ``NAME.bak2`` and so on that is not taken."""
    endings = (f".bak{number if number > 1 else ''}" for number in count(1))
    names = (path.with_name(f"{path.name}{ending}") for ending in endings)
    return next(name for name in names if not name.exists())


def _copy(path: Path, place: Path) -> None:
    try:
        os.link(path, place)
    except OSError:  # not every file system knows two names of one file
        shutil.copy2(path, place)


def _after_umask(mode: int) -> int:
    """Return what the umask leaves of a mode; it can be read only by setting it."""
    umask = os.umask(~_OWNER_ONLY & _AS_UMASK)
    os.umask(umask)
    return mode & ~umask


def _write_unnamed(folder: Path, content: bytes, mode: int) -> int | None:
    """Write a file without a name, of which nothing stays however the program ends.

    ``None`` where the system knows none; the disk may be full then or now.
    """
    try:
        descriptor = os.open(folder, os.O_TMPFILE | os.O_WRONLY, mode & _NOT_RUN)
    except (AttributeError, OSError):
        return None
    try:
        _fill(descriptor, content)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _give_name(descriptor: int | None, content: bytes, path: Path, mode: int) -> None:
    path.parent.mkdir(mode=mode, exist_ok=True)
    try:
        if descriptor is None:
            raise FileNotFoundError
        os.link(f"/proc/self/fd/{descriptor}", path, src_dir_fd=descriptor)
    except OSError:
        named = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode & _NOT_RUN)
        try:
            _fill(named, content)
        finally:
            os.close(named)
    sealed = time.time_ns() // _SECOND_NS * _SECOND_NS + _digest_ns(content)
    os.utime(path, ns=(sealed, sealed))


def _fill(descriptor: int, content: bytes) -> None:
    """Write to the disk itself, so that a full one is known before anything is moved."""
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]
    os.fsync(descriptor)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C and the like wait until the files stand in their place."""
    heard: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread hears
        return
    numbers = [getattr(signal, name) for name in _ENDS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    waiting = {n: one for n, one in before.items() if one not in (None, signal.SIG_IGN)}
    for number in waiting:
        signal.signal(number, lambda one, _frame: heard.append(one))
    try:
        yield
    finally:
        for number, one in waiting.items():
            signal.signal(number, one)
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
    if not path.is_file():
        return False
    content = path.read_bytes()
    marks = [is_own for ending, is_own in _OWN if ending == _ending(path.name)]
    text = content.decode("utf-8-sig", errors="replace")
    return not content or any(is_own(text) for is_own in marks)


def _ending(name: str) -> str:
    """Return the ending of a name; of one that has none the whole (``.shopping-list``)."""
    return Path(name).suffix or Path(name).name
