"""What the page asks for and may be sent: ``configs/web.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.settings import read_settings


def web_settings() -> Mapping[str, Any]:
    """Return the settings of the page."""
    return read_settings("web.toml")
