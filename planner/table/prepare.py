"""Plan for several eaters at one table: PlanRequest in, TableReport out."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from foods.embedded import read_embedded_foods
from foods.errors import UserFacingError
from foods.table import FoodTable
from planner.bound.aggregate import solve_aggregate
from planner.bound.conflict import find_shared_conflict
from planner.candidates.dish import Dish
from planner.candidates.own_dishes import dishes_with_own
from planner.errors import ConfigError
from planner.explain.days import in_week
from planner.explain.reasons import MAIN_SOURCES, main_sources
from planner.explain.report import Report, Why
from planner.explain.shared_conflict import explain_shared
from planner.explain.table_budget import say_table_budget
from planner.explain.table_report import TableReport, notes_on_table
from planner.explain.uncertain import foods_in_doubt
from planner.explain.words import names_in_words
from planner.kitchen.batch import plan_batch
from planner.model.build import ModelInput
from planner.plan.guests import with_guests
from planner.plan.household import merge_plans
from planner.plan.plan import Plan
from planner.request.request import PlanRequest
from planner.request.table import shared_places
from planner.search.search import Progress
from planner.solve.household import HouseholdOutcome, add_up
from planner.solve.household_alternatives import solve_household_alternatives
from planner.solve.household_weeks import TableHorizon, solve_household_weeks
from planner.solve.options import apart_options, household_options
from planner.solve.outcome import Outcome
from planner.solve.pots import share_places
from planner.solve.week import build_week, find_empty_places
from planner.table.week import (
    PreparedWeek,
    check_one_week,
    prepare_week,
    refuse_week,
    report_week,
)
from planner.targets.eaters import eater_requests

Shared = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PreparedHousehold:
    """A request of several eaters with everything that their weeks are made from.

    Parameters
    ----------
    request, shared
        What was asked for, and who shares which places.
    foods
        What is planned from.
    alone, weeks
        Name → what that eater's weeks are made from: if nothing were shared, and as it is.
    """

    request: PlanRequest
    shared: Shared
    foods: FoodTable
    alone: Mapping[str, PreparedWeek]
    weeks: Mapping[str, PreparedWeek]

    @property
    def horizon(self) -> TableHorizon:
        """The weeks to be planned one after another."""
        return TableHorizon({name: one.horizon for name, one in self.weeks.items()}, self.shared)


def plan_household(
    request: PlanRequest,
    foods: FoodTable | None = None,
    dishes: Sequence[Dish] | None = None,
    progress: Progress | None = None,
) -> TableReport:
    """Plan the meals of everybody at the table; each eater is held to targets of one's own.

    Parameters
    ----------
    request
        Everything that decides the plan; its ``eaters`` are everybody who eats.
    foods, dishes, progress
        As of ``planner.table.week.plan_meals``.

    Raises
    ------
    UserFacingError
        When something in the request is to be mended, or a safety rule refuses for an eater.
    KeyboardInterrupt
        When it comes before first weeks were found; later it ends the search.
    """
    started = time.perf_counter()
    table = prepare_household(request, foods, dishes)
    search, pots = household_options(request.solve)
    outcome = solve_household_weeks(table.horizon, search, pots, started, progress)
    return report_household(table, outcome)


def plan_household_alternatives(
    request: PlanRequest,
    count: int,
    foods: FoodTable | None = None,
    dishes: Sequence[Dish] | None = None,
    progress: Progress | None = None,
) -> tuple[TableReport, ...]:
    """Plan up to ``count`` clearly different weeks of a table; the first is ``plan_household``'s.

    Parameters and errors are those of ``plan_household``. Fewer come back where no further one
    differs enough for everybody; one report without a plan where there is none.
    """
    started = time.perf_counter()
    check_one_week(request)
    table = prepare_household(request, foods, dishes)
    sources = {name: week.source for name, week in table.weeks.items()}
    apart = apart_options(next(iter(sources.values())).rules.points["change"])
    outcomes = solve_household_alternatives(
        sources, table.shared, household_options(request.solve), count, apart, started, progress
    )
    return tuple(report_household(table, outcome) for outcome in outcomes)


def prepare_household(
    request: PlanRequest,
    foods: FoodTable | None = None,
    dishes: Sequence[Dish] | None = None,
) -> PreparedHousehold:
    """Gather what everybody's weeks are made from; parameters and errors as of the plan."""
    if not request.eaters:
        raise ConfigError("nobody is at the table", "[[eaters]]", "use plan_meals for one eater")
    foods = foods or read_embedded_foods()
    asked = eater_requests(request)
    if dishes is None:
        folders = [folder for one in asked.values() for folder in one.preferences.dishes]
        dishes = dishes_with_own(tuple(dict.fromkeys(folders)), foods)
    count = len(asked)
    alone = {name: _prepared(name, one, foods, dishes, count) for name, one in asked.items()}
    shared = shared_places(request)
    sources = share_places({name: week.source for name, week in alone.items()}, shared)
    weeks = {name: _with_candidates(week, sources[name]) for name, week in alone.items()}
    return PreparedHousehold(request, shared, foods, alone, weeks)


def _prepared(
    name: str, request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish], sharers: int
) -> PreparedWeek:
    """Gather what the weeks of one eater are made from; a fault says whose it is."""
    try:
        return prepare_week(request, foods, dishes, sharers)
    except UserFacingError as error:
        where = ", ".join(filter(None, (name, error.where)))
        raise type(error)(error.what, where, error.remedy) from None


def _with_candidates(week: PreparedWeek, source: ModelInput) -> PreparedWeek:
    """Let all weeks of an eater choose from what the first one may."""
    later = [replace(one, candidates=source.candidates) for one in week.weeks[1:]]
    return replace(week, source=source, weeks=(source, *later) if later else ())


def report_household(table: PreparedHousehold, outcome: HouseholdOutcome) -> TableReport:
    """Lay what was solved on one table and judge each eater's plan; without one, say why."""
    if outcome.is_shared_conflict:
        return _refuse_shared(table, outcome)
    has_plan = outcome.total.has_plan
    reports = {
        name: report_week(table.weeks[name], one)
        for name, one in outcome.each.items()
        if has_plan or one.broken or one.status == "infeasible"
    }
    if has_plan:
        return _report(table, reports, outcome)
    return refuse_household(table, reports, outcome.total)


def refuse_household(
    table: PreparedHousehold, reports: Mapping[str, Report], total: Outcome
) -> TableReport:
    """Report that there is no plan; ``reports`` are those of the eaters in whose way something is.

    Where sharing alone is in somebody's way, that is said; the budget of the table is said once.
    """
    own = {name: _with_sharing(report, name, table) for name, report in reports.items()}
    refusal, own = say_table_budget(own, table.request)
    return TableReport(table.request, table.shared, own, total, table.foods, refusal=refusal)


def _refuse_shared(table: PreparedHousehold, outcome: HouseholdOutcome) -> TableReport:
    """Report that eaters who each have a plan alone have none that they share; name their rules."""
    number = max(0, len(outcome.total.weeks) - 1)
    sources = {name: week.horizon.weeks[number] for name, week in table.weeks.items()}
    conflict = find_shared_conflict(sources, table.shared)
    if conflict is None:  # only because of the weeks before, or at the edge of what can be told
        open_ = {name: replace(one, status="no_plan_in_time") for name, one in outcome.each.items()}
        reports = {name: report_week(table.weeks[name], one) for name, one in open_.items()}
        return refuse_household(table, reports, add_up(open_.values()))
    refusal, own = explain_shared(conflict, table.shared, sources)
    reports = {
        name: refuse_week(table.weeks[name], outcome.each[name], one) for name, one in own.items()
    }
    return TableReport(
        table.request,
        table.shared,
        reports,
        outcome.total,
        table.foods,
        refusal=in_week(refusal, len(outcome.total.weeks), table.horizon.count),
    )


def _report(
    table: PreparedHousehold, reports: Mapping[str, Report], outcome: HouseholdOutcome
) -> TableReport:
    """Lay the plans of all eaters on one table."""
    request, shared = table.request, table.shared
    week = next(iter(table.weeks.values()))
    plans = {name: report.plan for name, report in reports.items() if report.plan is not None}
    plan = merge_plans(plans, week.foods, week.source.rules.rules["line"]["lower"])
    for guests in request.week.guests:
        sharers = shared.get(f"{guests.slot}.main", tuple(plans))
        plan = with_guests(plan, [guests], week.foods, week.dishes, host=sharers[0])
    return TableReport(
        request=request,
        shared=shared,
        reports={name: replace(report, batch=None) for name, report in reports.items()},
        outcome=_judged_together(reports, outcome),
        foods=week.foods,
        plan=plan,
        why=_why(plan, reports, week.foods),
        batch=plan_batch(plan, week.dishes, request.preferences.budget_per_week),
        notes=tuple(notes_on_table(request, shared)),
    )


def _judged_together(reports: Mapping[str, Report], outcome: HouseholdOutcome) -> Outcome:
    """Add up what came of all, with the bound of all together unless doses left it open."""
    own = {name: report.outcome for name, report in reports.items()}
    total = add_up(own.values())
    if any(own[name].bound != one.bound for name, one in outcome.each.items()):
        return total
    return replace(total, bound=outcome.total.bound, status=outcome.total.status)


def _why(plan: Plan, reports: Mapping[str, Report], foods: FoodTable) -> Why:
    """Give the main sources of the table, and each eater's own reasons with the name."""
    own = {name: report.why for name, report in reports.items() if report.why is not None}
    magnesium, doubtful = main_sources(plan, foods, "magnesium_mg"), set(foods_in_doubt())
    terms: dict[str, float] = {}
    for why in own.values():
        for name, points in why.terms.items():
            terms[name] = terms.get(name, 0.0) + points
    return Why(
        binding=tuple(f"{name}: {text}" for name, why in own.items() for text in why.binding),
        magnesium_sources=tuple(magnesium[:MAIN_SOURCES]),
        calcium_sources=tuple(main_sources(plan, foods, "calcium_mg")[:MAIN_SOURCES]),
        short=tuple(f"{name}: {text}" for name, why in own.items() for text in why.short),
        terms=terms,
        uncertain_magnesium_share=sum(s.share for s in magnesium if s.food_id in doubtful),
    )


def _with_sharing(report: Report, name: str, table: PreparedHousehold) -> Report:
    """Say that sharing is what stands in the way of one eater's plan, where it is."""
    own = {place: names for place, names in table.shared.items() if name in names}
    if report.refusal is None or report.outcome.status != "infeasible" or not own:
        return report
    sources = table.alone[name].horizon.weeks
    if not _has_week(sources[max(0, len(report.outcome.weeks) - 1)]):
        return report
    slots = ", ".join(place.split(".")[0] for place in own)
    others = names_in_words(
        [one for one in dict.fromkeys(sum(map(tuple, own.values()), ())) if one != name]
    )
    said = (
        f"{slots} with {others}",
        "shared",
        f"{name} has a plan alone, but not with only those main dishes for {slots} that {others} "
        "may have too",
    )
    offer = (f"{name} does not share {slots}", f"slots = [] for {name} in [[eaters]]")
    conflict = (said, *report.refusal.conflict)
    offers = (*report.refusal.relaxations, offer)
    refusal = replace(report.refusal, conflict=conflict, relaxations=offers)
    return replace(report, refusal=refusal)


def _has_week(source: ModelInput) -> bool:
    """Whether the average week of an eater who shares nothing exists."""
    if find_empty_places(source, time.perf_counter()) is not None:
        return False
    return solve_aggregate(source, build_week(source).arrays).bound is not None
