"""The meals of a day: what may stand on their places, under the rows of one meal alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from planner.model.arrays import Array, Rows, WeekArrays
from planner.search.evaluate import NOTHING, most_allowed, taken

Indices = npt.NDArray[np.int64]

LEAST_COLUMNS = 8  # of each place that meals are listed of, however dear


@dataclass(frozen=True, slots=True)
class DayClasses:
    """Days of a week that the model cannot tell apart.

    Parameters
    ----------
    of_day
        Class of each day.
    first, count
        First day and number of days of each class.
    """

    of_day: tuple[int, ...]
    first: tuple[int, ...]
    count: tuple[int, ...]

    @classmethod
    def of(cls, arrays: WeekArrays) -> DayClasses:
        """Find the classes: the same points, the same limits, the same open columns."""
        days = range(len(arrays.points))
        seen = [
            (arrays.points[d].tobytes(), arrays.closed[d].tobytes(), arrays.limits[d].tobytes(),
             arrays.needed[d])
            for d in days
        ]  # fmt: skip
        known = list(dict.fromkeys(seen))
        of_day = tuple(known.index(one) for one in seen)
        numbers = range(len(known))
        return cls(of_day, tuple(map(of_day.index, numbers)), tuple(map(of_day.count, numbers)))


@dataclass(frozen=True, slots=True)
class Ranked:
    """Meals with their points.

    Parameters
    ----------
    columns
        Choices × places: the column on each place, -1 for nothing.
    points
        What each costs.
    """

    columns: Indices
    points: Array


@cache
def compiled_choices() -> Callable[..., tuple[Indices, Array, Indices, float]]:
    """Load ``least_choices``, compiled in a thread of its own where it is the first time.

    An interrupt from the keyboard reaches the main thread alone: amid compiling there it would be
    lost, or end the program by a crash.
    """
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(_compile_choices).result()


@contextmanager
def _hearing_interrupts() -> Iterator[None]:
    """Return an interrupt that came while numba handed over what it found as what it is."""
    try:
        yield
    except SystemError as error:
        cause: BaseException | None = error
        while isinstance(cause, SystemError):  # of loading what is handed over, too
            cause = cause.__cause__
        if isinstance(cause, KeyboardInterrupt):
            raise KeyboardInterrupt from error
        raise


def _compile_choices() -> Callable[..., tuple[Indices, Array, Indices, float]]:
    from planner.search.depth_first import least_choices

    one, points, wide = np.array([0]), np.zeros(1), np.zeros((3, 1))
    least_choices(np.array([0, 1]), one, one + 1, points, wide[:1], wide, 0.0, 2)
    choices: Callable[..., tuple[Indices, Array, Indices, float]] = least_choices
    return choices


def least_of_each(
    costs: Sequence[Array],
    uses: Sequence[Array],
    marks: Indices,
    terms: Array,
    top: float,
    most: int,
) -> tuple[Indices, Array, Indices, float]:
    """Choose one option on each place, in the ways that cost the least under rows.

    Parameters
    ----------
    costs, uses
        For each place the points of its options, and what they use of rows: options × rows.
    marks
        Of the options of the first place: the ways of each mark are given by themselves.
    terms
        The rows, as of ``row_terms``.
    top, most
        Points that a way must stay below, and how many are asked for of each mark.

    Returns
    -------
    tuple
        Ways × places of options, what each costs, its place among those of its mark from 0, and the
        points below which none of the last mark is missing.
    """
    order = [np.lexsort((costs[0], marks)), *(np.argsort(c, kind="stable") for c in costs[1:])]
    ascending = np.concatenate([cost[by] for cost, by in zip(costs, order, strict=True)])
    use = np.concatenate([one[by] for one, by in zip(uses, order, strict=True)])
    start, choices = np.cumsum([0, *map(len, costs)]), compiled_choices()
    firsts = np.append(np.searchsorted(marks[order[0]], np.unique(marks)), len(marks))
    with _hearing_interrupts():
        chosen, values, counts, reached = choices(
            firsts,
            start[:-1],
            start[1:],
            ascending,
            np.ascontiguousarray(use),  # of another order they would be compiled anew
            np.ascontiguousarray(terms),
            top,
            most,
        )
    best = np.lexsort((values, np.repeat(np.arange(len(counts)), counts)))
    place = np.arange(len(values)) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.concatenate(order)[chosen[best]], values[best], place, reached


class OneMeal:
    """One meal of a class of days.

    Parameters
    ----------
    arrays, day
        The rows of the model, and a day of the class.
    places
        Places of the meal.
    rows
        Numbers of the day's rows that concern this meal alone.

    Attributes
    ----------
    options
        For each place the columns that may stand there, ``NOTHING`` first where it may be empty.
    all_columns
        For each place all of its columns, open on the day or not.
    """

    def __init__(self, arrays: WeekArrays, day: int, places: Sequence[str], rows: Indices) -> None:
        stands = np.array(arrays.places)
        options = [
            [*([] if place in arrays.needed[day] else [NOTHING]),
             *np.flatnonzero((stands == place) & (arrays.closed[day] == 0.0)).tolist()]
            for place in places
        ]  # fmt: skip
        self.options = [np.array(one, dtype=np.int64) for one in options]
        self.all_columns = [np.flatnonzero(stands == place) for place in places]
        self.rows = select(arrays.rows_of(day), rows)
        self.terms = row_terms(self.rows)

    @property
    def is_open(self) -> bool:
        """Whether anything may stand on its places."""
        return any((one != NOTHING).any() for one in self.options)

    def held_to(self, rows: Rows) -> OneMeal:
        """Return the same meal under other rows."""
        held = copy(self)
        held.rows, held.terms = rows, row_terms(rows)
        return held

    def _least_of_each(
        self,
        options: Sequence[Indices],
        marks: Indices,
        points: Array,
        most: int,
    ) -> tuple[Ranked, Indices]:
        """Return the ``most`` cheapest meals of some options, of each mark its own.

        ``marks`` are those of each column on the first place. Beside the meals stands the place of
        each among those of its mark, from 0.
        """
        costs = [taken(points, one) for one in options]
        uses = [use_of(self.rows.coefficients, one) for one in options]
        mark = np.append(marks, NOTHING)[options[0]]
        numbers, values, place, _ = least_of_each(costs, uses, mark, self.terms, np.inf, most)
        each = zip(options, numbers.T, strict=True)
        return Ranked(np.column_stack([one[by] for one, by in each]), values), place

    def listed(
        self, points: Array, reduced: Array, dishes: Indices, of_each: int, dearer: float
    ) -> Ranked:
        """Return the cheapest meals at ``points`` of each column, some of each dish.

        Parameters
        ----------
        points, reduced
            Of each column, and what it costs where the rows of the meal pay too.
        dishes
            The dish of each column of the first place, by which meals are told apart.
        of_each
            Meals of each dish.
        dearer
            Points ``reduced`` up to which a column is looked at beyond the cheapest of its place;
            the ``LEAST_COLUMNS`` cheapest of each place are in any case.
        """
        kept = [_cheap(one, taken(reduced, one), dearer) for one in self.options]
        if not all(map(len, kept)):
            return Ranked(np.zeros((0, len(kept)), dtype=np.int64), np.zeros(0))
        found, place = self._least_of_each(kept, dishes, points, 2 * of_each)
        few = place < of_each
        return Ranked(found.columns[few], found.points[few])

    def breaches(self, columns: Indices) -> Array:
        """Count the rows that must hold and do not, and the places left empty, of each meal."""
        beyond = sums_of(self.rows.coefficients, columns) > self.terms[0]
        empty = (columns == NOTHING) & np.array([one[0] != NOTHING for one in self.options])
        count: Array = (beyond & self.rows.hard).sum(axis=1) + empty.sum(axis=1)
        return count

    def own_points(self, columns: Indices, points: Array) -> Array:
        """Points of meals (meals × places of columns): of columns, and of rows that they break."""
        own: Array = taken(points, columns).sum(axis=1)
        return own + self.rows.breaches(sums_of(self.rows.coefficients, columns)) @ self.rows.prices


class DayMeals:
    """The meals of a class of days, and the rows that concern more than one of them.

    Parameters
    ----------
    arrays, day
        The rows of the model, and a day of the class.
    """

    def __init__(self, arrays: WeekArrays, day: int) -> None:
        places = list(dict.fromkeys(arrays.places))
        slots = list(dict.fromkeys(slot_of(place) for place in places))
        of_column = np.array([slots.index(slot_of(place)) for place in arrays.places])
        uses = arrays.day.coefficients != 0.0
        touched = np.array([uses[:, of_column == at].any(axis=1) for at in range(len(slots))])
        apart = touched.sum(axis=0) > 1
        if arrays.cookings.row >= 0:
            apart[arrays.cookings.row] = True  # what is cooked counts there beside the columns
        places.sort(key=lambda place: place not in arrays.needed[day])
        self.meals = [
            OneMeal(
                arrays,
                day,
                [place for place in places if slot_of(place) == slot],
                np.flatnonzero(touched[at] & ~apart),
            )
            for at, slot in enumerate(slots)
        ]
        self.slots = tuple(slots)
        self.between = np.flatnonzero(apart)
        self.rows = select(arrays.rows_of(day), self.between)

    def only_meal(self, arrays: WeekArrays, day: int) -> tuple[int, OneMeal] | None:
        """Return the number of the only meal of a day, held to all rows of the day.

        Where the week has no other day, it is held to those of the week too. ``None`` where a day
        has other meals.
        """
        served = [at for at, one in enumerate(self.meals) if one.is_open]
        if len(served) != 1:
            return None
        numbers = np.arange(len(arrays.day.names))
        rows = select(arrays.rows_of(day), numbers[numbers != arrays.cookings.row])
        if len(arrays.points) == 1:
            rows = rows.beside(select(arrays.link, np.arange(len(arrays.link.names))))
        return served[0], self.meals[served[0]].held_to(rows)


def _cheap(options: Indices, costs: Array, dearer: float) -> Indices:
    """Keep the options of a place that cost little more than the cheapest, and some in any case."""
    order = np.argsort(costs, kind="stable")
    costs = costs[order]
    few = np.arange(len(order)) < LEAST_COLUMNS
    kept: Indices = options[order[few | (costs <= costs[:1] + dearer)]]
    return kept


def slot_of(place: str) -> str:
    """Return the meal of a place."""
    return place.split(".")[0]


def select(rows: Rows, numbers: Indices) -> Rows:
    """Keep some rows, of them those that have a limit."""
    kept = numbers[np.isfinite(rows.limits[numbers])]
    names = tuple(rows.names[at] for at in kept)
    return Rows(
        names, rows.coefficients[kept], rows.limits[kept], rows.prices[kept], rows.hard[kept]
    )


def row_terms(rows: Rows) -> Array:
    """Return what ``least_choices`` asks of rows; one that must hold may be off by rounding."""
    limits = np.where(rows.hard, most_allowed(rows), rows.limits)
    return np.array([limits, rows.prices, rows.hard.astype(float)])


def use_of(coefficients: Array, columns: Indices) -> Array:
    """Columns × rows; nothing uses nothing."""
    return np.ascontiguousarray(taken(coefficients, columns).T)


def sums_of(coefficients: Array, columns: Indices) -> Array:
    """Activities of choices (choices × places of columns): choices × rows."""
    total = np.zeros((len(columns), len(coefficients)))
    for place in columns.T:
        total += use_of(coefficients, place)
    return total
