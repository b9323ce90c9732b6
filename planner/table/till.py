"""From a request to a report whose shopping list is paid for by its budget.

What a week eats costs less than what the till says: packages are bought whole. The model prices
what is left of them, so a week for which money weighs more leaves less and is cheaper at the till.
Where the budget does not hold there, weeks are planned with more weight on money, the most first:
where that is not enough, nothing is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.explain.refusal import explain_till
from planner.explain.table_report import TableReport
from planner.export.shopping_text import list_of
from planner.request.days import budget_counts
from planner.request.preferences import TILL
from planner.request.request import PlanRequest, SolveOptions
from planner.search.search import Progress
from planner.settings import read_settings
from planner.solve.compose import TableOutcome, Work
from planner.solve.options import table_work
from planner.solve.weeks import solve_weeks
from planner.table.prepare import PreparedTable, prepare_table
from planner.table.report import refuse_at_till, report_table
from planner.table.session import seat_table
from planner.table.swap import choices_of, report_choices

WorkOf = Callable[[SolveOptions, int], Work]
"""Gives the work for so many eaters."""
ReportOf = Callable[[PreparedTable, TableOutcome], TableReport]
"""Reports on what was solved."""


def plan_table(
    request: PlanRequest,
    foods: FoodTable | None,
    dishes: Sequence[Dish] | None,
    started: float,
    progress: Progress | None = None,
    work_of: WorkOf = table_work,
    report_of: ReportOf = report_table,
) -> TableReport:
    """Plan for everybody at the table; a budget holds for what it counts.

    Parameters
    ----------
    request, foods, dishes, progress
        As of ``plan_meals``.
    started
        Reading of ``time.perf_counter`` from which time is counted.
    work_of, report_of
        How much to search, and what is said of what was found.
    """
    table = prepare_table(request, foods, dishes)

    def solve(one: PreparedTable) -> TableReport:
        work = work_of(request.solve, len(one.weeks))
        return report_of(one, solve_weeks(one.horizon, work, started, progress))

    report = solve(table)
    over_usd = _over(report)
    if over_usd <= 0.0:
        return report
    found = [(over_usd, report)]
    for times in read_settings("search.toml")["till"]["cost_times"]:
        dear = replace(request.weights, cost=request.weights.cost * times)
        other = solve(prepare_table(replace(request, weights=dear), foods, dishes))
        if other.plan is not None:
            session = seat_table(other.plan, table)
            own = report_choices(session, choices_of(session))
            found.append((_over(own), own))
        if min(over for over, _ in found) > 0.0:
            break  # the most weight is tried first
    over_usd, best = min(found, key=lambda one: (one[0] > 0.0, _rank(*one)))
    if over_usd <= 0.0:
        return best
    return refuse_at_till(table, best.outcome, explain_till(list_of(best), best.request))


def _rank(over_usd: float, report: TableReport) -> float:
    """Of weeks within the budget that of the fewest points, of others the cheapest."""
    points = report.outcome.objective
    return over_usd if over_usd > 0.0 or points is None else points


def _over(report: TableReport) -> float:
    """Give how much more the till says than the budget [USD]; nothing without such a budget."""
    request = report.request
    has_budget = request.preferences.budget_per_week is not None
    if report.plan is None or not has_budget or budget_counts(request) != TILL:
        return 0.0
    shopping = list_of(report)
    assert shopping.budget_usd is not None
    return shopping.total_usd - shopping.budget_usd
