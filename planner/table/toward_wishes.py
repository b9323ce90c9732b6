"""Wishes that gave way further than they need: their figures are walked toward what was asked for.

A week to which a wish is worth much is not found where the wish is far from all weeks, and so it
gives way as far as the usual, or whole. What its week has is nearer, and weeks may come nearer yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from planner.explain.offers import parts_of
from planner.explain.report import Concession
from planner.explain.table_report import TableReport
from planner.request.request import PlanRequest
from planner.table.held import at_figure, figure_of, held_by, taken_back
from planner.table.near_limit import Found, near_least
from planner.table.ways import all_of, has_figure, wished_bound, wishes_by_hand
from planner.table.ways_tried import WaysTried


def toward_wishes(offer: Concession, request: PlanRequest, trials: WaysTried) -> Concession:
    """Return an offer with figures as near the wishes as plans get: all at once, then one by one.

    It takes of the work that is for this alone, so that other ways have as much as before.
    """
    week, left = trials.week_of(offer), trials.left
    if week is None:
        return offer
    trials.left, found = trials.nearer, Found(offer, week)
    every = range(len(parts_of(offer)))
    for which in (every, *([at] for at in every)) if len(every) > 1 else (every,):
        found = _walked(which, found, request, trials)
    trials.left, trials.nearer = left, trials.left
    if trials.is_in_vain or found.offer == offer:
        return found.offer
    return trials.found(taken_back(found.offer, request, found.report), request, found.report)


def _walked(which: Sequence[int], found: Found, request: PlanRequest, trials: WaysTried) -> Found:
    """Walk the figures of some parts, all at once, from what the week has toward the wishes."""
    parts = parts_of(found.offer)
    ways = {at: way for at in which if (way := _way(parts[at], found.report, request))}
    if not ways:
        return found
    # all in lengths of their ways, and as far from 0 as the lesser end is, so that near is as near
    nearest = min(min(one.wish, one.first) / abs(one.first - one.wish) for one in ways.values())
    begin = nearest + 1.0

    def nearer(value: float) -> Found | None:
        if value == begin:
            return found
        step = [ways[at].at(value - nearest) if at in ways else one for at, one in enumerate(parts)]
        return trials.attempt(request, all_of(step)) if trials.left > 0 else None

    return near_least(nearest, [begin], nearer) or found


class _Way(NamedTuple):
    """The offer of a figure, the wish, and what the week has of it."""

    offer: Concession
    wish: float
    first: float

    def at(self, left: float) -> Concession:
        """Return the offer with so much of the way left, as a share."""
        return at_figure(self.offer, self.wish + left * (self.first - self.wish))


def _way(offer: Concession, week: TableReport, request: PlanRequest) -> _Way | None:
    """Return the way from what a week has to a wish; ``None`` if there is no figure, or no way."""
    part = _with_figure(offer, request)
    wish, has, edge = wished_bound(part, request), held_by(part, week), figure_of(part)
    if wish is None or has is None or edge is None or not has_figure(part, request):
        return None
    sign = 1.0 if part.band and part.band.lower is None else -1.0
    first = has if (has - wish) * sign > 0.0 else edge  # a week that has it may not be found again
    return None if first == wish else _Way(part, wish, first)


def _with_figure(offer: Concession, request: PlanRequest) -> Concession:
    """Return the wish in whose place an offer asks for none; any other offer as it is."""
    if offer.band is None or offer.band.hard is not False:
        return offer
    same = [
        wish
        for wish in wishes_by_hand(request)
        if wish.band is not None
        and (wish.whose, wish.band.nutrient) == (offer.whose, offer.band.nutrient)
    ]
    return same[0] if len(same) == 1 else offer
