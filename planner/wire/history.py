"""What was eaten in earlier plans, latest first: the dishes to be left for later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from foods.errors import UserFacingError, raise_collected
from planner.errors import ConfigError
from planner.language.errors import error_said
from planner.plan.plan import Plan
from planner.wire.document import read_plan_document


def read_history(paths: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Give the dishes of each earlier plan, those of the latest plan first.

    Parameters
    ----------
    paths
        Plan files. Where all of them have dates these decide which is the latest; else the last
        one named is.

    Raises
    ------
    ConfigError
        When files cannot be read or are no plans; all faults in one error.
    """
    if not paths:
        return ()
    plans: list[Plan] = []
    faults: list[str] = []
    for path in paths:
        try:
            plans.append(read_plan_document(path).plan)
        except UserFacingError as error:
            faults.append(error_said(error))
    raise_collected(ConfigError, faults, "--history")
    return tuple(_dishes_of(plan) for plan in reversed(_in_order(plans)))


def _in_order(plans: Sequence[Plan]) -> list[Plan]:
    starts = [plan.days[0].date for plan in plans]
    if any(start is None for start in starts):
        return list(plans)
    return sorted(plans, key=lambda plan: plan.days[0].date or date.min)


def _dishes_of(plan: Plan) -> frozenset[str]:
    return frozenset(
        item.item_id for day in plan.days for item in day.items() if item.kind == "dish"
    )
