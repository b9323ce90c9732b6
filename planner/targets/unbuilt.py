"""What a request may ask for but this version cannot do.

A key whose effect does not exist is never accepted and ignored: it would look like consent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foods.errors import raise_collected
from planner.errors import NotBuiltError

DAYS_BUILT = 7


def refuse_unbuilt(table: Mapping[str, Any], where: str) -> None:
    """Refuse a request, shaped as its file, that asks for what is not built.

    Raises
    ------
    NotBuiltError
        All keys in one error.
    """
    faults = [f"{key}: not built yet — leave it out" for key in _unbuilt_keys(table)]
    days = table.get("week", {}).get("days")
    if days is not None and days > DAYS_BUILT:
        faults.append(
            f"[week] days: {days} days at once are not built yet — plan {DAYS_BUILT} days or less"
        )
    raise_collected(NotBuiltError, faults, where)


def _unbuilt_keys(table: Mapping[str, Any]) -> list[str]:
    keys = ["[week] skip"] if table.get("week", {}).get("skip") else []
    return keys + (["[[eaters]]"] if table.get("eaters") else [])
