"""What may open a way where nothing is proven: a pill, and the bands that stayed broken.

Whether one does is tried. Where several limits stayed broken, one of them alone opens none: they
give way at once. Where no limit did, floors may: never below what a person needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planner.candidates.beside import supplement_candidates
from planner.explain.offers import ALLOW_SUPPLEMENTS, is_allowed, parts_of
from planner.explain.refusal import offer_of_band
from planner.explain.report import Concession
from planner.explain.table_report import TableReport
from planner.plan.outcome import Outcome
from planner.request.override import RATIO, read_shares
from planner.request.request import PlanRequest
from planner.rhythm.conflict import MIN, Breach, breach_told
from planner.settings import read_settings
from planner.table.prepare import PreparedEater
from planner.table.ways import Ladder, all_of, held_bound, is_wished, side_of
from planner.targets.eaters import eater_requests

SUPPLEMENT = "a supplement, which no safety rule forbids here"
_SIDES = {"min": "lower", "max": "upper"}
_BOTH = 2
IN_VAIN = "no_plan_in_time"


def offers_unproven(week: PreparedEater, outcome: Outcome) -> Iterator[Concession]:
    """Return what may open a way for an eater whose week was searched in vain."""
    broken = _bands(outcome)
    keys = [key for key, _ in broken]
    beyond: float = read_settings("concessions.toml")["trials"]["beyond"]
    for key, side in broken:
        if keys.count(key) == _BOTH:  # now below and now above: no wider band is what is missing
            continue
        held = held_bound(key, side, [week.request])
        if held is not None:
            share = beyond if side == "upper" else -beyond
            offer = offer_of_band(key, side, held * (1.0 + share))
            if is_allowed(offer.band, week.request):
                yield offer
    may_help = not outcome.broken or any(_is_pill_near(*pair) for pair in broken)
    if may_help and may_add_magnesium(week):
        yield offer_of_supplement()


def _is_pill_near(key: str, side: str) -> bool:
    """Whether a pill may be what a band lacks: a floor, also of energy, or the ratio."""
    return side == "lower" or key == RATIO


def offer_of_supplement() -> Concession:
    """Offer a supplement."""
    return Concession(SUPPLEMENT, ALLOW_SUPPLEMENTS)


def _bands(outcome: Outcome) -> list[tuple[str, str]]:
    """Name nutrient and side of the bands that stayed broken, each once."""
    found = dict[tuple[str, str], None]()
    for label in outcome.broken:
        missed = breach_told(label)
        if missed.is_band and missed.name == missed.nutrient not in read_shares():
            found[missed.nutrient, _SIDES[missed.side]] = None
    return list(found)


def limits_at_once(ladders: Sequence[Ladder], request: PlanRequest) -> list[Ladder]:
    """Lay the limits that are nobody's wish together, or the floors where there are none.

    Several give way as far as they may. Wishes come before them.
    """
    bands = [ladder for ladder in ladders if is_need(ladder[0], request)]
    limits = [band for band in bands if band[0].band and side_of(band[0].band) == "upper"] or bands
    at_once = limits if len(limits) <= 1 else [[all_of([limit[-1] for limit in limits])]]
    wishes = [ladder for ladder in ladders if is_wished(ladder[0], request)]
    others = [ladder for ladder in ladders if ladder not in bands and ladder not in wishes]
    return [*wishes, *at_once, *others]


def is_need(offer: Concession, request: PlanRequest) -> bool:
    """Whether an offer is about a band that nobody asks for by hand."""
    return offer.band is not None and not is_wished(offer, request)


def needs_at_once(ladders: Sequence[Ladder], report: TableReport) -> list[Concession]:
    """Return what nobody asked for that may give way at a table that was searched in vain.

    Several at once tell whether any of them opens a way, and one beside wishes has its own trial.
    Nothing for one eater alone.
    """
    if report.outcome.status != IN_VAIN or report.alone is not None:
        return []
    last = [ladder[-1] for ladder in ladders if ladder and is_of_need(ladder[0], report.request)]
    parts = [part for concession in last for part in parts_of(concession)]
    return parts if len(parts) > 1 or len(last) < len(ladders) else []


def is_of_need(offer: Concession, request: PlanRequest) -> bool:
    """Whether an offer is about a band that nobody asks for by hand, or a pill."""
    return is_need(offer, request) or ALLOW_SUPPLEMENTS in offer.flag


def may_supplement(week: PreparedEater, conflict: Sequence[Breach]) -> bool:
    """Whether a supplement that every rule allows could open a way; whether it does is tried.

    It does not where nothing that collides is a floor that it reaches, or the ratio; days of whole
    dishes need more than an average week, as in the steps of other ways.
    """
    if week.request.allow_supplements:
        return False
    beyond = 1.0 + min(read_settings("concessions.toml")["trials"]["steps"])
    most: dict[str, float] = {}
    nutrients = week.candidates.nutrients
    for candidate in supplement_candidates(replace(week.request, allow_supplements=True)):
        for serving in candidate.servings:
            for key, amount in zip(nutrients, serving.amounts, strict=True):
                most[key] = max(most.get(key, 0.0), float(amount))
    held = [breach for breach in conflict if breach.side == MIN and most.get(breach.nutrient)]
    days = len(week.source.weekend)
    is_reached = any(
        one.share is not None and one.share * one.limit / days * beyond <= most[one.nutrient]
        for one in held
    )
    is_ratio = any(breach.nutrient == RATIO and breach.side != MIN for breach in conflict)
    return bool(most) and (is_reached or is_ratio or len(held) > 1)


def may_add_magnesium(week: PreparedEater) -> bool:
    """Return whether a magnesium pill is not asked for, and could be: whether it helps is tried."""
    place = read_settings("supplements.toml")["falls_short"]["place"]
    pills = supplement_candidates(replace(week.request, allow_supplements=True))
    return not week.request.allow_supplements and any(place in pill.places for pill in pills)


def may_be_asked(offer: Concession, request: PlanRequest) -> bool:
    """Whether an offer may be made to everybody whom it is about."""
    return all(
        is_allowed(concession.band, own)
        for name, own in eater_requests(request).items()
        for concession in (offer, *offer.also)
        if concession.whose in ("", name)
    )
