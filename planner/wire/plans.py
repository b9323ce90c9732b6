"""What commands that plan answer: a plan with its path, several, or why there is none."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.wire.base import ABSENT, OPTIONAL, By, Figure, Many, Wire
from planner.wire.plan_file import AskedFor, PlanFile
from planner.wire.told import Cited, WrittenReading


class WrittenCost(Wire):
    """What a week that gives way somewhere has: that of the trial, not the best there is."""

    points: Figure
    usd_per_week: Figure
    counts: str
    ca_mg_ratio: Figure | None
    magnesium_mg: Figure | None
    energy_kcal: Figure | None
    ca_mg_ratio_of: Annotated[By[Figure], OPTIONAL] = {}


class WrittenConflict(Wire):
    """A wish or rule that cannot hold beside others."""

    what: str = Field(alias="wish")
    value: str | Figure | None
    text: str


class WayOut(Wire):
    """A change that would make a plan possible.

    Parameters
    ----------
    instead_of
        What was asked for or held before, in words.
    flag
        The flag that asks for it; empty where there is none.
    cost
        What the week has that was found with it; null where none was looked at.
    is_tried
        Whether a plan was found with it.
    accept
        The flag that takes it.
    eater
        Who alone gives way.
    """

    text: str
    instead_of: str | None
    flag: str = Field(alias="change")
    cost: WrittenCost | None
    is_tried: bool = Field(alias="verified")
    accept: str
    eater: Annotated[str | None, OPTIONAL] = ""


class _NoPlan(Wire):
    status: Literal["infeasible", "no_plan_in_time"]
    conflict: Many[WrittenConflict]
    relaxations: Many[WayOut]
    best_effort: PlanFile | None = None


class RefusedPlan(_NoPlan):
    """There is no plan for one eater.

    Parameters
    ----------
    best_effort
        The nearest plan that was found: its check says what it misses of what was asked.
    buys
        What the budget buys of magnesium, where that is in the way.
    """

    request: AskedFor
    buys: Annotated[Many[str], OPTIONAL] = []
    banner: str
    request_readings: Many[WrittenReading]
    notes: Many[str]
    warnings: Many[Cited]


class StoppedSearch(_NoPlan):
    """The search was stopped before a first week was found."""

    stopped: Literal[True] = True
    request: AskedFor


class EaterConflict(WrittenConflict):
    """A wish or rule in the way, and whose it is; null where it is the table's."""

    eater: str | None


class EaterWayOut(WayOut):
    """A change that would make a plan possible, and who gives way; null where it is the table."""

    eater: str | None


class RefusedTable(Wire):
    """There is no plan for a table of several eaters: whose plan is in the way.

    Parameters
    ----------
    buys
        What the budget of the table buys of magnesium, where that is in the way.
    """

    status: Annotated[str | None, ABSENT] = None
    warnings: Annotated[Many[Cited] | None, ABSENT] = None
    conflict: Many[EaterConflict]
    relaxations: Many[EaterWayOut]
    buys: Annotated[Many[str], OPTIONAL] = []
    best_effort: PlanFile | None
    request: AskedFor
    notes: Many[str]


class WrittenRefusal(Wire):
    """A request that must be refused, in words."""

    what: str
    where: str
    remedy: str


class RefusedRequest(Wire):
    """What any command answers where a rule refuses what was asked."""

    status: Literal["refused"] = "refused"
    refused: WrittenRefusal


class AlternativePlans(Wire):
    """What ``magplan plan --alternatives`` answers, the best first."""

    plans: Many[PlanFile | RefusedPlan | RefusedTable]
