"""Write the rows of days and weeks into a linear program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foods.openings import PARTS
from planner.bound.lp import LinearProgram
from planner.model.arrays import Array, Rows, WeekArrays
from planner.model.days import DayKind
from planner.model.input import ModelInput
from planner.model.packages import Packages


@dataclass(frozen=True, slots=True)
class AverageDays:
    """The average days of a week in a linear program, one for each class of days.

    Parameters
    ----------
    xs, counts
        First column of each, and how many days it stands for.
    day_kinds, closed
        Class of each, and 1 for the columns that none of its days has.
    cooked
        First column of what keeps and is cooked on each.
    rows, link
        First row of the rules of each, and of those that link the days.
    """

    xs: list[int]
    counts: list[int]
    day_kinds: list[DayKind]
    closed: list[Array]
    cooked: list[int]
    rows: list[int]
    link: int


def add_average_week(
    lp: LinearProgram, source: ModelInput, arrays: WeekArrays, least: Mapping[DayKind, Array]
) -> AverageDays:
    """Add the aggregated week with all its rows and points; ``least`` is taken in any case."""
    classes = sorted(set(source.day_kinds))
    counts = [source.day_kinds.count(kind) for kind in classes]
    first_day = [source.day_kinds.index(kind) for kind in classes]
    # a column counts as open on the average day where any of its days has it
    closed = [
        arrays.closed[[one == kind for one in source.day_kinds]].min(axis=0) for kind in classes
    ]
    xs = [
        lp.add_columns(arrays.points[day] * count, 1.0 - shut, least[kind])
        for day, count, kind, shut in zip(first_day, counts, classes, closed, strict=True)
    ]
    cooked = _add_cookings(lp, arrays, xs, counts, first_day)
    work = arrays.cookings.work_rows(len(arrays.day.names))
    rows = []
    for x, made, count, day in zip(xs, cooked, counts, first_day, strict=True):
        of_day = arrays.rows_of(day)
        rows.append(add_rows(lp, of_day, [(x, 1.0)], float(count), [(made, work)]))
        places = place_rows(source, arrays)
        lp.add_rows(*place_bounds(source, arrays, day), [(x, places)])
    each = [(x, float(n)) for x, n in zip(xs, counts, strict=True)]
    link = add_rows(lp, arrays.link, each, 1.0)
    _add_packages(lp, arrays.packages, xs, counts)
    return AverageDays(xs, counts, classes, closed, cooked, rows, link)


def add_rows(
    lp: LinearProgram,
    rows: Rows,
    blocks: Sequence[tuple[int, float]],
    days: float,
    more: Sequence[tuple[int, Array]] = (),
) -> int:
    """Add ``rows`` over column blocks (first column, weight); priced ones get a slack.

    ``more``: what other columns (the first of some) add to the rows. Gives the number of the first.
    """
    number, soft = lp.rows, np.flatnonzero(~rows.hard)
    first = lp.add_columns(rows.prices[soft] * days, np.inf)
    slack = np.zeros((len(rows.limits), len(soft)))
    slack[soft, np.arange(len(soft))] = -1.0
    parts = [(start, rows.coefficients, weight) for start, weight in blocks]
    lp.add_rows(
        np.full(len(rows.limits), -np.inf), rows.limits, [*parts, *more, (first, slack, 1.0)]
    )
    return number


def place_rows(source: ModelInput, arrays: WeekArrays) -> Array:
    """Places × columns with 1 for the columns of each place."""
    names = [place.place_id for place in source.rules.places]
    rows = np.zeros((len(names), len(arrays.places)))
    for index, place in enumerate(arrays.places):
        rows[names.index(place), index] = 1.0
    return rows


def place_bounds(source: ModelInput, arrays: WeekArrays, day: int) -> tuple[Array, Array]:
    """One thing at most on each place, exactly one on those that the day must fill."""
    places = source.rules.places
    needed = np.array([place.place_id in arrays.needed[day] for place in places], dtype=float)
    return needed, np.ones(len(needed))


def _add_cookings(
    lp: LinearProgram,
    arrays: WeekArrays,
    xs: Sequence[int],
    counts: Sequence[int],
    first_day: Sequence[int],
) -> list[int]:
    """Add what keeps and is cooked on each average day; gives the first column of each."""
    cookings = arrays.cookings
    count = len(cookings.names)
    cooked = [
        lp.add_columns(cookings.points[day] * n, 1.0)
        for n, day in zip(counts, first_day, strict=True)
    ]
    if not count:
        return cooked
    eaten = -(cookings.dish == np.arange(count)[:, None]).astype(float)
    for x, made in zip(xs, cooked, strict=True):
        lp.add_rows(np.full(count, -np.inf), np.zeros(count), [(x, eaten), (made, np.eye(count))])
    marks, dish = cookings.by_place(arrays.places)
    kept = -np.eye(count)[dish] * (cookings.keeps[dish] + 1.0)[:, None]
    parts = [(x, marks, float(n)) for x, n in zip(xs, counts, strict=True)]
    parts += [(made, kept, float(n)) for made, n in zip(cooked, counts, strict=True)]
    lp.add_rows(np.full(len(dish), -np.inf), np.zeros(len(dish)), parts)
    return cooked


def _add_packages(
    lp: LinearProgram, packages: Packages, xs: Sequence[int], counts: Sequence[int]
) -> None:
    """Add the packages opened of each food, at least what dishes open, and price what is left."""
    count = len(packages.names)
    if not count:
        return
    opened = lp.add_columns(np.zeros(count), np.inf)
    left = lp.add_columns(packages.points, np.inf)
    shares = packages.parts / PARTS
    used = [(x, -shares * n) for x, n in zip(xs, counts, strict=True)]
    rest = [(opened, np.eye(count)), (left, -np.eye(count))]
    lp.add_rows(np.full(count, -np.inf), -packages.home / PARTS, [*used, *rest])
    each = [(x, packages.opened, float(n)) for x, n in zip(xs, counts, strict=True)]
    minus = -np.eye(count)[packages.opened_of]
    # where one is open that may be enough, whatever a dish would open
    most = np.where(packages.home[packages.opened_of] > 0, np.inf, 0.0)
    lp.add_rows(np.full(len(most), -np.inf), most, [*each, (opened, minus, 1.0)])
