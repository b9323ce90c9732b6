"""A request that has no plan is answered with ways out, or planned with the one that is accepted.

The same for a new plan and for one that is planned again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planner.errors import ConfigError
from planner.explain.offers import ACCEPTED, ACCEPTED_FOR, asked_with
from planner.explain.report import Concession
from planner.explain.table_report import TableReport, with_notes
from planner.request.request import PlanRequest
from planner.table.remedies import with_ways_out
from planner.table.ways_tried import Planning

NONE_OFFERED = "There is no suggested change {number}: none is offered."
NOT_NEEDED = "Way {number} was not needed: there is a plan as asked."

Plans = Callable[[PlanRequest, Concession], Sequence[TableReport]]
"""Plans a request as an offer changed it: one report without a plan where there is none."""
AS_ASKED = Concession("")


def plan_or_ways_out(
    request: PlanRequest,
    plan: Plans,
    trials_after: Callable[[TableReport], Planning],
    accept: int | None,
) -> Sequence[TableReport]:
    """Plan; without a plan give what would let one be, or plan with the way out of that number.

    Parameters
    ----------
    request
        What is asked for.
    plan
        Plans it, and what of it an accepted offer changes.
    trials_after
        Gives what plans a request with the work of a trial, after a refusal.
    accept
        The number of the way out that is taken, from 1; ``None`` for none.

    Raises
    ------
    ConfigError
        When no way of that number is offered.
    """
    reports = plan(request, AS_ASKED)
    if reports[0].outcome.has_plan:
        return reports if accept is None else [with_accepted(one, None, accept) for one in reports]
    refusal = with_ways_out(reports[0], trials_after(reports[0]))
    if accept is None or not refusal.offers:
        return [refusal if accept is None else with_accepted(refusal, None, accept)]
    offer = accepted_offer(refusal, accept)
    reports = plan(asked_with(request, offer), offer)
    if reports[0].outcome.has_plan:
        return [with_accepted(report, offer, accept) for report in reports]
    return [with_ways_out(reports[0], trials_after(reports[0]))]


def accepted_offer(report: TableReport, number: int) -> Concession:
    """Return way ``number``, from 1, of a refusal.

    Raises
    ------
    ConfigError
        When it offers no such way.
    """
    offers = report.offers
    if 0 < number <= len(offers):
        return offers[number - 1]
    remedy = f"give 1 to {len(offers)}"
    raise ConfigError(f"no way {number} is offered", "--accept", remedy)


def with_accepted(report: TableReport, offer: Concession | None, number: int) -> TableReport:
    """Return a report with a note: a way out was taken, not needed (``None``) or not offered."""
    if not report.outcome.has_plan:
        return with_notes(report, NONE_OFFERED.format(number=number))
    if offer is None:
        return with_notes(report, NOT_NEEDED.format(number=number))
    pattern = ACCEPTED_FOR if offer.instead_of else ACCEPTED
    told = pattern.format(number=number, offer=offer.text, now=offer.instead_of)
    return with_notes(report, told)


def way_note(report: TableReport, number: int) -> str:
    """Return what ``with_accepted`` said beside a report, as its last note; empty where nothing."""
    *_, last = ("", *(report.notes if report.alone is None else report.alone.notes))
    return last if report.passed or last == NONE_OFFERED.format(number=number) else ""
