"""The rows of the aggregated week as arrays, for the search.

Rules are written once, in the model room; the search reads off the rows written there, so that LP
and search cannot drift apart. Every row becomes ``coefficients · x <= limit``; a row with a slack
variable becomes a priced one, the others must hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from planner.model.asked import serving_at
from planner.model.board import Board, Plate
from planner.model.build import WeekModel
from planner.model.cookings import NO_ROW, Cookings
from planner.model.days import DayKind
from planner.model.keys import IMPLICIT, RULES
from planner.model.meals import is_needed
from planner.model.packages import Packages
from planner.model.sums import AT_LEAST, AT_MOST, EQUAL, Numbers, Row
from planner.model.weekdays import closed_on, ruled_as

Array = npt.NDArray[np.float64]
"""The search moves one thing per place, counts kinds and packages, and knows weekdays by itself."""
_PRICE_DIGITS = 12


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

    def beside(self, more: Rows) -> Rows:
        """Return these rows, and ``more`` after them."""
        return Rows(
            self.names + more.names,
            np.vstack([self.coefficients, more.coefficients]),
            np.append(self.limits, more.limits),
            np.append(self.prices, more.prices),
            np.append(self.hard, more.hard),
        )

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
    kind_names, kinds, kind_points, most_kinds
        What is bought, in the order of the rows; kinds × columns with 1 where a column uses the
        kind, and points per kind used at all beyond the most.
    packages
        What the columns use of packages that spoil once opened.
    cookings
        The dishes that are cooked once and eaten while they keep.
    places
        Place of each column.
    closed
        Days × columns with 1 where a day has no time for a column, not its meal, or where the
        column stands too near to the same thing in a week around.
    kept_out
        Days × columns with 1 where something else is put on the place: the rows say so too, and
        the search knows it from the start.
    limits
        Right-hand sides of the rows of each day: days × rows, infinite where a row does not apply;
        those of ``day`` are the tightest of all days.
    needed
        For each day the places that must be filled.
    """

    day: Rows
    link: Rows
    points: Array
    kind_names: tuple[str, ...]
    kinds: Array
    kind_points: float
    most_kinds: int
    packages: Packages
    cookings: Cookings
    places: tuple[str, ...]
    closed: Array
    kept_out: Array
    limits: Array
    needed: tuple[frozenset[str], ...]

    def rows_of(self, day: int) -> Rows:
        """Return the rows of one day, from 0, with its own limits."""
        return replace(self.day, limits=self.limits[day])

    def narrowed_to(self, columns: npt.NDArray[np.int64]) -> WeekArrays:
        """Keep some columns."""
        return replace(
            self,
            day=replace(self.day, coefficients=self.day.coefficients[:, columns]),
            link=replace(self.link, coefficients=self.link.coefficients[:, columns]),
            points=self.points[:, columns],
            closed=self.closed[:, columns],
            kept_out=self.kept_out[:, columns],
            kinds=self.kinds[:, columns],
            packages=self.packages.narrowed_to(columns),
            cookings=self.cookings.narrowed_to(columns),
            places=tuple(self.places[index] for index in columns),
        )


def read_arrays(model: WeekModel) -> WeekArrays:
    """Read the rows of an average day, or of one for each set of meals missed and dishes put.

    Rows that are the same on all of them become one row with its limit on each day; a row that
    only some days have is open on the others.
    """
    day, limits, link = rows_of(model.board, model.plates)
    of_day = [ruled_as(plate.kind, model.source) for plate in model.plates]
    day_kinds = model.source.day_kinds
    places = tuple(column.place for column in model.table.columns)
    return WeekArrays(
        day,
        link,
        _points(model),
        tuple(model.kinds),
        _kinds(model),
        model.kind_points,
        model.most_kinds,
        model.packages,
        replace(model.cookings, row=_row_of_work(model, day)),
        places,
        _closed(model),
        np.array([_kept_out(model, kind) for kind in day_kinds]),
        limits[[of_day.index(ruled_as(kind, model.source)) for kind in day_kinds]],
        tuple(_needed(model, kind) for kind in day_kinds),
    )


def rows_of(board: Board, plates: Sequence[Plate]) -> tuple[Rows, Array, Rows]:
    """Return the rows of a day, their limits on each of ``plates``, and those that link days."""
    weights = [plate.weight for plate in plates]
    own = [_Collector(plate) for plate in plates]
    link = _Collector(plates[0], weights[0])  # a link counts each average day alike
    points = {id(variable): value for variable, value in board.objective}
    prices = {name: points[id(slack)] for name, slack in board.soft_slacks.items()}
    for name, row in board.rows.items():
        key = board.keys[name]
        if IMPLICIT not in RULES[key.rule].marks:
            target, weight = (own[key.day - 1], weights[key.day - 1]) if key.day else (link, 1.0)
            target.add(name, row, prices.get(name, 0.0) / weight)
    return *_merged([one.rows() for one in own]), link.rows()


def with_points_of(arrays: WeekArrays, model: WeekModel) -> WeekArrays:
    """Return the arrays of another week of the same days: other things were eaten and opened."""
    points, closed, kinds = _points(model), _closed(model), _kinds(model)
    own = replace(arrays, points=points, closed=closed, packages=model.packages)
    return replace(own, kind_names=tuple(model.kinds), kinds=kinds)


def _kinds(model: WeekModel) -> Array:
    kinds: Array = np.zeros((len(model.kinds), len(model.table)))
    for row, columns in zip(kinds, model.kinds.values(), strict=True):
        row[columns] = 1.0
    return kinds


def _row_of_work(model: WeekModel, day: Rows) -> int:
    """Return the number of the row of a day that counts minutes of work."""
    own = [at for at, name in enumerate(day.names) if model.keys[name].rule == "work"]
    return own[0] if own else NO_ROW


def _closed(model: WeekModel) -> Array:
    """1 for the columns that a day cannot have: days × columns."""
    closed = np.array([_closed_by_kind(model, kind) for kind in model.source.day_kinds])
    days = len(closed)
    for spacing in model.spacings:
        since, until = model.source.around.get(spacing.name, (None, None))
        least = spacing.days - spacing.most + 1
        for day in range(days):
            before = since is not None and day + since < least
            after = until is not None and days - 1 - day + until < least
            if before or after:
                closed[day] = np.maximum(closed[day], spacing.columns)
    return closed


def _closed_by_kind(model: WeekModel, kind: DayKind) -> Array:
    """1 for the columns that a day has no time for, or whose meal it misses."""
    missed = model.table.where(lambda column: column.slot in kind.absence.slots)
    own = closed_on(model.table, model.source, kind, model.off_weekdays)
    closed: Array = np.maximum(own, missed)
    return closed


def _kept_out(model: WeekModel, kind: DayKind) -> Array:
    """1 for the columns of a place on which another dish is put, which stands on that one alone."""
    table = model.table
    found: Array = np.zeros(len(table))
    for put in model.source.own_puts(kind.puts):
        marks = serving_at(table, put)
        places = {table.columns[at].place for at in np.flatnonzero(marks)}
        if len(places) == 1:
            found = np.maximum(found, table.on_place(places.pop()) - marks)
    return found


def _needed(model: WeekModel, kind: DayKind) -> frozenset[str]:
    """Name the places that a day must fill."""
    return frozenset(
        place.place_id for place in model.source.rules.places if is_needed(place, kind, model.table)
    )


def _merged(parts: Sequence[Rows]) -> tuple[Rows, Array]:
    """Gather the rows of several average days: one list of rows, and limits by average day."""
    if len(parts) == 1:
        return parts[0], parts[0].limits[None, :]
    lines: dict[tuple[str, bytes, float], tuple[int, int]] = {}
    for number, rows in enumerate(parts):
        for at, name in enumerate(rows.names):
            lines.setdefault(_same_row(name, rows, at), (number, at))
    limits = np.full((len(parts), len(lines)), np.inf)
    place = {key: row for row, key in enumerate(lines)}
    for number, rows in enumerate(parts):
        for at, name in enumerate(rows.names):
            limits[number, place[_same_row(name, rows, at)]] = rows.limits[at]
    taken = [(parts[number], at) for number, at in lines.values()]
    merged = Rows(
        tuple(rows.names[at] for rows, at in taken),
        np.array([rows.coefficients[at] for rows, at in taken]),
        limits.min(axis=0),
        np.array([rows.prices[at] for rows, at in taken]),
        np.array([rows.hard[at] for rows, at in taken]),
    )
    return merged, limits


def _same_row(name: str, rows: Rows, at: int) -> tuple[str, bytes, float]:
    """Return what two rows share that are one: name without its day, left side and price."""
    price = round(float(rows.prices[at]), _PRICE_DIGITS)
    return name.rsplit(".d", 1)[0], rows.coefficients[at].tobytes(), price


def _points(model: WeekModel) -> Array:
    totals = {kind: sum(terms.values()) for kind, terms in model.terms.items()}
    return np.array([totals[kind] for kind in model.source.weekend])


class _Collector:
    """Gathers rows in the form ``<=`` over the columns of one average day.

    Coefficients are divided by ``weight``.
    """

    def __init__(self, plate: Plate, weight: float = 1.0) -> None:
        self.variables, self.weight = plate.variables, weight
        self.names: list[str] = []
        self.entries: list[list[tuple[Numbers, Array]]] = []
        self.limits: list[float] = []
        self.prices: list[float] = []

    def add(self, name: str, row: Row, price: float) -> None:
        """Add a row; what it says of other days is the same, and a slack is its price."""
        own = [one for one in row.total.parts if one.variables is self.variables]
        for sign in {AT_LEAST: (-1.0,), AT_MOST: (1.0,), EQUAL: (1.0, -1.0)}[row.sense]:
            self.names.append(name)
            self.entries.append([(one.numbers, sign * one.values / self.weight) for one in own])
            self.limits.append(sign * row.limit)
            self.prices.append(price)

    def rows(self) -> Rows:
        prices = np.array(self.prices)
        coefficients = np.zeros((len(self.names), len(self.variables)))
        for line, entries in zip(coefficients, self.entries, strict=True):
            for numbers, values in entries:
                line[numbers] += values
        return Rows(tuple(self.names), coefficients, np.array(self.limits), prices, prices == 0.0)
