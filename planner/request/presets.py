"""Requests that are shipped: to begin with, or to lay what they wish over another request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.settings import names_in, read_settings

_FOLDER = "presets"
_WISHES = ("preferences", "week", "weights", "targets", "habits")  # whose, is for others to say


def preset_names() -> tuple[str, ...]:
    """Name the requests that are shipped."""
    return tuple(names_in(_FOLDER, ".toml"))


def read_preset(name: str) -> Mapping[str, Any]:
    """Give a preset in the shape of a request file."""
    return read_settings(f"{_FOLDER}/{name}.toml")


def wishing_presets() -> tuple[str, ...]:
    """Name those that say what is wished for and not who eats."""
    return tuple(name for name in preset_names() if "eaters" not in read_preset(name))


def with_preset(table: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Lay the wishes of a preset over a request in the shape of its file.

    Bounds of nutrients that the request has stay as they are; lists are joined.
    """
    laid, preset = dict(table), read_preset(name)
    for part in _WISHES:
        own, wished = laid.get(part, {}), preset.get(part, {})
        joined = {key: _joined(own.get(key), one) for key, one in wished.items()}
        laid[part] = {**own, **joined, **(own if part == "targets" else {})}
    return laid


def _joined(own: Any, wished: Any) -> Any:
    return [*dict.fromkeys((*(own or ()), *wished))] if isinstance(wished, list) else wished
