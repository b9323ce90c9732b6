"""The verdict on a household as text and as JSON: each eater alone, then the table they share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planner.check.household import HouseholdCheck
from planner.export.check import check_as_json, check_as_text


def household_check_as_json(result: HouseholdCheck, notes: Sequence[str] = ()) -> dict[str, Any]:
    """Give the verdict as JSON values: for all, and for each eater under ``eaters``."""
    eaters = [{"name": name, **check_as_json(one)} for name, one in result.eaters.items()]
    return {**check_as_json(result.as_one(), notes), "eaters": eaters}


def household_check_as_text(result: HouseholdCheck, notes: Sequence[str] = ()) -> str:
    """Give each eater's table and verdict, then what is wrong with the common one."""
    parts = [f"{name}\n{check_as_text(one)}" for name, one in result.eaters.items()]
    for title, sentences in (("Faults of the table", result.faults), ("Notes", notes)):
        if sentences:
            parts.append("\n".join([title, *(f"  {sentence}" for sentence in sentences)]))
    held = sum(one.passed for one in result.eaters.values())
    verdict = (
        "The household's plan holds" if result.passed else "The household's plan does not hold"
    )
    parts.append(f"{verdict}: {held} of {len(result.eaters)} eaters.")
    return "\n\n".join(parts)
