"""The printed week: the first screen, the days, the week against its targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.errors import ExportError
from planner.explain.days import facts_sentence
from planner.explain.table_report import TableReport
from planner.export.clock import day_clock_text, week_clock_texts
from planner.export.day_text import day_lines, hint_lines, meals_lines
from planner.export.diff import difference_lines, points_of
from planner.export.first_screen import first_screen, trust_text
from planner.export.opened import plan_hints
from planner.export.page import (
    BLANK,
    HEADING,
    QUIET,
    TITLE,
    WIDTH,
    Line,
    as_columns,
    as_plain,
    bullets,
    section,
    wrapped,
)
from planner.export.recipe_text import RecipeBook, recipe_book
from planner.export.refusal_text import (
    HEADLINES,
    collision_lines,
    eater_refusal_lines,
    failed_check_lines,
    refusal_lines,
)
from planner.export.sections import HOURS, notes_of, short_lines, warning_lines, week_lines
from planner.export.shopping_text import shopping_lines
from planner.export.table_screen import HEADS, KEYS, figure_cells, table_screen
from planner.export.who import day_title, is_clinical
from planner.kitchen.openings import PackageHint
from planner.language.figures import cost_as, number_text
from planner.language.shops import currency, in_its_shops
from planner.language.spoken import _, said
from planner.plan.diff import TableDifference
from planner.plan.plan import Day, Plan


def as_text(report: TableReport, day: int | None = None, *, full: bool = True) -> str:
    """Give the whole answer as plain text of 80 columns.

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
    return as_plain(report_lines(report, day, full=full))


@in_its_shops
def report_lines(
    report: TableReport, day: int | None = None, *, full: bool = True, kept_as: str = ""
) -> list[Line]:
    """Give the lines of ``as_text`` with the part that each of them plays.

    ``kept_as`` is the file that the plan was read from, where it was.
    """
    if report.plan is None:
        return _refusal(report)
    if not report.passed:
        return _failed(report)
    if day is not None:
        return _one_day(report, report.plan, day)
    return _week(report, report.plan) if full else _short(report, kept_as)


@in_its_shops
def screen_lines(report: TableReport) -> list[Line]:
    """Give the first screen: 24 lines for one eater, what is shared and each eater for several."""
    if report.alone is None:
        return table_screen(report)
    assert report.plan is not None
    return first_screen(report.alone, report.plan)


def alternatives_lines(reports: Sequence[TableReport], wanted: int) -> list[Line]:
    """Give some first screens below each other, each with its points; ``wanted`` were asked for."""
    lines: list[Line] = []
    for number, report in enumerate(reports, start=1):
        points = report.outcome.objective
        title = _("Week {number} of {count}").format(number=number, count=len(reports))
        told = _(": {points} points, fewer are better")
        said = "" if points is None else told.format(points=number_text(f"{points:.2f}"))
        lines += [BLANK] if lines else []
        lines += [Line(f"{title}{said}", TITLE)]
        lines += [Line("=" * WIDTH, QUIET), *screen_lines(report)]
    if len(reports) < wanted and not reports[-1].outcome.stopped:
        told = _("No further week is different enough: {count} were asked for.")
        lines += [BLANK, *wrapped(told.format(count=wanted))]
    return lines


@in_its_shops
def edit_lines(
    report: TableReport, difference: TableDifference | None, before: Mapping[str, float | None]
) -> list[Line]:
    """Give what differs from an earlier plan and the first screen of the new one, or why not.

    Parameters
    ----------
    report
        The new plan, or why there is none.
    difference
        What differs; ``None`` without a plan that passes its check.
    before
        Name → points of that eater's earlier plan.
    """
    if difference is None or report.plan is None:
        return report_lines(report)
    lines = difference_lines(difference, before, points_of(report))
    return [*lines, BLANK, *screen_lines(report)]


def _week(report: TableReport, plan: Plan) -> list[Line]:
    lines = [*screen_lines(report), BLANK, *shopping_lines(report.shopping)]
    hints, book = plan_hints(plan, report, report.batch), _book(report, plan)
    for day in plan.days:
        lines += [BLANK, *_day(report, day, book, hints.get(day.day, ()))]
    work = [line for text in week_clock_texts(plan) for line in wrapped(text)]
    return [*lines, BLANK, *work, *week_lines(report)]


def _short(report: TableReport, kept_as: str) -> list[Line]:
    """Give the first screen, and below it what nobody may miss: hours, what is short, cautions."""
    own = report.reports.values()
    more = f"magplan show {kept_as}" if kept_as else "magplan plan …"
    keep = "" if kept_as else _("; --out DIR keeps it, to be shown, swapped and shopped for")
    told = _("More: `{command} --day 1` is a day with its recipes, `--full` everything{keep}.")
    told = told.format(command=more, keep=keep)
    return [
        *screen_lines(report),
        *short_lines(report, with_notes=any(is_clinical(one.request) for one in own)),
        BLANK,
        *wrapped(told),
    ]


def _one_day(report: TableReport, plan: Plan, number: int) -> list[Line]:
    hints = plan_hints(plan, report, report.batch)
    day = find_day(plan.days, number)
    trust = wrapped(trust_text(report.alone)) if report.alone else []
    return [
        *_day(report, day, _book(report, plan), hints.get(number, ()), with_steps=True),
        *HOURS.lines(report.reports),
        *section(_("Please read"), [*trust, *warning_lines(report.reports)]),
    ]


def _book(report: TableReport, plan: Plan) -> RecipeBook:
    units = report.request.units
    return recipe_book(plan, report.foods, units, report.dishes, report.batch, report.shopping)


def _day(
    report: TableReport,
    day: Day,
    book: RecipeBook,
    hints: Sequence[PackageHint],
    *,
    with_steps: bool = False,
) -> list[Line]:
    """Give a day; of several eaters each one's figures, then what is cooked and who has it."""
    if report.alone is not None:
        return day_lines(report.alone, day, book, hints, with_steps=with_steps)
    rows: list[tuple[str, ...]] = [("", *map(_, HEADS), currency())]
    for name, own in report.reports.items():
        assert own.plan is not None
        one = find_day(own.plan.days, day.day)
        figures = figure_cells(KEYS, one.totals, one.ca_mg_ratio)
        rows.append((name, *figures, cost_as(one.cost)))
    texts = as_columns(rows, right=range(1, len(rows[0])))
    head = [Line(day_title(day), HEADING), *map(Line, texts), *wrapped(day_clock_text(day))]
    apart = wrapped(facts_sentence(day)) if facts_sentence(day) else []
    meals = meals_lines(day, report.request, book, with_steps=with_steps)
    return [*head, *apart, *hint_lines(hints, day), *meals]


def _refusal(report: TableReport) -> list[Line]:
    """Give the answer "no", with the eater whose plan is in the way where there are several."""
    if report.alone is not None and report.alone.refusal is not None:
        return refusal_lines(report.alone, report.alone.refusal)
    parts = [
        [Line(f"{name}:", TITLE), *eater_refusal_lines(own, own.refusal)]
        for name, own in report.reports.items()
        if own.refusal is not None
    ]
    if report.refusal is not None:
        whole = [Line(_("The whole table:"), TITLE), *collision_lines(report.refusal)]
        # what collides comes first: that of the table, or that of eaters before its ways out
        parts = [whole, *parts] if report.refusal.conflict else [*parts, whole]
    if not parts:
        return [Line(_(HEADLINES[report.outcome.status]), TITLE)]
    lines = [line for part in parts for line in (BLANK, *part)][1:]
    notes = section(_("Notes"), bullets(notes_of(report)))
    return [*lines, *notes, BLANK, *warning_lines(report.reports)]


def _failed(report: TableReport) -> list[Line]:
    lines: list[Line] = []
    for name, own in report.reports.items():
        if own.check is not None and not own.check.passed:
            lines += [Line(f"{name}:", TITLE)] if name else []
            lines += failed_check_lines(own, own.check)
    return lines


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
        said("the plan has no day {number}", number=number),
        "--day",
        said("days go from {day} to {day_2}", day=days[0].day, day_2=days[-1].day),
    )
