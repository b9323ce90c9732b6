"""A table of one nameless eater, asked in terms of that eater alone."""

from dataclasses import replace

from planner import pipeline
from planner.check import document as judged
from planner.check.table import TableCheck
from planner.explain.replacements import TableReplacement
from planner.explain.report import Report
from planner.explain.table_report import TableReport
from planner.export import as_json as json_export
from planner.export import diff, documents, formats
from planner.export import printed as text_export
from planner.plan.diff import TableDifference
from planner.plan.locks import Stay
from planner.request.request import NAMELESS
from planner.table import replan, session, swap
from planner.table.prepare import prepare_table
from planner.wire.diff import TableChange


def plan_everybody(request, *args, effort="quick", **more):
    """Plan a request, searched quickly unless it is asked how good a week is."""
    wanted = replace(request, solve=replace(request.solve, effort=effort))
    return pipeline.plan_meals(wanted, *args, **more)


def plan_meals(request, *args, **more):
    return plan_everybody(request, *args, **more).alone


def prepare_week(*args, **more):
    return prepare_table(*args, **more).weeks[NAMELESS]


def check_document(document, foods):
    return judged.check_document(document, foods).eaters[NAMELESS]


def of_one(report):
    return TableReport.of_one(report) if isinstance(report, Report) else report


def as_json(report):
    return json_export.as_json(of_one(report))


def report_as_json(report):
    return json_export.answer_to(of_one(report)).json_values()


def as_text(report, day=None):
    return text_export.as_text(of_one(report), day)


def as_markdown(week):
    check = TableCheck({NAMELESS: week.check}, ())
    return formats.week_markdown(
        documents.TableDocument(week.plan, week.request, check, week.foods, week.dishes)
    )


def difference_blocks(difference, before=None, after=None):
    whole = TableDifference(difference, {NAMELESS: difference})
    return diff.difference_blocks(whole, {NAMELESS: before}, {NAMELESS: after})


def difference_as_json(difference, before=None, after=None):
    whole = TableDifference(difference, {NAMELESS: difference})
    return TableChange.of_table(whole, {NAMELESS: before}, {NAMELESS: after}).json_values()


class Edited:
    """What came of a change, of the nameless eater alone."""

    def __init__(self, result):
        self.report = result.report.alone
        self.difference = result.difference and result.difference.table
        self.before = result.before[NAMELESS]


def replan_meals(document, request, wishes=(), keep=()):
    return Edited(replan.replan_table(document, request, Stay(tuple(wishes), tuple(keep))))


def rank_replacements(table, day, slot, name=None):
    return swap.rank_replacements(table, day, slot, name).eaters[NAMELESS]


def apply_replacement(table, chosen):
    offer = TableReplacement(0, chosen.swap.points, {NAMELESS: chosen})
    return Edited(swap.apply_replacement(table, offer))


open_session = session.open_table
