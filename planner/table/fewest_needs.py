"""The lightest of needs that may give way: as few as were found to plan, each by as little.

A need is a bound that nobody asks for by hand, or a pill. Fewer open no way where more of them did
not, so what holds only such is not planned with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from planner.explain.offers import parts_of
from planner.explain.report import Concession
from planner.explain.table_report import TableReport
from planner.request.request import PlanRequest
from planner.table.held import at_figure, figure_of, held_by
from planner.table.near_limit import Attempt, Found, near_least
from planner.table.ways import all_of, held_bound, owners_of, side_of


def lightest(
    parts: Sequence[Concession],
    report: TableReport,
    attempt: Attempt,
    may_go_on: Callable[[], bool],
) -> Found | None:
    """Return the fewest needs that were found to plan, nearest to what is held.

    Parameters
    ----------
    parts
        Needs that may give way, each as far as it may.
    report
        The refusal.
    attempt
        Plans with an offer.
    may_go_on
        Whether there is work left to look for fewer.

    Returns
    -------
    Found or None
        ``None`` where not even all of them at once plan.
    """
    found = attempt(all_of(parts))
    if found is None:
        return None
    kept, in_vain = list(parts), list[list[Concession]]()
    for step in _fewer(kept, report, found.report):
        fewer = [concession for concession in kept if concession in step]
        is_known = any(all(concession in other for concession in fewer) for other in in_vain)
        if is_known or not 0 < len(fewer) < len(kept) or not may_go_on():
            continue
        lighter = attempt(all_of(fewer))
        if lighter is None:
            in_vain.append(fewer)
        else:
            kept, found = fewer, lighter
    return walked_down(found, report.request, attempt)


def _fewer(
    parts: Sequence[Concession], report: TableReport, week: TableReport
) -> Iterator[list[Concession]]:
    """Yield fewer needs: those of the only one with broken rows; that of these a week uses most.

    At last all without each of them, first without what that week takes least of.
    """
    by_use = sorted(parts, key=partial(_taken, request=report.request, week=week))
    in_need = [name for name, own in report.reports.items() if own.outcome.broken]
    own = [concession for concession in by_use if in_need == [concession.whose]]
    yield own
    yield own[-1:]
    for other in by_use:
        yield [part for part in parts if part is not other]


def _taken(offer: Concession, request: PlanRequest, week: TableReport) -> float:
    """Tell how much of a bound that gives way a week takes, as a share; below all others a pill."""
    edge, held, has = figure_of(offer), _held(offer, request), held_by(offer, week)
    if edge is None or held is None or has is None or edge == held:
        return -1.0
    return (has - held) / (edge - held)


def _held(offer: Concession, request: PlanRequest) -> float | None:
    """Return the bound that is held where an offer gives way."""
    if offer.band is None:
        return None
    return held_bound(offer.band.nutrient, side_of(offer.band), owners_of(offer, request))


def walked_down(found: Found, request: PlanRequest, attempt: Attempt) -> Found:
    """Return an offer whose figure lies as near to what is held as plans.

    Several figures stay as they were found: each would take as many plannings again.
    """
    parts = parts_of(found.offer)
    (at, edge), *others = [(at, figure_of(part)) for at, part in enumerate(parts) if part.band] or [
        (0, None)
    ]
    held = _held(parts[at], request)
    if others or edge is None or held is None:
        return found

    def nearer(value: float) -> Found | None:
        if value == edge:
            return found
        return attempt(all_of([*parts[:at], at_figure(parts[at], value), *parts[at + 1 :]]))

    return near_least(held, [edge], nearer) or found
