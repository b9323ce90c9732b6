"""The problem under construction: named rows that must hold, and rows whose breach is priced."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from copy import copy
from dataclasses import fields
from itertools import islice
from operator import attrgetter

import numpy as np
import pulp

from foods.errors import raise_collected
from planner.candidates.beside import BESIDE_SLOTS, SUPPLEMENT_KINDS, cup_places
from planner.candidates.candidate import CandidateSet, Column, Serving
from planner.errors import SolverError
from planner.model.days import DayKind
from planner.model.keys import RULES, RowKey
from planner.model.sums import Numbers, Part, Row, Sum
from planner.model.sums import Vector as Vector

_REPORT = "this is a fault of the data or the program: please report the request"
_FIGURES = attrgetter(*(one.name for one in fields(Serving) if one.type == "float"))
LEAST_COEFFICIENT = 1e-9  # below it a coefficient is rounding, not content


class ColumnTable:
    """All columns of a day, and vectors over them.

    Parameters
    ----------
    columns
        In the order of places, candidates and portions.
    nutrients
        Keys of the rows of ``amounts``.

    Its ``supplements`` are 1 for each column that is one, taken already or chosen.
    """

    def __init__(self, columns: Sequence[Column], nutrients: tuple[str, ...]) -> None:
        self.columns = tuple(columns)
        self.nutrients = nutrients
        servings = [column.serving for column in self.columns]
        self.amounts = _by_nutrient([one.amounts for one in servings])
        self.unknown_g = _by_nutrient([one.unknown_g for one in servings])
        self._refuse_unknown()
        self.supplements = self.where(lambda c: c.candidate.traits.kind in SUPPLEMENT_KINDS)
        bases: dict[str, list[tuple[int, float]]] = {}
        self._candidates: dict[str, list[int]] = {}
        for column in self.columns:
            self._candidates.setdefault(column.candidate.candidate_id, []).append(column.index)
            for base, mass_g in column.serving.bases_g.items():
                bases.setdefault(base, []).append((column.index, mass_g))
        self._bases = {
            base: (np.array([at for at, _ in held]), np.array([mass_g for _, mass_g in held]))
            for base, held in bases.items()
        }
        slots = dict.fromkeys(column.slot for column in self.columns)
        self._meals = tuple(slot for slot in slots if slot not in BESIDE_SLOTS)
        self._slots: dict[str, Vector] = {}
        self._eaten: dict[str, Vector] = {}
        self._places: dict[str, Vector] = {}

    def _refuse_unknown(self) -> None:
        """Refuse portions with figures that are no numbers; they would count as nothing."""
        figures = np.array([_FIGURES(column.serving) for column in self.columns])
        known = np.isfinite(self.amounts.sum(axis=0) + self.unknown_g.sum(axis=0))
        known &= np.isfinite(figures.sum(axis=1))
        names = {self.columns[at].candidate.name for at in np.flatnonzero(~known)}
        faults = [f"{name}: a figure of a portion is no number" for name in sorted(names)]
        raise_collected(SolverError, faults, "model")

    @classmethod
    def from_candidates(cls, candidates: CandidateSet, places: Sequence[str]) -> ColumnTable:
        """Make a column for each portion of each candidate on each of its ``places``."""
        columns: list[Column] = []
        for place in places:
            for candidate in candidates.candidates:
                if place in candidate.places:
                    for serving in candidate.servings:
                        columns.append(Column(len(columns), place, candidate, serving))
        return cls(columns, candidates.nutrients)

    def content(self, nutrient: str) -> Vector:
        """Content of ``nutrient`` per column, in its own unit."""
        amounts: Vector = self.amounts[self.nutrients.index(nutrient)]
        return amounts

    def unknown(self, nutrient: str) -> Vector:
        """Mass per column without a figure for ``nutrient`` [g]."""
        unknown_g: Vector = self.unknown_g[self.nutrients.index(nutrient)]
        return unknown_g

    def counted(self, nutrient: str, basis: str) -> Vector:
        """Content of ``nutrient`` per column as a target with this basis counts it."""
        content = self.content(nutrient)
        if basis == "food":
            return content * (1.0 - self.supplements)
        if basis == "supplement":
            return content * self.supplements
        if basis == "supplement_and_fortified":
            stem, unit = nutrient.rsplit("_", 1)
            added = f"{stem}_added_{unit}"
            fortified = self.content(added) if added in self.nutrients else 0.0
            return content * self.supplements + fortified
        return content

    def bases(self, least_g: float) -> Iterator[tuple[str, Vector]]:
        """Return base and 1 for each column with at least ``least_g`` [g] of it, sorted by base."""
        for base in sorted(self._bases):
            numbers, masses_g = self._bases[base]
            yield base, self.marks(numbers[masses_g >= least_g])

    def of_groups(self, groups: Collection[str]) -> Vector:
        """Mass of foods of some groups in each column [g]."""
        held = [c.serving.groups_g for c in self.columns]
        return self.vector([sum(one.get(group, 0.0) for group in groups) for one in held])

    def columns_of_candidates(self) -> dict[str, list[int]]:
        """Return candidate id → numbers of its columns, sorted by id."""
        return {name: self._candidates[name] for name in sorted(self._candidates)}

    def marks(self, numbers: Sequence[int] | Numbers) -> Vector:
        """1 for each of the columns of these numbers."""
        marks = np.zeros(len(self.columns))
        marks[numbers] = 1.0
        return marks

    def where(self, holds: Callable[[Column], bool]) -> Vector:
        """1 for each column for which ``holds``, else 0."""
        return np.array([1.0 if holds(column) else 0.0 for column in self.columns])

    def in_slot(self, slot: str) -> Vector:
        """1 for each column of this meal."""
        if slot not in self._slots:
            self._slots[slot] = _kept(self.where(lambda column: column.slot == slot))
        return self._slots[slot]

    def eaten_at(self, slot: str) -> Vector:
        """1 for each column of this meal, and for the cups that are drunk with it."""
        if slot not in self._eaten:
            cups = self.where(lambda column: column.place.startswith(cup_places(slot)))
            self._eaten[slot] = _kept(self.in_slot(slot) + cups)
        return self._eaten[slot]

    def on_place(self, place: str) -> Vector:
        """1 for each column on this place."""
        if place not in self._places:
            self._places[place] = _kept(self.where(lambda column: column.place == place))
        return self._places[place]

    def slots(self) -> tuple[str, ...]:
        """Name the meals that have columns, in the order of the day."""
        return self._meals

    def vector(self, values: Sequence[float]) -> Vector:
        """Put a value per column into a vector."""
        return np.array(values, dtype=float)

    def __len__(self) -> int:
        return len(self.columns)


class Board:
    """A PuLP problem under construction, with the terms of its objective.

    Its ``rows`` are written out in PuLP when somebody asks for the problem; who reads the rows
    alone saves PuLP from holding half a million coefficients one by one. Its ``owner`` stands
    before the name of each variable and row; empty: nobody's.
    """

    def __init__(self, name: str) -> None:
        self._problem = pulp.LpProblem(name, pulp.LpMinimize)
        self.rows: dict[str, Row] = {}
        self.objective: list[tuple[pulp.LpVariable, float]] = []
        self.keys: dict[str, RowKey] = {}
        self.soft_slacks: dict[str, pulp.LpVariable] = {}
        self.variables: list[pulp.LpVariable] = []
        self.owner = ""

    def owned_by(self, owner: str) -> Board:
        """Return a board that writes into the same problem, under names that say whose they are."""
        part = copy(self)
        part.owner, part.keys, part.soft_slacks = owner, {}, {}
        return part

    def name(self, plain: str) -> str:
        """Name a variable or row of this board."""
        return f"{self.owner}.{plain}" if self.owner else plain

    def add_variable(
        self, plain: str, upper: float | None = None, category: str = pulp.LpContinuous
    ) -> pulp.LpVariable:
        """Add a variable of PuLP, of 0 or more."""
        name = self.name(plain)
        made = self._problem.add_variable(name, lowBound=0, upBound=upper, cat=category)
        self.variables.append(made)
        return made

    @property
    def problem(self) -> pulp.LpProblem:
        """The problem with all rows so far; its objective is there once it is closed."""
        for name, row in islice(self.rows.items(), self._problem.numConstraints(), None):
            self._problem.addConstraint(row.in_pulp(), name)
        return self._problem

    def variable(
        self, plain: str, upper: float | None = None, category: str = pulp.LpContinuous
    ) -> Sum:
        """Add a variable of 0 or more, to be counted in sums."""
        return Sum.of(self.add_variable(plain, upper, category))

    def require(self, key: RowKey, row: Row) -> None:
        """Add a row that must hold.

        Raises
        ------
        SolverError
            When the rule is unknown, two rows have the same name, or a limit is no number: a
            fault of the model.
        """
        name = self.name(key.name)
        if key.rule not in RULES or name in self.rows:
            raise SolverError(f"row {name} is unknown or stands twice")
        if not math.isfinite(row.limit):
            raise SolverError(f"row {name} has a limit that is no number", remedy=_REPORT)
        self.keys[name] = key
        self.rows[name] = row

    def prefer_at_least(self, key: RowKey, total: Sum, lower: float, price: float) -> None:
        """Add a row whose shortfall below ``lower`` costs ``price`` points per unit."""
        if price > 0:
            self.require(key, total + self._slack(key, price) >= lower)

    def prefer_at_most(self, key: RowKey, total: Sum, upper: float, price: float) -> None:
        """Add a row whose excess over ``upper`` costs ``price`` points per unit."""
        if price > 0:
            self.require(key, total - self._slack(key, price) <= upper)

    def _slack(self, key: RowKey, price: float) -> Sum:
        plain = key.name
        slack = self.add_variable(f"short.{plain}")
        self.soft_slacks[self.name(plain)] = slack
        self.objective.append((slack, price))
        return Sum.of(slack)

    def close(self) -> None:
        """Set the objective.

        Raises
        ------
        SolverError
            When points are no numbers: a solver may then run without end.
        """
        strange = sorted(v.name for v, points in self.objective if not math.isfinite(points))
        if strange:
            raise SolverError(f"points of {strange[0]} are no number", remedy=_REPORT)
        self._problem.setObjective(pulp.LpAffineExpression(self.objective))


class HardBoard(Board):
    """A board for what must hold: a row whose breach is priced always does, and is left out."""

    def prefer_at_least(self, key: RowKey, total: Sum, lower: float, price: float) -> None:
        """Leave out a row that has a price."""

    def prefer_at_most(self, key: RowKey, total: Sum, upper: float, price: float) -> None:
        """Leave out a row that has a price."""


class Plate:
    """One day's variables, and sums over them.

    Parameters
    ----------
    board
        The problem.
    table
        The columns.
    day
        Day counted from 1; 0 for the average day of the aggregated week.
    weight
        How many days it stands for.
    kind
        What sets the day apart.
    integer
        Whether a column is either chosen or not.
    """

    def __init__(
        self,
        board: Board,
        table: ColumnTable,
        day: int,
        weight: float,
        kind: DayKind,
        *,
        integer: bool,
    ) -> None:
        self.board, self.table, self.day, self.weight = board, table, day, weight
        self.kind, self.absence = kind, kind.absence
        suffix = f".d{day}" if day else ""
        category = pulp.LpBinary if integer else pulp.LpContinuous
        self.variables = [
            board.add_variable(f"x.{column.name}{suffix}", 1, category) for column in table.columns
        ]

    def total(self, coefficients: Vector) -> Sum:
        """Sum coefficients × chosen columns."""
        used = _used(coefficients)
        return Sum(Part(self.variables, used, coefficients[used]))

    def slots(self) -> tuple[str, ...]:
        """Name the meals that are on the table, in the order of the day."""
        return tuple(slot for slot in self.table.slots() if slot not in self.absence.slots)

    def key(self, rule: str, subject: str = "", side: str = "", *, soft: bool = False) -> RowKey:
        """Name a row of this day."""
        return RowKey(rule, subject, side, self.day, soft)

    def price(self, points: float) -> float:
        """Points of a daily shortfall, for as many days as the plate stands for."""
        return points * self.weight


class Week:
    """Sums over all days: of one average plate times its weight, or of plates of their own.

    Its ``days`` count all days, its ``full_days`` those with meals elsewhere by the share of their
    targets that is planned, and ``more_kcal`` what some days need beside.
    """

    def __init__(self, plates: Sequence[Plate], days: int) -> None:
        self.plates, self.days = tuple(plates), days
        elsewhere = sum(plate.weight * (1.0 - plate.absence.share) for plate in plates)
        self.full_days: float = days - elsewhere
        self.more_kcal: float = sum(one.weight * one.absence.planned_kcal for one in plates)
        self.board, self.table = plates[0].board, plates[0].table

    def count(self, numbers: Sequence[int]) -> Sum:
        """Count how often some columns are chosen over the days."""
        return self._over_days(np.array(numbers, dtype=np.intp), np.ones(len(numbers)))

    def total(self, coefficients: Vector) -> Sum:
        """Sum coefficients × chosen columns over the days."""
        used = _used(coefficients)
        return self._over_days(used, coefficients[used])

    def _over_days(self, numbers: Numbers, values: Vector) -> Sum:
        parts = [Part(one.variables, numbers, values * one.weight) for one in self.plates]
        return Sum(*parts)


def _used(coefficients: Vector) -> Numbers:
    """Return the numbers of the columns that count in a row.

    Raises
    ------
    SolverError
        When a coefficient is no number: it must not pass as none.
    """
    sizes = np.abs(coefficients)
    if not math.isfinite(sizes.sum()):
        raise SolverError("a rule counts something that is no number", remedy=_REPORT)
    return (sizes > LEAST_COEFFICIENT).nonzero()[0]


def _kept(vector: Vector) -> Vector:
    """Guard a vector that others are given as well."""
    vector.flags.writeable = False
    return vector


def _by_nutrient(of_servings: Sequence[Vector]) -> Vector:
    """Put what each portion holds into rows by nutrient: nutrients × portions."""
    return np.array(of_servings, dtype=float).T.copy()
