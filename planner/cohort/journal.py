"""What a batch keeps of each client: an entry beside the plan, moved to its place together with it.

Why not one journal for all: it and the plans could tell different things after a kill between the
two. An entry says from what its plan was made; what has no entry, or one of something else, is
planned anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from foods.embedded import read_embedded_foods
from planner.cohort.plan import Member
from planner.document.program import program_version
from planner.errors import OutOfTimeError
from planner.explain.table_report import nutrient_rows, person_row
from planner.export.as_json import plan_files
from planner.export.files import check_folder, is_as_written, withdraw_files, write_files
from planner.export.formats import BATCH_MARK
from planner.export.plan_names import PLAN_FILES

ENTRY = "entry.json"
Entry = Mapping[str, Any]
"""What is known of a client: ``people`` and ``nutrients`` are rows of ``Cohort.to_frame``."""
_FILES = (*PLAN_FILES, ENTRY)
SCHEMA = f"{BATCH_MARK[1:]}1"


def versions() -> tuple[str, str]:
    """Return the program's version and the digest of its foods, which every plan depends on."""
    return program_version(), read_embedded_foods().sha256


def digest_of(table: Mapping[str, Any]) -> str:
    """Compute a digest of all that a plan is made from: a request, the files it names, versions."""
    content = hashlib.sha256(json.dumps([versions(), table], sort_keys=True).encode())
    for path in sorted(set(_paths_in(table))):
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                content.update(hashlib.sha256(file.read_bytes()).digest())
    return content.hexdigest()


def _paths_in(value: Any) -> Iterator[Path]:
    """Return the files and folders that texts in a request name."""
    inner = value.values() if isinstance(value, Mapping) else value
    if isinstance(value, Mapping | list | tuple):
        for part in inner:
            yield from _paths_in(part)
    elif isinstance(value, str) and ("/" in value or "." in value):
        try:
            is_there = Path(value).exists()
        except (OSError, ValueError):  # too long, or no name of a file
            return
        if is_there:
            yield Path(value)


def texts_of(member: Member, digest: str) -> dict[str, str]:
    """Return file name → text of what is kept of a client: a checked plan, and the entry.

    What ended for lack of time is tried again by the next run.
    """
    passed = member.report is not None and member.report.passed
    files = plan_files(member.report) if member.report is not None and passed else {}
    rows = list(member.rows())
    entry = {
        "schema": SCHEMA,
        "digest": "" if isinstance(member.error, OutOfTimeError) else digest,
        "files": list(files),
        "people": [person_row(row) for row in rows],
        "nutrients": [one for row in rows for one in nutrient_rows(row) if "period" in one],
    }
    return files | {ENTRY: json.dumps(entry, ensure_ascii=False, indent=1) + "\n"}


def found_in(folder: Path, digest: str) -> bool:
    """Return whether all that was made from this stands in a folder, as it was written."""
    try:
        entry = read_entry(folder)
        names = (*entry["files"], ENTRY)
        return bool(entry["digest"] == digest and all(is_as_written(folder / n) for n in names))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def read_entry(folder: Path) -> Entry:
    """Read the entry of a client.

    Raises
    ------
    OSError, ValueError
        When there is none, or it is damaged.
    """
    entry: Entry = json.loads((folder / ENTRY).read_text(encoding="utf-8"))
    return entry


def check_place(folder: Path, force: bool) -> None:
    """Make sure that a client's files may be written; errors as of ``check_folder``."""
    check_folder(folder, _FILES, force)


def keep(folder: Path, texts: Mapping[str, str], force: bool) -> None:
    """Write what is kept of a client at once; a plan of an earlier request does not outlive it.

    Raises
    ------
    ExportError
        When it cannot be written.
    """
    check_place(folder, force)
    withdraw_files(folder, [name for name in PLAN_FILES if name not in texts])
    write_files(folder, texts, force)
