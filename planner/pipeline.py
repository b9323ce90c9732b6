"""The whole flow on one screen: a request in, the report of everybody at its table out."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.errors import NotBuiltError
from planner.explain.report import Concession
from planner.explain.table_report import TableReport
from planner.request.days import DAYS_PER_WEEK, menu_days
from planner.request.request import PlanRequest
from planner.search.search import Progress
from planner.shops import in_its_shops
from planner.solve.alternatives import solve_alternatives
from planner.solve.options import apart_options, table_work
from planner.table.accepted import plan_or_ways_out
from planner.table.prepare import prepare_table
from planner.table.report import report_table
from planner.table.till import Watcher, plan_table
from planner.table.ways_tried import planning_from


@in_its_shops
def plan_meals(
    request: PlanRequest,
    foods: FoodTable | None = None,
    dishes: Sequence[Dish] | None = None,
    progress: Progress | None = None,
    accept: int | None = None,
    watch: Watcher | None = None,
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
    progress
        Told the best weeks after each round of the search.
    accept
        Where there is no plan, plan with the way out of this number, from 1, and say so.
    watch
        Shown weeks that hold, judged like any other, while better ones are searched.

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
        return [plan_table(_anew(asked), foods, dishes, started, progress, watch=watch)]

    return plan_or_ways_out(request, plan, partial(planning_from, foods, dishes), accept)[0]


@in_its_shops
def plan_alternatives(
    request: PlanRequest,
    count: int,
    foods: FoodTable | None = None,
    dishes: Sequence[Dish] | None = None,
    progress: Progress | None = None,
    accept: int | None = None,
) -> tuple[TableReport, ...]:
    """Plan up to ``count`` clearly different weeks; the first is that of ``plan_meals``.

    Parameters and errors are those of ``plan_meals``. Fewer weeks come back where no further
    one differs enough for everybody; one report without a plan where there is none.
    """
    started = time.perf_counter()
    if menu_days(request.week) > DAYS_PER_WEEK:
        raise NotBuiltError(
            f"several different plans of more than {DAYS_PER_WEEK} days are not built yet",
            "--alternatives",
            f"plan {DAYS_PER_WEEK} days, or leave it out",
        )

    def plan(asked: PlanRequest, _: Concession) -> Sequence[TableReport]:
        table = prepare_table(_anew(asked), foods, dishes)
        sources = {name: week.source for name, week in table.weeks.items()}
        apart = apart_options(next(iter(sources.values())).rules.points["change"])
        work = table_work(asked.solve, len(sources))
        found = solve_alternatives(sources, table.shared, work, count, apart, started, progress)
        return [report_table(table, outcome) for outcome in found]

    return tuple(plan_or_ways_out(request, plan, partial(planning_from, foods, dishes), accept))


def _anew(request: PlanRequest) -> PlanRequest:
    """Forget what another plan cooked, and the amounts that used up its packages."""
    return replace(request, week=replace(request.week, amounts={}, cooked_more={}, begun={}))
