"""Extras of the installed package: what large libraries belong to, and how to add them."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires

from planner.errors import ConfigError

DISTRIBUTION = "magplan-meals"  # "magplan" is somebody else's in the registry
_LIBRARY, _EXTRA = re.compile(r"[\w.-]+"), re.compile(r"extra == ['\"]([\w-]+)['\"]")
_OF_DEVELOPERS = "test"


def extra_of(module: str) -> str:
    """Return the extra that a module comes with; empty for a module that no extra names.

    Source: the metadata of the installed package, as pyproject.toml declares it.
    """
    try:
        lines = requires(DISTRIBUTION) or ()
    except PackageNotFoundError:
        return ""
    library = module.partition(".")[0].replace("_", "-")
    for line in lines:
        name, extra = _LIBRARY.match(line), _EXTRA.search(line)
        if name and extra and name[0] == library and extra[1] != _OF_DEVELOPERS:
            return extra[1]
    return ""


def extra_error(error: ModuleNotFoundError) -> ConfigError | None:
    """Return what to say where a library of an extra is missing; ``None`` for any other module."""
    extra = extra_of(error.name or "")
    if not extra:
        return None
    return ConfigError(
        f"this needs {error.name}, which is not installed",
        "",
        f"install it with: pip install '{DISTRIBUTION}[{extra}]'",
    )
