"""A kept plan, told again as when it was planned: nothing is searched, all is judged anew."""

from __future__ import annotations

from dataclasses import replace

from planner.check.document import check_document
from planner.errors import RefusedError
from planner.explain.offers import accepted_again
from planner.explain.table_report import TableReport, with_notes
from planner.faults import fault
from planner.plan.outcome import Outcome
from planner.plan.shares import own_plan
from planner.request.next_week import without_files
from planner.request.request import NAMELESS
from planner.table.prepare import prepare_table
from planner.table.report import lay_plan, notes_on_asked, report_plan
from planner.wire.base import filled
from planner.wire.document import PlanDocument
from planner.wire.plan_file import PlanFile


def report_kept(document: PlanDocument, where: str = "plan") -> TableReport:
    """Return the report on a plan file.

    Parameters
    ----------
    document, where
        The file, and what it is called in messages.

    Raises
    ------
    RefusedError
        When the plan does not pass its check.
    UserFacingError
        When its request cannot be planned any more.
    """
    table = prepare_table(without_files(document.request))
    if not check_document(document, table.foods).passed:
        raise fault(RefusedError, "plan_fails_check", where, where=where)
    printed = document.printed
    outcome, parts = _outcome(printed), {eater.name: eater for eater in printed.eaters}
    if not parts:
        alone = report_plan(table.weeks[NAMELESS], outcome, document.plan)
        report = TableReport.of_one(alone)
        return with_notes(report, *notes_on_asked(table, report), *accepted_again(printed.notes))
    reports = {}
    for name, week in table.weeks.items():
        part = parts[name]
        own = replace(outcome, objective=part.objective, terms={})
        reports[name] = report_plan(week, own, own_plan(document.plan, name))
    report = lay_plan(table, reports, outcome, document.plan)
    return with_notes(report, *notes_on_asked(table, report), *accepted_again(printed.notes))


def _outcome(printed: PlanFile) -> Outcome:
    """Return what a file states of its search, without the columns that it chose."""
    solver, known = printed.solver, {"status": "feasible", "days": (), "broken": ()}
    weeks = tuple(filled(Outcome, one, solver, **known, terms={}, weeks=()) for one in solver.weeks)
    return filled(Outcome, solver, printed.why, **known, weeks=weeks)
