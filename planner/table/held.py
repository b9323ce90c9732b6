"""What the week of a trial holds: what it costs, what of an offer it gives back, what it misses."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from foods.errors import UserFacingError
from planner.check.judge import check_plan
from planner.explain.days import amount_of
from planner.explain.offers import amount_said, asked_with, parts_of
from planner.explain.refusal import offer_of_band, offer_of_budget
from planner.explain.report import Concession, Cost, Report
from planner.explain.table_report import TableReport
from planner.request.days import DAYS_PER_WEEK, budget_counts
from planner.request.override import RATIO, TargetOverride
from planner.request.preferences import EATEN, TILL
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.shops import price_as
from planner.table.ways import (
    all_of,
    has_figure,
    held_bound,
    of_eater,
    owners_of,
    side_of,
    wished_bound,
    without_wish,
)
from planner.targets.derive import holds_each_day, targets_of
from planner.targets.eaters import eater_requests
from planner.targets.target import UPPER

ABOVE = "{offer}, above the guideline of {most} ({source})"
OVER_TILL = "Checkout comes to {price} a week, above the budget of {budget}."
OVER_KITCHEN = "With a stocked kitchen the food costs {price} a week, above the budget of {budget}."


def cost_of(report: TableReport) -> Cost:
    """Describe what a planned week has."""
    plan, counts = report.plan, budget_counts(report.request)
    assert plan is not None
    plans = {name: own.plan for name, own in report.reports.items() if report.alone is None}
    ratios = {name: None if own is None else own.ca_mg_ratio for name, own in plans.items()}
    return Cost(
        points=report.outcome.objective or 0.0,
        usd_per_week=report.shopping.counted_usd * DAYS_PER_WEEK / len(plan.days),
        counts=counts,
        ca_mg_ratio=plan.ca_mg_ratio,
        magnesium_mg=plan.means.get("magnesium_mg"),
        energy_kcal=plan.means.get("energy_kcal"),
        ca_mg_ratio_of={name: ratio for name, ratio in ratios.items() if ratio is not None},
    )


def _as_now(offer: Concession, request: PlanRequest) -> str:
    """Describe what is asked for or held where an offer gives way; empty if that has no figure."""
    if offer.also:
        return ""
    asked = owners_of(offer, request)
    wanted = (asked[0] if offer.whose else request).preferences
    if offer.budget_usd is not None and wanted.budget_per_week is not None:
        return f"{price_as(wanted.budget_per_week)}"
    key, _asked = offer.preference or ("", None)
    known = getattr(wanted, key, None)
    if isinstance(known, int):
        now = "{count}" if key == "max_ingredients" else "{minutes} minutes"
        return now.format(count=known, minutes=known)
    if offer.rule is not None:
        kind = (offer.rule.name, offer.rule.sense)
        counts = [rule.count for rule in wanted.per_week if (rule.name, rule.sense) == kind]
        return f"{counts[0]}" if counts else ""
    if offer.band is None or offer.band.hard is not None:
        return ""
    bound = held_bound(offer.band.nutrient, side_of(offer.band), asked)
    return "" if bound is None else amount_said(offer.band.nutrient, bound)


def tried(offer: Concession, request: PlanRequest, report: TableReport) -> Concession:
    """Return an offer with what stood in its place, and what the week found with it has."""
    now, told = _as_now(offer, request), all_of([_above(part, request) for part in parts_of(offer)])
    return replace(told, is_tried=True, instead_of=now, cost=cost_of(report))


def _above(offer: Concession, request: PlanRequest) -> Concession:
    """Name the guideline that a limit lies above, where it does."""
    band = offer.band
    if band is None or band.upper is None or band.nutrient == RATIO:
        return offer
    settings = read_settings("targets.toml")
    kinds = {
        rule for one in settings["stricter_of_two"]["lowest_of"] for rule in settings["kinds"][one]
    }
    for own in without_wish(band.nutrient, owners_of(offer, request)):
        target = targets_of(own).find(band.nutrient, "week")
        if target is None or target.upper is None or target.upper >= band.upper:
            continue
        if kinds.intersection(target.rules):
            most = amount_said(band.nutrient, target.upper)
            bare = at_figure(offer, band.upper).text  # it may have been tried before
            text = ABOVE.format(offer=bare, most=most, source=target.source)
            return replace(offer, text=text)
    return offer


def taken_back(offer: Concession, request: PlanRequest, report: TableReport) -> Concession:
    """Return the nearest to what was asked that the week of an offer holds, or the offer itself.

    Parameters
    ----------
    offer
        What was planned with.
    request
        What was asked for before it.
    report
        The plan that was found with the offer.
    """
    nearer = all_of([_nearer(part, report) or part for part in parts_of(offer)])
    if nearer == offer:
        return offer
    judged = judged_by(asked_with(request, nearer), report)
    return nearer if judged is not None and judged.passed else offer


def _nearer(offer: Concession, report: TableReport) -> Concession | None:
    """Return an offer that asks for nearly all that a week has; ``None`` if nothing is nearer."""
    rule: Mapping[str, float] = read_settings("concessions.toml")["held"]
    if offer.also:
        return None
    if offer.budget_usd is not None and not offer.whose:
        nearer = offer_of_budget(rule["times_till"] * cost_of(report).usd_per_week)
        return nearer if (nearer.budget_usd or 0.0) < offer.budget_usd else None
    if offer.band is None:
        return None
    band, side = offer.band, side_of(offer.band)
    bound, has = getattr(band, side), held_by(offer, report)
    if bound is None or has is None:
        return None
    value = bound + rule["share"] * (has - bound)
    if (value < bound) is not (side == "upper"):
        return None
    return at_figure(offer, value)


def eased(offer: Concession, report: TableReport, share: float, request: PlanRequest) -> Concession:
    """Return an offer that asks for what a week has, less a share of it; itself without a figure.

    Nothing is eased beyond what it offers, nor asked for beyond what was.
    """
    has = held_by(offer, report) if has_figure(offer, request) else None
    if has is None:
        return offer
    if offer.budget_usd is not None:
        return of_eater(offer_of_budget(math.ceil(has * (1.0 + share))), offer.whose)
    assert offer.band is not None
    side = side_of(offer.band)
    asked = wished_bound(offer, request)
    value = has * (1.0 + share if side == "upper" else 1.0 - share)
    if asked is not None:
        value = max(asked, value) if side == "upper" else min(asked, value)
    return at_figure(offer, value)


def figure_of(offer: Concession) -> float | None:
    """Return the bound that an offer asks for; ``None`` where it is about something else."""
    bound: float | None = None if offer.band is None else getattr(offer.band, side_of(offer.band))
    return bound


def at_figure(offer: Concession, value: float) -> Concession:
    """Return the same offer with another figure of its bound."""
    assert offer.band is not None
    own = offer_of_band(offer.band.nutrient, side_of(offer.band), value)
    return of_eater(own, offer.whose)


def held_by(offer: Concession, report: TableReport) -> float | None:
    """Return what a trial's week has of what an offer is about: the worst of those it is about.

    A day's mean of a nutrient, of a share of energy or the ratio, the worst day of what is held on
    each, or what a week costs. ``None`` where it has no figure.
    """
    if offer.budget_usd is not None:
        return cost_of(report).usd_per_week
    if offer.band is None:
        return None
    owners = [own for name, own in report.reports.items() if offer.whose in ("", name)]
    means = [_mean(own, offer.band.nutrient) for own in owners]
    known = [mean for mean in means if mean is not None]
    if len(known) < len(means):
        return None
    known += [value for own in owners for value in _each_day(own, offer.band)]
    return max(known) if offer.band.lower is None else min(known)


def _each_day(report: Report, band: TargetOverride) -> list[float]:
    """Return the days of a nutrient of which each is held to the limit that is asked for."""
    if band.upper is None or not holds_each_day(band, UPPER, band.upper):
        return []
    assert report.check is not None
    own = [finding for finding in report.check.findings if finding.nutrient == band.nutrient]
    days = (one.value for one in own if one.period == "day" and one.upper is not None)
    return [value for value in days if value is not None]


def _mean(report: Report, nutrient: str) -> float | None:
    """Return the mean a day of a nutrient or a share of energy, or the ratio."""
    plan = report.plan
    assert plan is not None
    return amount_of(nutrient, plan.means, plan.ca_mg_ratio)


def judged_by(request: PlanRequest, report: TableReport) -> TableReport | None:
    """Judge a plan by what another request asks for; ``None`` where it may not be asked so.

    Each eater's check is the one that a plan for that request would have to pass.
    """
    try:
        asked = eater_requests(request)
        checks = {
            name: check_plan(own.plan.days, targets_of(asked[name]).targets, own.foods, asked[name])
            for name, own in report.reports.items()
            if own.plan is not None
        }
    except UserFacingError:
        return None
    first = next(iter(checks))
    checks[first] = checks[first].with_faults(_till_fault(request, report))
    reports = {name: replace(own, check=checks[name]) for name, own in report.reports.items()}
    return replace(report, reports=reports)


def _till_fault(request: PlanRequest, report: TableReport) -> tuple[str, ...]:
    """State that the till asks for more than a budget, which is of packages and not of a plan."""
    budget_usd = request.preferences.budget_per_week
    counts = budget_counts(request)
    if budget_usd is None or counts == EATEN:
        return ()
    usd = cost_of(report).usd_per_week
    if usd <= budget_usd:
        return ()
    over = OVER_TILL if counts == TILL else OVER_KITCHEN
    return (over.format(price=price_as(usd), budget=price_as(budget_usd)),)
