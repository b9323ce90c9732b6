"""Find what may stand in the place of one thing on the table, each in the best week with it.

A replacement is offered only where every hard row holds, by the same tolerance as a plan. Where a
dinner is eaten again on a later day, the second meal goes with it. What stands beside a main dish
goes with it too, and the new one comes with what it is served with: the cheapest of its meals are
listed under all rows of the week, as those of the search are under the rows of one meal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.candidates.beside import BESIDE_SLOTS
from planner.candidates.candidate import Column
from planner.meals.served import partner_places
from planner.model.arrays import Array, WeekArrays
from planner.model.packages import Packages
from planner.search.evaluate import (
    NOTHING,
    Choices,
    evaluate_week,
    judge_weeks,
    taken,
)
from planner.search.meals import Indices, least_of_each, row_terms, slot_of
from planner.settings import read_settings
from planner.solve.parts import WeekParts

Seat = tuple[int, int]
"""Day from 0, and a column of it."""
Place = tuple[int, str]
"""Day from 0, and id of a place."""
Options = tuple[Sequence[int], Indices]
"""Days, and what may stand there: options × a column of each of these days, or ``NOTHING``."""


@dataclass(frozen=True, slots=True)
class Move:
    """One column of a day in the place of another."""

    day: int
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Partners:
    """What goes from beside a main dish, and what comes: columns of a day."""

    day: int
    gone: tuple[int, ...]
    come: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Swap:
    """A replacement under which the whole week holds.

    Parameters
    ----------
    moves
        The replacement asked for, and those of second meals that go with it.
    points
        Points of the week with it less those without.
    partners
        What changes beside them, day by day.
    """

    moves: tuple[Move, ...]
    points: float
    partners: tuple[Partners, ...] = ()

    def changes(self) -> Iterator[tuple[int, int, int]]:
        """Return day from 0 and column of all that changes: -1 where it goes, 1 where it comes."""
        for move in self.moves:
            yield move.day, move.old, -1
            yield move.day, move.new, 1
        for one in self.partners:
            yield from ((one.day, column, -1) for column in one.gone)
            yield from ((one.day, column, 1) for column in one.come)


@dataclass(frozen=True, slots=True)
class Ranking:
    """All replacements of one thing, the one with the fewest points first.

    Parameters
    ----------
    swaps
        Those that hold.
    considered
        Portions that may stand on the place.
    """

    swaps: tuple[Swap, ...]
    considered: int


def rank_swaps(
    parts: WeekParts, choices: Choices, day: int, old: int, only: Collection[int] | None = None
) -> Ranking:
    """Rank what may stand in the place of a column of a day, each thing with its best partners.

    Parameters
    ----------
    parts
        The model.
    choices
        For each day its columns.
    day, old
        Day from 0, and the column of it to be replaced.
    only
        The columns that are looked at; all of the place when left out.
    """
    before = evaluate_week(parts.arrays, parts.between, choices).objective
    here = [n for n, one in enumerate(parts.arrays.places) if one == parts.arrays.places[old]]
    asked = (n for n in here if n != old and (only is None or n in only))
    new = np.array(list(asked), dtype=np.int64)
    found = _found(parts, choices, (day, old), new)
    columns = parts.model.table.columns
    known = {columns[one.moves[0].new].candidate.candidate_id for one in found}
    if len(known) < read_settings("search.toml")["swap"]["few"]:
        for place in _others(parts, day, old):
            found += _found(parts, choices, (day, old), new, [place])
        best = {one.moves[0].new: one for one in sorted(found, key=lambda one: -one.points)}
        found = list(best.values())
    swaps = [replace(one, points=one.points - before) for one in found]
    swaps.sort(key=lambda one: (one.points, one.moves[0].new))
    return Ranking(tuple(swaps), len(new))


def _others(parts: WeekParts, day: int, old: int) -> list[Place]:
    """Return the places of a day that stand beside main dishes of other meals, and its snacks."""
    own = (slot_of(parts.arrays.places[old]), *BESIDE_SLOTS)
    known = dict.fromkeys(parts.arrays.places)
    return [(day, one) for one in known if slot_of(one) not in own and not one.endswith(".main")]


def _found(
    parts: WeekParts, choices: Choices, seat: Seat, new: Indices, others: Sequence[Place] = ()
) -> list[Swap]:
    """Find the best way of each new thing; its partners and ``others`` are filled anew."""
    arrays, known = parts.arrays, frozenset(parts.arrays.places)
    gone, comes = _coming(parts, choices, seat, new)
    served = [(on, one) for on, old in gone for one in partner_places(arrays.places[old])]
    freed = [*(place for place in served if place[1] in known), *others]
    went = [(on, one) for on, place in freed for one in choices[on] if arrays.places[one] == place]
    rest = [[c for c in own if (d, c) not in (*gone, *went)] for d, own in enumerate(choices)]
    kept = np.zeros_like(arrays.points)
    for on, one in went:  # what stays beside a dish is preferred, as in an edit: it only leads
        kept[on, one] = -parts.model.source.rules.points["change"]["per_item"]
    places = [([on for on, _ in gone], comes)]
    places += [([on], _options(arrays, on, place)) for on, place in freed]
    if not all(len(options) for _, options in places):
        return []
    steps = _ways(replace(arrays, points=arrays.points + kept), rest, places)
    if not len(steps[0][1]):
        return []
    judged = judge_weeks(arrays, parts.between, rest, steps)
    leading = judged.objective + sum(taken(kept[on], columns) for on, columns in steps)
    return [
        Swap(
            tuple(_moved(gone, [(on, int(one[at])) for on, one in steps])),
            float(judged.objective[at]),
            tuple(_changed(went, [(on, int(one[at])) for on, one in steps[len(gone) :]])),
        )
        for at in _best_of_each(steps[0][1], np.where(judged.holds, leading, np.inf))
    ]


def _coming(
    parts: WeekParts, choices: Choices, seat: Seat, new: Indices
) -> tuple[list[Seat], Indices]:
    """Pair each new column with the second meals that it needs; drop those that have none.

    Returns
    -------
    tuple
        (Day, column) of all that goes, and what comes instead of it: options × columns.
    """
    day, old = seat
    gone = [seat, *_second_meals(parts.arrays.packages, choices, day, old)]
    new = new[parts.arrays.closed[day][new] == 0.0]
    again = [[_second_of(parts, one, second) for one in new.tolist()] for _, second in gone[1:]]
    comes = np.array([new, *again], dtype=np.int64).T
    return gone, comes[(comes != NOTHING).all(axis=1)]


def _options(arrays: WeekArrays, day: int, place: str) -> Indices:
    """Return the columns that may stand on a place, and nothing where it may be empty: × 1."""
    is_open = (np.array(arrays.places) == place) & (arrays.closed[day] == 0.0)
    empty = [] if place in arrays.needed[day] else [NOTHING]
    return np.array([[*empty, *np.flatnonzero(is_open)]], dtype=np.int64).T


def _ways(
    arrays: WeekArrays, rest: Sequence[Sequence[int]], places: Sequence[Options]
) -> list[tuple[int, Indices]]:
    """Return the ways with the fewest points of each option of the first place: day and columns.

    Of the rows of these days and of the week those are looked at that some way could break.
    """
    days = sorted({day for on, _ in places for day in on})
    rows = [*(arrays.rows_of(day) for day in days), arrays.link]
    terms = np.hstack([row_terms(one) for one in rows])
    for day, own in enumerate(rest):
        terms[0] -= _use(arrays, days, day, np.array(own, dtype=np.int64)).sum(axis=1)
    costs, uses = [], []
    for on, options in places:
        each = list(zip(on, options.T, strict=True))
        costs.append(np.sum([taken(arrays.points[day], one) for day, one in each], axis=0))
        uses.append(np.sum([_use(arrays, days, day, one) for day, one in each], axis=0))
    tight = terms[0] < np.sum([one.max(axis=1) for one in uses], axis=0)
    uses, most = [one[tight].T for one in uses], read_settings("search.toml")["swap"]["ways"]
    first = places[0][1][:, 0]
    ways, _, rank, _ = least_of_each(costs, uses, first, terms[:, tight], np.inf, 2 * most)
    return [
        (day, columns)
        for (on, options), at in zip(places, ways[rank < most].T, strict=True)
        for day, columns in zip(on, options[at].T, strict=True)
    ]


def _use(arrays: WeekArrays, days: Sequence[int], day: int, columns: Indices) -> Array:
    """Say what columns of a day add to the rows of ``days`` and of the week: rows × columns."""
    own, week = (taken(rows.coefficients, columns) for rows in (arrays.day, arrays.link))
    blank = np.zeros_like(own)
    return np.concatenate([*(own if one == day else blank for one in days), week])


def _best_of_each(new: Indices, points: Array) -> list[int]:
    """Find the way with the fewest points for each new thing; infinite is none."""
    order = np.argsort(points, kind="stable")
    order = order[np.isfinite(points[order])]
    return [int(order[at]) for at in np.unique(new[order], return_index=True)[1]]


def _moved(gone: Sequence[Seat], come: Sequence[Seat]) -> Iterator[Move]:
    """Return the move asked for and those of second meals, but for one that stays as it was."""
    for place, ((day, old), (_, new)) in enumerate(zip(gone, come, strict=False)):
        if not place or new != old:
            yield Move(day, old, new)


def _changed(went: Sequence[Seat], come: Sequence[Seat]) -> Iterator[Partners]:
    """Describe what differs beside the main dishes."""
    for day in dict.fromkeys(day for day, _ in (*went, *come)):
        old, new = ({one for on, one in some if on == day} - {NOTHING} for some in (went, come))
        if old != new:
            yield Partners(day, tuple(sorted(old - new)), tuple(sorted(new - old)))


def apply_swap(choices: Choices, swap: Swap) -> Choices:
    """Return the week with a replacement made."""
    days = [set(chosen) for chosen in choices]
    for day, column, sign in swap.changes():
        (days[day].add if sign > 0 else days[day].remove)(column)
    return tuple(tuple(sorted(chosen)) for chosen in days)


def _second_meals(packages: Packages, choices: Choices, day: int, old: int) -> Iterator[Seat]:
    """Give (day, column) of the second meals of what is to be replaced."""
    dish = packages.cooks[old]
    within = packages.dish_days[dish] if dish >= 0 else 0
    for on in range(day + 1, min(len(choices), day + int(within) + 1)):
        yield from ((on, column) for column in choices[on] if packages.needs[column] == dish)


def _second_of(parts: WeekParts, first: int, second: int) -> int:
    """Return the second meal of ``first`` in the portion of ``second``, ``NOTHING`` for none."""
    columns, packages = parts.model.table.columns, parts.arrays.packages
    dish, asked = packages.cooks[first], _portion(columns[second])
    again = np.flatnonzero(packages.needs == dish).tolist() if dish >= 0 else ()
    return next((one for one in again if _portion(columns[one]) == asked), NOTHING)


def _portion(column: Column) -> tuple[str, float]:
    """Return place and servings of a column."""
    return column.place, column.serving.portion.servings
