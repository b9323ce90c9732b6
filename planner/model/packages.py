"""Packages that are bought: what is left of them costs points, and what it cost.

A package that is open is used until it is empty or past its days; then the next one is opened.
No other way of opening needs fewer: it opens each package as late as any way can. What is past its
days, and what the week leaves of the last package, is left over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt
import pulp

from foods.openings import PARTS, Counts, in_parts, use_packages
from planner.model.board import ColumnTable, Vector, Week
from planner.model.bought import parts_bought
from planner.model.keys import RowKey
from planner.model.sold import FOREVER, PackageRules, Sold
from planner.model.sparse import Sparse
from planner.model.sums import Sum
from planner.model.variety import Order

Steps = Sequence[tuple[int, Counts]]
"""Days from 0 with a column for each of several weeks: each has its own there, or -1 for none."""


@dataclass(frozen=True, slots=True)
class Packages:
    """What columns use of packages.

    Parameters
    ----------
    names
        The packaged foods.
    parts
        Parts of a package that a column uses, rounded down: foods × columns.
    cooks, needs
        Number of the dish that a column cooks for a second meal, or is the second meal of; -1 for
        none. What a second meal takes is used where its dish is cooked.
    dish_days
        Days that each of these dishes keeps.
    keeps
        Days after the day of opening on which each food is still good.
    opened
        Rows over the columns, each at most the packages that a week opens: rows × columns.
    opened_of
        Food of each row of ``opened``.
    points
        Points of a package of each food of which nothing was used.
    home
        Parts of an open package of each food that are there when the week begins.
    """

    names: tuple[str, ...]
    parts: Counts
    cooks: Counts
    needs: Counts
    dish_days: Counts
    keeps: Counts
    opened: Sparse
    opened_of: Counts
    points: Vector
    home: Counts

    def with_home(self, sold: Mapping[str, Sold]) -> Packages:
        """Return what columns use in a week that begins with what is open by then."""
        return replace(self, home=_home(self.names, sold))

    def open_after(self, weeks: Iterable[Sequence[Sequence[int]]]) -> dict[str, int]:
        """Return the parts of open packages that weeks leave, and that are good for one more.

        Parameters
        ----------
        weeks
            For each week the columns of its days.

        Returns
        -------
        dict[str, int]
            Food → parts; what spoils by the end of the next week is left out.
        """
        home = self.home
        for days in weeks:
            *_, last = use_packages(self._used_by_day(days, ())[:, :, 0], self.keeps, home)
            lasts = self.keeps >= 2 * len(days) - 1 - last.since
            home = np.where(lasts, last.rest, 0)
        return dict(zip(self.names, home.tolist(), strict=True))

    def narrowed_to(self, columns: npt.NDArray[np.int64]) -> Packages:
        """Keep some columns."""
        return replace(
            self,
            parts=self.parts[:, columns],
            cooks=self.cooks[columns],
            needs=self.needs[columns],
            opened=self.opened.narrowed_to(columns),
        )

    def left_points(self, days: Sequence[Sequence[int]], steps: Steps = ()) -> Vector:
        """Return the points of the packages left over, of all foods together.

        Parameters
        ----------
        days
            For each day the columns that all weeks have.
        steps
            What the weeks have beside that, each its own; without any there is one week.

        Returns
        -------
        Vector
            One number for each week.
        """
        used = self._used_by_day(days, steps)
        points: Vector = self.points @ parts_left(used, self.keeps, self.home) / PARTS
        return points

    def _used_by_day(self, days: Sequence[Sequence[int]], steps: Steps) -> Counts:
        """Add up the parts used on each day: foods × days × weeks."""
        size = len(steps[0][1]) if steps else 1
        used = np.zeros((len(self.names), len(days), size), dtype=np.int64)
        cooked = list[tuple[int, Counts]]()
        for day, chosen in enumerate(days):
            used[:, day] += self._own(list(chosen)).sum(axis=1, keepdims=True)
            own = self.cooks[list(chosen)]
            cooked += [(day, np.array([dish])) for dish in own[own >= 0]]
        for day, columns in steps:
            used[:, day] += self._own(columns)
            cooked.append((day, np.where(columns < 0, -1, self.cooks[columns])))
        cooked.sort(key=itemgetter(0))
        for day, columns in (*self._second_meals(days), *steps):
            needs = np.where(columns < 0, -1, self.needs[columns])
            on = self._cooked_on(cooked, day, needs, size)
            used[:, on, np.arange(size)] += self.parts[:, columns] * (needs >= 0)
        return used

    def _own(self, columns: Any) -> Counts:
        """Parts that columns use on their own day: foods × columns, none for -1."""
        is_own = (self.needs[columns] < 0) & (np.asarray(columns) >= 0)
        own: Counts = self.parts[:, columns] * is_own
        return own

    def _second_meals(self, days: Sequence[Sequence[int]]) -> Iterator[tuple[int, Counts]]:
        for day, chosen in enumerate(days):
            for column in chosen:
                if self.needs[column] >= 0:
                    yield day, np.array([column])

    def _cooked_on(
        self, cooked: Iterable[tuple[int, Counts]], day: int, needs: Counts, size: int
    ) -> Counts:
        """Return the last day before ``day`` that cooks what each week needs then; else ``day``.

        ``cooked``: days, the earlier ones first, and what of each of ``size`` weeks they cook.
        """
        on = np.full(size, day)
        if (needs >= 0).any():
            keeps = np.where(needs >= 0, self.dish_days[needs], 0)
            for earlier, dishes in cooked:
                is_it = (earlier < day) & (day - earlier <= keeps) & (dishes == needs)
                on = np.where(is_it, earlier, on)
        return on


def parts_left(used: Counts, keeps: Counts, home: Counts | int = 0) -> Counts:
    """Return the parts of packages that are left over.

    Parameters
    ----------
    used
        Parts used on each day: foods × days × ….
    keeps
        Days after the day of opening on which each food is still good.
    home
        Parts of an open package that are there before the first day.

    Returns
    -------
    Counts
        Parts past their days, and those left at the end: foods × ….
    """
    left = np.zeros(used[:, 0].shape, dtype=np.int64)
    rest = left
    for one in use_packages(used, keeps, home):
        left, rest = left + one.past, one.rest
    return left + rest


def packages_of(table: ColumnTable, rules: PackageRules, orders: Sequence[Order]) -> Packages:
    """Gather the packages that columns use.

    Parameters
    ----------
    table
        The columns.
    rules
        Which foods come in packages, how long they keep, and what their rest costs.
    orders
        Second meals and the meals at which they are cooked.
    """
    used: dict[str, dict[int, float]] = {}
    for column in table.columns:
        for food, mass_g in parts_bought(column):
            name, per_g = rules.shares.get(food, ("", 0.0))
            if per_g:
                of_food = used.setdefault(name, {})
                of_food[column.index] = of_food.get(column.index, 0.0) + mass_g * per_g
    names = tuple(sorted(used))
    parts = np.zeros((len(names), len(table)), dtype=np.int64)
    for at, name in enumerate(names):
        for index, share in used[name].items():
            parts[at, index] = in_parts(share)
    cooks, needs = np.full(len(table), -1), np.full(len(table), -1)
    for number, order in enumerate(orders):
        cooks[order.earlier > 0] = number
        needs[order.later > 0] = number
    opened, opened_of = _opened(table, parts, rules.most)
    return Packages(
        names,
        parts,
        cooks,
        needs,
        np.array([order.days for order in orders], dtype=np.int64),
        np.array([_days_kept(rules.sold[name]) for name in names], dtype=np.int64),
        opened,
        opened_of,
        np.array([rules.points[name] for name in names], dtype=float),
        _home(names, rules.sold),
    )


def _home(names: Sequence[str], sold: Mapping[str, Sold]) -> Counts:
    return np.array([sold[name].home for name in names], dtype=np.int64)


def _days_kept(sold: Sold) -> int:
    return FOREVER if sold.keeps is None else sold.keeps


def _opened(table: ColumnTable, parts: Counts, most: Mapping[str, int]) -> tuple[Sparse, Counts]:
    """Say for each food and each candidate with it what it opens, were it alone to be eaten.

    A candidate that comes k times at most, and opens m packages at a time, opens m/k each time
    at least.
    """
    each, alone = table.columns_of_candidates(), -(-parts // PARTS)
    candidate, times = np.empty(len(table), dtype=np.int64), np.empty(len(table))
    for number, (name, columns) in enumerate(each.items()):
        candidate[columns], times[columns] = number, most[name]
    food, column = np.nonzero(alone)
    pairs, row = np.unique(food * len(each) + candidate[column], return_inverse=True)
    order = np.lexsort((column, row))
    values = (alone[food, column] / times[column])[order]
    shape = (len(pairs), len(table))
    return Sparse(row[order], column[order], values, shape), pairs // max(1, len(each))


def add_packages(week: Week, packages: Packages, *, integer: bool) -> None:
    """Price what is left of packages.

    Parameters
    ----------
    week
        The days.
    packages
        What the columns use.
    integer
        Whether packages are whole and each day has rows of its own; else the rows of ``opened``
        stand in for that, and whatever is opened keeps for the week.
    """
    kitchen = _Kitchen(week, packages) if integer else None
    for at in np.flatnonzero(packages.points > 0.0).tolist():
        name = packages.names[at]
        used = week.total(packages.parts[at] / PARTS)
        if kitchen is not None and packages.keeps[at] < len(week.plates) - 1:
            opened = kitchen.add_openings(at)
        else:
            category = pulp.LpInteger if integer else pulp.LpContinuous
            opened = week.board.variable(f"packages.{name}", category=category)
        home = float(packages.home[at]) / PARTS
        week.board.require(RowKey("packages", name, "min"), used - opened <= home)
        left = RowKey("packages", name, soft=True)
        week.board.prefer_at_most(left, opened - used, -home, float(packages.points[at]))
        if home:
            continue  # what is open may be enough
        for number, row in enumerate(_rows_of(packages, at), start=1):
            key = RowKey("packages", f"{name}.{number}", "min")
            week.board.require(key, week.total(row) - opened <= 0)


def _rows_of(packages: Packages, at: int) -> Vector:
    rows: Vector = packages.opened.dense()[packages.opened_of == at]
    return rows


@dataclass(frozen=True, slots=True)
class _Kitchen:
    """Days of their own, on which packages are opened and second meals are cooked before."""

    week: Week
    packages: Packages
    cooked_on: dict[tuple[int, int], list[tuple[int, Sum]]] = field(default_factory=dict)

    def add_openings(self, at: int) -> Sum:
        """Add the packages of a food opened on each day, enough for any days running.

        Days a to b use what is opened from the first day on which it still keeps on day a. That
        this is enough for any a and b is enough for all days: each takes from a stretch of
        openings, and stretches of later days neither begin nor end earlier (Hall).
        """
        board, name = self.week.board, self.packages.names[at]
        count, keeps = len(self.week.plates), int(self.packages.keeps[at])
        opened = [
            board.variable(f"packages.{name}.d{day + 1}", category=pulp.LpInteger)
            for day in range(count)
        ]
        used = [self._used(at, day) for day in range(count)]
        for first in (0, *range(keeps + 1, count)):  # from days between, the first day says more
            for last in range(first, count):
                at_hand = opened[max(0, first - keeps) : last + 1]
                enough = sum(used[first : last + 1], Sum()) - sum(at_hand, Sum())
                key = RowKey("packages", f"{name}.from{first + 1}", "min", day=last + 1)
                board.require(key, enough <= 0)
        return sum(opened, Sum())

    def _used(self, at: int, day: int) -> Sum:
        """Return the packages of a food used on a day: by its meals, and by their second meals."""
        packages = self.packages
        is_again, parts = packages.needs >= 0, packages.parts[at]
        total = self.week.plates[day].total(np.where(is_again, 0, parts) / PARTS)
        for column in np.flatnonzero(is_again & (parts > 0)).tolist():
            share = float(parts[column]) / PARTS
            for later in range(day, len(self.week.plates)):
                for on, variable in self._cooked(column, later):
                    if on == day:
                        total = total + share * variable
        return total

    def _cooked(self, column: int, later: int) -> list[tuple[int, Sum]]:
        """Say, for the second meal of a day, on which day it is cooked: the last that can."""
        key = (column, later)
        if key not in self.cooked_on:
            self.cooked_on[key] = self._add_cooked(column, later)
        return self.cooked_on[key]

    def _add_cooked(self, column: int, later: int) -> list[tuple[int, Sum]]:
        board, plates = self.week.board, self.week.plates
        dish = int(self.packages.needs[column])
        cooks = (self.packages.cooks == dish).astype(float)
        first = max(0, later - int(self.packages.dish_days[dish]))
        found = []
        for day in range(first, later):
            name = f"cooked.{column}.d{day + 1}.d{later + 1}"
            variable = board.variable(name, upper=1)
            key = RowKey("packages", f"cooked.{column}.on{day + 1}", "max", day=later + 1)
            board.require(key, variable - plates[day].total(cooks) <= 0)
            for after in range(day + 1, later):
                key = RowKey("packages", f"{key.subject}.not{after + 1}", "max", day=later + 1)
                board.require(key, variable + plates[after].total(cooks) <= 1)
            found.append((day, variable))
        total = sum((variable for _, variable in found), Sum())
        stands = Sum.of(plates[later].variables[column])
        board.require(RowKey("packages", f"cooked.{column}", day=later + 1), total - stands == 0)
        return found
