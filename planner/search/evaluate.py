"""The points and the broken rules of a chosen week, recomputed from all rows of the model.

Search, swaps and edits trust this alone: what it says of a week does not depend on how the week was
found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.model.arrays import Array, Rows, WeekArrays
from planner.model.clinical import Spread
from planner.model.variety import Order, Spacing

TOLERANCE = 1e-9  # of a row's limit, no wider than the judge's: rounding of sums, not a breach

NOTHING = -1
"""Stands for a column where a place stays empty."""

Choices = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Between:
    """Rules between single days, which the aggregated week leaves out.

    Parameters
    ----------
    spacings, orders, spreads
        Days between servings, second meals after first ones, little change from day to day.
    """

    spacings: Sequence[Spacing] = ()
    orders: Sequence[Order] = ()
    spreads: Sequence[Spread] = ()


@dataclass(frozen=True, slots=True)
class FoundWeek:
    """A composed week.

    Parameters
    ----------
    choices
        For each day the chosen columns, ascending.
    objective
        Points, recomputed from scratch; counts priced rows, not hard ones.
    broken
        Names of the hard rows that do not hold.
    terms
        Rule of a priced row → its points.
    cut
        Whether the clock ended the search.
    stopped
        Whether an interrupt from the keyboard did.
    """

    choices: Choices
    objective: float
    broken: tuple[str, ...]
    terms: Mapping[str, float]
    cut: bool = False
    stopped: bool = False


def rank(found: FoundWeek) -> tuple[int, float]:
    """Order weeks: fewer broken rules first, then fewer points."""
    return len(found.broken), found.objective


def merged(weeks: Sequence[FoundWeek]) -> FoundWeek:
    """Give the points and the broken rows of all eaters together; of one alone its own week."""
    if len(weeks) == 1:
        return weeks[0]
    terms: dict[str, float] = {}
    for week in weeks:
        for rule, points in week.terms.items():
            terms[rule] = terms.get(rule, 0.0) + points
    objective = sum(week.objective for week in weeks)
    broken = tuple(name for week in weeks for name in week.broken)
    return FoundWeek((), objective, broken, terms)


def evaluate_week(arrays: WeekArrays, between: Between, choices: Choices) -> FoundWeek:
    """Recompute a week from scratch.

    Parameters
    ----------
    arrays
        All rows and points, over all columns.
    between
        Rules between single days.
    choices
        For each day the chosen columns.
    """
    objective, broken = 0.0, []
    terms: dict[str, float] = {}
    link_sum = np.zeros(len(arrays.link.names))
    cookings = arrays.cookings
    cooked = cookings.cooked(choices)[:, :, 0]
    for d, chosen in enumerate(choices):
        index = list(chosen)
        objective += float(arrays.points[d][index].sum())
        activity = arrays.day.coefficients[:, index].sum(axis=1)
        if cookings.row >= 0:
            activity[cookings.row] += cookings.minutes @ cooked[d]
        rows = arrays.rows_of(d)
        add_terms(terms, rows, activity)
        broken += [f"{name}@{d + 1}" for name in broken_rows(rows, activity)]
        broken += [f"weekday@{d + 1}"] if arrays.closed[d][index].any() else []
        empty = arrays.needed[d] - {arrays.places[column] for column in index}
        broken += [f"place.{place}@{d + 1}" for place in sorted(empty)]
        link_sum += arrays.link.coefficients[:, index].sum(axis=1)
    add_terms(terms, arrays.link, link_sum)
    broken += broken_rows(arrays.link, link_sum)
    broken += _between_days(choices, between)
    excess = kinds_used(arrays, choices) - arrays.most_kinds
    if excess > 0:
        terms["kinds"] = excess * arrays.kind_points
    if cooked.any():
        terms["cooked"] = float((cookings.points * cooked).sum())
    left = float(arrays.packages.left_points(choices)[0])
    if left > 0.0:
        terms["packages"] = left
    return FoundWeek(choices, objective + sum(terms.values()), tuple(broken), terms)


def kinds_used(arrays: WeekArrays, choices: Choices) -> int:
    """Count the things that a week buys."""
    index = [column for chosen in choices for column in chosen]
    return int(arrays.kinds[:, index].any(axis=1).sum())


def taken(values: Array, columns: npt.NDArray[np.int64]) -> Array:
    """Give what columns have, which are the last axis of ``values``; 0 for ``NOTHING``."""
    found: Array = np.where(columns == NOTHING, 0.0, values[..., columns])
    return found


def most_allowed(rows: Rows) -> Array:
    """Give the activity up to which each row holds: its limit and the rounding of sums."""
    allowed: Array = rows.limits + TOLERANCE * np.maximum(1.0, np.abs(rows.limits))
    return allowed


def broken_rows(rows: Rows, activity: Array) -> list[str]:
    """Name the hard rows that do not hold."""
    allowed = TOLERANCE * np.maximum(1.0, np.abs(rows.limits))
    bad = rows.hard & (activity - rows.limits > allowed)
    return [rows.names[i] for i in np.flatnonzero(bad)]


def add_terms(terms: dict[str, float], rows: Rows, activity: Array) -> None:
    """Add the points of the priced rows, by rule."""
    points = rows.breaches(activity) * rows.prices
    for at in np.flatnonzero(points):
        rule = rows.names[at].split(".")[0]
        terms[rule] = terms.get(rule, 0.0) + float(points[at])


def _between_days(choices: Choices, between: Between) -> list[str]:
    """Name the broken rows between single days."""
    broken = []
    for spacing in between.spacings:
        count = [float(spacing.columns[list(chosen)].sum()) for chosen in choices]
        for first in spacing.windows(len(choices)):
            excess = sum(count[first : first + spacing.days]) - spacing.most
            if excess > 0:
                broken.append(spacing.key(first).name)
    return [*broken, *_broken_spreads(choices, between), *_broken_orders(choices, between)]


def _broken_spreads(choices: Choices, between: Between) -> list[str]:
    """Name the days that lie too far from the mean."""
    broken = []
    for spread in between.spreads:
        amounts = np.array([float(spread.amounts[list(chosen)].sum()) for chosen in choices])
        allowed = TOLERANCE * max(1.0, float(amounts.mean()))
        for key, factors, limit in spread.rows(len(choices)):
            if float(factors @ amounts) - limit > allowed:
                broken.append(key.name)
    return broken


def _broken_orders(choices: Choices, between: Between) -> list[str]:
    """Name the second meals without a first one that still keeps."""
    broken, every = [], [column for chosen in choices for column in chosen]
    for order in between.orders:
        served = choices if order.later[every].any() else ()  # few of them
        for day, chosen in enumerate(served):
            later = order.later[list(chosen)].sum()
            before = choices[max(0, day - order.days) : day]
            if later and later > sum(order.earlier[list(one)].sum() for one in before):
                broken.append(f"leftover.{order.name}.d{day + 1}")
    return broken
