"""Find with what a new main dish is served: partners with which every hard row still holds.

Place by place all new dishes are filled up at once. What breaks a row even with the least that the
places still empty could add to it goes at once, so that few of all plates are ever looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.model.arrays import Array, Rows, WeekArrays
from planner.search.evaluate import NOTHING, most_allowed, taken
from planner.settings import read_settings

Columns = npt.NDArray[np.int64]
Place = tuple[int, str]
"""Day from 0, and id of a place."""
_SAMPLE = 997  # pairs that tell which rows are broken most often


@dataclass(frozen=True, slots=True)
class Step:
    """What comes on one day: each of several weeks has its own column there, or ``NOTHING``."""

    day: int
    new: Columns


def fill_places(
    arrays: WeekArrays,
    rest: Sequence[Sequence[int]],
    steps: Sequence[Step],
    places: Sequence[Place],
) -> tuple[Step, ...]:
    """Fill places in the ways that keep all hard rows, for each week those with the fewest points.

    Parameters
    ----------
    arrays
        The rows.
    rest
        For each day the columns that stay.
    steps
        What comes in any case, in several weeks at once.
    places
        What is to be filled, or left empty where it may be.

    Returns
    -------
    tuple of Step
        ``steps``, then one for each of ``places``: the weeks in which the hard rows of each day and
        of the week hold, the points of columns deciding where there are many.
    """
    options = [Step(place[0], _options(arrays, place)) for place in places]
    room, amounts = _tight(arrays, rest, steps, options)
    is_open = sum(taken(arrays.closed[one.day], one.new) for one in steps) == 0.0
    found = [np.flatnonzero(is_open & (room >= _least(amounts, len(room))).all(axis=0))]
    points = sum((taken(arrays.points[one.day], one.new[found[0]]) for one in steps), np.zeros(1))
    room = room[:, found[0]]
    for at, own in enumerate(options):
        old, new = _fitting(room - _least(amounts[at + 1 :], len(room)), amounts[at])
        points = points[old] + taken(arrays.points[own.day], own.new[new])
        kept = _cheapest(points, found[0][old], _most(places, at))
        old, new, points = old[kept], new[kept], points[kept]
        room = room[:, old] - amounts[at][:, new]
        found = [*(one[old] for one in found), own.new[new]]
    first = tuple(Step(one.day, one.new[found[0]]) for one in steps)
    return first + tuple(Step(place[0], own) for place, own in zip(places, found[1:], strict=True))


def _options(arrays: WeekArrays, place: Place) -> Columns:
    """Give the columns of a place that the day has time for, and nothing where that is allowed."""
    day, place_id = place
    here = [
        n for n, one in enumerate(arrays.places) if one == place_id and not arrays.closed[day][n]
    ]
    empty = [] if place_id in arrays.needed[day] else [NOTHING]
    return np.array([*empty, *here], dtype=np.int64)


def _tight(
    arrays: WeekArrays,
    rest: Sequence[Sequence[int]],
    steps: Sequence[Step],
    options: Sequence[Step],
) -> tuple[Array, list[Array]]:
    """Give the hard rows that could break on these days and in the week.

    Returns
    -------
    tuple
        What ``steps`` leave of each: rows × weeks. What each of ``options`` takes: rows × columns.
    """
    days = sorted({one.day for one in (*steps, *options)})
    room = _left(arrays, rest, days)[:, None] - sum(_amounts(arrays, days, one) for one in steps)
    more = [_amounts(arrays, days, one) for one in options]
    tight = room.min(axis=1) < sum(one.max(axis=1) for one in more)
    return room[tight], [one[tight] for one in more]


def _left(arrays: WeekArrays, rest: Sequence[Sequence[int]], days: Sequence[int]) -> Array:
    """Say what the columns that stay leave of the hard rows of some days, and of the week."""
    staying = [column for kept in rest for column in kept]
    each = [_left_of(arrays.rows_of(day), rest[day]) for day in days]
    return np.concatenate([*each, _left_of(arrays.link, staying)])


def _left_of(rows: Rows, staying: Sequence[int]) -> Array:
    left: Array = (most_allowed(rows) - rows.coefficients[:, staying].sum(axis=1))[rows.hard]
    return left


def _amounts(arrays: WeekArrays, days: Sequence[int], step: Step) -> Array:
    """Say what columns add to the hard rows of some days, and of the week: rows × columns."""
    own, week = _hard(arrays.day, step.new), _hard(arrays.link, step.new)
    blank = np.zeros_like(own)
    return np.concatenate([*(own if day == step.day else blank for day in days), week])


def _hard(rows: Rows, columns: Columns) -> Array:
    return taken(rows.coefficients[rows.hard], columns)


def _least(amounts: Sequence[Array], rows: int) -> Array:
    """Give the least that any columns add to each row: rows × 1."""
    return np.asarray(sum((one.min(axis=1) for one in amounts), np.zeros(rows)))[:, None]


def _fitting(room: Array, more: Array) -> tuple[Columns, Columns]:
    """Pair each week with each column for which all rows have room: numbers of both."""
    weeks, columns = (one.ravel() for one in np.indices((room.shape[1], more.shape[1])))
    for row in _by_breaches(room, more, weeks, columns):
        fits = more[row, columns] <= room[row, weeks]
        weeks, columns = weeks[fits], columns[fits]
    return weeks, columns


def _by_breaches(room: Array, more: Array, weeks: Columns, columns: Columns) -> list[int]:
    """Order the rows: those that most pairs of a sample break come first."""
    some = slice(None, None, max(1, len(weeks) // _SAMPLE))
    breaches = (more[:, columns[some]] > room[:, weeks[some]]).sum(axis=1)
    return [int(row) for row in np.argsort(-breaches, kind="stable")]


def _most(places: Sequence[Place], at: int) -> int:
    """Say how many ways are kept for each week, once a place is filled."""
    is_whole = at + 1 == len(places) or places[at + 1][0] != places[at][0]
    most: int = read_settings("search.toml")["swap"]["whole" if is_whole else "begun"]
    return most


def _cheapest(points: Array, weeks: Columns, most: int) -> Columns:
    """Keep the ways of each week that have the fewest points: their numbers."""
    order = np.lexsort((points, weeks))
    ranks = np.arange(len(order)) - np.searchsorted(weeks[order], weeks[order])
    return np.sort(order[ranks < most])
