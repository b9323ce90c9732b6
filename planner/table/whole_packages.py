"""Recipes with a little more or less of what would else be left of packages: the week is better."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.explain.table_report import TableReport
from planner.export.shopping import over_budget_usd
from planner.kitchen.errand import errand_for
from planner.kitchen.openings import Flex, amounts_with, flexes_of
from planner.model.input import ModelInput
from planner.plan.plan import Plan
from planner.request.days import DAYS_PER_WEEK
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.table.prepare import PreparedTable, prepare_table
from planner.table.session import seat_table
from planner.table.swap import choices_of, report_choices


def as_recipes(request: PlanRequest) -> PlanRequest:
    """Forget what another plan cooked, and the amounts that used up its packages."""
    return replace(request, week=replace(request.week, amounts={}, cooked_more={}, begun={}))


def with_whole_packages(
    report: TableReport, foods: FoodTable | None, dishes: Sequence[Dish] | None
) -> TableReport:
    """Return the same week with amounts that use up packages, where it holds and has fewer points.

    All changes are tried at once; where they do not hold, fewer. Where a gap is
    to be proven, or the search was to end early, the week stays as it was found.

    Parameters
    ----------
    report
        A week that was found, or that there is none.
    foods, dishes
        As of ``planner.pipeline.plan_meals``.
    """
    plan, is_over = report.plan, report.outcome.stopped or report.outcome.cut_by_clock
    asked = report.request.solve.with_limits()
    if plan is None or is_over or asked.gap is not None or asked.effort == "quick":
        return report
    errand = errand_for(report.request, report.dishes, report.foods)
    flexes = flexes_of(plan, report.foods, errand, report.batch)
    table = _that_holds(report, plan, flexes, foods, dishes)
    if table is None:
        return report
    session = seat_table(plan, table)
    other = report_choices(session, choices_of(session), report)
    return other if _is_better(other, report) else report


def _that_holds(
    report: TableReport,
    plan: Plan,
    flexes: Sequence[Flex],
    foods: FoodTable | None,
    dishes: Sequence[Dish] | None,
) -> PreparedTable | None:
    """Prepare a week with all changes, else with those that still hold, some at once or one by one.

    What is eaten on days that keep all rules is tried at once.
    """
    found, kept, left = None, list[Flex](), read_settings("dishes.toml")["flex"]["trials"]
    more: list[Sequence[Flex]] = [flexes, *([one] for one in flexes)]
    while more and left and len(kept) < len(flexes):
        now = [*kept, *(one for one in more.pop(0) if one not in kept)]
        if len(now) == len(kept):
            continue
        table, left = _with(report, now, foods, dishes), left - 1
        breaks = _breaks(plan, table)
        if not breaks:
            found, kept = table, now
        elif now == [*flexes]:
            more.insert(0, _apart(flexes, plan, breaks))
    return found


def _apart(flexes: Sequence[Flex], plan: Plan, days: Collection[int | None]) -> Sequence[Flex]:
    """Return the changes to what is not eaten on some days; none where all are."""
    eaten = {item.item_id for day in days if day is not None for item in plan.days[day].items()}
    rest = [one for one in flexes if eaten.isdisjoint(dish_id for dish_id, _ in one.lines)]
    return rest if len(rest) < len(flexes) else flexes[: len(flexes) // 2]


def _with(
    report: TableReport,
    flexes: Sequence[Flex],
    foods: FoodTable | None,
    dishes: Sequence[Dish] | None,
) -> PreparedTable:
    """Prepare what the week is planned from, with these changes."""
    week = replace(report.request.week, amounts=amounts_with(flexes))
    return prepare_table(replace(report.request, week=week), foods, dishes)


def _breaks(plan: Plan, table: PreparedTable) -> set[int | None]:
    """Return the days, from 0, on which the plan breaks a rule; ``None`` for a rule of a week."""
    served = {item.item_id for day in plan.days for item in day.items()}

    def narrow(source: ModelInput) -> ModelInput:
        known = source.candidates
        own = tuple(one for one in known.candidates if one.source_id in served)
        return replace(source, candidates=replace(known, candidates=own))

    weeks = {
        name: replace(one, source=narrow(one.source), weeks=tuple(map(narrow, one.weeks)))
        for name, one in table.weeks.items()
    }
    session = seat_table(plan, replace(table, weeks=weeks))
    rows = [
        (number * DAYS_PER_WEEK, row.rpartition("@")[2])
        for own in session.eaters.values()
        for number, week in enumerate(own.weeks)
        for row in week.judged().broken
    ]
    return {first + int(day) - 1 if day.isdigit() else None for first, day in rows}


def _is_better(report: TableReport, than: TableReport) -> bool:
    """Whether a week has fewer points, or of a table's hardly more and a list that costs less.

    Each eater of a table counts packages as if all ate like this one; the list counts what they do.
    """
    points, before = report.outcome.objective, than.outcome.objective
    if points is None or before is None or not report.passed or over_budget_usd(report) > 0.0:
        return False
    costs = [one.shopping.total_usd for one in (report, than) if one.shopping]
    saves = len(report.reports) > 1 and len(costs) > 1 and costs[0] < costs[1]
    more: float = read_settings("dishes.toml")["flex"]["dearer"]
    return points < before * (1.0 + saves * more)
