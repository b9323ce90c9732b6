"""Bounds that cost something: their prices, and what moving them by a step changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from planner.bound.priced import Mix, MovedRow
from planner.explain.account import TALLIED, BoundPrice, Quote
from planner.model.arrays import Array, Rows
from planner.model.input import ModelInput
from planner.model.keys import RULES, RowKey
from planner.request.override import RATIO, read_shares
from planner.search.evaluate import Choices
from planner.settings import read_settings
from planner.why.ledger import Ledger

COUNTED = ("budget", "frequency")  # beside bands: what was asked for by number
HALF = 0.5
LEAST_PRICE = 1e-9  # of a row: below it a price is rounding of the solver


@dataclass(frozen=True, slots=True)
class BoundRows:
    """One side of a band in a program.

    Parameters
    ----------
    key
        The bound, without a day.
    bound
        Where it stands, as of ``BoundPrice``.
    rows
        Its rows: which of the placed ones, and the number among them.
    unit
        Units of the row's limit for one unit of the bound, for each row; of a ratio or share none.
    divisor
        Of a ratio or share: what a unit of it stands for in each column of the model.
    """

    key: RowKey
    bound: float
    rows: tuple[tuple[int, int], ...]
    unit: tuple[float, ...]
    divisor: Array | None


def bands_of(ledger: Ledger) -> list[BoundRows]:
    """Return the bounds of nutrients, shares and ratios, of budgets and frequencies.

    A bound that holds each day and over the week is one.
    """
    found: dict[tuple[str, RowKey, float], BoundRows] = {}
    for band in _each_band(ledger):
        stem = band.key.rule.partition("_")[0]
        same = (stem, replace(band.key, rule=stem), band.bound)
        known = found.get(same)
        if known is None:
            found[same] = band
        else:
            rows, unit = (*known.rows, *band.rows), (*known.unit, *band.unit)
            found[same] = replace(band, rows=rows, unit=unit)
    return list(found.values())


def _each_band(ledger: Ledger) -> Iterator[BoundRows]:
    model, placed = ledger.parts.model, ledger.program.placed
    found: dict[RowKey, list[tuple[int, int]]] = {}
    for number, one in enumerate(placed):
        for row in np.flatnonzero(np.isfinite(one.rows.limits)).tolist():
            key = replace(model.keys[one.rows.names[row]], day=0)
            if RULES[key.rule].is_band or key.rule in COUNTED:
                found.setdefault(key, []).append((number, row))
    for key, rows in found.items():
        limits = [_whole_rows(ledger, number).limits[row] for number, row in rows]
        bound = _bound_of(model.source, key)
        bound = max(map(abs, limits)) if bound is None else bound
        if not bound:
            continue
        is_week = not key.rule.endswith("_day") and key.rule not in COUNTED
        one_day = ledger.day is not None and is_week
        unit = [1.0 if one_day else abs(float(limit)) / bound for limit in limits]
        yield BoundRows(key, bound, tuple(rows), tuple(unit), _divisor(ledger, key))


def _whole_rows(ledger: Ledger, number: int) -> Rows:
    """Return placed rows as the whole week has them."""
    is_link = number == len(ledger.program.placed) - 1
    return ledger.parts.arrays.link if is_link else ledger.program.placed[number].rows


def _bound_of(source: ModelInput, key: RowKey) -> float | None:
    """Find the bound in the targets; ``None`` for what is no target."""
    period = "day" if key.rule.endswith("_day") else "week"
    side = {"min": "lower", "max": "upper"}.get(key.side, "")
    name = f"preferred_{side}" if key.preferred else side
    for target in source.targets:
        is_basis = target.basis == key.basis if key.basis else True
        if (target.nutrient, target.period) == (key.subject, period) and is_basis:
            bound = getattr(target, name, None)
            if bound is not None:
                return float(bound)
    return None


def _divisor(ledger: Ledger, key: RowKey) -> Array | None:
    """Return what a unit of a ratio or share stands for in each column of the model."""
    table, basis = ledger.parts.model.table, key.basis or "total"
    if key.subject == RATIO:
        return table.counted("magnesium_mg", basis)
    return table.counted("energy_kcal", basis) / 100 if key.subject in read_shares() else None


def price_bounds(
    ledger: Ledger, choices: Choices, asked: Sequence[str], told: int
) -> tuple[BoundPrice, ...]:
    """BoundPrice the bounds of a program, and prove by solving again what is told of them.

    Parameters
    ----------
    ledger
        The program, which has an answer.
    choices
        For each day of the plan its columns.
    asked
        Nutrients of which the next step is priced also where their bound has room.
    told
        How many bounds are moved, those whose step costs most first.
    """
    best = ledger.program.best
    assert best is not None
    bands = bands_of(ledger)
    shadows = [_shadow(ledger, best, band) for band in bands]
    order = sorted(range(len(bands)), key=lambda at: -shadows[at] * step_of(bands[at]))
    priced = [at for at in order if shadows[at] > 0.0]
    worth = [at for at in priced if shadows[at] * step_of(bands[at]) >= _least()["points"]]
    moved = set(worth[:told])
    known = {bands[at].key.subject for at in moved}
    rest = [bands[at] for at in order if at not in priced]
    loose = [_of_week(ledger, one) for one in rest if _is_asked(one, asked, known)]
    held = [_price(ledger, best, bands[at], shadows[at], choices, at in moved) for at in priced]
    return (*held, *(_price(ledger, best, one, 0.0, choices, is_moved=True) for one in loose))


def _of_week(ledger: Ledger, band: BoundRows) -> BoundRows:
    """Return of a bound that holds each day too the row over the week."""
    last = len(ledger.program.placed) - 1
    at = next(n for n, (number, _) in enumerate(band.rows) if number == last)
    return replace(band, rows=(band.rows[at],), unit=(band.unit[at],))


def _is_asked(band: BoundRows, asked: Sequence[str], known: set[str]) -> bool:
    key = band.key
    is_mean = key.rule == "nutrient_week" and key.side == "min" and not key.soft
    return is_mean and not key.basis and key.subject in asked and key.subject not in known


def _least() -> Mapping[str, float]:
    least: Mapping[str, float] = read_settings("explain.toml")["least"]
    return least


def step_of(band: BoundRows) -> float:
    """Return the step by which a bound is moved [its unit]."""
    steps: Mapping[str, Any] = read_settings("explain.toml")["steps"]
    key = band.key
    if key.rule == "budget":
        return float(steps["budget_usd"])
    if key.rule == "frequency":
        return float(steps["servings"])
    if key.subject in read_shares():
        return float(steps["percent"])
    return float(steps.get(key.subject, steps["share"] * band.bound))


def _shadow(ledger: Ledger, best: Mix, band: BoundRows) -> float:
    """Return points for one unit by which the bound is tightened, at the prices of the rows."""
    total = 0.0
    for (number, row), unit in zip(band.rows, band.unit, strict=True):
        price = -float(ledger.program.prices_of(best, number)[row])
        if price > LEAST_PRICE:
            worth = unit if band.divisor is None else _divided(ledger, best, band, number)
            total += price * worth
    return total


def _divided(ledger: Ledger, mix: Mix, band: BoundRows, number: int) -> float:
    """Return what a unit of a ratio or share stands for in a row."""
    assert band.divisor is not None
    divisor, width = band.divisor[ledger.columns], len(ledger.columns)
    days = ledger.program.placed[number].days
    return sum(weight * float(divisor @ mix.values[x : x + width]) for x, weight in days)


def _price(
    ledger: Ledger, best: Mix, band: BoundRows, shadow: float, choices: Choices, is_moved: bool
) -> BoundPrice:
    step = step_of(band)
    in_mix = None if ledger.day is not None else _in_mix(ledger, best, band)
    price = BoundPrice(band.key, band.bound, in_mix, in_plan(ledger, band, choices), shadow, step)
    if not is_moved:
        return price
    looser = quote(ledger, best, band, -step) if shadow > 0.0 else None
    return replace(price, tighter=quote(ledger, best, band, step), looser=looser)


def quote(ledger: Ledger, best: Mix, band: BoundRows, step: float) -> Quote | None:
    """Solve again with a bound tightened by a step, loosened where it is below 0."""
    base, least = ledger.figures(best), _least()
    found = [_moved(ledger, best, band, one) for one in (step, HALF * step)]
    if found[0] is None or found[1] is None:
        return None
    whole, half = (ledger.figures(one).less(base) for one in found if one is not None)
    steady = [
        name
        for name in TALLIED
        if abs(getattr(whole, name)) >= least[name]
        and getattr(whole, name) * getattr(half, name) > 0.0
    ]
    return Quote(whole, frozenset(steady))


def _moved(ledger: Ledger, best: Mix, band: BoundRows, step: float) -> Mix | None:
    """Move the rows of a bound by a step, one with room from where the mix stands."""
    moves = []
    for (number, row), unit in zip(band.rows, band.unit, strict=True):
        rows = ledger.program.placed[number].rows
        limit = float(rows.limits[row])
        if band.divisor is not None:
            own = rows.coefficients[row] + step * band.divisor[ledger.columns]
            moves.append(MovedRow(number, row, limit, own))
            continue
        is_open = ledger.program.prices_of(best, number)[row] > -LEAST_PRICE
        room = _room(ledger, best, number, row) if is_open and len(band.rows) == 1 else 0.0
        moves.append(MovedRow(number, row, limit - room - step * unit))
    return ledger.program.moved(moves)


def _room(ledger: Ledger, mix: Mix, number: int, row: int) -> float:
    rows = ledger.program.placed[number].rows
    return max(0.0, float(rows.limits[row]) - _activity(ledger, mix, number, row))


def _activity(ledger: Ledger, mix: Mix, number: int, row: int) -> float:
    placed, width = ledger.program.placed[number], len(ledger.columns)
    line = placed.rows.coefficients[row]
    return sum(weight * float(line @ mix.values[x : x + width]) for x, weight in placed.days)


def _in_mix(ledger: Ledger, mix: Mix, band: BoundRows) -> float | None:
    """Describe where a mix stands on a bound: the average day that is nearest to it."""
    return _nearest(
        band,
        [_activity(ledger, mix, number, row) for number, row in band.rows],
        [_divided(ledger, mix, band, n) if band.divisor is not None else 0.0 for n, _ in band.rows],
    )


def in_plan(ledger: Ledger, band: BoundRows, choices: Choices) -> float | None:
    """Describe where a plan stands on a bound: the day that is nearest to it, or the whole week."""
    parts = ledger.parts
    arrays, model = parts.arrays, parts.model
    if not band.key.rule.endswith("_day"):  # of a band of both kinds the week's row comes last
        row = band.rows[-1][1]
        chosen = [column for day in choices for column in day]
        activity = float(arrays.link.coefficients[row, chosen].sum())
        whole = replace(band, unit=(abs(float(arrays.link.limits[row])) / band.bound,))
        return _nearest(whole, [activity], [_sum(band.divisor, chosen)])
    keys = enumerate(model.keys[name] for name in arrays.day.names)
    rows = [row for row, key in keys if replace(key, day=0) == band.key]
    every = ((row, day) for row in rows for day in ledger.plan_days)
    lines = [(row, day) for row, day in every if np.isfinite(arrays.limits[day, row])]
    activities = [_sum(arrays.day.coefficients[row], choices[day]) for row, day in lines]
    divided = [_sum(band.divisor, choices[day]) for _, day in lines]
    units = tuple(abs(float(arrays.limits[day, row])) / band.bound for row, day in lines)
    return _nearest(replace(band, unit=units), activities, divided) if lines else None


def _sum(values: Array | None, columns: Sequence[int]) -> float:
    return 0.0 if values is None else float(values[list(columns)].sum())


def _nearest(
    band: BoundRows, activities: Sequence[float], divided: Sequence[float]
) -> float | None:
    """Give, of the values of rows, the one nearest to the bound."""
    sign = -1.0 if band.key.side == "min" else 1.0
    values = []
    for activity, by, unit in zip(activities, divided, band.unit, strict=True):
        if band.divisor is None and unit:
            values.append(sign * activity / unit)
        elif band.divisor is not None and by:
            values.append(band.bound + sign * activity / by)
    if not values:
        return None
    return min(values) if band.key.side == "min" else max(values)
