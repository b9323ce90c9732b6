"""The week against its targets, as a chapter of the Markdown document."""

from __future__ import annotations

from planner.check.judge import CheckResult, Finding
from planner.export.figures import band_text, finding_texts, share_text, verdict
from planner.export.md_table import table_lines
from planner.export.week_text import UNSURE_LEGEND, UNSURE_MARK, Unsure, mark_of
from planner.language.spoken import _
from planner.targets.words import heading_of


def targets_markdown(check: CheckResult, unsure: Unsure) -> list[str]:
    """Give the week against its targets; bands that are not confirmed are marked."""
    head = (_("Mean a day"), _("is"), _("wanted"), _("of it"), "")
    weekly = [one for one in check.findings if one.period == "week"]
    weeks = sorted({one.week for one in weekly})
    rows = {
        number: [_target_row(one, unsure) for one in weekly if one.week == number]
        for number in weeks
    }
    marked = any(row[2].endswith("*") for own in rows.values() for row in own)
    lines = ["", f"## {_('The week against its targets')}"]
    for number, own in rows.items():
        lines += ["", f"### {_('Week {number}').format(number=number)}"] if len(weeks) > 1 else []
        lines += ["", *table_lines(head, own)]
    return [*lines, *(["", f"\\{_(UNSURE_LEGEND)}"] if marked else [])]


def _target_row(finding: Finding, unsure: Unsure) -> tuple[str, ...]:
    value, lower, upper = finding_texts(finding)
    soft = "" if finding.hard else _(" (soft)")
    mark = f"\\{UNSURE_MARK}" if mark_of(finding, unsure) else ""
    word, band = f"{verdict(finding)}{soft}", f"{band_text(lower, upper)}{mark}"
    return (heading_of(finding.nutrient, finding.basis), value, band, share_text(finding), word)
