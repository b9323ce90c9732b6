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
from planner.plan.outcome import TableOutcome
from planner.request.request import PlanRequest
from planner.rhythm.plan import plan_weeks
from planner.rhythm.rhythms import SETTINGS, read_rhythm
from planner.rhythm.weeks import StandingPlan, search_from
from planner.settings import read_settings
from planner.table.held import judged_by, tried
from planner.table.prepare import PreparedTable, prepare_table
from planner.table.report import refuse_at_till, report_table

ReportOf = Callable[[PreparedTable, TableOutcome], TableReport]
"""Reports on what was solved."""


def plan_table(
    request: PlanRequest,
    foods: FoodTable | None,
    dishes: Sequence[Dish] | None,
    started: float,
    report_of: ReportOf = report_table,
    *,
    is_trial: bool = False,
) -> TableReport:
    """Plan for everybody at the table; a budget holds for what it counts.

    Parameters
    ----------
    request, foods, dishes
        As of ``plan_meals``.
    started
        Reading of ``time.perf_counter`` from which time is counted.
    report_of
        What is said of what was found.
    is_trial
        Whether it is a way out of a refusal.
    """
    table = prepare_table(request, foods, dishes)

    def solve(one: PreparedTable) -> TableReport:
        found, rhythm = plan_weeks(one, started, is_trial=is_trial)
        if not found.total.has_plan:
            return report_of(one, found)
        return _in_rhythm(report_of(one.in_rhythm(rhythm), found), one.request, rhythm)

    report = solve(table)
    if not report.outcome.has_plan and may_add_magnesium(table):
        other = prepare_table(replace(request, food_falls_short=True), foods, dishes)
        found = solve(other)
        if found.outcome.has_plan:
            table, report = other, found
    return hold_at_till(_nearer(report, table, started, report_of), table)


def _nearer(
    report: TableReport, table: PreparedTable, started: float, report_of: ReportOf
) -> TableReport:
    """Return a week that its budget pays for, where one that was found costs hardly more.

    The till sells in several sizes, the programme in one.
    """
    rule, rhythm = read_settings(SETTINGS)["cheapest"], report.request.week.rhythm
    if report.plan is None or rhythm is None:
        return report
    budget_usd, over_usd = report.shopping.budget_usd or 0.0, over_budget_usd(report)
    if not 0.0 < over_usd <= rule["near"] * budget_usd:
        return report
    for times in range(1, rule["again"] + 1):
        paying = table.paying(1.0 - times * rule["less"] * over_usd / budget_usd)
        found = search_from(StandingPlan(report.plan, paying, rhythm), started)
        closer = report_of(table.in_rhythm(rhythm), found)
        if found.total.has_plan and over_budget_usd(closer) <= 0.0:
            return _in_rhythm(closer, table.request, rhythm)
    return report


def _in_rhythm(report: TableReport, request: PlanRequest, rhythm: str) -> TableReport:
    """Return a report with a note if its week has another rhythm than was asked for."""
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
