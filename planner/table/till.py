"""From a request to a report whose shopping list is paid for by its budget.

What a week eats costs less than what the till says: packages are bought whole. The model prices
what is left of them, so a week for which money weighs more leaves less and is cheaper at the till.
Where the budget does not hold there, weeks are planned with more weight on money, the most first:
where that is not enough, nothing is. Where the first week is far above it, one such week is enough
to see whether others may hold.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.explain.refusal import explain_till
from planner.explain.report import Refusal
from planner.explain.table_report import TableReport, with_notes
from planner.export.shopping import over_budget_usd
from planner.kitchen.shopping import list_with_batch
from planner.request.request import PlanRequest, SolveOptions, Weights
from planner.rhythm.plan import plan_weeks
from planner.rhythm.rhythms import read_rhythm
from planner.search.search import Progress
from planner.search.work import SearchOptions
from planner.settings import read_settings
from planner.solve.compose import TableOutcome
from planner.solve.options import table_work
from planner.solve.weeks import joined_weeks, solve_weeks
from planner.table.held import cost_of, judged_by
from planner.table.prepare import PreparedTable, prepare_table
from planner.table.report import lay_refusals, refuse_at_till, report_table, without_plan
from planner.table.session import seat_table
from planner.table.swap import choices_of, report_choices

WorkOf = Callable[[SolveOptions, int], SearchOptions]
"""Return the work for so many eaters."""
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
    work_of: WorkOf = table_work,
    report_of: ReportOf = report_table,
    watch: Watcher | None = None,
) -> TableReport:
    """Plan for everybody at the table; a budget holds for what it counts.

    A gap or a time limit is that of the first weeks; a cheaper week is searched with the usual
    work, several with less.

    Parameters
    ----------
    request, foods, dishes, progress
        As of ``plan_meals``.
    started
        Reading of ``time.perf_counter`` from which time is counted.
    work_of, report_of
        How much to search, and what is said of what was found.
    watch
        Shown weeks that hold, and that the budget pays for, while better ones are searched.
    """
    table = prepare_table(request, foods, dishes)
    work = work_of(request.solve, len(table.weeks))
    usual = work_of(request.solve.without_limits(), len(table.weeks))
    quick = usual.shorter(read_settings("search.toml")["till"]["sweeps"])

    def solve(one: PreparedTable, of: SearchOptions, watch: Watcher | None = None) -> TableReport:
        found, rhythm = plan_weeks(one, started)
        if found.total.has_plan:
            return _in_rhythm(report_of(one.in_rhythm(rhythm), found), one.request, rhythm)

        def seen(outcome: TableOutcome) -> None:
            found = report_of(one.in_rhythm(None), joined_weeks([outcome]))
            if watch is not None and over_budget_usd(found) <= 0.0:
                watch(found)

        weeks = solve_weeks(one.horizon, of, started, progress, watch=watch and seen)
        return report_of(one.in_rhythm(None), weeks)

    def again(
        other: PlanRequest, of: SearchOptions = quick if table.horizon.count > 1 else usual
    ) -> TableReport:
        return solve(prepare_table(other, foods, dishes), of)

    def glance(other: PlanRequest) -> TableReport:
        return again(other, replace(quick, any_week=True))

    report = solve(table, work, watch)
    if not report.outcome.has_plan and may_add_magnesium(table):
        other = prepare_table(replace(request, food_falls_short=True), foods, dishes)
        found = solve(other, work)
        if found.outcome.has_plan:
            table, report = other, found
    return hold_at_till(report, lambda: table, again, None if work.any_week else glance)


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


def hold_at_till(
    report: TableReport,
    table_of: Callable[[], PreparedTable],
    again: Callable[[PlanRequest], TableReport],
    glance: Callable[[PlanRequest], TableReport] | None = None,
    *,
    is_trial: bool = False,
) -> TableReport:
    """Return a week that its budget pays for at the till, or say why there is none.

    Parameters
    ----------
    report
        What was found first; given back where its till is within the budget.
    table_of
        Prepares what its request is planned from, for the points of other weeks.
    again
        Plans as the first was planned, but with the weights of another request.
    glance
        The same with one week and little work, to see whether the budget is near.
    is_trial
        Whether nobody asks why there is none, nor for the cheapest list far above the budget.
    """
    over_usd = over_budget_usd(report)
    if over_usd <= 0.0:
        return report
    table, request = table_of(), report.request
    found, rule = [(over_usd, report)], read_settings("search.toml")["till"]
    budget_usd = report.shopping.budget_usd or 0.0
    most, *less = cheaper_requests(request)

    def left_usd(other: TableReport) -> float:
        """Take up another plan; gives how far its list is above the budget."""
        if other.plan is None:
            return over_usd
        shopping = list_with_batch(other.plan, request, other.foods, other.dishes)
        found.append((shopping.counted_usd - budget_usd, other))
        return found[-1][0]

    near_usd, hopeless_usd = 0.0, rule["hopeless"] * budget_usd
    if glance is not None and over_usd > rule["far"] * budget_usd:
        near_usd = left_usd(glance(most))
    if near_usd <= hopeless_usd:  # weeks of one request differ by less
        near_usd = left_usd(again(most))
        for asked in less if near_usd <= 0.0 else ():  # a better liked one may do
            left_usd(again(asked))
    may_save = near_usd <= hopeless_usd or not is_trial
    if near_usd > 0.0 and may_save and table.horizon.count == 1:
        save(most, budget_usd, lambda one: left_usd(again(one)))
    held = [_as_asked(other, table) for left, other in found if left <= 0.0]
    if held:
        return min(held, key=lambda one: one.outcome.objective or 0.0)
    if is_trial:
        return lay_refusals(table, {}, without_plan(report.outcome))
    best = _as_asked(min(found, key=lambda one: one[0])[1], table)
    told = refuse_at_till(table, best.outcome, _refused(best))
    return replace(told, best_effort=judged_by(best.request, best))


def _as_asked(other: TableReport, table: PreparedTable) -> TableReport:
    """Report on a plan by the weights that are asked for."""
    if other.plan is None or other.request == table.request:
        return other
    if other.request.week.rhythm is not None:
        return _weighed(other, table.request.weights)
    session = seat_table(other.plan, table.in_rhythm(None))
    return report_choices(session, choices_of(session))


def _weighed(report: TableReport, weights: Weights) -> TableReport:
    """Return a report with the weights that are asked for."""
    reports = {
        name: replace(own, request=replace(own.request, weights=weights))
        for name, own in report.reports.items()
    }
    return replace(report, request=replace(report.request, weights=weights), reports=reports)


def save(request: PlanRequest, budget_usd: float, left_usd: Callable[[PlanRequest], float]) -> None:
    """Look for cheaper lists by less and less for what is eaten, until the budget pays for one.

    What is asked for depends on the list before, not on the budget: what is offered is found again.
    """
    rule, wishes = read_settings("search.toml")["till"], request.preferences
    part = (wishes.budget_per_week or 0.0) / budget_usd
    eaten_usd, till_usd = None, math.inf
    for _ in range(rule["savings"]):
        asked = replace(request, preferences=wishes.with_budget(eaten_usd))
        before_usd, till_usd = till_usd, budget_usd + left_usd(asked)
        if till_usd <= budget_usd or till_usd > before_usd * rule["saved"]:
            break
        eaten_usd = rule["eaten_share"] * till_usd * part


def _refused(best: TableReport) -> Refusal:
    """Refuse the cheapest week that was found, which is that of the way."""
    refusal = explain_till(best.shopping, best.request)
    first, *others = refusal.relaxations
    offers = (replace(first, cost=cost_of(best)), *others)
    return replace(refusal, relaxations=offers)


def cheaper_requests(request: PlanRequest) -> tuple[PlanRequest, ...]:
    """Return the requests whose weeks are cheaper at the till: with more weight on money."""
    times = read_settings("search.toml")["till"]["cost_times"]
    weights = request.weights
    return tuple(replace(request, weights=replace(weights, cost=weights.cost * n)) for n in times)
