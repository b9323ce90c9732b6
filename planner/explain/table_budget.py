"""A budget of the whole table in the way of eaters: said once for the table, not for each."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from planner.explain.report import Collision, Concession, Refusal, Report
from planner.request.request import PlanRequest
from planner.shops import as_told, in_usd, money_of, price_as, shops
from planner.targets.eaters import energy_shares

BUDGET_FLAG = "--budget-per-week"
WISH = "budget"
AT_MOST = "at most {price} a week"


def say_table_budget(
    reports: Mapping[str, Report], common: PlanRequest
) -> tuple[Refusal | None, dict[str, Report]]:
    """Take the budget of the table out of what eaters are told, and say it once.

    Parameters
    ----------
    reports
        Name → report of an eater in whose way something is.
    common
        The request of the table.

    Returns
    -------
    tuple
        What is in the way of the table as a whole, ``None`` where its budget is not; the reports
        without it.
    """
    if not common.eaters:  # the budget is that of the one who eats
        return None, dict(reports)
    held = {
        name: report
        for name, report in reports.items()
        if report.refusal is not None
        and WISH in _wishes(report.refusal)
        and _is_share(report, name, common)
    }
    if not held:
        return None, dict(reports)
    needed = {name: _needed_usd(report) for name, report in held.items()}
    whole_usd = common.preferences.budget_per_week
    assert whole_usd is not None
    own = [_share(name, report, needed[name]) for name, report in held.items()]
    sentence = "the budget of the table, {price} a week shared by need of energy: {shares}".format(
        price=price_as(whole_usd), shares="; ".join(own)
    )
    refusal = Refusal(
        (Collision(WISH, AT_MOST.format(price=price_as(whole_usd)), sentence),),
        _offer(needed, energy_shares(common), alone=len(held) == len(reports)),
    )
    return refusal, {**reports, **{name: _without(report) for name, report in held.items()}}


def _wishes(refusal: Refusal) -> set[str]:
    return {wish for wish, _, _ in refusal.conflict}


def _is_share(report: Report, name: str, common: PlanRequest) -> bool:
    """Whether an eater is held to a share of the table's budget, and not to a stricter one."""
    own = {one.name: one.preferences.budget_per_week for one in common.eaters}[name]
    return bool(common.preferences.budget_per_week) and _budget_usd(report) != own


def _budget_usd(report: Report) -> float:
    return report.request.preferences.budget_per_week or 0.0


def _needed_usd(report: Report) -> float | None:
    """Give the least budget with which an eater's average week has a way [USD a week]."""
    assert report.refusal is not None
    known = [one.budget_usd for one in report.refusal.relaxations]
    return next((usd for usd in known if usd is not None), None)


def _share(name: str, report: Report, needed_usd: float | None) -> str:
    has = price_as(_budget_usd(report))
    if needed_usd is None:
        return f"{name} has {has}, and more money alone would not be enough"
    return f"{name} has {has} and needs at least {price_as(needed_usd)}"


def _offer(
    needed: Mapping[str, float | None], shares: Mapping[str, float], *, alone: bool
) -> tuple[Concession, ...]:
    """Offer the least budget with which the share of every eater opens a way."""
    by_eater = {
        name: math.ceil(as_told(usd) / shares[name])
        for name, usd in needed.items()
        if usd is not None
    }
    if not by_eater:
        return ()
    whole = max(by_eater.values())
    is_enough = alone and len(by_eater) == len(needed)
    offer = (
        "a budget of {sign}{money:,.0f} a week for the table"
        if is_enough
        else "a budget of {sign}{money:,.0f} a week for the table, enough for {names}"
    )
    sign = money_of(shops())["sign"]
    text = offer.format(sign=sign, money=float(whole), names=", ".join(by_eater))
    return (Concession(text, f"{BUDGET_FLAG} {whole}", budget_usd=in_usd(whole)),)


def _without(report: Report) -> Report:
    """Name the budget an eater's share of the table's, and leave the offers to the table."""
    assert report.refusal is not None
    share = price_as(_budget_usd(report))
    text = f"the share of the table's budget: {share} a week"
    conflict = tuple(
        one._replace(text=text) if one.what == WISH else one for one in report.refusal.conflict
    )
    offers = tuple(one for one in report.refusal.relaxations if one.budget_usd is None)
    return replace(report, refusal=replace(report.refusal, conflict=conflict, relaxations=offers))
