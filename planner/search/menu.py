"""What one eater may be served: menus of whole meals, and the rules that link them.

A menu lists the meals of one class of days. What a meal breaks by itself is part of its points, so
only rows between meals and between days are left to the search.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from planner.model.arrays import Array, Rows, WeekArrays
from planner.search.evaluate import (
    NOTHING,
    TOLERANCE,
    Between,
    Choices,
    FoundWeek,
    evaluate_week,
    taken,
)
from planner.search.meals import DayClasses, DayMeals, Indices

HARD_POINTS = 300.0  # for a hard row broken by as much as its own limit, and the like
LEAST_SCALE = 0.25  # of a row's largest coefficient: scale of rows with a small limit
HAIR = 1e-6  # of its limit: how far inside of it the search holds a hard row that counts
AIM = 0.003  # and one that sums, such as a nutrient: better weeks than 0.001 or none give
OPEN = -1e18  # activity of a row that a day does not have, less its limit

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class MealMenu:
    """Meals that a class of days may have, one line each.

    Parameters
    ----------
    columns
        Meals × places: the columns of each, ``NOTHING`` where a place stays empty.
    points
        Points of each, with those of the rows of the meal alone.
    use
        Meals × rows between meals, as of ``Rules``.
    kinds
        Meals × kinds of food that it uses.
    parts, again
        Meals × packages: parts of each that it uses, and those of them that are used where the dish
        of a second meal is cooked.
    cooks, needs
        Dish that is cooked for later, and of which it is a second meal; -1 for none.
    kept
        Meals × places: dish that keeps, -1 for none.
    pot, cooked
        What it takes from a shared pot, and its main dish where different ones for a meal of the
        table cost points; -1 for none.
    main
        Its main dish where a third one of the table costs points, warmed up or not; -1 for none.
    sides
        Meals × places: what is cooked beside it where different sides cost points, -1 for none.
    """

    columns: Indices
    points: Array
    use: Array
    kinds: Flags
    parts: Indices
    again: Indices
    cooks: Indices
    needs: Indices
    kept: Indices
    pot: Indices
    cooked: Indices
    main: Indices
    sides: Indices

    def __len__(self) -> int:
        return len(self.points)

    def take(self, meals: Indices | Flags) -> MealMenu:
        """Keep some meals."""
        return MealMenu(*(getattr(self, one.name)[meals] for one in fields(self)))


class Rules:
    """The rows between the meals of an eater's week.

    Parameters
    ----------
    arrays, between
        Rows of the week and rules between single days, over the columns that are on a menu.
    of_day
        Numbers of the rows of a day that concern more than one of its meals.

    Attributes
    ----------
    weights
        Points per unit of breach of each row: of the priced ones, and of the hard ones.
    """

    def __init__(self, arrays: WeekArrays, between: Between, of_day: Indices) -> None:
        self.days = len(arrays.points)
        windows = list(_windows(between, self.days))
        names, lines, limits, shares = zip(*windows, strict=True) if windows else [()] * 4
        width = arrays.points.shape[1]
        links = (arrays.link.coefficients, np.array(lines).reshape(len(lines), width))
        hard = np.concatenate([arrays.link.hard, np.ones(len(windows))]).astype(bool)
        self.link = Rows(
            (*arrays.link.names, *names),
            np.vstack(links),
            np.concatenate([arrays.link.limits, limits]),
            np.concatenate([arrays.link.prices, np.zeros(len(windows))]),
            hard,
        )
        plain = np.ones((len(arrays.link.names), self.days))
        self.shares = np.vstack([plain, np.array(shares).reshape(len(shares), self.days)])
        day = arrays.day
        self.day = Rows(
            tuple(day.names[at] for at in of_day),
            day.coefficients[of_day],
            day.limits[of_day],
            day.prices[of_day],
            day.hard[of_day],
        )
        self.day_limits = _drawn_in(self.day, arrays.limits[:, of_day])
        self.link_limits = _drawn_in(self.link, self.link.limits)
        work = np.flatnonzero(of_day == arrays.cookings.row)
        self.work = int(work[0]) if arrays.cookings.row >= 0 else -1
        self.weights = self._weights()

    @property
    def links(self) -> int:
        """Number of rows that are not of a single day."""
        return len(self.link.names)

    @property
    def height(self) -> int:
        """Number of rows of a day."""
        return len(self.day.names)

    def begin(self) -> Array:
        """Return the activity of each row before anything is served, less its limit."""
        own = np.where(np.isfinite(self.day_limits), -self.day_limits, OPEN)
        return np.concatenate([-self.link_limits, own.ravel()])

    def _weights(self) -> tuple[Array, Array]:
        """Return the points per unit of breach of each row: of priced ones, and of hard ones."""
        hard, soft = [], []
        for rows, times in ((self.link, 1), (self.day, self.days)):
            largest = np.abs(rows.coefficients).max(axis=1, initial=0.0)
            scale = np.maximum(np.abs(rows.limits), LEAST_SCALE * largest)
            dear = np.where(rows.hard, HARD_POINTS / np.maximum(scale, TOLERANCE), 0.0)
            hard.append(np.tile(dear, times))
            soft.append(np.tile(rows.prices, times))
        return np.concatenate(soft), np.concatenate(hard)


def _windows(between: Between, days: int) -> Iterator[tuple[str, Array, float, Array]]:
    """Return name, coefficients, limit and share on each day of each row between days."""
    for spacing in between.spacings:
        for first in spacing.windows(days):
            inside = [float(first <= d < first + spacing.days) for d in range(days)]
            yield spacing.key(first).name, spacing.columns, spacing.most, np.array(inside)
    for spread in between.spreads:
        for key, by_day, limit in spread.rows(days):
            yield key.name, spread.amounts, limit, by_day


def _drawn_in(rows: Rows, limits: Array) -> Array:
    """Draw the limits of hard rows in, of sums more, so that what the search holds is held exactly.

    A price alone ends a hair beyond a limit, and such a week is lost. Counts are whole numbers.
    """
    counts = (np.mod(rows.coefficients, 1.0) == 0.0).all(axis=1)
    share = np.where(rows.hard, np.where(counts, HAIR, AIM), 0.0)
    drawn: Array = limits - share * np.abs(np.where(np.isfinite(limits), limits, 0.0))
    return drawn


@dataclass(frozen=True, slots=True)
class ServedEater:
    """What one eater may be served, and the rules of that eater's week.

    Parameters
    ----------
    arrays, between
        Rows and points over all columns, and rules between single days.
    classes, slots
        The classes of its days, and the names of its meals.
    rules
        The rows between meals.
    menus
        For each class of days, and each of the meals, what may be served.
    start
        For each day the columns that a search begins from; ``None`` for none.
    """

    arrays: WeekArrays
    between: Between
    classes: DayClasses
    slots: tuple[str, ...]
    rules: Rules
    menus: tuple[tuple[MealMenu, ...], ...]
    start: Sequence[Sequence[int] | None] = ()

    @property
    def days(self) -> int:
        """Number of days."""
        return self.rules.days

    @property
    def columns(self) -> int:
        """Number of different columns on all menus."""
        each = [menu.columns.ravel() for own in self.menus for menu in own]
        return len(set(np.concatenate(each).tolist()) - {NOTHING})

    def menu_of(self, day: int, slot: int) -> MealMenu:
        """Return what may be served at a meal of a day."""
        return self.menus[self.classes.of_day[day]][slot]

    def narrowed_to(self, served: Mapping[tuple[int, int], Indices]) -> ServedEater:
        """Keep some meals of each menu: (class, slot) → their numbers."""
        menus = tuple(
            tuple(menu.take(served[of_class, slot]) for slot, menu in enumerate(own))
            for of_class, own in enumerate(self.menus)
        )
        return replace(self, menus=menus)

    def begin(self) -> Indices:
        """Return the number of the meal that each day and slot begins with, -1 for none: D × S."""
        found = np.full((self.days, len(self.slots)), -1, dtype=np.int64)
        for day, chosen in enumerate(self.start[: self.days]):
            for slot in range(len(self.slots)):
                if chosen is not None:
                    found[day, slot] = _meal_of(self.menu_of(day, slot), chosen)
        return found

    def choices(self, served: Indices) -> Choices:
        """Turn the number of the meal on each day and slot into the columns of each day."""
        return tuple(
            tuple(
                sorted(
                    column
                    for slot in range(len(self.slots))
                    for column in self.menu_of(day, slot).columns[served[day, slot]].tolist()
                    if column != NOTHING
                )
            )
            for day in range(self.days)
        )

    def evaluate(self, choices: Choices) -> FoundWeek:
        """Recompute a week from all rows of the model, from scratch."""
        return evaluate_week(self.arrays, self.between, choices)


def _meal_of(menu: MealMenu, chosen: Sequence[int]) -> int:
    """Find the meal of a menu that a day of some columns has, -1 where there is none."""
    own = np.isin(menu.columns, list(chosen)) | (menu.columns == NOTHING)
    wanted = (menu.columns != NOTHING).sum(axis=1)
    fits = np.flatnonzero(own.all(axis=1))
    return int(fits[np.argmax(wanted[fits])]) if len(fits) else -1


class MenuMaker:
    """Makes the menus of an eater from listed meals.

    Parameters
    ----------
    arrays, between
        Rows and points over all columns, and rules between single days.
    of_day
        Numbers of the rows of a day that concern more than one of its meals.
    used
        The columns that are on a menu.
    """

    def __init__(
        self, arrays: WeekArrays, between: Between, of_day: Indices, used: Indices
    ) -> None:
        self.arrays, narrow = arrays, arrays.narrowed_to(used)
        self.rules = Rules(narrow, _narrow_between(between, used), of_day)
        self.at = np.full(arrays.points.shape[1] + 1, NOTHING)
        self.at[used] = np.arange(len(used))
        rules, packages = self.rules, narrow.packages
        self.use = _by_column(rules.link.coefficients, rules.day.coefficients)
        self.kinds = _by_column(narrow.kinds) > 0
        parts = packages.parts
        own = parts, np.where(packages.needs >= 0, parts, 0)
        self.parts, self.again = (_by_column(one.astype(np.int32)) for one in own)

    def menu(
        self,
        meals: DayMeals,
        slot: int,
        day: int,
        columns: Indices,
        marks: Sequence[Mapping[int, int]],
    ) -> MealMenu:
        """Return a menu.

        Parameters
        ----------
        meals, slot, day
            The meals of a class of days, which of them, and a day of the class.
        columns
            Meals × places.
        marks
            Column → what it takes from a shared pot, the main dish that it is cooked as, the one
            that it is, and the side that it is cooked as.
        """
        arrays, one, at = self.arrays, meals.meals[slot], self.at[columns]
        points = one.own_points(columns, arrays.points[day])
        points += HARD_POINTS * one.breaches(columns)
        points += HARD_POINTS * taken(arrays.closed[day], columns).sum(axis=1)
        return MealMenu(
            columns,
            points,
            _summed(self.use, at),
            _summed(self.kinds, at),
            _summed(self.parts, at),
            _summed(self.again, at),
            mark_of_meals(arrays.packages.cooks, columns),
            mark_of_meals(arrays.packages.needs, columns),
            np.append(arrays.cookings.dish, -1)[columns],
            mark_of_meals(_marks(marks[0], arrays), columns),
            mark_of_meals(_marks(marks[1], arrays), columns),
            mark_of_meals(_marks(marks[2], arrays), columns),
            np.append(_marks(marks[3], arrays), -1)[columns],
        )


def _narrow_between(between: Between, columns: Indices) -> Between:
    """Keep some columns of the rules between days, and the rules that have any left."""
    near = [replace(one, columns=one.columns[columns]) for one in between.spacings]
    even = [replace(one, amounts=one.amounts[columns]) for one in between.spreads]
    return Between([one for one in near if one.columns.any()], (), even)


def _by_column(*tables: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return tables of rows × columns side by side, a line for each column and one for nothing."""
    lines = [np.vstack([one.T, np.zeros((1, len(one)), dtype=one.dtype)]) for one in tables]
    return np.hstack(lines)


def _summed(lines: npt.NDArray[Any], columns: Indices) -> npt.NDArray[Any]:
    """Add up the lines of the columns of each meal."""
    total = lines[columns[:, 0]]
    for place in columns.T[1:]:
        total += lines[place]
    return total


def _marks(numbers: Mapping[int, int], arrays: WeekArrays) -> Indices:
    """Return the number of each column, -1 for those without."""
    marks = np.full(arrays.points.shape[1], -1, dtype=np.int64)
    marks[list(numbers)] = list(numbers.values())
    return marks


def mark_of_meals(marks: Indices, columns: Indices) -> Indices:
    """Return the mark of each meal: that of the one of its columns that has any, -1 for none."""
    found: Indices = np.append(marks, -1)[columns].max(axis=1)
    return found
