"""Swap one thing of a table: for one eater, or for all who share it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from planner.errors import ConfigError
from planner.explain.replacements import (
    TableReplacement,
    TableReplacements,
)
from planner.explain.table_report import TableReport, with_change_note
from planner.export.figures import price_text
from planner.export.shopping import over_budget_usd
from planner.faults import fault
from planner.plan.diff import compare_tables
from planner.request.request import NAMELESS
from planner.rhythm.swap import points_before, rank_roles, swapped_weeks
from planner.rhythm.weeks import change_weeks
from planner.table.report import report_table
from planner.table.session import (
    EditReport,
    TableSession,
    find_eater,
)

_DEAREST, _CHEAPEST = 8, 2  # main dishes that are looked at, and what may stand in their places


def rank_replacements(
    session: TableSession, day: int, slot: str, name: str | None = None, eater: str | None = None
) -> TableReplacements:
    """Rank what may stand in the place of one thing, for one eater or for all who share it.

    What is shared is replaced for all its eaters, each in the portion and with the partners of the
    fewest points, and ranked by their sum; only what keeps everybody's rules is offered.

    Parameters
    ----------
    session
        The plan.
    day, slot
        Day from 1, and meal.
    name
        Id or name of the thing; the first of the meal when left out.
    eater
        Whose it is; may be left out where it is shared, or only one eater's.

    Raises
    ------
    ConfigError
        When the plan has no such thing or eater, it is not said whose, or the plan holds what may
        not be planned any more.
    """
    if eater is not None and NAMELESS in session.table.weeks:
        raise ConfigError("the plan is that of one eater", "--eater", "leave it out")
    whose = eater and find_eater(eater, list(session.table.weeks))
    return rank_roles(session.roles, day, slot, name, whose)


def paid_usd(session: TableSession) -> float:
    """Return what is paid at checkout as a plan stands [USD]."""
    stood = change_weeks(session.roles, time.perf_counter(), is_new=False)
    return report_table(session.table, stood.outcome).shopping.total_usd


def by_saving(session: TableSession, found: TableReplacements, most: int) -> TableReplacements:
    """Order replacements by price: of the ``most`` cheapest by what is paid at checkout."""
    offers = sorted(found.offers, key=lambda one: sum(own.cost_after for own in one.each.values()))
    paid: list[TableReplacement] = []
    for offer in offers[:most]:
        usd = _report_with(session, offer).shopping.total_usd
        own = {name: replace(one, checkout_usd=usd) for name, one in offer.each.items()}
        paid.append(replace(offer, each=own))
    paid.sort(key=lambda one: one.first.checkout_usd or 0.0)
    return _in_order(found, [*paid, *offers[most:]])


def savings(session: TableSession, most: int) -> Iterator[tuple[TableReplacements, TableSession]]:
    """Return what saves most at checkout in the place of a dear main dish, one after another.

    Each has one offer, and stands beside the session that it is made in: with those before it.
    """
    session = replace(session, roles=replace(session.roles, is_near=True))
    usd: float | None = paid_usd(session)
    for _ in range(most):
        best = _best_saving(session, usd or 0.0)
        if best is None:
            return
        yield best, session
        usd = best.offers[0].first.checkout_usd
        report = _report_with(session, best.offers[0])
        assert report.plan is not None
        roles = replace(session.roles, plan=report.plan)
        session = replace(session, plan=report.plan, roles=roles)


def _best_saving(session: TableSession, least_usd: float) -> TableReplacements | None:
    """Find the replacement of a dear main dish that saves most of what is paid, if any does."""
    dear: dict[str, tuple[float, int, str]] = {}
    for day, meal, item in session.plan.served():
        if item is meal.items[0] and item.leftover_of is None:
            seat = (sum(dish.cost for dish in meal.items), day.day, meal.slot)
            dear[item.item_id] = max(seat, dear.get(item.item_id, seat))
    best: TableReplacements | None = None
    for _cost, number, slot in sorted(dear.values(), reverse=True)[:_DEAREST]:
        try:
            ranked = by_saving(session, rank_replacements(session, number, slot), _CHEAPEST)
        except ConfigError:  # it was put there, or each has another portion of it
            continue
        usd = ranked.offers[0].first.checkout_usd if ranked.offers else None
        if usd is not None and usd < least_usd:
            least_usd, best = usd, _in_order(ranked, ranked.offers[:1])
    return best


def _in_order(found: TableReplacements, offers: Sequence[TableReplacement]) -> TableReplacements:
    """Return replacements their ranks as they stand; where one eater has them, to that one too."""
    ranked = []
    for rank, offer in enumerate(offers, start=1):
        each = {name: replace(own, rank=rank) for name, own in offer.each.items()}
        ranked.append(TableReplacement(rank, offer.points, each))
    eaters = found.eaters
    if len(eaters) == 1:
        own_offers = tuple(replacement.first for replacement in ranked)
        eaters = {name: replace(own, offers=own_offers) for name, own in eaters.items()}
    return replace(found, eaters=eaters, offers=tuple(ranked))


def apply_replacement(session: TableSession, chosen: TableReplacement) -> EditReport:
    """Make a replacement and judge the whole table anew.

    Raises
    ------
    ConfigError
        When the till would say more than the budget.
    """
    report = with_change_note(_report_with(session, chosen), ())
    before = points_before(chosen, report.reports)
    assert report.plan is not None
    over_usd = over_budget_usd(report)
    if over_usd > 0.0:
        raise fault(ConfigError, "over_at_checkout", "--apply", price=price_text(over_usd))
    difference = compare_tables(session.plan, report.plan)
    return EditReport(report, difference, before)


def _report_with(session: TableSession, chosen: TableReplacement) -> TableReport:
    return report_table(session.table, swapped_weeks(chosen.first))
