"""What a request may ask for but this version cannot do, and what it must refuse.

A key whose effect does not exist is never accepted and ignored: it would look like consent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from foods.errors import raise_collected
from planner.errors import NotBuiltError, RefusedError
from planner.targets.limits import kidney_stop
from planner.targets.request import PlanRequest

DAYS_BUILT = 7

_ASK_THE_CLINIC = (
    "ask your kidney clinic or a renal dietitian for a plan: food rich in magnesium, potassium "
    "and phosphorus can harm when the kidneys do not clear them"
)


def refuse_kidney_disease(
    conditions: Iterable[str], egfr: float | None, where: str = "profile"
) -> None:
    """Refuse a person with kidney disease, or with an eGFR [mL/min/1.73 m²] that means it.

    Raises
    ------
    RefusedError
        When a condition has a word of kidney disease or the eGFR is below the threshold.
    """
    stop = kidney_stop()
    if egfr is not None and egfr < stop.egfr_below:
        raise RefusedError(
            f"no plan with an eGFR of {egfr:g}, below {stop.egfr_below:g} mL/min/1.73 m²",
            where=where,
            remedy=_ASK_THE_CLINIC,
        )
    for condition in conditions:
        if means_kidney_disease(condition):
            raise RefusedError(
                f"no plan with kidney disease ({condition})", where=where, remedy=_ASK_THE_CLINIC
            )


def means_kidney_disease(condition: str) -> bool:
    """Say whether a word of ``condition`` begins like one of kidney disease.

    ``adrenal`` does not; ``kidney stones`` do, since asking once too often harms nobody.
    """
    words = condition.lower().replace("-", " ").replace("/", " ").split()
    return any(word.strip("('\"").startswith(kidney_stop().words) for word in words)


def refuse_unbuilt(table: Mapping[str, Any], where: str) -> None:
    """Refuse a request, shaped as its file, that asks for what is not built.

    Raises
    ------
    RefusedError
        When kidney disease is among it.
    NotBuiltError
        For everything else, all keys in one error.
    """
    profile = table.get("profile", {})
    refuse_kidney_disease(profile.get("conditions") or (), profile.get("egfr"), where)
    for eater in table.get("eaters", []):
        own = eater.get("profile", {})
        refuse_kidney_disease(own.get("conditions") or (), own.get("egfr"), where)
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


def refuse_unplanned(request: PlanRequest) -> None:
    """Refuse to plan what a request may say but a plan does not count yet.

    Raises
    ------
    NotBuiltError
        When supplements are taken or allowed.
    """
    faults = []
    if request.supplements:
        faults.append("[[supplements]]: not counted in a plan yet — leave it out")
    if request.allow_supplements:
        faults.append("allow_supplements: not built yet — leave it out")
    raise_collected(NotBuiltError, faults, "plan")
