"""Dishes that are cooked once and eaten while they keep: a cooking has its work, a meal none.

A dish is cooked on the first day that has it, and again when what was cooked is past its days: that
is how little cooking its days need.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import numpy.typing as npt
import pulp

from planner.model.board import ColumnTable, Plate, Vector, Week
from planner.model.input import ModelInput
from planner.model.keys import RowKey
from planner.model.objective import work_points
from planner.model.packages import Steps
from planner.model.sums import Sum

NO_ROW = -1
Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cookings:
    """The dishes of a week that are cooked once and eaten while they keep.

    Parameters
    ----------
    names
        Candidate ids.
    dish
        Number of the dish of each column, -1 for none.
    keeps
        Days after the day of cooking on which each is eaten.
    points, minutes
        Points of a cooking, days × dishes, and its work [min].
    row
        Number of the row of a day that counts minutes of work; ``NO_ROW`` where there is none.
    """

    names: tuple[str, ...]
    dish: Indices
    keeps: Indices
    points: Vector
    minutes: Vector
    row: int = NO_ROW

    def narrowed_to(self, columns: Indices) -> Cookings:
        """Keep some columns."""
        return replace(self, dish=self.dish[columns])

    def work_rows(self, rows: int) -> Vector:
        """Return what cooking each dish adds to the rows of a day: ``rows`` × dishes."""
        added = np.zeros((rows, len(self.names)))
        if self.row != NO_ROW:
            added[self.row] = self.minutes
        return added

    def work_of(self, cooked: Sequence[Sum]) -> Sum:
        """Return the work of what is cooked [min], by the variables of a day."""
        each = zip(self.minutes.tolist(), cooked, strict=False)
        return sum((minutes * one for minutes, one in each), Sum())

    def by_place(self, places: Sequence[str]) -> tuple[Vector, Indices]:
        """Return the columns of each dish on each place (pairs × columns) and each pair's dish.

        ``places``: the place of each column.
        """
        on = np.array(places)
        pairs = sorted({(d, p) for d, p in zip(self.dish.tolist(), places, strict=True) if d >= 0})
        rows = [(self.dish == dish) & (on == place) for dish, place in pairs]
        marks = np.array(rows, dtype=float).reshape(len(pairs), len(places))
        return marks, np.array([dish for dish, _ in pairs], dtype=np.int64)

    def cooked(self, days: Sequence[Sequence[int]], steps: Steps = ()) -> Flags:
        """Say on which days dishes are cooked.

        Parameters
        ----------
        days
            For each day the columns that all weeks have.
        steps
            What the weeks have beside that, each its own; without any there is one week.

        Returns
        -------
        Flags
            Days × dishes × weeks.
        """
        size = len(steps[0][1]) if steps else 1
        served = np.zeros((len(days), len(self.names) + 1, size), dtype=bool)  # at -1: no dish
        for day, chosen in enumerate(days):
            served[day, self.dish[list(chosen)]] = True
        for day, columns in steps:
            dish = np.where(columns < 0, -1, self.dish[columns])
            served[day, dish, np.arange(size)] = True
        cooked = served[:, :-1]
        left = np.zeros(cooked.shape[1:], dtype=np.int64)  # days for which there is some
        for day in range(len(days)):
            cooked[day] &= left == 0
            left = np.where(cooked[day], self.keeps[:, None], np.maximum(left - 1, 0))
        return cooked


def cookings_of(table: ColumnTable, source: ModelInput) -> Cookings:
    """Gather the dishes that are cooked once and eaten while they keep.

    The work of one that stands on several places costs what it does where that is least.
    """
    names: list[str] = []
    dish, firsts = np.full(len(table), -1), []
    for name, numbers in table.columns_of_candidates().items():
        if table.columns[numbers[0]].candidate.traits.is_kept:
            dish[numbers] = len(names)
            names.append(name)
            firsts.append([table.columns[number] for number in numbers])
    effort, weight = source.rules.points["effort"], source.weights.effort
    points = {
        weekend: [min(work_points(c, effort, weekend=weekend) for c in own) for own in firsts]
        for weekend in set(source.weekend)
    }
    traits = [own[0].candidate.traits for own in firsts]
    return Cookings(
        tuple(names),
        dish,
        np.array([one.keeps_days for one in traits], dtype=np.int64),
        np.array([points[one] for one in source.weekend], dtype=float) * weight,
        np.array([float(one.active_minutes) for one in traits]),
    )


def cooking_on(plate: Plate, cookings: Cookings, points: Vector, *, integer: bool) -> list[Sum]:
    """Return, for each dish, a variable: whether it is cooked on a day; ``points`` are its own."""
    category = pulp.LpBinary if integer else pulp.LpContinuous
    found = []
    for name, price in zip(cookings.names, points.tolist(), strict=True):
        made = plate.board.add_variable(f"cooked.{name}.d{plate.day}", 1, category)
        plate.board.objective.append((made, plate.price(price)))
        found.append(Sum.of(made))
    return found


def add_cookings(
    week: Week, cookings: Cookings, cooked: Sequence[Sequence[Sum]], *, integer: bool
) -> None:
    """Cook what is eaten, on a day that has it.

    Parameters
    ----------
    week, cookings
        The days, and the dishes.
    cooked
        For each day the variables of the dishes.
    integer
        Whether days are of their own: what is eaten was cooked within its days, and once in these.
        The days of an average week have as many meals in all as its cookings keep for.
    """
    board, days = week.board, list(zip(week.plates, cooked, strict=True))
    each = list(enumerate(cookings.names))
    for (number, name), (plate, own) in product(each, days):
        eaten = plate.total((cookings.dish == number).astype(float))
        key = RowKey("cooked", f"{name}.eaten", "max", day=plate.day)
        board.require(key, own[number] - eaten <= 0)
    pairs = cookings.by_place([column.place for column in week.table.columns])
    for marks, number in zip(*pairs, strict=True):
        name, keeps = cookings.names[number], int(cookings.keeps[number])
        place = week.table.columns[int(marks.argmax())].place
        if not integer:
            count = sum((plate.weight * own[number] for plate, own in days), Sum())
            key = RowKey("cooked", name, "min", place=place)
            board.require(key, week.total(marks) - float(keeps + 1) * count <= 0)
            continue
        for day, plate in enumerate(week.plates):
            kept = _kept(cooked, number, day, keeps)
            key = RowKey("cooked", name, "min", day=day + 1, place=place)
            board.require(key, plate.total(marks) - kept <= 0)
    for (number, name), day in product(each, range(len(days)) if integer else ()):
        kept = _kept(cooked, number, day, int(cookings.keeps[number]))
        board.require(RowKey("cooked", f"{name}.once", "max", day=day + 1), kept <= 1)


def _kept(cooked: Sequence[Sequence[Sum]], number: int, day: int, keeps: int) -> Sum:
    """Sum up the cookings of a dish from which there is some on a day."""
    return sum((of[number] for of in cooked[max(0, day - keeps) : day + 1]), Sum())
