"""Where the library lies: in the user's data directory, or the folder that MAGPLAN_HOME names."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from foods.embedded import data_settings

HOME = "MAGPLAN_HOME"
_FILE = "library.sqlite"


def library_path() -> Path:
    """Return the path of the library, which may not exist yet."""
    own = os.environ.get(HOME, "").strip()
    folder = Path(own).expanduser() if own else user_data_path("magplan", appauthor=False)
    return folder / _FILE


def read_library_rules() -> Mapping[str, Any]:
    """Read how the library is opened and searched, and what is doubtful of a food."""
    return data_settings("library.toml")
