"""No plan: what cannot hold together, and what would open a way."""

from __future__ import annotations

from collections.abc import Sequence

from planner.check.judge import CheckResult, Finding
from planner.explain.offers import ACCEPT
from planner.explain.report import Cost, Refusal, Report
from planner.explain.table_report import NONE_FOUND, TableReport
from planner.export.figures import band_text, finding_texts
from planner.export.first_screen import CUT_BY_CLOCK, main_dishes
from planner.export.page import BLANK, TITLE, Line, bullets, section, wrapped
from planner.export.week_text import report_notes, warning_texts
from planner.export.who import person_text, wishes_text
from planner.language.figures import number_text, price_as
from planner.language.spoken import _, mark, ngettext, spoken
from planner.request.preferences import EATEN
from planner.targets.words import name_of, unit_word

HEADLINES = {
    "infeasible": mark("No plan: the rules below cannot all hold together."),
    "no_plan_in_time": NONE_FOUND,
}
TRIED = mark("Any one of these opens a way: a plan was found with each")
WITHHELD = mark("Another way is not offered: a safety rule forbids it, or you need more than that.")
CHECK_FAILED = mark("No plan: what was composed does not pass the check, so it is not shown.")


def refusal_lines(report: Report, refusal: Refusal) -> list[Line]:
    """Give the answer "no", with what collides and the smallest concessions."""
    return [
        *eater_refusal_lines(report, refusal),
        *section(_("Notes"), bullets(map(spoken, report_notes(report)))),
        BLANK,
        *(line for text in warning_texts(report) for line in wrapped(spoken(text))),
    ]


def eater_refusal_lines(report: Report, refusal: Refusal) -> list[Line]:
    """Give the answer "no" to one of several eaters: notes are those of the table."""
    headline = HEADLINES.get(report.outcome.status, HEADLINES["infeasible"])
    limit = [_(CUT_BY_CLOCK)] if report.outcome.cut_by_clock else []
    return [
        Line(_(headline), TITLE),
        *wrapped(" ".join([_asked_text(report), *limit])),
        *collision_lines(refusal),
    ]


def collision_lines(refusal: Refusal) -> list[Line]:
    """Say what collides, and the smallest concessions where there are any."""
    return [
        *section(_("What collides"), bullets(spoken(one[2]) for one in refusal.conflict)),
        *section(_ways_title(refusal), _concessions(refusal)),
        *([BLANK, *wrapped(in_vain)] if (in_vain := in_vain_text(refusal)) else []),
        *([BLANK, *wrapped(_(WITHHELD))] if refusal.withheld else []),
        *best_effort_lines(refusal),
    ]


def failed_check_lines(report: Report, check: CheckResult) -> list[Line]:
    """Say why a plan that fails its check is not shown."""
    broken = [
        f"{one.nutrient}, {_when(one)}: {' / '.join(finding_texts(one))}"
        for one in check.findings
        if one.hard and not one.holds
    ]
    return [
        Line(_(CHECK_FAILED), TITLE),
        *wrapped(_asked_text(report)),
        *section(_("Bounds that do not hold (value, lower, upper)"), bullets(broken)),
        *section(_("Faults"), bullets(check.faults)),
    ]


def _when(finding: Finding) -> str:
    if finding.day is None:
        return _("week")
    return _("day {number}").format(number=finding.day)


def _asked_text(report: Report) -> str:
    wishes = wishes_text(report.request)
    asked = f"{person_text(report.request)}{f'; {wishes}' if wishes else ''}"
    return _("Asked for: {wishes}.").format(wishes=asked)


def in_vain_text(refusal: Refusal) -> str:
    """Say that ways were tried and none was found; empty where there is one, or none was tried."""
    if refusal.relaxations or not refusal.tried:
        return ""
    return ngettext(
        "No way out is offered: one change of one wish alone, tried with the work that is left "
        "for that, did not lead to a plan; several together, or a wider one, may.",
        "No way out is offered: {count} changes of one wish alone, tried with the work that is "
        "left for that, did not lead to a plan; several together, or a wider one, may.",
        refusal.tried,
    ).format(count=refusal.tried)


def _ways_title(refusal: Refusal) -> str:
    are_tried = any(one.is_tried for one in refusal.relaxations)
    return _(TRIED) if are_tried else _("Any one of these may open a way")


def _concessions(refusal: Refusal) -> list[Line]:
    lines: list[Line] = []
    is_mixed = len({one.is_tried for one in refusal.relaxations}) > 1
    for number, one in enumerate(refusal.relaxations, start=1):
        said = spoken(one.text)
        if one.instead_of:
            told = _("{change} instead of {before}")
            said = told.format(change=said, before=spoken(one.instead_of))
        if one.is_tried:
            accept = f"{ACCEPT} {number}"
            flags = _("{accept} or {flag}").format(accept=accept, flag=one.flag)
            flags = flags if one.flag and not one.whose else accept
            said = _("{change}: add {flag}").format(change=said, flag=flags)
        elif one.flag:
            said = _("{change}: add {flag}").format(change=said, flag=one.flag)
        said += _(" (not tried)") if is_mixed and not one.is_tried else ""
        lines += wrapped(
            said + (f". {cost_text(one.cost)}" if one.cost else ""), bullet=f"{number}. "
        )
    return lines


def cost_text(cost: Cost) -> str:
    """Say in a sentence what a week costs that gives way so."""
    ratio = "" if cost.ca_mg_ratio is None else number_text(f"{cost.ca_mg_ratio:.2f}")
    told = _("A week found with it: {price} at the till, Ca:Mg {ratio}, {points} points.")
    if cost.counts == EATEN:
        told = _("Found with it: {price} of food eaten a week, Ca:Mg {ratio}, {points} points.")
    points = number_text(f"{cost.points:.0f}")
    return told.format(price=price_as(cost.usd_per_week), ratio=ratio, points=points)


def best_effort_lines(refusal: Refusal) -> list[Line]:
    """Show the nearest plan that was found, and mark what it misses; nothing without one."""
    best = refusal.best_effort
    if best is None or best.plan is None:
        return []
    missed = missed_texts(best) or [spoken(one.text) for one in refusal.relaxations[:1]]
    title = _("Best effort: the week of way 1, which misses of what was asked for")
    return [*section(title, bullets(missed)), BLANK, *main_dishes(best.plan)]


def missed_texts(report: TableReport) -> list[str]:
    """Say what a plan misses of what it is judged by, with the eater where there are several."""
    texts = []
    for name, own in report.reports.items():
        check = own.check
        if check is None:
            continue
        who = f"{name}: " if name else ""
        broken = [one for one in check.findings if one.hard and not one.holds]
        bands = dict.fromkeys((one.nutrient, one.basis) for one in broken)
        for band in bands:
            same = [one for one in broken if (one.nutrient, one.basis) == band]
            texts.append(f"{who}{_missed_text(same)}")
        texts += [f"{who}{spoken(fault)}" for fault in check.faults]
    return texts


def _missed_text(broken: Sequence[Finding]) -> str:
    """Say of one nutrient what days and week have, and what the nearest to a mean wants."""
    last = broken[-1]  # of the week, where that misses it too
    _value, lower, upper = finding_texts(last)
    known = sorted((one.value, finding_texts(one)[0]) for one in broken if one.value is not None)
    values = dict.fromkeys([text for _value, text in (*known[:1], *known[-1:])])
    told = _("{nutrient}: {values} {unit}, wanted {band}")
    return told.format(
        nutrient=name_of(last.nutrient),
        values=_(" to ").join(values),
        unit=unit_word(last.nutrient),
        band=band_text(lower, upper),
    ).replace(" ,", ",")
