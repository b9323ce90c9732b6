"""What is told of one eater below the days: figures beside bounds, hours, absorption, realism."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.check.judge import Finding
from planner.explain.absorption import (
    absorb_view,
    absorption_method,
    absorption_text,
    cautious_text,
)
from planner.explain.report import Report
from planner.export.figures import band_text, finding_texts, share_text, tenths_text, verdict
from planner.export.meal_amounts import by_meal_tables
from planner.export.page import HEADING, Line, Section, as_columns, bullets, wrapped
from planner.export.readings import reading_texts
from planner.export.schedule import plan_schedule_texts
from planner.export.who import week_title
from planner.language.spoken import _, mark, spoken
from planner.targets.notes import UNSURE
from planner.targets.target import Target
from planner.targets.words import heading_of

REALISM_LINES = 8
UNSURE_MARK, UNSURE_LEGEND = "*", mark("* the figure of the band is not confirmed at its source")
Unsure = frozenset[tuple[str, str, str]]
_WEEK_HEAD = ("", mark("mean"), mark("wanted"), mark("of it"), "")
_DAY_HEAD = ("", mark("lowest"), mark("at least"), mark("highest"), mark("at most"), "")


def week_sections(report: Report) -> list[Section]:
    """Give the week against its targets, or each of several weeks."""
    assert report.check is not None
    assert report.plan is not None
    findings, unsure = report.check.findings, unsure_bands(report.targets.targets)
    weeks = sorted({one.week for one in findings if one.period == "week"})
    if len(weeks) <= 1:
        return [(_("The week against its targets, mean a day"), week_table(findings, unsure))]
    return [
        (
            _("{week} against its targets, mean a day").format(
                week=week_title(number, report.plan)
            ),
            week_table([one for one in findings if one.week == number], unsure),
        )
        for number in weeks
    ]


def bounds_lines(report: Report) -> list[Line]:
    """Give each daily target beside the lowest and the highest day."""
    assert report.check is not None
    return day_table(report.check.findings, unsure_bands(report.targets.targets))


def by_meal_sections(report: Report) -> list[Section]:
    """Give what each meal holds of a nutrient that a condition watches; nothing without one."""
    assert report.plan is not None
    return by_meal_tables(report.plan, report.targets.clinical)


def hours_lines(report: Report) -> list[Line]:
    """Say when medicines, pills and mineral water are taken, where hours must lie between."""
    assert report.plan is not None
    return bullets(plan_schedule_texts(report.plan, report.request, report.foods))


def absorption_lines(report: Report) -> list[Line]:
    """Say in at most six lines what oxalate and phytate leave of magnesium and calcium."""
    assert report.plan is not None
    texts = absorption_text(absorb_view(report.plan, report.foods))
    return [line for text in texts for line in wrapped(spoken(text))]


def method_texts(report: Report) -> list[str]:
    """Give the parts of the method behind the absorbable amounts, each with author and year."""
    assert report.plan is not None
    parts = [f"{text}: {_author_year(cite)}." for text, cite in absorption_method()]
    is_held = report.request.preferences.conservative
    planned = f" {_('The plan is held to it.')}" if is_held else ""
    return [*parts, f"{cautious_text(absorb_view(report.plan, report.foods))}.{planned}"]


def _author_year(cite: str) -> str:
    """Shorten a citation: ``"Bohn T, ... (2004). Title."`` becomes ``"Bohn T (2004)"``."""
    head, bracket, _ = cite.partition("). ")
    if not bracket:
        return cite.rstrip(".")
    authors, _, year = head.rpartition(" (")
    return f"{authors.split(',')[0]} ({year})"


def realism_lines(report: Report) -> list[Line]:
    """Say in at most eight lines what readers would dislike most in the week."""
    if report.realism is None:
        return []
    found = report.realism
    score = _("{score} of 10.").format(score=tenths_text(found.score))
    worst = _("What readers would dislike most:") if found.parts else ""
    lines = wrapped(f"{score} {worst}")
    for number, part in enumerate(found.parts):
        more = bullets([spoken(part.sentence)])
        rest = len(found.parts) - number
        if len(lines) + len(more) + (rest > 1) > REALISM_LINES:
            told = _("{count} more: see `realism` in the JSON file.").format(count=rest)
            return [*lines, *bullets([told])]
        lines += more
    return lines


def report_notes(report: Report) -> list[str]:
    """Give what is left out as it was understood, and the notes on targets and plan, each once."""
    readings = reading_texts(report.request, report.foods, report.dishes)
    return list(dict.fromkeys((*readings, *report.targets.notes, *report.notes)))


def warning_texts(report: Report) -> list[str]:
    """Give the sentences that are said once with every plan."""
    return list(dict.fromkeys(text for _, text, _ in report.warnings))


def unsure_bands(targets: Iterable[Target]) -> Unsure:
    """Give (nutrient, period, basis) of the bands that are not confirmed at their source."""
    return frozenset(
        (one.nutrient, one.period, one.basis) for one in targets if one.confidence in UNSURE
    )


def week_table(findings: Iterable[Finding], unsure: Unsure = frozenset()) -> list[Line]:
    """Give a row per weekly target: mean, band (marked where unsure), per cent of it, one word."""
    rows = [tuple(map(_, _WEEK_HEAD))]
    for finding in findings:
        if finding.period == "week":
            value, lower, upper = finding_texts(finding)
            wanted = f"{band_text(lower, upper)}{mark_of(finding, unsure)}"
            share, word = share_text(finding), _word(finding)
            rows.append((heading_of(finding.nutrient, finding.basis), value, wanted, share, word))
    return _table(rows, right=(1, 3))


def mark_of(finding: Finding, unsure: Unsure) -> str:
    """Give the mark of a band that is not confirmed at its source."""
    return UNSURE_MARK if (finding.nutrient, finding.period, finding.basis) in unsure else ""


def day_table(findings: Iterable[Finding], unsure: Unsure = frozenset()) -> list[Line]:
    """Give a row per daily target: the lowest and the highest day beside the bounds."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.period == "day":
            groups.setdefault((finding.nutrient, finding.basis), []).append(finding)
    rows = [_day_row(group, unsure) for group in groups.values()]
    return _table([tuple(map(_, _DAY_HEAD)), *rows], right=(1, 2, 3, 4))


def _day_row(group: Sequence[Finding], unsure: Unsure) -> tuple[str, ...]:
    known = [one for one in group if one.value is not None]
    worst = next((one for one in group if not one.holds), group[0])
    word, mark = _word(worst), mark_of(worst, unsure)
    if not known:
        return (heading_of(worst.nutrient, worst.basis), "?", "", "?", "", word)
    lowest = min(known, key=lambda one: one.value or 0.0)
    highest = max(known, key=lambda one: one.value or 0.0)
    low, least, _ = finding_texts(lowest)
    high, _, most = finding_texts(highest)
    marked = (f"{bound}{mark}" if bound else "" for bound in (least, most))
    least, most = marked
    return (heading_of(worst.nutrient, worst.basis), low, least, high, most, word)


def _word(finding: Finding) -> str:
    word = verdict(finding)
    return f"{word}, {_('soft')}" if not finding.hard and word != _("shown") else word


def _table(rows: Sequence[Sequence[str]], right: Iterable[int]) -> list[Line]:
    if len(rows) == 1:
        return []
    head, *body = as_columns(rows, right)
    has_marks = any(cell.endswith(UNSURE_MARK) for row in rows for cell in row)
    legend = [Line(_(UNSURE_LEGEND))] if has_marks else []
    return [Line(head, HEADING), *map(Line, body), *legend]
