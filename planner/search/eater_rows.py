"""The rows of an eater's week, narrowed to what is searched: of days, links and windows of days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from planner.model.arrays import Array, Rows, WeekArrays
from planner.model.variety import Order
from planner.search.evaluate import Between
from planner.search.flat import ByColumn, nonzero_by_column
from planner.search.spots import Ints

HAIR = 1e-6  # of its limit: how far inside of it the search holds a hard row that counts
AIM = 0.003  # and one that sums, such as a nutrient: better weeks than 0.001 or none give

Places = Sequence[tuple[Sequence[int], bool]]
"""For each place its columns and whether it must be filled."""


class EaterRows:
    """The rows that the columns of an eater could break.

    Parameters
    ----------
    arrays, between
        Rows of the week and rules between single days, over the columns that are searched.
    places
        The places, their columns numbered as in ``arrays``.
    """

    def __init__(self, arrays: WeekArrays, between: Between, places: Places) -> None:
        self.days, self.width = arrays.points.shape
        breakable, work = _breakable(arrays.day, places, 1), arrays.cookings.row
        if work >= 0:
            breakable[work] = True  # what is cooked counts there beside the columns
        self.day = _kept(arrays.day, breakable)
        self.own_limits = _drawn_in(arrays.day, arrays.limits)[:, breakable]
        self.work = int(breakable[:work].sum()) if work >= 0 else -1
        link = _kept(arrays.link, _breakable(arrays.link, places, self.days))
        self.alike = len(link.names)  # these rows count alike on all days, those that follow do not
        self.link, self.active = _with_windows(link, between, self.days)

    def work_on(self, day: int) -> int:
        """Give the row of the minutes of work of a day, -1 for none."""
        if self.work < 0 or not np.isfinite(self.own_limits[day, self.work]):
            return -1
        return len(self.link.names) + day * len(self.day.names) + self.work

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the link rows, and of those of a day."""
        return *self.link.names, *self.day.names

    @property
    def count(self) -> int:
        """Number of rows: link rows, and own rows for each day."""
        return len(self.link.names) + self.own_limits.size

    def limits(self) -> Array:
        """Limits of the rows, in their order."""
        own = np.where(np.isfinite(self.own_limits), self.own_limits, 0.0)  # no entries there
        return np.concatenate([self.link.limits, own.ravel()])

    def on(self, day: int) -> ByColumn:
        """Give the rows of each column on a day, with their coefficients."""
        links = len(self.link.names)
        block = np.vstack([self._links_on(day), self.day.coefficients])
        block[links:][~np.isfinite(self.own_limits[day])] = 0.0
        first, column, row = nonzero_by_column(block)
        value = block[row, column]
        return ByColumn(first, (np.where(row < links, row, row + day * len(self.day.names)), value))

    def _links_on(self, day: int) -> Array:
        """Coefficients of the link rows on a day."""
        links: Array = self.link.coefficients * self.active[day][:, None]
        return links

    def lines(self, options: Ints) -> tuple[Array, list[tuple[Ints, Ints]]]:
        """Give the coefficients of options, and for each day its rows and their lines.

        The coefficients are lines × options; days share a line where the row counts alike.
        """
        padded = np.hstack([np.vstack([self.link.coefficients, self.day.coefficients]),
                            np.zeros((len(self.names), 1))])  # fmt: skip
        here = padded[:, options]
        links, some = len(self.link.names), np.flatnonzero(here.any(axis=1))
        block, rows_by_day = [here[some]], []
        count = len(some)
        for day in range(self.days):
            factor = self._factors(day, some)
            line = np.arange(len(some))
            scaled = np.flatnonzero((factor != 0.0) & (factor != 1.0))
            block.append(here[some[scaled]] * factor[scaled][:, None])
            line[scaled] = count + np.arange(len(scaled))
            count += len(scaled)
            kept = factor != 0.0
            row = np.where(some < links, some, some + day * len(self.day.names))
            rows_by_day.append((row[kept], line[kept]))
        return np.vstack(block), rows_by_day

    def _factors(self, day: int, some: Ints) -> Array:
        """How much each of some rows counts on a day; one of a day alone counts where it holds."""
        links = len(self.link.names)
        factors: Array = np.append(self.active[day], 1.0)[np.minimum(some, links)]
        of_day = some >= links
        factors[of_day] = np.isfinite(self.own_limits[day])[some[of_day] - links]
        return factors


def _with_windows(link: Rows, between: Between, days: int) -> tuple[Rows, Array]:
    """Append a row per spacing and window of days, and two per spread and day.

    Gives the rows, and how much each counts on each day: days × rows.
    """
    base = np.ones((days, len(link.names)))
    more = list(_windows(between, days))
    if not more:
        return link, base
    names, lines, limits, prices, factors = zip(*more, strict=True)
    rows = Rows(
        (*link.names, *names),
        np.vstack([link.coefficients, np.array(lines)]),
        np.concatenate([link.limits, limits]),
        np.concatenate([link.prices, prices]),
        np.concatenate([link.hard, np.array(prices) == 0.0]),
    )
    return rows, np.hstack([base, np.array(factors).T])


def _windows(between: Between, days: int) -> Iterator[tuple[str, Array, float, float, Array]]:
    """Give name, coefficients, limit, price and how much it counts on each day, for each row."""
    for spacing in between.spacings:
        for first in spacing.windows(days):
            name = f"spacing.{spacing.name}.d{first + 1}"
            inside = [float(first <= d < first + spacing.days) for d in range(days)]
            yield name, spacing.columns, 1.0, spacing.price or 0.0, np.array(inside)
    for spread in between.spreads:
        for key, by_day, limit in spread.rows(days):
            most = float(np.abs(by_day).max()) or 1.0  # what a row can reach is told by its line
            yield key.name, spread.amounts * most, limit, 0.0, by_day / most


def _kept(rows: Rows, keep: npt.NDArray[np.bool_]) -> Rows:
    """Keep some rows, limits drawn in so that what the search holds the exact test holds too."""
    return Rows(
        tuple(name for name, kept in zip(rows.names, keep, strict=True) if kept),
        rows.coefficients[keep],
        _drawn_in(rows, rows.limits)[keep],
        rows.prices[keep],
        rows.hard[keep],
    )


def _breakable(rows: Rows, places: Places, days: int) -> npt.NDArray[np.bool_]:
    """Whether these columns could break each row on ``days`` days together."""
    most = np.zeros(len(rows.names))
    for members, required in places:
        part = rows.coefficients[:, list(members)].max(axis=1, initial=-np.inf)
        most += part if required else np.maximum(part, 0.0)
    breakable: npt.NDArray[np.bool_] = most * days > rows.limits + 1e-9 * np.abs(rows.limits)
    return breakable


def _drawn_in(rows: Rows, limits: Array) -> Array:
    """Draw the limits of hard rows in, of sums more; a row that does not apply stays open.

    A price alone ends a hair beyond a limit, and such a week is lost. Counts are whole numbers.
    """
    counts = (np.mod(rows.coefficients, 1.0) == 0.0).all(axis=1)
    share = np.where(rows.hard, np.where(counts, HAIR, AIM), 0.0)
    drawn: Array = limits - share * np.abs(np.where(np.isfinite(limits), limits, 0.0))
    return drawn


def narrow_between(between: Between, columns: Ints) -> Between:
    """Keep some columns of the rules between days, and the rules that have any left."""
    near = [replace(one, columns=one.columns[columns]) for one in between.spacings]
    after = [
        replace(one, later=one.later[columns], earlier=one.earlier[columns])
        for one in between.orders
    ]
    even = [replace(one, amounts=one.amounts[columns]) for one in between.spreads]
    return Between(
        [one for one in near if one.columns.any()],
        [one for one in after if one.later.any()],
        even,
    )


def dishes_on(orders: Sequence[Order], options: Sequence[Ints], which: str) -> list[Ints]:
    """For each place the dish of each option that comes earlier or later, -1 for none."""
    marks = np.array([getattr(order, which) for order in orders])
    padded = np.hstack([marks, np.zeros((len(orders), 1))])
    return [
        np.where(padded[:, members].any(axis=0), padded[:, members].argmax(axis=0), -1)
        for members in options
    ]
