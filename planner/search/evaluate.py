"""The points and the broken rules of a chosen week, recomputed from all rows of the model.

Search, swaps and edits trust this alone: what it says of a week does not depend on how the week was
found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from foods.openings import Counts
from planner.model.arrays import Array, Rows, WeekArrays
from planner.model.clinical import Spread
from planner.model.packages import Steps
from planner.model.variety import Order, Spacing

TOLERANCE = 1e-9  # of a row's limit, no wider than the judge's: rounding of sums, not a breach

NOTHING = -1
"""Stands for a column where a place stays empty."""

Choices = tuple[tuple[int, ...], ...]
Flags = npt.NDArray[np.bool_]


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
    """Return the points and the broken rows of all eaters together; of one alone its own week."""
    if len(weeks) == 1:
        return weeks[0]
    terms: dict[str, float] = {}
    for week in weeks:
        for rule, points in week.terms.items():
            terms[rule] = terms.get(rule, 0.0) + points
    objective = sum(week.objective for week in weeks)
    broken = tuple(name for week in weeks for name in week.broken)
    return FoundWeek((), objective, broken, terms)


@dataclass(frozen=True, slots=True)
class JudgedWeeks:
    """Several weeks, judged by all rows of the model.

    Parameters
    ----------
    points
        Points of the columns of each week.
    terms
        Rule of a priced row → its points in each week.
    broken
        Hard rows that do not hold in each week, and in which of them.
    """

    points: Array
    terms: dict[str, Array] = field(default_factory=dict)
    broken: list[tuple[str, Flags]] = field(default_factory=list)

    @property
    def objective(self) -> Array:
        """Points of each week; counts priced rows, not hard ones."""
        return self.points + sum(self.terms.values())

    @property
    def holds(self) -> Flags:
        """Whether every hard row of a week holds."""
        found = np.ones(len(self.points), dtype=bool)
        for _, flags in self.broken:
            found &= ~flags
        return found

    def add(self, rows: Rows, activity: Array, day: str = "") -> None:
        """Add the verdict and the points of some rows: ``activity`` is rows × weeks, or × 1."""
        bad = _beyond(rows, activity)
        for at in np.flatnonzero(bad.any(axis=1)):
            self.forbid(rows.names[at] + day, bad[at])
        points = rows.breaches(activity.T).T * rows.prices[:, None]
        for at in np.flatnonzero(points.any(axis=1)):
            self.charge(rows.names[at].split(".")[0], points[at])

    def charge(self, rule: str, points: Array) -> None:
        """Add the points of a rule."""
        if points.any():
            self.terms[rule] = self.terms.get(rule, np.zeros(len(self.points))) + points

    def forbid(self, name: str, flags: Flags) -> None:
        """Add a row that does not hold in the weeks of ``flags``."""
        if flags.any():
            self.broken.append((name, np.broadcast_to(flags, self.points.shape)))


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
    found = judge_weeks(arrays, between, choices)
    terms = {rule: float(points[0]) for rule, points in found.terms.items()}
    broken = tuple(name for name, _ in found.broken)
    return FoundWeek(choices, float(found.points[0]) + sum(terms.values()), broken, terms)


def judge_weeks(
    arrays: WeekArrays, between: Between, days: Sequence[Sequence[int]], steps: Steps = ()
) -> JudgedWeeks:
    """Recompute weeks from scratch that have most of their columns in common.

    Parameters
    ----------
    arrays, between
        As of ``evaluate_week``.
    days
        For each day the columns that all weeks have.
    steps
        What the weeks have beside that, each its own; without any there is one week.
    """
    found = JudgedWeeks(np.zeros(len(steps[0][1]) if steps else 1))
    link = np.zeros((len(arrays.link.names), 1))
    cookings, cooked = arrays.cookings, arrays.cookings.cooked(days, steps)
    for d, staying in enumerate(days):
        each = list(staying), [columns for day, columns in steps if day == d]
        found.points[:] += _total(arrays.points[d], *each)
        activity = _total(arrays.day.coefficients, *each)
        if cookings.row >= 0:
            activity = activity + np.zeros(len(found.points))
            activity[cookings.row] += cookings.minutes @ cooked[d]
        found.add(arrays.rows_of(d), activity, f"@{d + 1}")
        found.forbid(f"weekday@{d + 1}", _total(arrays.closed[d], *each) > 0.0)
        for place in sorted(arrays.needed[d] - {arrays.places[column] for column in staying}):
            stands = np.array([one == place for one in arrays.places])
            found.forbid(f"place.{place}@{d + 1}", _total(stands, *each) == 0.0)
        link = link + _total(arrays.link.coefficients, *each)
    found.add(arrays.link, link)
    _judge_between(found, between, days, steps)
    every = [column for staying in days for column in staying]
    used = _total(arrays.kinds, every, [columns for _, columns in steps]) > 0.0
    excess = np.maximum(used.sum(axis=0) - arrays.most_kinds, 0)
    found.charge("kinds", excess * arrays.kind_points)
    found.charge("cooked", (cookings.points[: len(days), :, None] * cooked).sum(axis=(0, 1)))
    found.charge("packages", arrays.packages.left_points(days, steps))
    return found


def _total(values: Array, staying: Sequence[int], each: Sequence[Counts]) -> Array:
    """Add up what columns have, which are the last axis of ``values``: … × weeks, or × 1."""
    total = np.asarray(values[..., staying].sum(axis=-1, dtype=float))[..., None]
    for columns in each:
        total = total + taken(values, columns)
    return total


def taken(values: Array, columns: npt.NDArray[np.int64]) -> Array:
    """Return what columns have, which are the last axis of ``values``; 0 for ``NOTHING``."""
    found: Array = np.where(columns == NOTHING, 0.0, values[..., columns])
    return found


def most_allowed(rows: Rows) -> Array:
    """Return the activity up to which each row holds: its limit and the rounding of sums."""
    allowed: Array = rows.limits + TOLERANCE * np.maximum(1.0, np.abs(rows.limits))
    return allowed


def broken_rows(rows: Rows, activity: Array) -> list[str]:
    """Name the hard rows that do not hold."""
    return [rows.names[i] for i in np.flatnonzero(_beyond(rows, activity[:, None]))]


def _beyond(rows: Rows, activity: Array) -> Flags:
    """Describe where hard rows do not hold: rows × weeks."""
    return rows.hard[:, None] & (activity > most_allowed(rows)[:, None])


def _judge_between(
    found: JudgedWeeks, between: Between, days: Sequence[Sequence[int]], steps: Steps
) -> None:
    """Add the verdict on the rules between single days."""
    staying, each = [column for own in days for column in own], [one for _, one in steps]
    for spacing in between.spacings:
        if (_total(spacing.columns, staying, each) <= spacing.most).all():
            continue  # in no days of the week are there more
        count = _by_day(spacing.columns, days, steps)
        for first in spacing.windows(len(days)):
            within = count[first : first + spacing.days].sum(axis=0)
            found.forbid(spacing.key(first).name, within > spacing.most)
    for spread in between.spreads:
        amounts = _by_day(spread.amounts, days, steps)
        allowed = TOLERANCE * np.maximum(1.0, amounts.mean(axis=0))
        for key, factors, limit in spread.rows(len(days)):
            found.forbid(key.name, factors @ amounts - limit > allowed)
    for order in between.orders:
        if not _total(order.later, staying, each).any():
            continue  # few of them are served
        later, earlier = (_by_day(one, days, steps) for one in (order.later, order.earlier))
        for day, eaten in enumerate(later):
            before = earlier[max(0, day - order.days) : day].sum(axis=0)
            found.forbid(f"leftover.{order.name}.d{day + 1}", eaten > before)


def _by_day(marks: Array, days: Sequence[Sequence[int]], steps: Steps) -> Array:
    """Add up the marks of the columns of each day: days × weeks."""
    count = np.zeros((len(days), len(steps[0][1]) if steps else 1))
    for day, staying in enumerate(days):
        count[day] = _total(marks, list(staying), [one for on, one in steps if on == day])
    return count
