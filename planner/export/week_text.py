"""The week against its targets, and why it is as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.explain.absorption import (
    absorb_view,
    absorption_method,
    absorption_text,
    cautious_text,
)
from planner.explain.report import Report, Source, Why
from planner.explain.words import quantity_name
from planner.export.batch import TITLE, batch_lines
from planner.export.figures import (
    amount_text,
    band_text,
    finding_texts,
    share_text,
    tenths_text,
    unit_text,
    verdict,
)
from planner.export.meal_amounts import by_meal_lines
from planner.export.page import HEADING, Line, as_columns, bullets, section, wrapped
from planner.export.readings import reading_texts
from planner.export.schedule import SCHEDULE_TITLE, plan_schedule_texts
from planner.plan.check import CheckResult, Finding
from planner.targets.notes import UNSURE
from planner.targets.target import Target

_BASIS_WORDS = {
    "food": "from food",
    "supplement": "from supplements",
    "supplement_and_fortified": "added",
    "preformed_retinol": "",
    "folic_acid": "",
    "total": "",
}
REALISM_LINES = 8
UNSURE_MARK, UNSURE_LEGEND = "*", "* the figure of the band is not confirmed at its source"
Unsure = frozenset[tuple[str, str, str]]
_WEEK_HEAD = ("", "mean", "wanted", "of it", "")
_DAY_HEAD = ("", "lowest", "at least", "highest", "at most", "")


def week_lines(report: Report, why: Why, check: CheckResult) -> list[Line]:
    """Give everything that stands below the days."""
    plan, unsure = report.plan, unsure_bands(report.targets.targets)
    assert plan is not None
    return [
        *section(SCHEDULE_TITLE, hours_lines(report)),
        *section(TITLE, batch_lines(report.batch)),
        *week_sections(check, unsure),
        *section("Each day against its bounds", day_table(check.findings, unsure)),
        *by_meal_lines(plan, report.targets.clinical),
        *section("Main sources of magnesium", source_lines(why.magnesium_sources)),
        *section("What of it may be absorbed", absorption_lines(report)),
        *section("How that is estimated", bullets(method_texts(report))),
        *section("Main sources of calcium", source_lines(why.calcium_sources)),
        *section("What stays short, and why", bullets(why.short or (_NOTHING_SHORT,))),
        *section("What the week is close to", bullets(why.binding)),
        *section("What the plan gives up, in points", wrapped(terms_text(why))),
        *section("Notes", bullets(report_notes(report))),
        *section("How real the week is", realism_lines(report)),
        *section("Please read", [line for text in warning_texts(report) for line in wrapped(text)]),
    ]


def week_sections(check: CheckResult, unsure: Unsure = frozenset(), whose: str = "") -> list[Line]:
    """Give the week against its targets, or each of several weeks.

    Parameters
    ----------
    check, unsure
        The verdict, and the bands that are to be marked.
    whose
        Name of the eater, where there are several.
    """
    named = f"{whose}: " if whose else ""
    weeks = sorted({one.week for one in check.findings if one.period == "week"})
    if len(weeks) <= 1:
        table = week_table(check.findings, unsure)
        title = f"{named}{'the' if whose else 'The'} week against its targets, mean a day"
        return section(title, table)
    lines: list[Line] = []
    for number in weeks:
        own = [one for one in check.findings if one.week == number]
        title = f"{named}{'week' if whose else 'Week'} {number} against its targets, mean a day"
        lines += section(title, week_table(own, unsure))
    return lines


def hours_lines(report: Report) -> list[Line]:
    """Say when medicines, pills and mineral water are taken, where hours must lie between."""
    assert report.plan is not None
    return bullets(plan_schedule_texts(report.plan, report.request, report.foods))


def absorption_lines(report: Report) -> list[Line]:
    """Say in at most six lines what oxalate and phytate leave of magnesium and calcium."""
    assert report.plan is not None
    texts = absorption_text(absorb_view(report.plan, report.foods))
    return [line for text in texts for line in wrapped(text)]


def method_texts(report: Report) -> list[str]:
    """Give the parts of the method behind the absorbable amounts, each with author and year."""
    assert report.plan is not None
    parts = [f"{text}: {_author_year(cite)}." for text, cite in absorption_method()]
    planned = " The plan is held to it." if report.request.preferences.conservative else ""
    return [*parts, f"{cautious_text(absorb_view(report.plan, report.foods))}.{planned}"]


def _author_year(cite: str) -> str:
    """Shorten a citation: ``"Bohn T, ... (2004). Title."`` becomes ``"Bohn T (2004)"``."""
    head, bracket, _ = cite.partition("). ")
    if not bracket:
        return cite.rstrip(".")
    authors, _, year = head.rpartition(" (")
    return f"{authors.split(',')[0]} ({year})"


def realism_lines(report: Report) -> list[Line]:
    """Say in at most eight lines what keeps the week from looking like people's own."""
    if report.realism is None:
        return []
    found = report.realism
    broken = found.misses()
    kept = len(found.parts) - len(broken)
    lines = wrapped(f"{tenths_text(found.score)} of 10: {kept} of {len(found.parts)} parts hold.")
    for number, part in enumerate(broken):
        more = bullets([part.sentence])
        rest = len(broken) - number
        if len(lines) + len(more) + (rest > 1) > REALISM_LINES:
            return [*lines, *bullets([f"{rest} more: see `realism` in the JSON file."])]
        lines += more
    return lines


_NOTHING_SHORT = "Nothing: every target is met."


def report_notes(report: Report) -> list[str]:
    """Give what is left out as it was understood, and the notes on targets and plan, each once."""
    readings = reading_texts(report.request, report.foods, report.dishes)
    return list(dict.fromkeys((*readings, *report.targets.notes, *report.notes)))


def warning_texts(report: Report) -> list[str]:
    """Give the sentences that are said once with every plan."""
    return list(dict.fromkeys(text for _, text, _ in report.warnings))


def terms_text(why: Why) -> str:
    """Say the points of the objective by term, largest first; those without points are left out."""
    ranked = sorted(why.terms.items(), key=lambda pair: (-pair[1], pair[0]))
    parts = [f"{name.replace('_', ' ')} {points:.2f}" for name, points in ranked if points]
    return f"{', '.join(parts)}; a lower sum is better." if parts else ""


def unsure_bands(targets: Iterable[Target]) -> Unsure:
    """Give (nutrient, period, basis) of the bands that are not confirmed at their source."""
    return frozenset(
        (one.nutrient, one.period, one.basis) for one in targets if one.confidence in UNSURE
    )


def week_table(findings: Iterable[Finding], unsure: Unsure = frozenset()) -> list[Line]:
    """Give a row per weekly target: mean, band (marked where unsure), per cent of it, one word."""
    rows = [_WEEK_HEAD]
    for finding in findings:
        if finding.period == "week":
            value, lower, upper = finding_texts(finding)
            wanted = f"{band_text(lower, upper)}{mark_of(finding, unsure)}"
            share, word = share_text(finding), _word(finding)
            rows.append((finding_name(finding), value, wanted, share, word))
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
    return _table([_DAY_HEAD, *rows], right=(1, 2, 3, 4))


def _day_row(group: Sequence[Finding], unsure: Unsure) -> tuple[str, ...]:
    known = [one for one in group if one.value is not None]
    worst = next((one for one in group if not one.holds), group[0])
    word, mark = _word(worst), mark_of(worst, unsure)
    if not known:
        return (finding_name(worst), "?", "", "?", "", word)
    lowest = min(known, key=lambda one: one.value or 0.0)
    highest = max(known, key=lambda one: one.value or 0.0)
    low, least, _ = finding_texts(lowest)
    high, _, most = finding_texts(highest)
    marked = (f"{bound}{mark}" if bound else "" for bound in (least, most))
    least, most = marked
    return (finding_name(worst), low, least, high, most, word)


def finding_name(finding: Finding) -> str:
    """Name what a finding is about, with basis and unit."""
    basis = _BASIS_WORDS[finding.basis]
    name = quantity_name(finding.nutrient).partition(", share")[0]
    unit = unit_text(finding.nutrient)
    return ", ".join(filter(None, (f"{name} {basis}".strip(), unit)))


def _word(finding: Finding) -> str:
    word = verdict(finding)
    return f"{word}, soft" if not finding.hard and word != "shown" else word


def _table(rows: Sequence[Sequence[str]], right: Iterable[int]) -> list[Line]:
    if len(rows) == 1:
        return []
    head, *body = as_columns(rows, right)
    has_marks = any(cell.endswith(UNSURE_MARK) for row in rows for cell in row)
    legend = [Line(UNSURE_LEGEND)] if has_marks else []
    return [Line(head, HEADING), *map(Line, body), *legend]


def source_lines(sources: Sequence[Source]) -> list[Line]:
    """Give a row per source: name, amount a day, share."""
    rows = [
        (source.name, f"{amount_text('magnesium_mg', source.amount)} mg a day", _share(source))
        for source in sources
    ]
    return [Line(text) for text in as_columns(rows, right=(1, 2))] if rows else []


def _share(source: Source) -> str:
    return f"{100 * source.share:.0f} %"
