"""What a request may ask for but this version cannot do.

A key whose effect does not exist is never accepted and ignored: it would look like consent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foods.errors import raise_collected
from planner.errors import NotBuiltError

WEEK = 7


def refuse_unbuilt(table: Mapping[str, Any], where: str) -> None:
    """Refuse a request, shaped as its file, that asks for what is not built.

    Raises
    ------
    NotBuiltError
        All keys in one error.
    """
    faults = [f"{key}: not built yet — leave it out" for key in _unbuilt_keys(table)]
    raise_collected(NotBuiltError, faults, where)


def _unbuilt_keys(table: Mapping[str, Any]) -> list[str]:
    week = table.get("week", {})
    if not table.get("eaters"):
        return []
    return ["[week] days beyond 7 with [[eaters]]"] if week.get("days", 0) > WEEK else []
