"""Trials of ways out of a refusal: what is offered was planned with.

The work of a trial is a part of that of a request, so that asking for what is offered finds the
same plan: the first, and after a search in vain the last.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from foods.errors import UserFacingError
from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.explain.offers import ALLOW_SUPPLEMENTS, asked_with
from planner.explain.refusal import offer_of_budget
from planner.explain.report import Concession
from planner.explain.table_report import TableReport
from planner.plan.locks import Lock
from planner.plan.outcome import TableOutcome
from planner.request.days import budget_counts
from planner.request.preferences import EATEN
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.table.held import cost_of, eased, judged_by, taken_back, tried
from planner.table.may_open import IN_VAIN, may_be_asked
from planner.table.near_limit import Found, near_least
from planner.table.prepare import PreparedTable
from planner.table.report import lay_refusals, report_table
from planner.table.till import plan_table
from planner.table.ways import Ladder, all_of, of_eater, owners_of, priced_wishes

PROVEN = "infeasible"
Planning = Callable[[PlanRequest, Concession], TableReport]
"""Plans a request as an offer changes it, with the work of a trial."""


@dataclass(slots=True)
class WaysTried:
    """What ways out are tried with, how many trials are left, and the weeks that were found.

    So many further trials bring figures that gave way ``nearer`` to wishes, over all ways.

    What was ``asked`` before is not planned again. After a search in vain an offer is what was
    planned with, to the figure: weeks are so rare then that a nearer one may not be found again.
    """

    plan: Planning
    left: int
    nearer: int = 0
    done: int = 0
    weeks: list[tuple[Concession, TableReport]] = field(default_factory=list)
    asked: list[tuple[PlanRequest, TableReport | None]] = field(default_factory=list)
    is_in_vain: bool = False

    def first_that_plans(self, ladder: Ladder, request: PlanRequest) -> Concession | None:
        """Return the first step with which a plan is found."""
        for offer in ladder:
            if self.left <= 0:
                return None
            asked = asked_with(request, offer)
            is_new = asked != request or bool(let_go_in(offer))
            if not is_new or not may_be_asked(offer, request):
                continue
            found = self._planned(asked, offer)
            if found is not None:
                nearer = offer if self.is_in_vain else taken_back(offer, request, found)
                return self.found(nearer, request, found)
        return None

    def nearest(self, offers: Sequence[Concession], request: PlanRequest) -> Concession | None:
        """Return the nearest to wishes with a figure that plans, all of ``offers`` at once.

        A week to which the wishes are worth much says how near weeks come; a little less than it
        has is asked for, so that it is found again. ``None`` where none of them is such a wish, or
        nothing near plans.
        """
        if len(offers) == 1 and offers[0].budget_usd and budget_counts(request) == EATEN:
            return self._least_eaten(offers[0], request)
        priced, left = priced_wishes(offers, request), self.left
        found = None if priced is None else self._planned(priced, offers[0])
        self.left = left  # it takes nothing from other ways
        if found is None:
            return None
        rule = read_settings("concessions.toml")["nearest"]
        is_budget = len(offers) == 1 and offers[0].budget_usd is not None
        if is_budget and (far := self._far_budget(offers[0], found, request)):
            return far
        near = None
        shares = rule["eased_budget" if is_budget else "eased"]
        for share in shares:
            step = all_of([eased(offer, found, share, request) for offer in offers])
            asked = asked_with(request, step)
            if asked == request or not may_be_asked(step, request):
                return None
            if self.left <= 0 and share != shares[-1]:
                continue
            near = step
            plans = self._planned(asked, near)
            self.left = left if is_budget and plans is None else self.left
            if plans is not None:  # to the figure: one that is nearer yet may not be found again
                return self.found(near, request, plans)
        if near is None or any(offer.budget_usd is not None for offer in offers):
            return None
        held = judged_by(asked_with(request, near), found)
        if held is None or not held.passed:
            return None
        return self.found(near, request, held)

    def attempt(self, request: PlanRequest, offer: Concession) -> Found | None:
        """Plan with an offer, whatever work is left; ``None`` where that finds nothing."""
        asked = asked_with(request, offer)
        if asked == request or not may_be_asked(offer, request):
            return None
        report = self._planned(asked, offer)
        return None if report is None else Found(self.found(offer, request, report), report)

    def _far_budget(
        self, offer: Concession, found: TableReport, request: PlanRequest
    ) -> Concession | None:
        """Return a budget that pays for ``found``, if what is asked for is far below any week."""
        rule = read_settings("concessions.toml")["nearest"]
        wanted = owners_of(offer, request)[0] if offer.whose else request
        asked_usd = wanted.preferences.budget_per_week or 0.0
        if (offer.budget_usd or 0.0) <= rule["far_budget"] * asked_usd:
            return None
        near = eased(offer, found, rule["eased_budget"][-1], request)
        held = judged_by(asked_with(request, near), found)
        if held is None or not held.passed:
            return None
        return self.found(near, request, found)

    def _least_eaten(self, offer: Concession, request: PlanRequest) -> Concession | None:
        """Return the least budget for what is eaten that plans, from ``offer`` on.

        No price finds it: money counts what is left of packages, too.
        """
        rule, left = read_settings("concessions.toml")["nearest"], self.left
        wanted = owners_of(offer, request)[0] if offer.whose else request
        first_usd, asked_usd = offer.budget_usd or 0.0, wanted.preferences.budget_per_week or 0.0

        def attempt(usd: float) -> Found | None:
            return self.attempt(request, of_eater(offer_of_budget(math.ceil(usd)), offer.whose))

        steps = [first_usd * rule["more"] ** power for power in range(rule["budgets"])]
        found = near_least(asked_usd, steps, attempt, lambda one: cost_of(one.report).usd_per_week)
        self.left = left
        if found is None:
            return None
        return found.offer

    def week_of(self, offer: Concession) -> TableReport | None:
        """Return the week that was found with an offer."""
        return next((week for concession, week in self.weeks if concession == offer), None)

    def found(self, offer: Concession, request: PlanRequest, week: TableReport) -> Concession:
        """Return an offer as it is told, with the week that was found."""
        told = tried(offer, request, week)
        if not offer.at_home:  # whole days are no nearer to a meal that was asked for
            self.weeks.append((told, week))
        return told

    def _planned(self, asked: PlanRequest, offer: Concession) -> TableReport | None:
        if let_go_in(offer):
            return self._tried(asked, offer)
        for known, found in self.asked:
            if known == asked:
                return found
        found = self._tried(asked, offer)
        self.asked.append((asked, found))
        return found

    def _tried(self, asked: PlanRequest, offer: Concession) -> TableReport | None:
        try:
            report = self.plan(asked, offer)
        except UserFacingError:
            return None
        self.done += 1
        if report.passed:
            self.left -= 1
            return report
        if report.outcome.status != PROVEN:  # what is seen at once costs next to nothing
            self.left -= read_settings("concessions.toml")["trials"]["in_vain"]
        return None


def planning_from(
    foods: FoodTable | None, dishes: Sequence[Dish] | None, refused: TableReport
) -> Planning:
    """Return what plans a refused request anew; foods and dishes are the shipped when left out."""

    def plan(asked: PlanRequest, offer: Concession) -> TableReport:
        asked = pills_after(refused, asked, offer)
        started = time.perf_counter()
        return plan_table(asked, foods, dishes, started, report_of=_briefly, is_trial=True)

    return plan


def pills_after(refused: TableReport, asked: PlanRequest, offer: Concession) -> PlanRequest:
    """Return what a trial asks for: pills at once where food alone was searched in vain."""
    is_in_vain = refused.outcome.status == IN_VAIN and ALLOW_SUPPLEMENTS in offer.flag
    return replace(asked, food_falls_short=True) if is_in_vain else asked


def _briefly(table: PreparedTable, outcome: TableOutcome) -> TableReport:
    """Report on a trial: nobody asks why one has no plan."""
    total = outcome.total
    return report_table(table, outcome) if total.has_plan else lay_refusals(table, {}, total)


def let_go_in(offer: Concession) -> list[Lock]:
    """Return what of an earlier plan an offer does not hold any more."""
    return [one.let_go for one in (offer, *offer.also) if one.let_go is not None]
