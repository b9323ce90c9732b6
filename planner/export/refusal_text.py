"""No plan: what cannot hold together, and what would open a way."""

from __future__ import annotations

from planner.check.judge import CheckResult
from planner.explain.report import Refusal, Report
from planner.export.figures import finding_texts
from planner.export.first_screen import CUT_BY_CLOCK
from planner.export.page import BLANK, TITLE, Line, bullets, section, wrapped
from planner.export.week_text import report_notes, warning_texts
from planner.export.who import person_text, wishes_text

HEADLINES = {
    "infeasible": "No plan: the rules below cannot all hold together.",
    "no_plan_in_time": "No plan was found with the work allowed; one may exist.",
}
TRIED = "Any one of these opens a way: a plan was found with each"
WITHHELD = "Another way is not offered: a safety rule forbids it, or you need more than that."
CHECK_FAILED = "No plan: what was composed does not pass the check, so it is not shown."


def refusal_lines(report: Report, refusal: Refusal) -> list[Line]:
    """Give the answer "no", with what collides and the smallest concessions."""
    return [
        *eater_refusal_lines(report, refusal),
        *section("Notes", bullets(report_notes(report))),
        BLANK,
        *(line for text in warning_texts(report) for line in wrapped(text)),
    ]


def eater_refusal_lines(report: Report, refusal: Refusal) -> list[Line]:
    """Give the answer "no" to one of several eaters: notes are those of the table."""
    headline = HEADLINES.get(report.outcome.status, HEADLINES["infeasible"])
    limit = [CUT_BY_CLOCK] if report.outcome.cut_by_clock else []
    return [
        Line(headline, TITLE),
        *wrapped(" ".join([_asked_text(report), *limit])),
        *collision_lines(refusal),
    ]


def collision_lines(refusal: Refusal) -> list[Line]:
    """Say what collides, and the smallest concessions where there are any."""
    return [
        *section("What collides", bullets(text for _, _, text in refusal.conflict)),
        *section(_ways_title(refusal), _concessions(refusal)),
        *([BLANK, *wrapped(in_vain)] if (in_vain := in_vain_text(refusal)) else []),
        *([BLANK, *wrapped(WITHHELD)] if refusal.withheld else []),
    ]


def failed_check_lines(report: Report, check: CheckResult) -> list[Line]:
    """Say why a plan that fails its check is not shown."""
    broken = [
        f"{one.nutrient}, {'week' if one.day is None else f'day {one.day}'}: "
        f"{' / '.join(finding_texts(one))}"
        for one in check.findings
        if one.hard and not one.holds
    ]
    return [
        Line(CHECK_FAILED, TITLE),
        *wrapped(_asked_text(report)),
        *section("Bounds that do not hold (value, lower, upper)", bullets(broken)),
        *section("Faults", bullets(check.faults)),
    ]


def _asked_text(report: Report) -> str:
    wishes = wishes_text(report.request)
    return f"Asked for: {person_text(report.request)}{f'; {wishes}' if wishes else ''}."


def in_vain_text(refusal: Refusal) -> str:
    """Say that ways were tried and none was found; empty where there is one, or none was tried."""
    if refusal.relaxations or not refusal.tried:
        return ""
    tried = f"{refusal.tried} changes" if refusal.tried > 1 else "one change"
    return (
        f"No way out is offered: {tried} of one wish alone, tried with the work that is left for "
        "that, did not lead to a plan; several together, or a wider one, may."
    )


def _ways_title(refusal: Refusal) -> str:
    are_tried = any(one.is_tried for one in refusal.relaxations)
    return TRIED if are_tried else "Any one of these may open a way"


def _concessions(refusal: Refusal) -> list[Line]:
    lines: list[Line] = []
    is_mixed = len({one.is_tried for one in refusal.relaxations}) > 1
    for one in refusal.relaxations:
        said = f"{one.text}: add {one.flag}" if one.flag else one.text
        said += " (not tried)" if is_mixed and not one.is_tried else ""
        lines += wrapped(said, bullet="- ")
    return lines
