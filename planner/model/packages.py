"""Packages that are opened and spoil: what the week leaves of the last one costs points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pulp

from planner.model.board import ColumnTable, Vector, Week
from planner.model.keys import RowKey

PARTS = 1 << 14
"""Parts of a package in which use is counted: whole numbers, so that sums are exact."""
_ROUNDING = 1e-6  # of a part: a third of a package three times is one package

Counts = npt.NDArray[np.int64]
Shares = Mapping[str, tuple[str, float]]
"""Food id → the packaged food that is bought for it, and packages per gram [1/g]."""


@dataclass(frozen=True, slots=True)
class Packages:
    """What columns use of packages.

    Parameters
    ----------
    names
        The packaged foods.
    parts
        Parts of a package that a column uses, rounded down: foods × columns.
    opened
        Rows over the columns, each at most the packages that a week opens: rows × columns.
    opened_of
        Food of each row of ``opened``.
    points
        Points of a package of which nothing was used.
    """

    names: tuple[str, ...]
    parts: Counts
    opened: Vector
    opened_of: Counts
    points: float

    def narrowed_to(self, columns: npt.NDArray[np.int64]) -> Packages:
        """Keep some columns."""
        return replace(self, parts=self.parts[:, columns], opened=self.opened[:, columns])

    def left(self, used: Counts) -> Vector:
        """Give the packages left over, of all foods together; ``used`` is foods × … [parts]."""
        left: Vector = (-used & (PARTS - 1)).sum(axis=0) / PARTS
        return left


def packages_of(
    table: ColumnTable, shares: Shares, most: Mapping[str, int], points: float
) -> Packages:
    """Gather the packages that columns use.

    Parameters
    ----------
    table
        The columns.
    shares
        Which foods come in packages.
    most
        Candidate id → times in the week at most.
    points
        Points of a package of which nothing was used.
    """
    used: dict[str, dict[int, float]] = {}
    for column in table.columns:
        for food, mass_g in column.serving.portion.ingredients:
            if food in shares:
                name, per_g = shares[food]
                of_food = used.setdefault(name, {})
                of_food[column.index] = of_food.get(column.index, 0.0) + mass_g * per_g
    names = tuple(sorted(used))
    parts = np.zeros((len(names), len(table)), dtype=np.int64)
    for at, name in enumerate(names):
        for index, share in used[name].items():
            parts[at, index] = int(share * PARTS + _ROUNDING)
    opened, opened_of = _opened(table, parts, most)
    return Packages(names, parts, opened, opened_of, points)


def _opened(table: ColumnTable, parts: Counts, most: Mapping[str, int]) -> tuple[Vector, Counts]:
    """Say for each food and each candidate with it what it opens, were it alone to be eaten.

    A candidate that comes k times at most, and opens m packages at a time, opens m/k each time
    at least.
    """
    each, alone = table.columns_of_candidates(), -(-parts // PARTS)
    pairs: list[tuple[int, str]] = []
    for at in range(len(parts)):
        columns = np.flatnonzero(alone[at]).tolist()
        with_it = {table.columns[index].candidate.candidate_id for index in columns}
        pairs += [(at, name) for name in sorted(with_it)]
    rows = np.zeros((len(pairs), len(table)))
    for row, (at, name) in zip(rows, pairs, strict=True):
        row[each[name]] = alone[at, each[name]] / most[name]
    return rows, np.array([at for at, _ in pairs], dtype=np.int64)


def add_packages(week: Week, packages: Packages, *, integer: bool) -> None:
    """Price what is left of the last package of each food.

    Parameters
    ----------
    week
        The days.
    packages
        What the columns use.
    integer
        Whether packages are whole; else the rows of ``opened`` stand in for that.
    """
    if packages.points <= 0:
        return
    category = pulp.LpInteger if integer else pulp.LpContinuous
    for at, name in enumerate(packages.names):
        opened = week.board.variable(f"packages.{name}", category=category)
        used = week.total(packages.parts[at] / PARTS)
        week.board.require(RowKey("packages", name, "min"), used - opened <= 0)
        left = RowKey("packages", name, soft=True)
        week.board.prefer_at_most(left, opened - used, 0, packages.points)
        for number, row in enumerate(_rows_of(packages, at), start=1):
            key = RowKey("packages", f"{name}.{number}", "min")
            week.board.require(key, week.total(row) - opened <= 0)


def _rows_of(packages: Packages, at: int) -> Sequence[Vector]:
    return [packages.opened[row] for row in np.flatnonzero(packages.opened_of == at)]
