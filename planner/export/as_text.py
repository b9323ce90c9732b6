"""The printed week: the first screen, the days, the week against its targets."""

from __future__ import annotations

from collections.abc import Sequence

from planner.errors import ExportError
from planner.explain.report import Report
from planner.export.day_text import day_lines
from planner.export.diff import difference_lines
from planner.export.first_screen import first_screen, trust_text
from planner.export.opened import plan_hints
from planner.export.page import BLANK, QUIET, TITLE, WIDTH, Line, as_plain, section, wrapped
from planner.export.refusal_text import failed_check_lines, refusal_lines
from planner.export.sections import HOURS, PrintedWeek, week_lines
from planner.export.week_text import report_notes, warning_texts
from planner.plan.diff import PlanDifference
from planner.plan.plan import Day, Plan
from planner.solve.outcome import Outcome


def as_text(report: Report, day: int | None = None) -> str:
    """Give the whole answer as plain text of 80 columns.

    Parameters
    ----------
    report
        What the pipeline answered.
    day
        Number of a day to show alone, with its recipes; ``None`` for the week.

    Raises
    ------
    ExportError
        When the plan has no such day.
    """
    return as_plain(report_lines(report, day))


def report_lines(report: Report, day: int | None = None) -> list[Line]:
    """Give the lines of ``as_text`` with the part that each of them plays."""
    if report.plan is None:
        assert report.refusal is not None
        return refusal_lines(report, report.refusal)
    assert report.check is not None
    if not report.check.passed:
        return failed_check_lines(report, report.check)
    return _day(report, report.plan, day) if day is not None else _week(report, report.plan)


def alternatives_lines(reports: Sequence[Report], wanted: int) -> list[Line]:
    """Give the first screens of several weeks, each with its points."""
    screens = [
        (report.outcome, first_screen(report, report.plan)) for report in reports if report.plan
    ]
    return screens_lines(screens, wanted)


def screens_lines(screens: Sequence[tuple[Outcome, Sequence[Line]]], wanted: int) -> list[Line]:
    """Give some first screens below each other, each with its points; ``wanted`` were asked for."""
    lines: list[Line] = []
    for number, (outcome, screen) in enumerate(screens, start=1):
        points = outcome.objective
        said = "" if points is None else f": {points:.2f} points, fewer are better"
        lines += [BLANK] if lines else []
        lines += [Line(f"Week {number} of {len(screens)}{said}", TITLE)]
        lines += [Line("=" * WIDTH, QUIET), *screen]
    if len(screens) < wanted and not screens[-1][0].stopped:
        lines += [BLANK, *wrapped(f"No further week is different enough: {wanted} were asked for.")]
    return lines


def edit_lines(
    report: Report, difference: PlanDifference | None, before: float | None
) -> list[Line]:
    """Give what differs from an earlier plan and the first screen of the new one, or why not.

    Parameters
    ----------
    report
        The new plan, or why there is none.
    difference
        What differs; ``None`` without a plan that passes its check.
    before
        Points of the earlier plan.
    """
    if difference is None or report.plan is None:
        return report_lines(report)
    lines = difference_lines(difference, before, report.outcome.objective)
    return [*lines, BLANK, *first_screen(report, report.plan)]


def _week(report: Report, plan: Plan) -> list[Line]:
    assert report.why is not None
    lines = first_screen(report, plan)
    hints = plan_hints(plan, report.foods, report.batch)
    for day in plan.days:
        lines += [BLANK, *day_lines(report, day, hints.get(day.day, ()))]
    notes = report_notes(report)
    return [*lines, *week_lines(PrintedWeek({"": report}, report.why, report.batch, notes))]


def _day(report: Report, plan: Plan, number: int) -> list[Line]:
    hints = plan_hints(plan, report.foods, report.batch)
    ending = [trust_text(report), *warning_texts(report)]
    return [
        *day_lines(report, find_day(plan.days, number), hints.get(number, ()), with_steps=True),
        *HOURS.lines({"": report}),
        *section("Please read", [line for text in ending for line in wrapped(text)]),
    ]


def find_day(days: Sequence[Day], number: int) -> Day:
    """Give the day with this number.

    Raises
    ------
    ExportError
        When there is none.
    """
    for day in days:
        if day.day == number:
            return day
    raise ExportError(
        f"the plan has no day {number}", "--day", f"days go from {days[0].day} to {days[-1].day}"
    )
