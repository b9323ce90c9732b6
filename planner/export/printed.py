"""The printed answer: a week, short or in full, a day with its recipes, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from planner.document.blocks import Block, Paragraph, Section, paragraphs, section
from planner.document.terminal import as_plain
from planner.explain.table_report import TableReport
from planner.export.diff import difference_blocks, points_of
from planner.export.documents import TableDocument
from planner.export.meals import days_told, find_day, salt_told
from planner.export.refusal import failed_check, refusal_blocks
from planner.export.trust import checked_text
from planner.export.week import ToldWeek, week_blocks
from planner.export.week_notes import warnings_of
from planner.language.figures import number_text
from planner.language.shops import in_its_shops
from planner.language.spoken import _, spoken
from planner.plan.diff import TableDifference


def as_text(report: TableReport, day: int | None = None, *, full: bool = True) -> str:
    """Return the whole answer as plain text.

    Parameters
    ----------
    report
        What the pipeline answered.
    day
        Number of a day to show alone, with its recipes; ``None`` for the week.
    full
        Whether everything is told of the week, or what must be known of it.

    Raises
    ------
    ExportError
        When the plan has no such day.
    """
    return as_plain(report_blocks(report, day, full=full))


@in_its_shops
def report_blocks(
    report: TableReport, day: int | None = None, *, full: bool = True, kept_as: str = ""
) -> tuple[Block, ...]:
    """Return the blocks of ``as_text``; ``kept_as`` is the file that the plan was read from."""
    if report.plan is None:
        return tuple(refusal_blocks(report))
    if not report.passed:
        return tuple(failed_check(report))
    week = TableDocument.of(report)
    if day is not None:
        return tuple(_one_day(week, report, day))
    if full:
        return week_blocks(week, "full")
    return (*week_blocks(week, "short"), *_more(kept_as))


@in_its_shops
def screen_blocks(report: TableReport) -> tuple[Block, ...]:
    """Return the first screen: who, what there is to eat, what it brings, how far to trust it."""
    return week_blocks(TableDocument.of(report), "screen")


def alternatives(reports: Sequence[TableReport], wanted: int) -> Iterator[Block]:
    """Return some first screens below each other, each with its points; ``wanted`` were asked."""
    for number, report in enumerate(reports, start=1):
        points = report.outcome.objective
        title = _("Week {number} of {count}").format(number=number, count=len(reports))
        told = _(": {points} points, fewer are better")
        behind = "" if points is None else told.format(points=number_text(f"{points:.2f}"))
        yield Section(f"{title}{behind}", screen_blocks(report))
    if len(reports) < wanted and not reports[-1].outcome.stopped:
        text = _("No other week is different enough; you asked for {count}.")
        yield Paragraph(text.format(count=wanted))


@in_its_shops
def edited(
    report: TableReport,
    difference: TableDifference | None,
    before: Mapping[str, float | None],
    notes: Iterable[str] = (),
) -> tuple[Block, ...]:
    """Return what differs from an earlier plan and the first screen of the new one, or why not.

    Parameters
    ----------
    report
        The new plan, or why there is none.
    difference
        What differs; ``None`` without a plan that passes its check.
    before
        Name → points of that eater's earlier plan.
    notes
        Why more differs than was asked for.
    """
    if difference is None or report.plan is None:
        return report_blocks(report)
    told = difference_blocks(difference, before, points_of(report))
    return (*told, *paragraphs(map(spoken, notes)), *screen_blocks(report))


def _one_day(week: TableDocument, report: TableReport, number: int) -> Iterator[Block]:
    find_day(week.plan.days, number)
    yield from paragraphs(salt_told(week)[:1])
    yield from days_told(week, number=number, once=False)
    yield from ToldWeek(week).told("hours")
    yield from section(_("Please read"), (Paragraph(checked_text(week)), *warnings_of(report)))


def _more(kept_as: str) -> Iterator[Paragraph]:
    more = f"magplan show {kept_as}" if kept_as else "magplan plan …"
    keep = "" if kept_as else _("; to keep the plan, change meals and shop for it: --out FOLDER")
    told = _("For a day with its recipes: `{command} --day 1`; for all days: `--full`{keep}.")
    yield Paragraph(told.format(command=more, keep=keep))
