"""The plan of a household that may be changed: a session for each eater, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from foods.table import FoodTable, nearest_names
from planner.candidates.dish import Dish
from planner.errors import ConfigError, RefusedError
from planner.explain.table_report import TableReport
from planner.plan.diff import HouseholdDifference
from planner.plan.document import PlanDocument
from planner.plan.plan import Plan
from planner.plan.shares import own_plan
from planner.table.editing import change_note
from planner.table.prepare import (
    PreparedHousehold,
    prepare_household,
)
from planner.table.session import WeekSession, seat_plan


@dataclass(frozen=True, slots=True)
class HouseholdSession:
    """The plan of a household, and everything that changes to it are made from.

    Parameters
    ----------
    plan
        The common table as it stands.
    table
        What its request is planned from.
    eaters
        Name → the session of that eater's own plan.
    """

    plan: Plan
    table: PreparedHousehold
    eaters: Mapping[str, WeekSession]


@dataclass(frozen=True, slots=True)
class HouseholdEditReport:
    """What came of a change.

    Parameters
    ----------
    report
        The new plan, or why there is none.
    difference
        What moved, on the table and for each eater; ``None`` without a plan.
    before
        Name → points of that eater's plan before, as of ``EditReport``.
    """

    report: TableReport
    difference: HouseholdDifference | None
    before: Mapping[str, float | None]


def open_household(
    document: PlanDocument, foods: FoodTable | None = None, dishes: Sequence[Dish] | None = None
) -> HouseholdSession:
    """Open the plan of a household for changes under its own request.

    Raises
    ------
    UserFacingError
        When its request cannot be planned.
    """
    table = prepare_household(document.request, foods, dishes)
    if table.horizon.refused(0, time.perf_counter()) is not None:
        raise RefusedError("nothing is left for a meal", "plan", "plan anew with `magplan plan`")
    return seat_household(document.plan, table)


def seat_household(plan: Plan, table: PreparedHousehold) -> HouseholdSession:
    """Find what each eater of an earlier plan has in the models that are planned now."""
    eaters = {name: seat_plan(own_plan(plan, name), week) for name, week in table.weeks.items()}
    return HouseholdSession(plan, table, eaters)


def find_eater(name: str, known: Sequence[str]) -> str:
    """Give the name as it stands at the table, found without regard to case.

    Raises
    ------
    ConfigError
        When nobody has it.
    """
    for one in known:
        if one.casefold() == name.strip().casefold():
            return one
    near = nearest_names(name, known)
    hint = f"did you mean {near[0]}? " if near else ""
    raise ConfigError(
        f"nobody at the table is called {name!r}", "--eater", f"{hint}one of {', '.join(known)}"
    )


def with_note(report: TableReport, kept: Sequence[str]) -> TableReport:
    """Say beside the plan that it was changed, and what was asked to stay."""
    return replace(report, notes=(*report.notes, change_note(kept)))
