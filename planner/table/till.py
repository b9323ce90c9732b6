"""From a request to a report whose shopping list is paid for by its budget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.explain.offers import asked_with
from planner.explain.refusal import explain_till
from planner.explain.table_report import TableReport, with_notes
from planner.export.shopping import over_budget_usd
from planner.request.request import PlanRequest
from planner.rhythm.plan import plan_weeks
from planner.rhythm.rhythms import read_rhythm
from planner.search.search import Progress
from planner.settings import read_settings
from planner.solve.compose import TableOutcome
from planner.solve.options import table_work
from planner.solve.weeks import joined_weeks, solve_weeks
from planner.table.held import judged_by, tried
from planner.table.prepare import PreparedTable, prepare_table
from planner.table.report import refuse_at_till, report_table

ReportOf = Callable[[PreparedTable, TableOutcome], TableReport]
"""Reports on what was solved."""
Watcher = Callable[[TableReport], object]
"""Shown weeks while better ones are searched."""


def plan_table(
    request: PlanRequest,
    foods: FoodTable | None,
    dishes: Sequence[Dish] | None,
    started: float,
    progress: Progress | None = None,
    report_of: ReportOf = report_table,
    watch: Watcher | None = None,
    *,
    is_trial: bool = False,
) -> TableReport:
    """Plan for everybody at the table; a budget holds for what it counts.

    Parameters
    ----------
    request, foods, dishes, progress
        As of ``plan_meals``.
    started
        Reading of ``time.perf_counter`` from which time is counted.
    report_of
        What is said of what was found.
    watch
        Shown weeks that hold, and that the budget pays for, while better ones are searched.
    is_trial
        Whether it is a way out of a refusal.
    """
    table = prepare_table(request, foods, dishes)

    def solve(one: PreparedTable, watch: Watcher | None = None) -> TableReport:
        found, rhythm = plan_weeks(one, started, is_trial=is_trial)
        if found.total.has_plan:
            return _in_rhythm(report_of(one.in_rhythm(rhythm), found), one.request, rhythm)
        report = report_of(one, found)
        if is_trial or report.outcome.status == "infeasible":
            return report

        def seen(outcome: TableOutcome) -> None:
            found = report_of(one.in_rhythm(None), joined_weeks([outcome]))
            if watch is not None and over_budget_usd(found) <= 0.0:
                watch(found)

        work = table_work(one.request.solve, len(one.weeks))
        weeks = solve_weeks(one.horizon, work, started, progress, watch=watch and seen)
        return report_of(one.in_rhythm(None), weeks) if weeks.total.has_plan else report

    report = solve(table, watch)
    if not report.outcome.has_plan and may_add_magnesium(table):
        other = prepare_table(replace(request, food_falls_short=True), foods, dishes)
        found = solve(other)
        if found.outcome.has_plan:
            table, report = other, found
    return hold_at_till(report, table)


def _in_rhythm(report: TableReport, request: PlanRequest, rhythm: str) -> TableReport:
    """Say where a week has another rhythm than was asked for."""
    asked = request.week.rhythm
    if asked in (None, rhythm):
        return report
    note = (
        f"No week was found in the rhythm {asked}: this is {rhythm}. {read_rhythm(rhythm).sentence}"
    )
    return with_notes(report, note)


def may_add_magnesium(table: PreparedTable) -> bool:
    """Return whether a magnesium pill may be added that was left out since food came first."""
    place = read_settings("supplements.toml")["falls_short"]["place"]
    return any(
        any(place in candidate.places for candidate in week.candidates.candidates)
        and all(place != known.place_id for known in week.source.rules.places)
        for week in table.weeks.values()
    )


def hold_at_till(report: TableReport, table: PreparedTable) -> TableReport:
    """Return a week that its budget pays for; refuse another with its price, as its best effort.

    Parameters
    ----------
    report
        What was found: where no week is within the budget, the cheapest.
    table
        What its request is planned from.
    """
    if over_budget_usd(report) <= 0.0:
        return report
    refusal = explain_till(report.shopping, report.request)
    first, *others = refusal.relaxations
    offer, asked = tried(first, report.request, report), asked_with(report.request, first)
    refusal = replace(refusal, relaxations=(offer, *others))
    reports = {
        name: one if name else replace(one, request=asked) for name, one in report.reports.items()
    }
    paid = replace(report, request=asked, reports=reports)
    told = refuse_at_till(table, report.outcome, refusal)
    return replace(told, best_effort=judged_by(report.request, paid))
