"""Trials of an impossible week: what must give way if some rules hold and others are left out.

Every group of rows has a slack, scaled by its limit. Whether a group must hold, gives way at a
price or is left out is a matter of bounds and costs, so that one linear program (``board_lp.py``)
stays warm through all trials.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np

from planner.bound.board_lp import BoardMatrix, WarmProgram
from planner.model.board import Board
from planner.model.keys import RowKey
from planner.model.sums import AT_LEAST, AT_MOST, EQUAL, Row

PRICED = 1e-7  # price from which a row is part of the proof
TOUCHED = 1e-6  # least change that counts, relative to the row's limit
_OF_WEEK = ("nutrient_week", "ratio_week")  # sums over days, in a group with rows of a day
_BANDS = {"nutrient": ("nutrient_day", "nutrient_week"), "ratio": ("ratio_day", "ratio_week")}
_SIDES = {AT_LEAST: (1.0,), AT_MOST: (-1.0,), EQUAL: (1.0, -1.0)}

Group = tuple[str, str]
"""Whose rows, and which: those of one rule, subject and side."""


@dataclass(frozen=True, slots=True)
class RuleRows:
    """The rows of a board, gathered into groups that give way together.

    Parameters
    ----------
    board, keys
        The rows by name, and the key of each.
    groups
        Group → names of its rows.
    days
        Days of the plan, over which rows of the week sum.
    """

    board: Board
    keys: Mapping[str, RowKey]
    groups: Mapping[Group, Sequence[str]]
    days: int

    @classmethod
    def of(cls, board: Board, keys: Mapping[str, Mapping[str, RowKey]], days: int) -> RuleRows:
        """Gather the rows of a board; ``keys`` are those of each eater on it."""
        groups: dict[Group, list[str]] = {}
        for owner, own in keys.items():
            for name, key in own.items():
                groups.setdefault((owner, _group(key)), []).append(name)
        every = {name: key for own in keys.values() for name, key in own.items()}
        return cls(board, every, groups, days)

    def of_rules(self, rules: Collection[str]) -> list[Group]:
        """Name the groups of some rules."""
        return [group for group in self.groups if self.key(group).rule in rules]

    def key(self, group: Group) -> RowKey:
        """Return the key of a group, without a day."""
        return replace(self.keys[self.groups[group][-1]], day=0)

    def speaker(self, group: Group) -> Row:
        """Return the row that speaks for a group: of the week where there is one."""
        return self.board.rows[self.groups[group][-1]]

    def price(self, group: Group) -> float:
        """Return the points of a unit of slack of a group, so that all count by their limits."""
        return self.share(self.groups[group][-1]) / max(abs(self.speaker(group).limit), 1.0)

    def slacks(self, group: Group) -> tuple[float, ...]:
        """Return the sign of each slack of a group: an equation gives way on both sides."""
        return _SIDES[self.speaker(group).sense]

    def share(self, name: str) -> float:
        """How many days a row sums over, as far as its group mixes days and weeks."""
        return float(self.days) if self.keys[name].rule in _OF_WEEK else 1.0


def _group(key: RowKey) -> str:
    """Rows that give way together: of all days, of day and week for one band, of all dishes."""
    for band, rules in _BANDS.items():
        if key.rule in rules:
            return ".".join([band, *key.about, key.side, "soft" if key.soft else "hard"])
    if key.rule == "shared":  # all dishes of a place that an eater shares with the first
        return f"shared.{key.place}.{key.number}"
    return replace(key, day=0).name


class Trials:
    """Answers what happens where some groups hold, some give way at a price, and none else is.

    All of it is one linear program of HiGHS, in which each answer starts from the last.

    Parameters
    ----------
    rules
        What is tried.
    until
        Reading of ``time.perf_counter`` after which ``give_way`` raises ``OutOfTimeError``.
    """

    def __init__(self, rules: RuleRows, until: float = math.inf) -> None:
        self._until = until
        matrix = BoardMatrix.of(rules.board)
        self._rules = rules
        self._proof: Any = None
        self._limits = np.array([matrix.lower, matrix.upper])
        self._open = np.array([[-np.inf], [np.inf]])
        of_row = {name: group for group, names in rules.groups.items() for name in names}
        self._group_of_row = [of_row[name] for name in matrix.names]
        self._row = {name: at for at, name in enumerate(matrix.names)}
        self._program = WarmProgram(replace(matrix, costs=np.zeros(len(matrix.costs))))
        self._groups = [(group, sign) for group in rules.groups for sign in rules.slacks(group)]
        rows = [[self._row[name] for name in rules.groups[group]] for group, _ in self._groups]
        values = [
            [sign * rules.share(name) for name in rules.groups[group]]
            for group, sign in self._groups
        ]
        starts = np.cumsum([0, *map(len, rows)])[:-1]
        at, gives = (np.array(list(chain.from_iterable(part))) for part in (rows, values))
        first = self._program.add_columns(at, gives, starts)
        self._numbers = first + np.arange(len(self._groups))
        self._price = np.array([rules.price(group) for group, _ in self._groups])

    def give_way(self, hard: Collection[Group], elastic: Collection[Group]) -> float | None:
        """Return the least sum of relative slacks; ``None`` where ``hard`` alone cannot hold."""
        giving, held = set(elastic), {*hard, *elastic}
        gives = np.array([group in giving for group, _ in self._groups])
        self._program.set_columns(self._numbers, self._price, np.where(gives, np.inf, 0.0))
        holds = np.array([group in held for group in self._group_of_row])
        lower, upper = np.where(holds, self._limits, self._open)
        self._program.set_rows(np.arange(len(holds)), lower, upper)
        if self._proof is not None:
            self._program.basis = self._proof
        least = self._program.solve(self._until)
        if least is not None and least > TOUCHED:
            self._proof = self._program.basis
        return least

    def priced(self) -> set[Group]:
        """Name the groups with a price in the last answer: they alone prove its sum."""
        prices = np.abs(self._program.prices())
        return {
            group
            for group, names in self._rules.groups.items()
            if any(prices[self._row[name]] > PRICED for name in names)
        }

    def given(self, group: Group) -> float:
        """Return how much a group gave way in the last answer [its unit]."""
        values = self._program.values()[self._numbers]
        own = [one == group for one, _ in self._groups]
        return float(values[own].sum())
