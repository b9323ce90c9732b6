"""The meals of a day: what may stand on their places, under the rows of one meal alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

import numpy as np

from planner.model.arrays import Array, Rows, WeekArrays
from planner.search.evaluate import NOTHING, most_allowed, taken
from planner.search.layout import Indices

FEW = 16  # meals that are asked for at once, of which half are sure to come where there are as many


@dataclass(frozen=True, slots=True)
class Ranked:
    """Meals or days that cost less than ``top`` points: none of them is missing.

    Parameters
    ----------
    columns
        Choices × places: the column on each place, -1 for nothing.
    points
        What each costs.
    top
        Points below which none is missing.
    """

    columns: Indices
    points: Array
    top: float

    def menus(self) -> list[tuple[int, ...]]:
        """Give the columns of each, ascending, the cheapest first."""
        order = np.argsort(self.points, kind="stable")
        return [tuple(sorted(one[one != NOTHING].tolist())) for one in self.columns[order]]


@cache
def compiled_choices() -> Callable[..., tuple[Indices, Array, float]]:
    """Load ``least_choices``, compiled in a thread of its own where it is the first time.

    An interrupt from the keyboard reaches the main thread alone: amid compiling there it would be
    lost, or end the program by a crash.
    """
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(_compile_choices).result()


def _compile_choices() -> Callable[..., tuple[Indices, Array, float]]:
    from planner.search.depth_first import least_choices

    start, points, wide = np.array([0, 1]), np.zeros(1), np.zeros((3, 1))
    least_choices(start, points, points, wide[:1], wide, 0.0, 2)
    choices: Callable[..., tuple[Indices, Array, float]] = least_choices
    return choices


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
    """

    def __init__(self, arrays: WeekArrays, day: int, places: Sequence[str], rows: Indices) -> None:
        stands = np.array(arrays.places)
        options = [
            [*([] if place in arrays.needed[day] else [NOTHING]),
             *np.flatnonzero((stands == place) & (arrays.closed[day] == 0.0)).tolist()]
            for place in places
        ]  # fmt: skip
        self.options = [np.array(one, dtype=np.int64) for one in options]
        self.start = np.cumsum([0, *map(len, self.options)])
        self.rows = select(arrays.rows_of(day), rows)
        self.use = [use_of(self.rows.coefficients, one) for one in self.options]
        self.terms = row_terms(self.rows)

    def least(self, points: Array, top: float = np.inf, most: int = FEW) -> Ranked:
        """Give the meals that cost less than ``top`` at ``points`` of each column."""
        costs = [taken(points, one) for one in self.options]
        order = [np.argsort(cost, kind="stable") for cost in costs]
        led = np.concatenate([cost[by] for cost, by in zip(costs, order, strict=True)])
        use = np.concatenate([use[by] for use, by in zip(self.use, order, strict=True)])
        columns = np.concatenate([one[by] for one, by in zip(self.options, order, strict=True)])
        least = compiled_choices()
        chosen, values, reached = least(self.start, led, led, use, self.terms, top, most)
        return Ranked(columns[chosen], values, reached)

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
        self.meals = [
            OneMeal(
                arrays,
                day,
                [place for place in places if slot_of(place) == slot],
                np.flatnonzero(touched[at] & (touched.sum(axis=0) == 1)),
            )
            for at, slot in enumerate(slots)
        ]
        self.of_column = of_column
        self.rows = select(arrays.rows_of(day), np.flatnonzero(touched.sum(axis=0) > 1))

    def parted(self, menu: Sequence[int]) -> list[tuple[int, ...]]:
        """Part the columns of a day into its meals."""
        return [
            tuple(one for one in menu if self.of_column[one] == at) for at in range(len(self.meals))
        ]


def slot_of(place: str) -> str:
    """Give the meal of a place."""
    return place.split(".")[0]


def select(rows: Rows, numbers: Indices) -> Rows:
    """Keep some rows, of them those that have a limit."""
    kept = numbers[np.isfinite(rows.limits[numbers])]
    names = tuple(rows.names[at] for at in kept)
    return Rows(
        names, rows.coefficients[kept], rows.limits[kept], rows.prices[kept], rows.hard[kept]
    )


def row_terms(rows: Rows) -> Array:
    """Give what ``least_choices`` asks of rows; one that must hold may be off by rounding."""
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
