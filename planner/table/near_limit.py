"""How far a figure must give way: climbed to what plans, and walked down from there.

The steps of a limit on what gives energy begin at what an average week holds at least, whatever was
asked for, so that who asks for less is not offered more. After a search in vain they begin at the
wish. What a higher share of something else opens is looked for beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
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


def near_least(
    failed: float,
    steps: Iterable[float],
    attempt: Callable[[float], Found | None],
    has: Callable[[Found], float] | None = None,
) -> Found | None:
    """Climb to the first step that plans, and walk down by halves toward what failed.

    Parameters
    ----------
    failed
        The figure that has no plan.
    steps
        Figures further and further from it.
    attempt
        Plans with a figure.
    has
        Gives what a week costs, from which on it is walked down by short steps; else it is from
        what planned.

    Returns
    -------
    Found or None
        What was found nearest to ``failed``; ``None`` where no step plans.
    """
    rule: Mapping[str, float] = read_settings("concessions.toml")["walk"]
    best, planned = None, failed
    for planned in steps:
        best = attempt(planned)
        if best is not None:
            break
        failed = planned
    for _ in range(int(rule["trials"])):
        planned = planned if has is None or best is None else has(best)
        if best is None or abs(planned - failed) <= rule["within"] * abs(failed):
            break
        middle = (failed + planned) / 2.0
        middle = middle if has is None else max(middle, rule["less"] * planned)
        nearer = attempt(middle)
        if nearer is None:
            failed = middle
        else:
            best, planned = nearer, middle
    return best


def ways_of_limit(offer: Concession, report: TableReport, attempt: Attempt) -> list[Found]:
    """Return the lowest limit that plans alone, and that with a higher share of energy beside it.

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
    steps = [base * time for time in times]
    found = near_least(max(asked, base), steps, lambda one: attempt(limit(one)))
    ways, known = [found], _upper(found.offer) if found else steps[-1]
    for share in _shares_beside(offer, report):

        def beside(value: float, share: Concession = share) -> Found | None:
            return attempt(share if value == asked else all_of([limit(value), share]))

        failed, *steps = (max(asked, known * factor) for factor in rule["times_beside"])
        ways.append(near_least(failed, steps, beside))
    return [way for way in ways if way is not None]


def _upper(offer: Concession) -> float:
    assert offer.band is not None
    assert offer.band.upper is not None
    return offer.band.upper


def _least(offer: Concession, report: TableReport) -> float | None:
    """Return the least that an average week holds; the wish itself where a search was in vain."""
    if report.outcome.status == IN_VAIN:
        return wished_bound(offer, report.request)
    same = (one for one in offered(report) if one.band and kind_of(one) == kind_of(offer))
    return max((_upper(one) for one in same if one.band and one.band.upper), default=None)


def _shares_beside(offer: Concession, report: TableReport) -> Iterator[Concession]:
    """Return shares of energy that may be higher where less of something else is wished."""
    owners = owners_of(offer, report.request)
    for share, most in read_settings("concessions.toml")["limit"]["beside"].items():
        held = held_bound(share, "upper", owners)
        if held is not None and held < most:
            yield of_eater(offer_of_band(share, "upper", most), offer.whose)
