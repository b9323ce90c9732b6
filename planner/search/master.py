"""Menus mixed under the rules that link days: a linear program whose prices steer and prove."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foods.openings import PARTS
from planner.errors import SolverError
from planner.model.arrays import Array, Rows, WeekArrays
from planner.model.highs import quiet_highs, run_highs
from planner.model.variety import Order
from planner.search.meals import DayClasses

MISSING_POINTS = 50.0  # of a day without a menu, while the first menus do not fit together

Menu = tuple[int, ...]
"""Columns of a day, or of one of its meals, ascending."""

MenuOf = tuple[int, Menu]
"""Class of days, or one of ``Parts``, and a menu for one of them."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What of a day a linear program has as one: its meals, and the rows between them.

    Parameters
    ----------
    of_class
        For each part the class of its days.
    between
        For each class of days the rows between its parts; the same number for each.
    """

    of_class: tuple[int, ...]
    between: tuple[Rows, ...]


class Links:
    """The rows that link days, as each class of days counts in them.

    Parameters
    ----------
    arrays, orders
        The rows of the model, and which meals are cooked for which second ones.
    classes
        The classes of its days.
    """

    def __init__(self, arrays: WeekArrays, orders: Sequence[Order], classes: DayClasses) -> None:
        self.arrays, self.classes = arrays, classes
        packages = arrays.packages
        used, home = packages.parts / PARTS, packages.home / PARTS
        # where one is open that may be enough, whatever a dish would open
        opened = packages.opened.dense() * (home[packages.opened_of] == 0.0)[:, None]
        self.of_class = [
            np.vstack([arrays.link.coefficients, extra, used, opened])
            for extra in _orders_by_class(orders, classes, arrays.points.shape[1])
        ]
        more = len(self.of_class[0]) - len(arrays.link.limits)
        self.limits = np.concatenate([arrays.link.limits, np.zeros(more)])
        self.limits[len(self.limits) - len(opened) - len(home) :][: len(home)] = home
        self.soft = np.flatnonzero(~arrays.link.hard)
        # a package costs points once opened, and what is used of it gives them back
        self.points = arrays.points - packages.points @ used
        self.given = float(packages.points @ home)  # what is open already is left, until it is used
        names = np.concatenate([np.arange(len(used)), packages.opened_of])
        first = len(self.limits) - len(names)
        self.package_rows = [first + np.flatnonzero(names == at) for at in range(len(used))]


class Master:
    """The linear program over menus: link rows, second meals, one menu for each day.

    Days come in classes. What is bought at all is left out: half of it would cost half.

    Parameters
    ----------
    links
        The rows that link days.
    points_of
        Points of each menu, ``None`` for one that its day does not allow.
    parts
        What a menu is of.
    """

    def __init__(
        self,
        links: Links,
        points_of: Mapping[MenuOf, float | None],
        parts: Parts,
    ) -> None:
        import highspy

        self.links, self.points_of, self.parts = links, points_of, parts
        self.counts = [links.classes.count[c] for c in self.parts.of_class]
        self.first_part = len(links.limits)
        self.first_between = self.first_part + len(self.counts)
        heights = [len(rows.limits) for rows in self.parts.between]
        self.between = np.cumsum([self.first_between, *heights]).tolist()
        self.height = self.between[-1]
        self.limits = self._upper_limits()
        self.solver = quiet_highs(highspy)
        self._add_rows()
        self.helpers = 0
        self._add_helpers()
        self.keys: dict[MenuOf, int] = {}

    def _upper_limits(self) -> Array:
        limits = np.zeros(self.height)
        limits[: self.first_part] = self.links.limits
        limits[self.first_part : self.first_between] = self.counts
        days = zip(self.parts.between, self.links.classes.count, strict=True)
        limits[self.first_between :] = np.concatenate([rows.limits * n for rows, n in days])
        return limits

    def _add_rows(self) -> None:
        lower = np.full(self.height, -np.inf)
        lower[self.first_part : self.first_between] = self.counts
        none = np.zeros(0, dtype=np.int32)
        starts = np.zeros(self.height, dtype=np.int32)
        self.solver.addRows(self.height, lower, self.limits, 0, starts, none, np.zeros(0))

    def _add_helpers(self) -> None:
        """Add what is no menu: slacks, days without a menu, packages opened."""
        arrays = self.links.arrays
        for row in self.links.soft.tolist():
            self._add_helper(float(arrays.link.prices[row]), np.inf, {row: -1.0})
        for at in range(len(self.counts)):
            self._add_helper(MISSING_POINTS, np.inf, {self.first_part + at: 1.0})
        for first, between in zip(self.between[:-1], self.parts.between, strict=True):
            for row in np.flatnonzero(~between.hard).tolist():
                self._add_helper(float(between.prices[row]), np.inf, {first + row: -1.0})
        for rows, points in zip(self.links.package_rows, arrays.packages.points, strict=True):
            self._add_helper(float(points), np.inf, dict.fromkeys(rows.tolist(), -1.0))

    def _add_helper(self, cost: float, upper: float, entries: dict[int, float]) -> None:
        self.helpers += 1
        self._add_column(cost, upper, entries)

    def _add_column(self, cost: float, upper: float, entries: dict[int, float]) -> None:
        rows = np.array(list(entries), dtype=np.int32)
        values = np.array(list(entries.values()))
        self.solver.addCol(cost, 0.0, upper, len(rows), rows, values)

    def add(self, keys: Iterable[MenuOf]) -> None:
        """Add a column for each menu."""
        for key in keys:
            points = self.points_of[key]
            if points is not None and key not in self.keys:
                self.keys[key] = len(self.keys)
                entries = self.entries(key)
                rows = np.flatnonzero(entries)
                self._add_column(
                    points, np.inf, dict(zip(rows.tolist(), entries[rows].tolist(), strict=True))
                )

    def entries(self, key: MenuOf) -> Array:
        """Give the coefficients of a menu in all rows."""
        part, menu = key[0], list(key[1])
        day_class = self.parts.of_class[part]
        entries = np.zeros(self.height)
        entries[: self.first_part] = self.links.of_class[day_class][:, menu].sum(axis=1)
        entries[self.first_part + part] = 1.0
        between = self.parts.between[day_class].coefficients[:, menu].sum(axis=1)
        entries[self._between_rows(day_class)] = between
        return entries

    def _between_rows(self, day_class: int) -> slice:
        return slice(self.between[day_class], self.between[day_class + 1])

    def solve(self) -> Array:
        """Solve and give the price of each row; not positive where a row is an upper limit."""
        run_highs(self.solver)
        prices: Array = np.array(self.solver.getSolution().row_dual)
        if len(prices) != self.height:
            raise SolverError("HiGHS gave up without prices")
        return prices

    def legal(self, prices: Array) -> Array:
        """Clip prices to what a bound may be proven with."""
        arrays, soft, legal = self.links.arrays, self.links.soft, np.minimum(prices, 0.0)
        legal[soft] = np.maximum(legal[soft], -arrays.link.prices[soft])
        for rows, points in zip(self.links.package_rows, arrays.packages.points, strict=True):
            paid = -legal[rows].sum()
            if paid > points:
                legal[rows] *= points / paid
        # parts of days are bounded by their own least menus
        legal[self.first_part : self.first_between] = 0.0
        for day_class, between in enumerate(self.parts.between):
            own = legal[self._between_rows(day_class)]
            own[:] = np.where(between.hard, own, np.maximum(own, -between.prices))
        return legal

    def constant(self, prices: Array) -> float:
        """Points of a bound beside the days: the limits at their legal prices."""
        return float(prices @ self.limits) + self.links.given

    def between_prices(self, prices: Array, day_class: int) -> Array:
        """Price of each row between the parts of a day."""
        own: Array = prices[self._between_rows(day_class)]
        return own

    def points_at(self, prices: Array, part: int) -> Array:
        """Points of each column in a part of days, less what the rows pay for it."""
        day_class = self.parts.of_class[part]
        own = self.between_prices(prices, day_class)
        paid = _paid(own, self.parts.between[day_class].coefficients)
        paid = paid + _paid(prices[: self.first_part], self.links.of_class[day_class])
        points: Array = self.links.points[self.links.classes.first[day_class]] - paid
        return points


def _paid(prices: Array, rows: Array) -> Array:
    """Give what rows pay for each column; most rows have no price."""
    priced = np.flatnonzero(prices)
    paid: Array = prices[priced] @ rows[priced]
    return paid


def _orders_by_class(orders: Sequence[Order], classes: DayClasses, width: int) -> list[Array]:
    """Keep second meals to what classes of days can cook before: for each class rows × columns.

    A second meal on a day of class c needs its dish on a day of a class that has one early enough;
    the aggregated rows ask for it on any day. One dinner may serve as many second meals as days
    that it keeps.
    """
    numbers = range(len(classes.count))
    rows: list[list[Array]] = [[] for _ in numbers]
    for order in orders:
        for later in numbers:
            helpful = [_can_cook_for(classes, earlier, later, order.days) for earlier in numbers]
            if all(helpful):
                continue
            most = min(order.days, classes.count[later])
            for c in numbers:
                rows[c].append(
                    order.later * float(c == later) - order.earlier * (most * helpful[c])
                )
    return [np.array(own).reshape(len(own), width) for own in rows]


def _can_cook_for(classes: DayClasses, earlier: int, later: int, keeps: int) -> bool:
    """Whether a dish of a day of one class still keeps on a day of another."""
    days = list(enumerate(classes.of_day))
    firsts = [day for day, one in days if one == earlier]
    seconds = [day for day, one in days if one == later]
    return any(0 < second - first <= keeps for second in seconds for first in firsts)
