"""Text and tables in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_MARKS = re.compile(r"([\\`*_\[\]#~])")
_BEGINS = re.compile(r"^([-+=])|^(\d+)([.)])")
_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)", re.IGNORECASE)
_NOTHING = "<!-- -->"  # cuts an address, so that no reader makes a link of it


def literal(text: str) -> str:
    """Give a text that somebody else wrote so that Markdown shows it as it is.

    Nothing of it becomes markup, HTML or a link, wherever in a line it stands. A bar is left as it
    is; within a table ``table_lines`` escapes it.
    """
    line = _MARKS.sub(r"\\\1", " ".join(text.split()).translate(_ENTITIES))
    return _ADDRESS.sub(_NOTHING, _BEGINS.sub(r"\2\\\1\3", line))


def bullets(texts: Iterable[str], begin: str = "- ") -> list[str]:
    """Give texts that hold what others wrote as a list."""
    return [f"{begin}{literal(text)}" for text in texts]


def table_lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Give a table with its head; a bar within a cell is escaped."""

    def line(cells: Sequence[str]) -> str:
        return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"

    return [line(head), line(["---"] * len(head)), *map(line, rows)]
