"""From what was solved to what is told: each eater's plan judged, all of them on one table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from foods.table import FoodTable
from planner.candidates.as_cooked import amounts_note, salt_note
from planner.candidates.name_index import notes_of_names
from planner.check.judge import check_plan
from planner.explain.absorption import coverage_notes
from planner.explain.asked import (
    cooked_ahead,
    note_on_own_figures,
    notes_on_puts,
    notes_on_uses,
    second_lunches,
    served_dislikes,
    served_kinds,
    unmet_wishes,
    unserved_likes,
)
from planner.explain.beside import notes_beside_meals
from planner.explain.days import asked_by_day, in_week, notes_on_days
from planner.explain.offers import with_allowed_offers
from planner.explain.reasons import explain_plan, foods_in_doubt, main_sources, named_sources
from planner.explain.report import Refusal, Report, Why
from planner.explain.table_report import TableReport, knives_told, notes_on_table, with_notes
from planner.kitchen.leftovers import asked_uses
from planner.kitchen.shopping import batch_asked
from planner.plan.assemble import assemble_plan
from planner.plan.guests import with_guests, with_more
from planner.plan.merge import merge_plans
from planner.plan.outcome import Outcome, Status, TableOutcome
from planner.plan.plan import ABSENT, Plan
from planner.request.days import hours_on, menu_day, weekend_days
from planner.request.diets import find_diet
from planner.request.preferences import LEFTOVERS
from planner.request.request import NAMELESS, PlanRequest
from planner.rhythm.refusal import explain_none
from planner.safety.stops import safety_sentence
from planner.table.days import facts_of, in_cycles
from planner.table.for_money import with_buys
from planner.table.may_open import may_supplement, offer_of_supplement, offers_unproven
from planner.table.prepare import PreparedEater, PreparedTable
from planner.targets.clinical import notes_on_plan


def report_table(table: PreparedTable, outcome: TableOutcome) -> TableReport:
    """Lay what was solved on one table and judge each eater's plan; without one, say why."""
    if not outcome.total.has_plan:
        return refuse_table(table, outcome)
    reports = {name: report_eater(table.weeks[name], one) for name, one in outcome.each.items()}
    report = _lay_together(table, reports, outcome)
    return with_notes(report, *notes_on_asked(table, report))


def notes_on_asked(table: PreparedTable, report: TableReport) -> Iterator[str]:
    """Yield what was put on meals, and what foods to be used up are taken, of the whole table."""
    week = next(iter(table.weeks.values()))
    days = [day for source in week.sources for day in source.puts]
    yield from knives_told(table.request)
    yield from notes_on_puts(days, week.foods, week.dishes)
    if report.plan is not None:
        yield from note_on_own_figures(report.plan, week.foods)
    plans = {name: own.plan for name, own in report.reports.items()} | {NAMELESS: report.plan}
    yield from amounts_note(table.request.week.amounts)
    uses = asked_uses(table.request, week.foods, week.dishes)
    known = {name: plan for name, plan in plans.items() if plan is not None}
    yield from notes_on_uses(uses, known, week.foods)


def refuse_table(table: PreparedTable, outcome: TableOutcome) -> TableReport:
    """Report that there is no plan, and why: what collides, or what was hardest to keep."""
    none = explain_none(table, outcome)
    status: Status = "infeasible" if none.is_proven else "no_plan_in_time"
    total = replace(outcome.total, status=status)
    weeks = len(total.weeks), table.count
    reports = {}
    for name, refusal in none.each.items():
        week, own = table.weeks[name], replace(outcome.each.get(name, total), status=status)
        offers = [] if none.is_proven else [*offers_unproven(week, own)]
        if none.is_proven and may_supplement(week, none.collide[name]):
            offers = [offer_of_supplement()]
        told = replace(refusal, relaxations=(*refusal.relaxations, *offers))
        reports[name] = refuse_eater(week, own, with_buys(in_week(told, *weeks), table))
    of_table = none.of_table and with_buys(in_week(none.of_table, *weeks), table)
    return lay_refusals(table, reports, total, of_table)


def without_plan(outcome: Outcome) -> Outcome:
    """Return an outcome of found weeks as one without any plan within the budget."""
    return replace(outcome, status="no_plan_in_time", days=(), objective=None, weeks=())


def refuse_at_till(table: PreparedTable, outcome: Outcome, refusal: Refusal) -> TableReport:
    """Report that no week was found that the budget pays for at the till."""
    total = without_plan(outcome)
    refusal = with_buys(refusal, table)
    alone = {name: week for name, week in table.weeks.items() if name == NAMELESS}
    own = {name: refuse_eater(week, total, refusal) for name, week in alone.items()}
    return lay_refusals(table, own, total, refusal)


def lay_refusals(
    table: PreparedTable,
    reports: Mapping[str, Report],
    total: Outcome,
    refusal: Refusal | None = None,
) -> TableReport:
    """Lay together what eaters are told, and what is in the way of the table as a whole."""
    if NAMELESS in reports:
        return TableReport.of_one(reports[NAMELESS])
    return TableReport(table.request, table.shared, reports, total, table.foods, refusal=refusal)


def _lay_together(
    table: PreparedTable, reports: Mapping[str, Report], outcome: TableOutcome
) -> TableReport:
    """Merge the plans of all eaters on one table."""
    request, shared = table.request, table.shared
    week = next(iter(table.weeks.values()))
    if NAMELESS in reports:
        return TableReport.of_one(reports[NAMELESS])
    plans = {name: report.plan for name, report in reports.items() if report.plan is not None}
    plan = merge_plans(plans, week.foods, week.source.rules.rules["line"]["lower"])
    for guests in request.week.guests:
        sharers = shared.get(f"{guests.slot}.main", tuple(plans))
        at = menu_day(request.week, guests.day) - 1
        host = next(sharer for sharer in sharers if plans[sharer].days[at].facts != ABSENT)
        plan = with_guests(plan, [guests], week.foods, week.dishes, host=host)
    plan = with_more(plan, request.eaters)
    return lay_plan(table, reports, outcome.total, plan)


def lay_plan(
    table: PreparedTable, reports: Mapping[str, Report], outcome: Outcome, plan: Plan
) -> TableReport:
    """Lay the common plan of several eaters beside the reports on each."""
    request, shared = table.request, table.shared
    week = next(iter(table.weeks.values()))
    return TableReport(
        request=request,
        shared=shared,
        reports={name: replace(report, batch=None) for name, report in reports.items()},
        outcome=outcome,
        foods=week.foods,
        plan=plan,
        why=_why(plan, reports, week.foods, outcome),
        batch=batch_asked(plan, request, week.dishes, week.foods),
        notes=tuple(notes_on_table(request, shared)),
    )


def _why(plan: Plan, reports: Mapping[str, Report], foods: FoodTable, outcome: Outcome) -> Why:
    """Return the main sources of the table, and each eater's own reasons with the name."""
    own = {name: report.why for name, report in reports.items() if report.why is not None}
    magnesium, doubtful = main_sources(plan, foods, "magnesium_mg"), set(foods_in_doubt())
    told = "{name}: {text}"
    binding = [told.format(name=name, text=one) for name, why in own.items() for one in why.binding]
    short = [told.format(name=name, text=one) for name, why in own.items() for one in why.short]
    return Why(
        binding=tuple(binding),
        magnesium_sources=named_sources(magnesium),
        calcium_sources=named_sources(main_sources(plan, foods, "calcium_mg")),
        short=tuple(short),
        terms=dict(outcome.terms),
        uncertain_magnesium_share=sum(s.share for s in magnesium if s.food_id in doubtful),
    )


def report_eater(week: PreparedEater, outcome: Outcome) -> Report:
    """Put what was solved on the table and judge it."""
    request, foods = week.request, week.foods
    line_g = week.source.rules.rules["line"]["lower"]
    slots, start = week.source.rules.slots(), request.week.start
    days = in_cycles(outcome.days, request.week)
    hours = [hours_on(request.week, number) for number in range(1, request.week.days + 1)]
    apart = facts_of(request.week, week.source.rules), hours
    plan = assemble_plan(days, foods, slots, start, line_g, request.patient.medicines, *apart)
    return report_plan(week, outcome, with_guests(plan, request.week.guests, foods, week.dishes))


def report_plan(week: PreparedEater, outcome: Outcome, plan: Plan) -> Report:
    """Judge the plan of an eater and say everything that is told of it."""
    request, targets, foods = week.request, week.targets, week.foods
    check = check_plan(plan.days, targets.targets, foods, request)
    why = explain_plan(plan, check, targets, foods, outcome.terms, foods_in_doubt())
    asked = week.source.wishes, week.candidates, week.dishes
    lately = frozenset[str]().union(*week.source.history)
    unmet = unmet_wishes(*asked) + unserved_likes(plan, *asked, lately)
    unmet += served_kinds(plan, week.source.wishes) + served_dislikes(plan, week.source.wishes)
    if request.preferences.lunch == LEFTOVERS:
        free, numbers = weekend_days(request.week, week.source.rules), range(1, len(plan.days) + 1)
        workdays = [number for number in numbers if not free[menu_day(request.week, number) - 1]]
        unmet += second_lunches(plan, workdays)
    batch = batch_asked(plan, request, week.dishes, week.foods)
    unmet += cooked_ahead(plan, request, batch)
    totals = [day.totals for day in plan.days]
    said = [text for _, text in notes_on_plan(plan.means, totals, request.patient)]
    said += asked_by_day(request, targets, plan.days)
    return _report(
        week,
        outcome,
        plan=plan,
        check=check,
        why=why,
        unmet=unmet,
        notes=(
            *unmet,
            *targets.notes,
            *salt_note(targets.targets, targets.energy.kcal, request.preferences, request.week),
            *said,
            *coverage_notes(plan, foods, targets.targets),
            *notes_beside_meals(plan, request, foods),
            *notes_on_days(plan, request.week, outcome, request.shops),
        ),
        batch=batch,
    )


def refuse_eater(week: PreparedEater, outcome: Outcome, refusal: Refusal) -> Report:
    """Report that there is no plan; of what would open a way, what harms nobody is offered."""
    refusal = with_allowed_offers(refusal, week.request)
    return _report(week, outcome, refusal=refusal, notes=week.targets.notes)


def _report(week: PreparedEater, outcome: Outcome, **told: Any) -> Report:
    """Return a report with what every eater is told, beside what only one with a plan has."""
    none: dict[str, Any] = dict.fromkeys(("plan", "check", "why", "refusal"))
    return Report(
        request=week.request,
        targets=week.targets,
        outcome=outcome,
        foods=week.foods,
        warnings=_warnings(week.request),
        candidates=week.candidates.count_sources(),
        left_out=len(week.candidates.left_out),
        dishes=week.dishes,
        **none | told,
    )


def _warnings(request: PlanRequest) -> tuple[tuple[str, str, str], ...]:
    wanted, note = request.preferences, find_diet(request.preferences.diet).note
    told: dict[str, str] = {"diet": note} if note else {}
    put = (own_put.thing for own_put in request.week.put)
    told |= notes_of_names((*wanted.names_left_out, *put))
    told |= {code: safety_sentence(code) for code in ("kidney", "not_medical_advice")}
    return tuple((code, text, "own rule") for code, text in told.items())
