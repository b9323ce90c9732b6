"""Ways out of a refusal: each is planned with before it is offered.

What an average week would need at least is no advice yet: days of whole dishes need more. So each
way is asked for a little beyond that, and further, until a plan is found; the work of a trial is
the first part of that of a request, so that asking for what is offered finds the same plan.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from foods.errors import UserFacingError
from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.explain.days import offers_of_meals
from planner.explain.offers import ALLOW_SUPPLEMENTS, asked_with, is_allowed
from planner.explain.refusal import (
    offer_of_band,
    offer_of_budget,
    offer_of_minutes,
    offer_of_put,
    offer_of_rule,
)
from planner.explain.report import Concession, Refusal
from planner.explain.table_report import TableReport
from planner.language.spoken import AND, folded_said
from planner.request.days import DAYS_PER_WEEK, budget_counts, menu_days
from planner.request.override import TargetOverride
from planner.request.preferences import TILL, FrequencyRule
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.solve.compose import TableOutcome
from planner.solve.options import trial_work
from planner.table.prepare import PreparedTable
from planner.table.report import lay_refusals, report_table
from planner.table.till import plan_table
from planner.targets.derive import targets_of
from planner.targets.eaters import eater_requests

IN_VAIN, PROVEN = "no_plan_in_time", "infeasible"
Ladder = Sequence[Concession]
"""One way out, from the least change to the greatest."""


Planning = Callable[[PlanRequest, Concession], TableReport]
"""Plans a request as an offer changes it, with the work of a trial."""


@dataclass(slots=True)
class _Trials:
    """What ways out are tried with, and how many trials are left."""

    plan: Planning
    left: int
    done: int = 0

    def first_that_plans(self, ladder: Ladder, request: PlanRequest) -> Concession | None:
        """Give the first step with which a plan is found."""
        for offer in ladder:
            if self.left <= 0:
                return None
            asked = asked_with(request, offer)
            is_new = asked != request or offer.let_go is not None
            if is_new and _may_be_asked(offer, request) and self._plans(asked, offer):
                return replace(offer, is_tried=True)
        return None

    def _plans(self, asked: PlanRequest, offer: Concession) -> bool:
        try:
            report = self.plan(asked, offer)
        except UserFacingError:
            return False
        self.done += 1
        self.left -= report.outcome.status != PROVEN  # what is seen at once costs next to nothing
        return report.passed


def planning_from(foods: FoodTable | None, dishes: Sequence[Dish] | None) -> Planning:
    """Give what plans a request anew; foods and dishes are the shipped ones when left out."""

    def plan(asked: PlanRequest, _: Concession) -> TableReport:
        started = time.perf_counter()
        return plan_table(asked, foods, dishes, started, work_of=trial_work, report_of=_briefly)

    return plan


def _briefly(table: PreparedTable, outcome: TableOutcome) -> TableReport:
    """Report on a trial: nobody asks why one has no plan."""
    if outcome.total.has_plan:
        return report_table(table, outcome)
    return lay_refusals(table, {}, outcome.total)


def with_ways_out(report: TableReport, plan: Planning) -> TableReport:
    """Offer, in place of what might open a way, what was planned with.

    Parameters
    ----------
    report
        A refusal.
    plan
        Plans a request as an offer changes it.
    """
    rules = read_settings("search.toml")["trials"]
    in_vain = report.outcome.status == IN_VAIN
    weeks = math.ceil(menu_days(report.request.week) / DAYS_PER_WEEK)
    further = len(report.reports) - 1 + weeks - 1
    most = rules["most_in_time"] if in_vain else rules["most"]
    trials = _Trials(plan, max(1, round(most - further * rules["further"] * most)))
    request = report.request
    ready = [offer for offer in _offered(report) if offer.is_tried]
    known = {_kind(offer) for offer in ready}
    ladders = [one for one in _ladders(report, rules) if one and _kind(one[0]) not in known]
    found = [*ready] + [
        offer
        for ladder in ladders
        if (offer := trials.first_that_plans(ladder, request)) is not None
    ]
    if not found:
        found = _together(ladders, request, trials)
    return _told(report, tuple(found), trials.done)


def _offered(report: TableReport) -> Iterator[Concession]:
    refusals = [report.refusal, *(one.refusal for one in report.reports.values())]
    return (offer for one in refusals if one is not None for offer in one.relaxations)


def _together(ladders: Sequence[Ladder], request: PlanRequest, trials: _Trials) -> list[Concession]:
    """Offer to let everything give way that is wished for by hand, where no one thing is enough."""
    last = [ladder[-1] for ladder in ladders if ladder]
    wished = [one for one in last if _is_wished(one, request) and _may_be_asked(one, request)]
    if len(wished) < 2:  # noqa: PLR2004 # one alone was tried
        return []
    trials.left = max(1, trials.left)
    both = replace(
        wished[0],
        text=folded_said([one.text for one in wished], AND),
        flag=" ".join(filter(None, (one.flag for one in wished))),
        also=tuple(wished[1:]),
    )
    offer = trials.first_that_plans([both], request)
    return [] if offer is None else [offer]


def _is_wished(offer: Concession, request: PlanRequest) -> bool:
    """Whether what gives way is asked for by hand; a floor of health and sharing are not."""
    by_hand = {band.nutrient for band in request.overrides}
    if offer.band is not None:
        return offer.band.nutrient in by_hand
    return offer.apart is None and offer.flag != ALLOW_SUPPLEMENTS


def _may_be_asked(offer: Concession, request: PlanRequest) -> bool:
    """Whether an offer may be made to everybody at the table."""
    return all(
        is_allowed(one.band, own)
        for own in eater_requests(request).values()
        for one in (offer, *offer.also)
    )


def _told(report: TableReport, found: tuple[Concession, ...], tried: int) -> TableReport:
    """Put what was tried in the place of what was not: once for the table, or for the only one."""
    if report.alone is not None:
        assert report.alone.refusal is not None
        refusal = replace(report.alone.refusal, relaxations=found, tried=tried)
        return TableReport.of_one(replace(report.alone, refusal=refusal))
    own = {
        name: one
        if one.refusal is None
        else replace(one, refusal=replace(one.refusal, relaxations=()))
        for name, one in report.reports.items()
    }
    whole = report.refusal or Refusal((), ())
    return replace(report, reports=own, refusal=replace(whole, relaxations=found, tried=tried))


def _ladders(report: TableReport, rules: Mapping[str, Any]) -> Iterator[Ladder]:
    """Give the ways out, what was wished for by hand first; the same for several eaters once."""
    request = report.request
    merged: dict[object, Concession] = {}
    meals = offers_of_meals(request.week)
    for offer in (*_offered(report), *_wished(request)):
        known = merged.get(_kind(offer))
        merged[_kind(offer)] = offer if known is None else _wider(known, offer)
    wished = [one for one in merged.values() if _is_wished(one, request)]
    for offer in wished:
        yield _ladder(offer, request, rules)
    yield from _minutes(request, rules)
    if meals:
        yield meals
    for offer in merged.values():
        if offer not in wished:
            yield _ladder(offer, request, rules)


def _wished(request: PlanRequest) -> Iterator[Concession]:
    """Give what is asked for by hand, as it is asked for: what gives way is in the steps."""
    wanted = request.preferences
    if wanted.budget_per_week is not None:
        yield offer_of_budget(wanted.budget_per_week)
    for band in request.overrides:
        for side in ("lower", "upper"):
            bound = getattr(band, side)
            if bound is not None:
                yield offer_of_band(band.nutrient, side, bound)
    for rule in wanted.per_week:
        yield offer_of_rule(rule)
    for put in request.week.put:
        yield offer_of_put(put)


def _kind(offer: Concession) -> object:
    if offer.band is not None:
        return (offer.band.nutrient, offer.band.lower is None)
    if offer.rule is not None:
        return (offer.rule.name, offer.rule.sense)
    return "budget" if offer.budget_usd is not None else offer.flag or offer.text


def _wider(one: Concession, other: Concession) -> Concession:
    """Give, of two ways of a kind, the one that gives way more."""
    if one.band is not None and other.band is not None:
        bounds = [(one.band.lower, one.band.upper), (other.band.lower, other.band.upper)]
        gives = [-(lower or 0.0) if upper is None else upper for lower, upper in bounds]
        return one if gives[0] >= gives[1] else other
    if one.budget_usd is not None and other.budget_usd is not None:
        return max(one, other, key=lambda offer: offer.budget_usd or 0.0)
    return other


def _ladder(offer: Concession, request: PlanRequest, rules: Mapping[str, Any]) -> Ladder:
    """Give the steps of a way: one where it has no number, none where no flag asks for it."""
    if offer.budget_usd is not None:
        steps = rules["steps_at_till" if budget_counts(request) == TILL else "steps"]
        return [offer_of_budget(math.ceil(offer.budget_usd * (1 + s))) for s in steps]
    if offer.band is not None:
        return list(_bands(offer.band, request, rules))
    if offer.rule is not None:
        return list(_rules(offer.rule))
    return [offer]


def _bands(
    band: TargetOverride, request: PlanRequest, rules: Mapping[str, Any]
) -> Iterator[Concession]:
    """Give bounds further and further out, at last that of somebody who wishes none."""
    side = "upper" if band.lower is None else "lower"
    edge = band.upper if band.lower is None else band.lower
    assert edge is not None
    usual = _usual_bound(band.nutrient, side, request)
    if usual is not None:
        values = [edge + (usual - edge) * step for step in rules["steps_to_usual"]]
    else:
        values = [edge * (1 + s) if side == "upper" else edge / (1 + s) for s in rules["steps"]]
    for value in values:
        yield offer_of_band(band.nutrient, side, value)


def _usual_bound(nutrient: str, side: str, request: PlanRequest) -> float | None:
    """Give the bound of a week without the wish, strictest for everybody; ``None`` without one."""
    asked = [one.nutrient for one in request.overrides]
    if nutrient not in asked:
        return None
    plain = tuple(one for one in request.overrides if one.nutrient != nutrient)
    bounds = []
    for own in eater_requests(replace(request, overrides=plain)).values():
        target = targets_of(own).find(nutrient, "week")
        bound = getattr(target, side) if target is not None else None
        if bound is not None:
            bounds.append(bound)
    return (max if side == "lower" else min)(bounds) if bounds else None


def _rules(rule: FrequencyRule) -> Iterator[Concession]:
    """Give a frequency that is nearer to none, and at last none; or up to each meal of a day."""
    yield offer_of_rule(rule)
    if rule.sense == ">=" and rule.count:
        yield offer_of_rule(replace(rule, count=0))
    if rule.sense == "<=":
        yield offer_of_rule(replace(rule, count=rule.count + DAYS_PER_WEEK))


def _minutes(request: PlanRequest, rules: Mapping[str, Any]) -> Iterator[Ladder]:
    """Give longer preparations, where dishes are left out for the time they take."""
    for key in ("max_minutes", "max_minutes_weekday"):
        most = getattr(request.preferences, key)
        if most is not None:
            yield [offer_of_minutes(key, one) for one in rules["minutes"] if one > most]
