"""Ways out of a refusal: each is planned with before it is offered.

The work of a trial is a part of that of a request, so that asking for what is offered finds the
same plan: the first, and after a search in vain the last. What the first of these plans misses is
the best effort.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from planner.explain.offers import parts_of
from planner.explain.report import HARDEST, Collision, Concession, Refusal
from planner.explain.table_report import TableReport
from planner.request.days import DAYS_PER_WEEK, menu_days
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.table.fewest_needs import lightest
from planner.table.held import judged_by, taken_back
from planner.table.may_open import (
    IN_VAIN,
    is_need,
    is_of_need,
    limits_at_once,
    may_be_asked,
    needs_at_once,
)
from planner.table.near_limit import ways_of_limit
from planner.table.toward_wishes import toward_wishes
from planner.table.ways import Ladder, all_of, has_figure, is_wished, ladders_of
from planner.table.ways_tried import Planning, WaysTried
from planner.targets.eaters import eater_requests

_SEVERAL = 2
TOGETHER = "what you asked for, taken together: weeks were found only with {changes}"
ONE_OF = (
    "what you asked for, taken together: weeks were found only with one of these changes: {changes}"
)
UNTRIED = "not tried by itself: {changes}"


def with_ways_out(report: TableReport, plan: Planning) -> TableReport:
    """Offer, in place of what might open a way, what was planned with.

    Parameters
    ----------
    report
        A refusal.
    plan
        Plans a request as an offer changes it.
    """
    request, is_in_vain = report.request, report.outcome.status == IN_VAIN
    trials = WaysTried(
        plan, _most_of("trials", report), _most_of("nearer", report), is_in_vain=is_in_vain
    )
    wishes_left = _most_of("wishes", report)
    most: int = read_settings("concessions.toml")["most"]
    found, untried = list[Concession](), list[Concession]()
    ladders = _ladders(report)
    needs = needs_at_once(ladders, report)
    for ladder in ladders:
        is_of_wish = is_wished(ladder[0], request)
        if needs and is_of_need(ladder[0], request):
            continue
        is_late = is_in_vain and is_need(ladder[0], request)
        if is_late and any(is_wished(concession, request) for concession in found):
            continue  # what nobody asked for gives way only where no wish does
        if is_of_wish and wishes_left > 0:
            trials.left, wishes_left = max(1, trials.left), wishes_left - 1
        is_over = trials.left <= 0 and not ladder[0].is_tried
        if not is_late and (is_over or len(found) == most):
            untried += ladder[-1:] if is_of_wish else []
        else:
            found += _ways_of(ladder, report, trials, is_late=is_late)
    if needs and not any(is_wished(one, request) and not one.eaten for one in found):
        found += _lightest(needs, report, trials)
    if not found:
        found, untried = _together(report, trials), []
    return _told(report, tuple(found), trials, untried)


def _ways_of(
    ladder: Ladder, report: TableReport, trials: WaysTried, *, is_late: bool
) -> list[Concession]:
    """Return the least change of one thing with which a plan is found; none where none is.

    ``is_late``: of needs that nobody asked for, after a search in vain, it is the fewest of them.
    """
    request = report.request
    if limits := ways_of_limit(ladder[0], report, partial(trials.attempt, request)):
        return [limit.offer for limit in limits]
    if is_late:
        asked = [concession for concession in ladder if may_be_asked(concession, request)]
        return _lightest(parts_of(asked[-1]), report, trials) if asked else []
    if ladder[0].is_tried:
        return [ladder[0]]
    offer = trials.nearest(ladder[:1], request)
    if offer is None and (ladder[0].preference or ladder[0].habit):  # does it open a way at all?
        last = trials.attempt(request, ladder[-1])
        offer = _nearest_step(ladder[-1], ladder, trials, request) if last else None
        offer = last.offer if last and offer == ladder[-1] else offer
    elif offer is None:
        offer = trials.first_that_plans(ladder, request)
        offer = offer and toward_wishes(offer, request, trials)
    return [] if offer is None else [offer]


def _ladders(report: TableReport, *, alone: bool = True) -> list[Ladder]:
    """Return the ways out of a refusal; after a search in vain, limits that were broken as one."""
    ladders = ladders_of(report, alone=alone)
    is_in_vain = report.outcome.status == IN_VAIN
    return limits_at_once(ladders, report.request) if is_in_vain else ladders


def _most_of(what: str, report: TableReport) -> int:
    """Return how many ``trials`` there are at most, ``wishes`` that have one, or trials ``nearer``.

    Each further eater or week leaves some out.
    """
    rules: Mapping[str, Any] = read_settings("concessions.toml")["trials"]
    weeks = math.ceil(menu_days(report.request.week) / DAYS_PER_WEEK)
    further = len(eater_requests(report.request)) - 1 + weeks - 1
    share: float = 1.0 - further * rules["further"]
    return max(1, round(int(rules["most"][what]) * share))


def _together(report: TableReport, trials: WaysTried) -> list[Concession]:
    """Offer to let several wishes give way, where no one thing is enough; none of them too many."""
    request, ladders = report.request, _ladders(report, alone=False)
    last = [ladder[-1] for ladder in ladders if ladder]
    wished = [one for one in last if is_wished(one, request) and may_be_asked(one, request)]
    if not wished and report.outcome.status == IN_VAIN and len(last) >= _SEVERAL:
        return _lightest([part for one in last for part in parts_of(one)], report, trials)
    if not wished or (len(wished) < _SEVERAL and trials.done):  # one alone was tried
        return []
    were_all_tried = trials.left > 0
    trials.left = max(1, trials.left)
    offer = trials.first_that_plans([all_of(wished)], request)
    kept = list(wished)
    is_tried = offer is None or (were_all_tried and len(wished) == _SEVERAL)  # each alone
    for concession in () if is_tried else wished:
        fewer = [other for other in kept if other is not concession]
        if not fewer:
            break
        trials.left = max(1, trials.left)
        without = trials.first_that_plans([all_of(fewer)], request)
        kept, offer = (kept, offer) if without is None else (fewer, without)
    if offer is not None:
        rules = read_settings("concessions.toml")["trials"]
        trials.left = max(rules["most"]["trials"] * rules["in_vain"], trials.left)
        near = trials.nearest(kept, request)
        offer = near or offer
        for ladder in ladders:
            offer = _nearest_step(offer, ladder, trials, request)
        offer = offer if near else toward_wishes(offer, request, trials)
        if (week := trials.week_of(offer)) and not trials.is_in_vain:
            offer = trials.found(taken_back(offer, request, week), request, week)
    return [] if offer is None else [offer]


def _nearest_step(
    offer: Concession, ladder: Ladder, trials: WaysTried, request: PlanRequest
) -> Concession:
    """Return an offer with the least step, halving them, of minutes and the like that plans."""
    parts = parts_of(offer)
    at = next((at for at, part in enumerate(parts) if part == ladder[-1]), None)
    low, high = 0, 0 if at is None or has_figure(parts[at], request) else len(ladder) - 1
    while at is not None and low < high:
        middle = (low + high) // 2
        found = trials.attempt(request, all_of([*parts[:at], ladder[middle], *parts[at + 1 :]]))
        if found is None:
            low = middle + 1
        else:
            high, offer = middle, found.offer
    return offer


def _lightest(
    parts: Sequence[Concession], report: TableReport, trials: WaysTried
) -> list[Concession]:
    """Offer the fewest of needs that were found to plan, with work of their own for fewer."""
    rule, left = read_settings("concessions.toml")["trials"], trials.left
    trials.left = rule["lighter"]
    attempt = partial(trials.attempt, report.request)
    found = lightest(parts, report, attempt, lambda: trials.left > 0)
    trials.left = left - (rule["in_vain"] if found is None else 1)
    if found is None:
        return []
    return [found.offer]


def _told(
    report: TableReport,
    found: tuple[Concession, ...],
    trials: WaysTried,
    untried: Sequence[Concession],
) -> TableReport:
    """Put what was tried in the place of what was not: once for the table, or for the only one."""
    refusals = [report.refusal, *(own_report.refusal for own_report in report.reports.values())]
    hardest = [one for own in refusals if own for one in own.conflict if one.value == HARDEST]
    is_named = hardest or any(len(parts_of(concession)) > 1 for concession in found)
    wished = [one.text for one in found if is_named and is_wished(one, report.request)]
    named = [
        (TOGETHER if len(found) == 1 else ONE_OF, wished),
        (UNTRIED, [concession.text for concession in untried]),
    ]
    together = [
        Collision("wishes", "", told.format(changes="; ".join(changes)))
        for told, changes in named
        if changes
    ]

    def known(refusal: Refusal) -> tuple[Collision, ...]:
        return tuple(one for one in refusal.conflict if not wished or one not in hardest)

    def with_them(refusal: Refusal) -> Refusal:
        conflict = sorted((*together, *known(refusal)), key=lambda one: one.value != "locked")
        return replace(refusal, conflict=tuple(conflict), relaxations=found, tried=trials.done)

    week = trials.week_of(found[0]) if found else None
    best = report.best_effort if week is None else judged_by(report.request, week)
    if report.alone is not None:
        assert report.alone.refusal is not None
        refusal = with_them(report.alone.refusal)
        return TableReport.of_one(replace(report.alone, refusal=refusal), best)
    own = dict(report.reports)
    for name, one in own.items():
        if one.refusal is not None:
            refusal = replace(one.refusal, conflict=known(one.refusal), relaxations=())
            own[name] = replace(one, refusal=refusal)
    refusal = with_them(report.refusal or Refusal((), ()))
    return replace(report, reports=own, refusal=refusal, best_effort=best)
