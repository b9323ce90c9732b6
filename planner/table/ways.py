"""Which ways out of a refusal there are, in the order of concession, each from least to greatest.

What an average week would need at least is no advice yet: days of whole dishes need more. So each
way asks for a little beyond that, or for what somebody has who wishes nothing; what the week that
is found holds beyond that is asked back (``held.py``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from planner.candidates.readings import left_out_alone
from planner.explain.days import offers_of_days, offers_of_meals
from planner.explain.offers import ALLOW_SUPPLEMENTS, OF_EATER, asked_with
from planner.explain.refusal import (
    offer_of_band,
    offer_of_budget,
    offer_of_days_without,
    offer_of_habit,
    offer_of_lunch,
    offer_of_minutes,
    offer_of_minutes_on,
    offer_of_no_wish,
    offer_of_put,
    offer_of_rule,
)
from planner.explain.report import Concession
from planner.explain.table_report import TableReport
from planner.meals.habits import AT_MOST, known_habits
from planner.request.days import DAYS_PER_WEEK
from planner.request.override import RATIO, TargetOverride, read_shares
from planner.request.phrases import FrequencyRule
from planner.request.preferences import HOME, Preferences
from planner.request.request import NAMELESS, PlanRequest
from planner.settings import read_settings
from planner.targets.derive import ENERGY_KEY, targets_of
from planner.targets.eaters import eater_requests

CALCIUM = "calcium_mg"
OWN = "{name}: {offer}"
_LONGER = dict.fromkeys(("max_minutes", "max_minutes_weekday", "max_minutes_breakfast"), "minutes")
_LONGER["max_ingredients"] = "ingredients"
Ladder = Sequence[Concession]
"""One way out, from the least change to the greatest."""


def ladders_of(report: TableReport, *, alone: bool = True) -> list[Ladder]:
    """Return the ways out of a refusal in the order of concession; those that were tried are one.

    ``alone`` leaves out the wishes that are proven to open no way by themselves.
    """
    request = report.request
    known: dict[object, Concession] = {}
    for offer in (*offered(report), *_wished(report, alone=alone)):
        if offer.band and offer.band.nutrient in read_shares() and not is_wished(offer, request):
            continue  # a share of energy that nobody asked for is no way out
        same = known.get(kind_of(offer))
        known[kind_of(offer)] = offer if same is None else _wider(same, offer)
    ladders: list[Ladder] = [offers_of_days(request.week)]
    ladders += [_ladder(concession, request) for concession in _together(known.values(), request)]
    ladders += [*_minutes(request), *_habits(request), offers_of_meals(request.week)]
    order = read_settings("concessions.toml")["order"]
    return sorted(filter(None, ladders), key=lambda one: order.index(_place(one[0], request)))


def priced_wishes(offers: Sequence[Concession], request: PlanRequest) -> PlanRequest | None:
    """Return a request in which wishes that have a figure are worth much, and held to nothing.

    The week that is planned for it comes as near to them as weeks do. ``None`` where none of
    ``offers`` is such a wish; what has no figure gives way as it is offered.
    """
    priced, rule = request, read_settings("concessions.toml")["nearest"]
    for offer in offers:
        key = "soft_targets" if offer.budget_usd is None else "cost"
        if offer.budget_usd is None and not has_figure(offer, request):
            priced = asked_with(priced, offer)
            continue
        worth = {key: getattr(priced.weights, key) * rule[f"times_{key}"]}
        priced = replace(_unheld(priced, offer), weights=replace(priced.weights, **worth))
    return None if priced.weights == request.weights else priced


def has_figure(offer: Concession, request: PlanRequest) -> bool:
    """Whether an offer is about a figure that is asked for by hand, and weeks come near to it."""
    if offer.also or offer.let_go is not None:
        return False
    if offer.budget_usd is not None:
        return True
    band = offer.band
    return band is not None and band.nutrient != RATIO and is_wished(offer, request)


def wished_bound(offer: Concession, request: PlanRequest) -> float | None:
    """Return the bound that is asked for by hand of what an offer is about."""
    if offer.band is None:
        return None
    asked = _by_hand(offer.whose, request).get(offer.band.nutrient)
    bound: float | None = getattr(asked, side_of(offer.band), None)
    return bound


def side_of(band: TargetOverride) -> str:
    """Name the side of a band that an offer gives."""
    return "upper" if band.lower is None else "lower"


def owners_of(offer: Concession, request: PlanRequest) -> list[PlanRequest]:
    """Return the requests of those whom an offer is about."""
    each = eater_requests(request)
    return [each[offer.whose]] if offer.whose in each else list(each.values())


def _unheld(request: PlanRequest, offer: Concession) -> PlanRequest:
    """Return a request without its budget, or with a band of its own that is not held."""

    def changed(asked: Any) -> Any:
        if offer.band is None:
            return replace(asked, preferences=asked.preferences.with_budget(None))
        bands = (
            replace(override, hard=False) if override.nutrient == offer.band.nutrient else override
            for override in asked.overrides
        )
        return replace(asked, overrides=tuple(bands))

    if not offer.whose:
        made: PlanRequest = changed(request)
        return made
    eaters = (changed(eater) if eater.name == offer.whose else eater for eater in request.eaters)
    return replace(request, eaters=tuple(eaters))


def is_wished(offer: Concession, request: PlanRequest) -> bool:
    """Whether what gives way is asked for by hand; a floor of health and sharing are not."""
    if offer.band is not None:
        return offer.band.nutrient in _by_hand(offer.whose, request)
    return offer.apart is None and ALLOW_SUPPLEMENTS not in offer.flag


def kind_of(offer: Concession) -> object:
    """Tell ways apart: whose, and what gives way to which side."""
    if offer.band is not None:
        return (offer.whose, offer.band.nutrient, offer.band.lower is None)
    if offer.rule is not None:
        return (offer.whose, offer.rule.name, offer.rule.sense)
    what = "budget" if offer.budget_usd is not None else offer.flag or offer.text
    return (offer.whose, what)


def of_eater(offer: Concession, name: str) -> Concession:
    """Return an offer that is about one eater of several alone."""
    if not name or offer.whose:
        return offer
    flag = f"{OF_EATER} {name} {offer.flag}" if offer.flag else ""
    return replace(offer, text=OWN.format(name=name, offer=offer.text), flag=flag, whose=name)


def _place(offer: Concession, request: PlanRequest) -> str:
    """Name the place of a way in the order of concession."""
    if ALLOW_SUPPLEMENTS in offer.flag:
        return "supplement"
    if offer.band is None:
        return "wish"
    key = offer.band.nutrient
    if key == RATIO:
        return "ratio"
    if is_wished(offer, request):
        return "wish"
    is_less = offer.band.lower is not None
    return "energy" if key == ENERGY_KEY else "calcium" if key == CALCIUM and is_less else "other"


def offered(report: TableReport) -> Iterator[Concession]:
    """Return what collides may give way with; what is one eater's own is that eater's."""
    if report.refusal is not None:
        yield from report.refusal.relaxations
    for name, own in report.reports.items():
        for offer in own.refusal.relaxations if own.refusal is not None else ():
            is_own = name != NAMELESS and _is_own(offer, name, report.request)
            yield of_eater(offer, name) if is_own else offer


def _is_own(offer: Concession, name: str, request: PlanRequest) -> bool:
    """Whether an offer is about an eater alone: what holds for all stands at the top."""
    if offer.band is not None:
        return offer.band.nutrient not in _by_hand("", request)
    if offer.rule is not None:
        common = [(rule.name, rule.sense) for rule in request.preferences.per_week]
        return (offer.rule.name, offer.rule.sense) not in common
    if offer.budget_usd is not None:
        own = next(eater for eater in request.eaters if eater.name == name)
        return own.preferences.budget_per_week is not None
    return ALLOW_SUPPLEMENTS in offer.flag


def _by_hand(whose: str, request: PlanRequest) -> Mapping[str, TargetOverride]:
    """Return the bands that are asked for by hand, by nutrient: of all, or of one eater."""
    eaters = {eater.name: eater.overrides for eater in request.eaters}
    return {band.nutrient: band for band in (eaters.get(whose, ()) if whose else request.overrides)}


def _wished(report: TableReport, *, alone: bool) -> Iterator[Concession]:
    """Return what is asked for by hand, as it is asked for, where it may be in the way."""
    request, own = report.request, report.reports.values()
    refusals = [one for one in (report.refusal, *(one.refusal for one in own)) if one is not None]
    if alone and all(refusal.is_proven for refusal in refusals if refusal.conflict):
        kinds = {kind_of(concession) for concession in offered(report)}
    else:
        kinds = None  # nothing is proven, so any may be
    for offer in wishes_by_hand(request):
        is_of_days = offer.put is not None or offer.preference is not None
        if is_of_days or kinds is None or kind_of(offer) in kinds:
            yield offer


def wishes_by_hand(request: PlanRequest) -> Iterator[Concession]:
    """Yield all that is asked for by hand, as it is asked for: of all, then of each eater."""
    yield from _wishes_in(request.preferences, request.overrides)
    for put in request.week.put:
        yield offer_of_put(put)
    for eater in request.eaters:
        for offer in _wishes_in(eater.preferences, eater.overrides):
            yield of_eater(offer, eater.name)


def _wishes_in(wanted: Preferences, bands: Iterable[TargetOverride]) -> Iterator[Concession]:
    if wanted.budget_per_week is not None:
        yield offer_of_budget(wanted.budget_per_week)
    for band in bands:
        for side, bound in (("lower", band.lower), ("upper", band.upper)):
            if bound is not None:
                yield offer_of_band(band.nutrient, side, bound)
    for name in left_out_alone(wanted.without_on):  # what is most in the way first
        yield offer_of_days_without(name, wanted.without_on[name])
    for rule in wanted.per_week:
        yield offer_of_rule(rule)


def _wider(one: Concession, other: Concession) -> Concession:
    """Return, of two ways of a kind, the one that gives way more."""
    if one.is_tried or other.is_tried:
        return one if one.is_tried else other
    if one.band is not None and other.band is not None:
        bounds = [(one.band.lower, one.band.upper), (other.band.lower, other.band.upper)]
        gives = [-(lower or 0.0) if upper is None else upper for lower, upper in bounds]
        return one if gives[0] >= gives[1] else other
    if one.budget_usd is not None and other.budget_usd is not None:
        return max(one, other, key=lambda offer: offer.budget_usd or 0.0)
    if one.rule is not None and other.rule is not None:
        choose = min if one.rule.sense == ">=" else max
        return choose(one, other, key=lambda offer: offer.rule.count if offer.rule else 0)
    return other


def _together(offers: Iterable[Concession], request: PlanRequest) -> Iterator[Concession]:
    """Lay together what is the same for several eaters and nobody's wish: all give way at once."""
    same: dict[object, list[Concession]] = {}
    for offer in offers:
        is_need = offer.band is not None or ALLOW_SUPPLEMENTS in offer.flag
        is_shared = offer.whose and is_need and not is_wished(offer, request)
        key = kind_of(replace(offer, whose="")) if is_shared else ("", kind_of(offer))
        same.setdefault(key, []).append(offer)
    for first, *others in same.values():
        yield replace(first, also=tuple(others)) if others else first


def all_of(offers: Sequence[Concession]) -> Concession:
    """Return one way in which several things give way at once."""
    first, *others = offers
    if not others:
        return first
    text = " and ".join([offer.text for offer in offers])
    flag = " ".join(filter(None, (offer.flag for offer in offers)))
    also = (*first.also, *others)
    return replace(first, text=text, flag=flag, also=also, parts=tuple(offers))


def _ladder(offer: Concession, request: PlanRequest) -> Ladder:
    """Return the steps of a way: one where it has no number, none where no flag asks for it."""
    if offer.is_tried:
        return [offer]
    if offer.also:
        each = [_ladder(one, request) for one in (replace(offer, also=()), *offer.also)]
        return [all_of(step) for step in zip(*each, strict=False)]
    return [of_eater(step, offer.whose) for step in _steps(offer, request)]


def _steps(offer: Concession, request: PlanRequest) -> Iterator[Concession]:
    rules = read_settings("concessions.toml")["trials"]
    if offer.budget_usd is not None:
        steps = rules["times_budget"]
        yield from (offer_of_budget(math.ceil(offer.budget_usd * step)) for step in steps)
    elif offer.band is not None:
        for value in _bounds(offer, offer.band, request, rules["steps"]):
            yield offer_of_band(offer.band.nutrient, side_of(offer.band), value)
        asked = _by_hand(offer.whose, request).get(offer.band.nutrient)
        if asked is not None and asked.hard:
            yield offer_of_no_wish(offer.band.nutrient)
    elif offer.rule is not None:
        yield from _rules(offer.rule)
    else:
        yield offer


def _bounds(
    offer: Concession, band: TargetOverride, request: PlanRequest, steps: Sequence[float]
) -> Iterator[float]:
    """Return bounds further and further out, at last that of somebody who wishes none."""
    side, owners = side_of(band), owners_of(offer, request)
    edge = getattr(band, side)
    key, ways = band.nutrient, read_settings("concessions.toml")
    usual = _usual_bound(key, side, owners) if is_wished(offer, request) else None
    if key == RATIO and side == "upper":
        asked = [one.upper for own in owners for one in own.overrides if one.nutrient == RATIO]
        most = max((bound for bound in asked if bound is not None), default=usual or 0.0)
        higher = ways["ratio"]["steps"]
        if usual is not None and most < usual:
            yield from (usual, higher[-1])
        else:
            yield from (one for one in higher if one > most)
    elif usual is not None:
        yield usual
    elif key == ENERGY_KEY:
        sign = 1.0 if side == "upper" else -1.0
        planned_kcal = min(targets_of(own).energy.kcal for own in owners)
        cap = planned_kcal * (1.0 + sign * ways["energy"]["share"])
        if (cap - edge) * sign >= 0.0:  # else a day would have to give way further
            yield cap
    else:
        held = held_bound(key, side, owners)
        for step in steps:
            yield edge if held is None else held + (edge - held) * (1.0 + step)


def _usual_bound(nutrient: str, side: str, owners: Sequence[PlanRequest]) -> float | None:
    """Return a week's bound without the wish, the strictest for everybody; ``None`` without one."""
    return held_bound(nutrient, side, without_wish(nutrient, owners))


def without_wish(nutrient: str, owners: Sequence[PlanRequest]) -> list[PlanRequest]:
    """Return the requests of those who ask for nothing of a nutrient by hand."""
    return [
        replace(own, overrides=tuple(one for one in own.overrides if one.nutrient != nutrient))
        for own in owners
    ]


def held_bound(nutrient: str, side: str, owners: Sequence[PlanRequest]) -> float | None:
    """Return the bound of the week as it is held, strictest for everybody; ``None`` without one."""
    targets = [targets_of(own).find(nutrient, "week") for own in owners]
    bounds = (getattr(target, side) for target in targets if target is not None)
    known = [bound for bound in bounds if bound is not None]
    return (max if side == "lower" else min)(known) if known else None


def _rules(rule: FrequencyRule) -> Iterator[Concession]:
    """Return a frequency that is nearer to none, and at last none; or up to each meal of a day."""
    yield offer_of_rule(rule)
    if rule.sense == ">=" and rule.count:
        yield offer_of_rule(replace(rule, count=0))
    if rule.sense == "<=":
        yield offer_of_rule(replace(rule, count=rule.count + DAYS_PER_WEEK))


def _minutes(request: PlanRequest) -> Iterator[Ladder]:
    """Yield longer preparations, more ingredients, and lunch at home, where these are asked for."""
    trials = read_settings("concessions.toml")["trials"]
    wishes = [("", request.preferences), *((one.name, one.preferences) for one in request.eaters)]
    for name, wanted in wishes:
        for key, unit in _LONGER.items():
            if (most := getattr(wanted, key)) is not None:
                steps = [offer_of_minutes(key, trial) for trial in trials[unit] if trial > most]
                yield [of_eater(step, name) for step in steps]
        if on := wanted.max_minutes_on:
            least = min(on.values()) or trials["not_cooked"]
            more = [minute for minute in trials["minutes"] if minute > least]
            yield [of_eater(offer_of_minutes_on(on, minutes), name) for minutes in more]
        if wanted.lunch_at != HOME:
            yield [of_eater(offer_of_lunch(), name)]


def _habits(request: PlanRequest) -> Iterator[Ladder]:
    """Return figures of habits between what is asked for and what most people have."""
    steps: Sequence[float] = read_settings("concessions.toml")["trials"]["habits"]
    for name, asked in [("", request.habits), *((one.name, one.habits) for one in request.eaters)]:
        for key, figure in asked.items():
            habit = known_habits()[key]
            bounds = sorted((figure, habit.usual))
            times = steps if habit.sense == AT_MOST else [1.0 / step for step in steps]
            figures = dict.fromkeys(
                round(min(max(figure * n, bounds[0]), bounds[1])) for n in times
            )
            if habit.is_kept and figure != habit.usual:
                wider = [other_figure for other_figure in figures if other_figure != figure]
                yield [of_eater(offer_of_habit(key, other_figure), name) for other_figure in wider]
