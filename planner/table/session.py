"""A plan that may be changed, by the roles of its rhythm.

A session holds what the weeks of one request are made from, so that in a running process a list of
replacements takes milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from foods.table import nearest_names
from planner.errors import ConfigError
from planner.explain.table_report import TableReport
from planner.faults import fault
from planner.plan.diff import TableDifference
from planner.plan.plan import Plan
from planner.request.request import PlanRequest
from planner.rhythm.weeks import StandingPlan
from planner.table.had import dishes_before
from planner.table.prepare import PreparedTable, prepare_table


class EarlierPlan(Protocol):
    """A plan that is changed: its file, or what was reported of it."""

    @property
    def request(self) -> PlanRequest:
        """The request that it answers."""

    @property
    def plan(self) -> Plan:
        """Its days."""

    @property
    def points(self) -> Mapping[str, float | None]:
        """Name → points."""


@dataclass(frozen=True, slots=True)
class TableSession:
    """The plan of a table, and everything that changes to it are made from.

    Parameters
    ----------
    plan
        The common table as it stands.
    table
        What its request is planned from.
    roles
        The plan as its rhythm has it.
    """

    plan: Plan
    table: PreparedTable
    roles: StandingPlan


@dataclass(frozen=True, slots=True)
class EditReport:
    """What came of a change to a plan.

    Parameters
    ----------
    report
        The new plan, or why there is none.
    difference
        What moved, on the table and for each eater; ``None`` without a plan.
    before
        Name → points of that eater's plan before, as it states them; ``None``: it states none.
    notes
        Why more moved than was asked for, and what became of second meals.
    """

    report: TableReport
    difference: TableDifference | None
    before: Mapping[str, float | None]
    notes: tuple[str, ...] = ()


def open_table(document: EarlierPlan) -> TableSession:
    """Open a plan for changes under its own request.

    Raises
    ------
    UserFacingError
        When its request cannot be planned.
    """
    table = prepare_table(document.request, had=dishes_before(document.plan, document.request))
    return TableSession(document.plan, table, StandingPlan.to_come(document.plan, table))


def find_eater(name: str, known: Sequence[str]) -> str:
    """Return the name as it stands at the table, found without regard to case.

    Raises
    ------
    ConfigError
        When nobody has it.
    """
    for eater in known:
        if eater.casefold() == name.strip().casefold():
            return eater
    near = nearest_names(name, known)
    hint = f"did you mean {near[0]}? " if near else ""
    raise fault(ConfigError, "nobody_called", name=name, hint=hint, names=", ".join(known))
