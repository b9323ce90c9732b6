"""What each day has of what a person set bounds on, and how far single days are outside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from planner.check.days import DaysAsked
from planner.plan.plan import Day
from planner.request.override import TargetOverride
from planner.request.request import PlanRequest
from planner.request.shares import RATIO, kcal_per_g, read_shares
from planner.settings import read_settings
from planner.targets.adjust import ENERGY_KEY, holds_each_day
from planner.targets.derive import TargetSet
from planner.targets.notes import by_day
from planner.targets.words import note, said_on, said_unit, said_within

_IN_TABLE = ("magnesium_mg", "calcium_mg", ENERGY_KEY, RATIO)  # of each day, beside its meals
_PERCENT = 100
_WHOLE_FROM = 10
_UNDER, _OVER = "day {number} ({figure} under)", "day {number} ({figure} over)"
_DAY = "day {number}"
_WHEN = ("in the mean of the week", "each day")
_BANDS = {
    (True, True): "{lower} to {upper} {unit}",
    (True, False): "at least {lower} {unit}",
    (False, True): "at most {upper} {unit}",
}


def asked_by_day(request: PlanRequest, targets: TargetSet, days: Sequence[Day]) -> tuple[str, ...]:
    """Say what each day has of what a person set bounds on, and which days are outside them."""
    wanted = request.preferences
    asked = DaysAsked.of(request.week, wanted.more_energy, wanted.since)
    eaten = [day for day in days if asked.share(day.day) > 0]
    told, within = list[str](), list[str]()
    clinic = (TargetOverride(key, None, most, "day") for key, most in request.profile.clinic)
    for band in _bands((*request.overrides, *clinic)):
        key = band.nutrient
        each = ((day.day, amount_of(key, day.totals, day.ca_mg_ratio)) for day in eaten)
        amounts = [(day, amount) for day, amount in each if amount is not None]
        if not amounts:
            continue
        nutrient = kcal_per_g(key)[0] if key in read_shares() else key
        if nutrient not in _IN_TABLE:
            told.append(by_day(nutrient, [day.totals for day in days], "asked_by_day"))
        if nutrient != key:
            figures = ", ".join(_figure(amount) for _day, amount in amounts)
            told.append(note("share_by_day", name=said_on(nutrient), days=figures))
        is_daily = all(holds_each_day(band, *one) for one in band.sides.items())
        which = {"name": said_on(nutrient), "band": _band(band), "when": _WHEN[is_daily]}
        earlier = [day for day, _amount in amounts if day in asked.before(key)]
        later = [one for one in amounts if one[0] not in earlier]
        if outside := [*_outside(band, later, targets, asked)]:
            told.append(note("days_outside", **which, days=", ".join(outside)))
        elif band.sides and not earlier:
            within.append(said_within(key))
        if earlier:
            past = ", ".join(_DAY.format(number=day) for day in earlier)
            told.append(note("days_before", **which, day=wanted.since[key], days=past))
    if within:
        told.append(note("days_within", names=", ".join(within)))
    return tuple(dict.fromkeys(told))


def _bands(overrides: Sequence[TargetOverride]) -> Iterator[TargetOverride]:
    """Give the bounds of each key, as one; of those of a side the last one counts."""
    bands: dict[str, TargetOverride] = {}
    for one in overrides:
        old = bands.get(one.nutrient, one)
        lower = old.lower if one.lower is None else one.lower
        upper = old.upper if one.upper is None else one.upper
        bands[one.nutrient] = replace(one, lower=lower, upper=upper)
    yield from bands.values()


def amount_of(
    key: str, totals: Mapping[str, float | None], ca_mg_ratio: float | None
) -> float | None:
    """Return what a day, or a mean of days, has of a nutrient, share of energy [%] or ratio.

    ``totals`` are amounts by nutrient, in the nutrient's own unit.
    """
    if key == RATIO:
        return ca_mg_ratio
    if key not in read_shares():
        return totals.get(key)
    nutrient, per_g = kcal_per_g(key)
    amount, kcal = totals.get(nutrient), totals.get(ENERGY_KEY)
    return _PERCENT * per_g * amount / kcal if kcal and amount is not None else None


def _outside(
    band: TargetOverride,
    amounts: Sequence[tuple[int, float]],
    targets: TargetSet,
    asked: DaysAsked,
) -> Iterator[str]:
    """Say which days are outside a band, and how far; of a day with meals elsewhere its part."""
    like = next(one for one in targets.targets if one.nutrient == band.nutrient)
    whole = replace(like, lower=band.lower, upper=band.upper)
    slack: float = read_settings("check.toml")["tolerance"]["sum"]
    for number, amount in amounts:
        lower, upper = asked.bounds(whole, (number,))
        if lower is not None and amount < lower * (1 - slack):
            yield _UNDER.format(number=number, figure=_figure(lower - amount))
        elif upper is not None and amount > upper * (1 + slack):
            yield _OVER.format(number=number, figure=_figure(amount - upper))


def _figure(amount: float) -> str:
    """Give an amount as it is read: whole from ten on, with two digits below."""
    return ("{amount:,.0f}" if amount >= _WHOLE_FROM else "{amount:.2g}").format(amount=amount)


def _band(band: TargetOverride) -> str:
    sides = {side: f"{float(bound or 0):,.10g}" for side, bound in band.sides.items()}
    pattern = _BANDS[band.lower is not None, band.upper is not None]
    return pattern.format(**sides, unit=said_unit(band.nutrient))
