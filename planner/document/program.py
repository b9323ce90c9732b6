"""Which program made a document, in which version and when, and how wide its text is."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

from planner.extras import DISTRIBUTION

PROGRAM = "magplan"
_USUAL_WIDTH, _LEAST_WIDTH, _MOST_WIDTH = 80, 60, 200


def program_version() -> str:
    """Return the version of the installed program; ``"0"`` when it runs from a bare folder."""
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "0"


def created() -> str:
    """Return the time with its zone, or that of ``SOURCE_DATE_EPOCH`` for repeatable files."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), UTC).isoformat()
    return datetime.now().astimezone().isoformat(timespec="seconds")


def page_width() -> int:
    """Return the width of text: the terminal's, or ``COLUMNS``; 80 where it goes elsewhere."""
    columns = shutil.get_terminal_size((_USUAL_WIDTH, 0)).columns
    return min(max(columns, _LEAST_WIDTH), _MOST_WIDTH)
