"""Faults by their names: what is wrong in what a person wrote, and how to mend it.

Their sentences are rows of ``configs/faults.toml``.
"""

from __future__ import annotations

from typing import Any, TypeVar

from planner.errors import PlannerError
from planner.settings import read_settings

Fault = TypeVar("Fault", bound=PlannerError)


def fault(kind: type[Fault], name: str, where: str = "", /, **values: Any) -> Fault:
    """Return an error, to be raised.

    Parameters
    ----------
    kind
        The class of the error.
    name
        Its row.
    where
        The place that holds the fault, where the row names none.
    values
        What the row fills in.
    """
    row = read_settings("faults.toml")[name]
    where = _filled(row["where"], values) if "where" in row else where
    return kind(fault_said(name, **values), where, _filled(row.get("remedy", ""), values))


def fault_said(name: str, /, **values: Any) -> str:
    """Return what is wrong alone."""
    return _filled(read_settings("faults.toml")[name]["what"], values)


def _filled(pattern: str, values: dict[str, Any]) -> str:
    """Return a pattern with its values; where there are none its braces are text."""
    return pattern.format(**values) if values else pattern
