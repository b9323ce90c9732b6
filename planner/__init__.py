"""magplan: a week of real meals that meets a magnesium target, checked and with its gap stated.

The names of ``__init__.pyi`` are what a script builds on. Each is imported from its module when it
is first asked for, so that importing ``planner`` loads neither a solver nor a food table.
"""

from __future__ import annotations

from importlib import import_module
from importlib.resources import files
from typing import Any

_STUB = files(__name__).joinpath("__init__.pyi").read_text(encoding="utf-8")
_LINES = [line.split() for line in _STUB.splitlines() if line.startswith("from ")]
PUBLIC = {name: module for _, module, _, name, *_ in _LINES}
"""Name → module, of the stub's lines ``from MODULE import NAME as NAME``."""

__all__ = list(PUBLIC)


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(PUBLIC[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Name what is there, imported or not."""
    return sorted({*globals(), *__all__})
