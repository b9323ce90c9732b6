"""The whole flow on one screen: a request in, the report of everybody at its table out."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.explain.report import Concession
from planner.explain.table_report import TableReport
from planner.export.shopping import over_budget_usd
from planner.request.request import PlanRequest
from planner.rhythm.alternatives import Weeks, plan_apart
from planner.shops import in_its_shops
from planner.table.accepted import plan_or_ways_out
from planner.table.prepare import prepare_table
from planner.table.report import report_table
from planner.table.till import plan_table
from planner.table.ways_tried import planning_from


@in_its_shops
def plan_meals(
    request: PlanRequest,
    foods: FoodTable | None = None,
    dishes: Sequence[Dish] | None = None,
    accept: int | None = None,
) -> TableReport:
    """Plan the meals of everybody at the table; where no plan exists, the report says why.

    Parameters
    ----------
    request
        Everything that decides the plan. Each of its ``eaters`` is held to targets of one's own;
        without any it is that of one eater, whose report is ``TableReport.alone``.
    foods, dishes
        What to plan from; the shipped catalogue, and the shipped dishes with those of the
        request's folders, when left out.
    accept
        Where there is no plan, plan with the way out of this number, from 1, and say so.

    Raises
    ------
    UserFacingError
        When something in the request is to be mended, a safety rule refuses for an eater, or no way
        out of that number is offered.
    KeyboardInterrupt
        When it comes before first weeks were found; later it ends the search.
    """
    started = time.perf_counter()

    def plan(asked: PlanRequest, _: Concession) -> Sequence[TableReport]:
        return [plan_table(_anew(asked), foods, dishes, started)]

    return plan_or_ways_out(request, plan, partial(planning_from, foods, dishes), accept)[0]


@in_its_shops
def plan_alternatives(
    request: PlanRequest,
    count: int,
    foods: FoodTable | None = None,
    dishes: Sequence[Dish] | None = None,
    accept: int | None = None,
) -> tuple[TableReport, ...]:
    """Plan up to ``count`` clearly different weeks; the first is that of ``plan_meals``.

    Parameters and errors are those of ``plan_meals``. Fewer weeks come back where no further
    one differs enough for everybody; one report without a plan where there is none. Ctrl-C ends
    the search, also of the further ones.
    """
    started = time.perf_counter()

    def plan(asked: PlanRequest, _: Concession) -> Sequence[TableReport]:
        first = plan_table(_anew(asked), foods, dishes, started)
        return [first, *_others(first, count - 1, foods, dishes, started)]

    return tuple(plan_or_ways_out(request, plan, partial(planning_from, foods, dishes), accept))


def _others(
    first: TableReport,
    count: int,
    foods: FoodTable | None,
    dishes: Sequence[Dish] | None,
    started: float,
) -> Iterator[TableReport]:
    """Plan other weeks in the rhythm of the first, each apart from all before, while some are."""
    rhythm = first.request.week.rhythm
    if not first.outcome.has_plan or rhythm is None:
        return
    table = prepare_table(first.request, foods, dishes)
    found: list[Weeks] = [{name: own.outcome for name, own in first.reports.items()}]
    for _ in range(count):
        other = plan_apart(table, rhythm, found, started)
        report = None if other is None else report_table(table, other)
        if other is None or report is None or over_budget_usd(report) > 0.0:
            return
        found.append(other.each)
        yield report


def _anew(request: PlanRequest) -> PlanRequest:
    """Forget what another plan cooked, and the amounts that used up its packages."""
    return replace(request, week=replace(request.week, amounts={}, cooked_more={}, begun={}))
