"""Recipes with a little more or less of what would else be left of packages: the week is better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.explain.table_report import TableReport
from planner.export.shopping import over_budget_usd
from planner.kitchen.errand import errand_for
from planner.kitchen.whole_packages import Flex, amounts_with, flexes_of
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
    """Give the same week with amounts that use up packages, where it holds and has fewer points.

    All changes are tried at once; then without those of the dishes of days that do not hold. Where
    a gap is to be proven, or the search was to end early, the week stays as it was found.

    Parameters
    ----------
    report
        A week that was found, or that there is none.
    foods, dishes
        As of ``planner.pipeline.plan_meals``.
    """
    plan, is_over = report.plan, report.outcome.stopped or report.outcome.cut_by_clock
    if plan is None or is_over or report.request.solve.gap is not None:
        return report
    diaries = (one.usual.usual for one in report.reports.values() if one.usual is not None)
    as_eaten = {dish.dish_id for usual in diaries for dish in usual.dishes}
    recipes = tuple(dish for dish in report.dishes if dish.dish_id not in as_eaten)
    errand = errand_for(report.request, recipes, report.foods)
    flexes: Sequence[Flex] = flexes_of(plan, report.foods, errand, report.batch)
    for _ in range(read_settings("dishes.toml")["flex"]["trials"]):
        if not flexes:
            break
        table = _with(report, flexes, foods, dishes)
        breaks = _breaks(plan, table)
        if not breaks:
            session = seat_table(plan, table)
            other = report_choices(session, choices_of(session), report)
            return other if _is_better(other, report) else report
        flexes = _without(flexes, plan, breaks)
    return report


def _with(
    report: TableReport,
    flexes: Sequence[Flex],
    foods: FoodTable | None,
    dishes: Sequence[Dish] | None,
) -> PreparedTable:
    """Prepare what the week is planned from, with these changes."""
    week = replace(report.request.week, amounts=amounts_with(flexes))
    return prepare_table(replace(report.request, week=week), foods, dishes)


def _breaks(plan: Plan, table: PreparedTable) -> list[int | None]:
    """Give the days, from 0, on which the plan breaks a rule; ``None`` for a rule of a week."""
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
    return [first + int(day) - 1 if day.isdigit() else None for first, day in rows]


def _without(flexes: Sequence[Flex], plan: Plan, breaks: Sequence[int | None]) -> Sequence[Flex]:
    """Take away the changes to what is eaten on days that break a rule, else the smaller half."""
    days = {one for one in breaks if one is not None}
    eaten = {item.item_id for day in days for item in plan.days[day].items()}
    rest = [one for one in flexes if eaten.isdisjoint(dish_id for dish_id, _ in one.lines)]
    return rest if len(rest) < len(flexes) else flexes[: len(flexes) // 2]


def _is_better(report: TableReport, than: TableReport) -> bool:
    points, before = report.outcome.objective, than.outcome.objective
    is_cheaper = points is not None and before is not None and points < before
    return is_cheaper and report.passed and over_budget_usd(report) <= 0.0
