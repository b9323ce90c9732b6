"""Meals that nobody may leave out: those beside a medicine that lowers blood sugar."""

from __future__ import annotations

from planner.errors import RefusedError
from planner.language.faults import fault
from planner.request.request import WeekOptions
from planner.targets.clinical import ClinicalRules


def check_meals_missed(week: WeekOptions, clinical: ClinicalRules) -> None:
    """Refuse to leave a meal out for somebody whose medicine is taken for it.

    Raises
    ------
    RefusedError
        When a meal is not eaten beside a medicine that lowers blood sugar.
    """
    if week.not_eaten and clinical.no_meal_skipped:
        day, slot = week.not_eaten[0]
        raise fault(
            RefusedError,
            "meal_left_out",
            no_meal_skipped=clinical.no_meal_skipped,
            day=day,
            slot=slot,
        )
