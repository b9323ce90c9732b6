"""Bands: nutrients, shares of energy and Ca:Mg, of every day and of the mean of the week."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from planner.model.days import COUNTED_BASES, ENERGY, targets_on
from planner.request.override import RATIO, kcal_per_g
from planner.rhythm.programme import Vector
from planner.rhythm.rows.writer import HARD, INF, Writer
from planner.standards.standard import PILL_BASES
from planner.targets.target import Target


@dataclass(frozen=True, slots=True)
class Band:
    """One row of a target, of a day.

    Parameters
    ----------
    side
        ``min`` or ``max`` where each side has a row of its own.
    values, beside
        What each binary counts, and what stands beside the meals.
    lower, upper
        Bounds, before what is planned of the day is known.
    price
        Points of a unit outside; NaN where it must hold.
    """

    side: str
    values: Vector
    beside: float
    lower: float
    upper: float
    price: float


def add_bands(rows: Writer) -> None:
    """Hold every day, and the mean of the week, in the bands of each target.

    A day that is partly eaten elsewhere counts as the share of it that is planned; energy that some
    days need beside is added.
    """
    shares = [kind.absence.share for kind in rows.day_kinds]
    kcal = [kind.absence.planned_kcal for kind in rows.day_kinds]
    past = {name for kind in rows.day_kinds for name in kind.absence.not_yet}
    known: dict[Target, list[Band]] = {}
    for day, kind in enumerate(rows.day_kinds):
        for target in targets_on(kind.absence, rows.source.targets):
            if target.period == "day" and _counts(rows, target):
                bands = known.setdefault(target, [*_bands(rows, target)])
                more = kcal[day] if target.nutrient == ENERGY else 0.0
                part = 1.0 if target.basis in PILL_BASES else shares[day]
                for band in bands:
                    values = band.values * rows.on_day[day]
                    _add(rows, f"band_day|{day + 1}", target, band, values, (part, more, 1))
    for target in rows.source.targets:
        if target.period == "week" and _counts(rows, target) and target.nutrient not in past:
            more = sum(kcal) if target.nutrient == ENERGY else 0.0
            part = float(rows.days) if target.basis in PILL_BASES else sum(shares)
            for band in _bands(rows, target):
                values = band.values * rows.all_days
                _add(rows, "band_week|", target, band, values, (part, more, rows.days))


def _add(
    rows: Writer,
    where: str,
    target: Target,
    band: Band,
    values: Vector,
    size: tuple[float, float, int],
) -> None:
    (kind, day), (part, more, days) = where.split("|"), size
    if not part:  # nobody is there
        return
    lower, upper = (bound * part + more - band.beside * days for bound in (band.lower, band.upper))
    soft = "" if math.isnan(band.price) else "soft"
    basis = "" if target.basis == "total" else target.basis
    name = ".".join(filter(None, (target.nutrient, basis, band.side, soft, day)))
    rows.add(kind, name, values, lower, upper, band.price / days)


def _counts(rows: Writer, target: Target) -> bool:
    """Whether anything counts for a target: of pills, where there are any."""
    if target.basis not in PILL_BASES:
        return target.basis in COUNTED_BASES
    return rows.content(target.nutrient, "supplement")[1] > 0.0


def _bands(rows: Writer, target: Target) -> Iterator[Band]:
    """Return the rows of a target: its band, and the narrower one that is only preferred."""
    wished = replace(
        target,
        lower=target.preferred_lower,
        upper=target.preferred_upper,
        preferred_lower=None,
        preferred_upper=None,
        hard=False,
    )
    is_sum = target.nutrient == RATIO or target.unit == "percent"
    for one in (target, wished):
        if is_sum:
            yield from _multiplied(rows, one)
        elif one.lower is not None or one.upper is not None:
            values, beside = rows.content(one.nutrient, one.basis)
            lower = -INF if one.lower is None else one.lower
            upper = INF if one.upper is None else one.upper
            is_energy = one is wished and one.nutrient == ENERGY
            points = rows.price["energy_preferred" if is_energy else "short"]
            price = HARD if one.hard else points / (one.lower or one.upper or 1.0)
            yield Band("", values, beside, lower, upper, price)


def _multiplied(rows: Writer, target: Target) -> Iterator[Band]:
    """Return a ratio or a share of energy, multiplied out: Ca - b Mg, and f g - b kcal."""
    price, is_ratio = rows.price, target.nutrient == RATIO
    nutrient, factor = ("calcium_mg", 1.0) if is_ratio else kcal_per_g(target.nutrient)
    top, top_beside = rows.content(nutrient, target.basis)
    low, low_beside = rows.content("magnesium_mg" if is_ratio else ENERGY, target.basis)
    points = price["ratio_preferred"] / price["ratio_mg"]
    if not is_ratio:
        points = price["short"] / price["share_kcal"]
    for side, bound in (("min", target.lower), ("max", target.upper)):
        if bound is not None:
            share = bound if is_ratio else bound / 100
            lower, upper = (0.0, INF) if side == "min" else (-INF, 0.0)
            values, beside = factor * top - share * low, factor * top_beside - share * low_beside
            yield Band(side, values, beside, lower, upper, HARD if target.hard else points)
