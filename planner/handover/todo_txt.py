"""The list as todo.txt: a line for each thing, its aisle as the context."""

from __future__ import annotations

import re
from collections.abc import Mapping

from foods.own_csv import one_line
from planner.export.formats import HANDED_MARK as MAKER
from planner.handover.cooked import Handed

_TAG = re.compile(r"(?<=\S):(?=\S)")
_WORD = re.compile(r"(?<!\S)[@+](?=\S)")
_WIDE_COLON = "\uff1a"
_GAP = re.compile(r"\W+")


def as_todo_txt(handed: Handed) -> Mapping[str, str]:
    """Give the file; a line begins with a word, so that no name makes it done or urgent."""
    lines = [
        f"Buy {_plain(line.name)}, {_plain(line.buy)} +shopping "
        f"@{_GAP.sub('_', aisle.lower()).strip('_')} trip:{trip} from:{MAKER}"
        for trip, aisle, line in handed.bought()
    ]
    return {"todo.txt": "\n".join([*lines, ""])}


def _plain(text: str) -> str:
    """Give a text of one line without words that are contexts, projects or tags."""
    line = _TAG.sub(_WIDE_COLON, one_line(text))
    return _WORD.sub(lambda found: chr(ord(found[0]) + 0xFEE0), line)
