"""The lowest limit on what gives energy that plans, and what a higher share of another opens.

The steps that are tried begin at what an average week holds at least, whatever was asked for, so
that who asks for less is not offered more. After a search in vain they begin at the wish.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from planner.explain.refusal import offer_of_band
from planner.explain.report import Concession
from planner.explain.table_report import TableReport
from planner.settings import read_settings
from planner.table.may_open import IN_VAIN
from planner.table.ways import (
    all_of,
    held_bound,
    kind_of,
    of_eater,
    offered,
    owners_of,
    wished_bound,
)


class Found(NamedTuple):
    """An offer, and the plan that was found with it."""

    offer: Concession
    report: TableReport


Attempt = Callable[[Concession], Found | None]


def ways_of_limit(offer: Concession, report: TableReport, attempt: Attempt) -> list[Found]:
    """Give the lowest limit that plans alone, and that with a higher share of energy beside it.

    Parameters
    ----------
    offer
        The limit that gives way; nothing is tried for another that has no steps.
    report
        The refusal.
    attempt
        Plans with an offer.
    """
    rule: dict[str, Any] = read_settings("concessions.toml")["limit"]
    asked, base = wished_bound(offer, report.request), _least(offer, report)
    if offer.band is None or offer.band.nutrient not in rule["of"] or asked is None or base is None:
        return []
    nutrient, whose = offer.band.nutrient, offer.whose

    def limit(value: float) -> Concession:
        return of_eater(offer_of_band(nutrient, "upper", value), whose)

    times = rule["times_in_vain" if report.outcome.status == IN_VAIN else "times"]
    ways = _first((limit(base * one) for one in times), attempt)
    known = _upper(ways[0].offer) if ways else base * times[-1]
    for share in _shares_beside(offer, report):
        steps = [max(asked, known * one) for one in rule["times_beside"]]
        beside = (share if one == asked else all_of([limit(one), share]) for one in steps)
        ways += _first(beside, attempt)
    return ways


def _upper(offer: Concession) -> float:
    assert offer.band is not None
    assert offer.band.upper is not None
    return offer.band.upper


def _least(offer: Concession, report: TableReport) -> float | None:
    """Give the least that an average week holds; the wish itself where a search was in vain."""
    if report.outcome.status == IN_VAIN:
        return wished_bound(offer, report.request)
    same = (one for one in offered(report) if one.band and kind_of(one) == kind_of(offer))
    return max((_upper(one) for one in same if one.band and one.band.upper), default=None)


def _shares_beside(offer: Concession, report: TableReport) -> Iterator[Concession]:
    """Give shares of energy that may be higher where less of something else is wished."""
    owners = owners_of(offer, report.request)
    for share, most in read_settings("concessions.toml")["limit"]["beside"].items():
        held = held_bound(share, "upper", owners)
        if held is not None and held < most:
            yield of_eater(offer_of_band(share, "upper", most), offer.whose)


def _first(steps: Iterable[Concession], attempt: Attempt) -> list[Found]:
    """Give the first step that plans, if one does."""
    return next(([found] for step in steps if (found := attempt(step)) is not None), [])
