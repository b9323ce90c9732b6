"""The rows of the aggregated week as arrays, for the search.

Rules are written once, in the model room; the search reads them off the built problem, so that LP
and search cannot drift apart. Every row becomes ``coefficients · x <= limit``; a row with a slack
variable becomes a priced one, the others must hold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from planner.model.build import WeekModel
from planner.model.keys import RowKey

Array = npt.NDArray[np.float64]
IMPLICIT_RULES = ("place", "kinds", "weekday_minutes")
"""The search moves one thing per place, counts kinds and knows weekdays by itself."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows ``coefficients @ x <= limit`` over the columns of one day.

    Parameters
    ----------
    names
        Row names.
    coefficients
        rows × columns, per day.
    limits
        Right-hand sides.
    prices
        Points per unit of breach; 0 for rows that must hold.
    hard
        Whether a row must hold.
    """

    names: tuple[str, ...]
    coefficients: Array
    limits: Array
    prices: Array
    hard: npt.NDArray[np.bool_]

    def breaches(self, activities: Array) -> Array:
        """How far each activity (… × rows) lies beyond its limit."""
        beyond: Array = np.maximum(activities - self.limits, 0.0)
        return beyond


@dataclass(frozen=True, slots=True)
class WeekArrays:
    """Everything the search needs of a model.

    Parameters
    ----------
    day, link
        Rows of a day, and rows over the sum of the days.
    points
        Points per column for each day: days × columns.
    kinds, kind_points, most_kinds
        Kinds × columns with 1 where a column uses the kind, and points per kind used at all beyond
        the most.
    places
        Place of each column.
    closed
        Days × columns with 1 where a day has no time for a column.
    """

    day: Rows
    link: Rows
    points: Array
    kinds: Array
    kind_points: float
    most_kinds: int
    places: tuple[str, ...]
    closed: Array

    def narrowed_to(self, columns: npt.NDArray[np.int64]) -> WeekArrays:
        """Keep some columns."""
        return replace(
            self,
            day=replace(self.day, coefficients=self.day.coefficients[:, columns]),
            link=replace(self.link, coefficients=self.link.coefficients[:, columns]),
            points=self.points[:, columns],
            closed=self.closed[:, columns],
            kinds=self.kinds[:, columns],
            places=tuple(self.places[index] for index in columns),
        )


def read_arrays(model: WeekModel) -> WeekArrays:
    """Read the rows of an aggregated week; day rows are the same in each class of days."""
    position = {
        id(variable): (number, index)
        for number, plate in enumerate(model.plates)
        for index, variable in enumerate(plate.variables)
    }
    objective = {id(variable): value for variable, value in model.problem.objective.items()}
    weights = [plate.weight for plate in model.plates]
    day, link = _Collector(len(model.table)), _Collector(len(model.table))
    for row in model.problem.constraints():
        key = model.keys[row.name]
        if key.rule in IMPLICIT_RULES or key.day > 1:
            continue
        target, weight = (day, weights[0]) if key.day else (link, 1.0)
        target.add(key, row, position, objective, weights, weight)
    kinds = np.array(list(model.kinds.values())).reshape(len(model.kinds), len(model.table))
    places = tuple(column.place for column in model.table.columns)
    return WeekArrays(
        day.rows(),
        link.rows(),
        _points(model),
        kinds,
        model.kind_points,
        model.most_kinds,
        places,
        np.array([model.too_long * (not weekend) for weekend in model.source.weekend]),
    )


def _points(model: WeekModel) -> Array:
    totals = {kind: sum(terms.values()) for kind, terms in model.terms.items()}
    return np.array([totals[kind] for kind in model.source.weekend])


class _Collector:
    """Gathers rows in the form ``<=``."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self.names: list[str] = []
        self.lines: list[Array] = []
        self.limits: list[float] = []
        self.prices: list[float] = []

    def add(
        self,
        key: RowKey,
        row: Any,
        position: dict[int, tuple[int, int]],
        objective: dict[int, float],
        weights: list[float],
        weight: float,
    ) -> None:
        line, price = np.zeros(self.columns), 0.0
        for variable, value in row.items():
            where = position.get(id(variable))
            if where is None:  # the slack of a priced row
                price = objective[id(variable)] / weight
            elif where[0] == 0 or key.day:
                line[where[1]] = value if key.day else value / weights[0]
        for sign in {1: (-1.0,), -1: (1.0,), 0: (1.0, -1.0)}[row.sense]:
            self.names.append(key.name)
            self.lines.append(sign * line)
            self.limits.append(sign * -row.constant)
            self.prices.append(price)

    def rows(self) -> Rows:
        prices = np.array(self.prices)
        return Rows(
            tuple(self.names),
            np.array(self.lines).reshape(len(self.lines), self.columns),
            np.array(self.limits),
            prices,
            prices == 0.0,
        )
