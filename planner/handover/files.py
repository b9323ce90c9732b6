"""Names of files that every system takes, and archives that are the same for the same plan."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from planner.export.formats import HANDED_MARK as MAKER

_STRANGE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]+')
_OF_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_MOST_BYTES = 120
_FIELD = 0x6D70  # of an archive's own fields, which readers pass over
_EXTRA = struct.pack("<HH", _FIELD, len(MAKER)) + MAKER.encode()


def file_names(names: Iterable[str]) -> list[str]:
    """Give a name without ending for each of ``names``, no two alike in any case of letters."""
    taken: set[str] = set()
    found = []
    for name in names:
        plain = " ".join(_STRANGE.sub(" ", name).split()).strip(". ")
        plain = plain.encode()[:_MOST_BYTES].decode(errors="ignore").strip(". ") or "recipe"
        plain = f"{plain} dish" if _OF_WINDOWS.fullmatch(plain) else plain
        number, free = 2, plain
        while free.casefold() in taken:
            number, free = number + 1, f"{plain} {number}"
        taken.add(free.casefold())
        found.append(free)
    return found


def archive_of(contents: Mapping[str, bytes]) -> bytes:
    """Give an archive of files; its first one says, where no reader looks, who made it."""
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        for number, (name, content) in enumerate(contents.items()):
            entry = ZipInfo(name)
            entry.extra = b"" if number else _EXTRA
            file.writestr(entry, content, ZIP_DEFLATED)
    return packed.getvalue()
