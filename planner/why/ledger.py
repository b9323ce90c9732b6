"""What a mix of average days, or a week of whole ones, comes to: points by term, money, work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from planner.bound.priced import Mix, PricedProgram, price_day, price_week
from planner.explain.account import Tally
from planner.model.arrays import Array, Rows
from planner.model.board import ColumnTable
from planner.model.keys import RULES
from planner.model.weekdays import own_minutes
from planner.search.evaluate import Choices, FoundWeek, evaluate_week
from planner.solve.parts import WeekParts, terms_of

Columns = npt.NDArray[np.int64]
OPENED = "waste"


@dataclass(frozen=True, slots=True)
class Lot:
    """An average day of a program.

    Parameters
    ----------
    first, cooked
        Its first column, and the first of what keeps and is cooked on it; -1 where that is fixed.
    count, day
        How many days it stands for, and a day of the week like it, from 0.
    """

    first: int
    cooked: int
    count: float
    day: int


class Ledger:
    """A program over some columns of a model, and what its answers come to.

    Its ``columns`` are those of the model that the program has, its ``day`` the one day of the
    week that it is about, from 0; ``None`` for the average days.
    """

    def __init__(
        self,
        parts: WeekParts,
        program: PricedProgram,
        lots: Sequence[Lot],
        columns: Columns,
        day: int | None = None,
    ) -> None:
        self.parts, self.program, self.lots = parts, program, tuple(lots)
        self.columns, self.day = columns, day

    @classmethod
    def of_week(cls, parts: WeekParts, basis: Any = None) -> Ledger:
        """Solve the average days of a week, from the ``basis`` of one that is nearly the same."""
        source = parts.model.source
        program, days = price_week(source, parts.arrays, basis)
        firsts = [source.day_kinds.index(kind) for kind in days.day_kinds]
        each = zip(days.xs, days.cooked, days.counts, firsts, strict=True)
        lots = [Lot(x, cooked, float(count), day) for x, cooked, count, day in each]
        return cls(parts, program, lots, np.arange(len(parts.model.table)))

    @classmethod
    def of_day(cls, parts: WeekParts, choices: Choices, day: int) -> Ledger:
        """Solve one day, from 0, with its dishes in any amounts of their portions."""
        columns = parts.model.table.columns
        stands = {(columns[at].place, columns[at].candidate.candidate_id) for at in choices[day]}
        same = (c.index for c in columns if (c.place, c.candidate.candidate_id) in stands)
        found = np.array(list(same), dtype=np.int64)
        program = price_day(parts.model.source, parts.arrays, choices, day, found)
        return cls(parts, program, [Lot(0, -1, 1.0, day)], found, day)

    @property
    def days(self) -> float:
        """Days that it stands for."""
        return sum(lot.count for lot in self.lots)

    @property
    def plan_days(self) -> Sequence[int]:
        """Days of the week that it is about, from 0."""
        return range(len(self.parts.model.source.weekend)) if self.day is None else [self.day]

    @cached_property
    def _figures(self) -> Mapping[str, Array]:
        """Cost [USD], energy [kcal] and work [min] of each column."""
        every = figures_of(self.parts.model.table)
        return {name: values[self.columns] for name, values in every.items()}

    def taken(self, mix: Mix, lot: Lot) -> Array:
        """Return how much of each column of the program an average day takes."""
        return mix.values[lot.first : lot.first + len(self.columns)]

    def figures(self, mix: Mix) -> Tally:
        """Describe what an answer comes to."""
        sums = dict.fromkeys(self._figures, 0.0)
        cookings = self.parts.arrays.cookings
        for lot in self.lots:
            taken = self.taken(mix, lot)
            for name, values in self._figures.items():
                sums[name] += lot.count * float(values @ taken)
            if lot.cooked >= 0:
                cooked = mix.values[lot.cooked : lot.cooked + len(cookings.names)]
                sums["minutes"] += lot.count * float(cookings.minutes @ cooked)
        means = {name: value / self.days for name, value in sums.items()}
        return Tally(mix.points, self._terms(mix), **means)

    def _terms(self, mix: Mix) -> dict[str, float]:
        """Return points by term; what no row and no column says is of packages and cookings."""
        model, terms = self.parts.model, dict[str, float]()
        total = np.zeros(len(self.columns))
        for lot, placed in zip(self.lots, self.program.placed, strict=False):
            taken = self.taken(mix, lot)
            total += lot.count * taken
            for name, values in model.terms[model.source.weekend[lot.day]].items():
                own = lot.count * float(values[self.columns] @ taken)
                terms[name] = terms.get(name, 0.0) + own
            activity = placed.rows.coefficients @ taken
            cookings = self.parts.arrays.cookings
            if lot.cooked >= 0 and cookings.row >= 0:
                cooked = mix.values[lot.cooked : lot.cooked + len(cookings.names)]
                activity[cookings.row] += cookings.minutes @ cooked
            _add_priced(terms, placed.rows, activity, lot.count)
        link = self.program.placed[-1].rows
        _add_priced(terms, link, link.coefficients @ total, 1.0)
        terms[OPENED] = terms.get(OPENED, 0.0) + mix.points - sum(terms.values())
        return terms


def _add_priced(terms: dict[str, float], rows: Rows, activity: Array, times: float) -> None:
    points = rows.breaches(activity) * rows.prices * times
    for at in np.flatnonzero(points):
        name = RULES[rows.names[at].split(".")[0]].term
        terms[name] = terms.get(name, 0.0) + float(points[at])


def figures_of(table: ColumnTable) -> dict[str, Array]:
    """Return cost [USD], energy [kcal] and work with hands on food [min] of each column.

    What keeps has its work where it is cooked.
    """
    return {
        "cost_usd": table.vector([c.serving.cost_usd for c in table.columns]),
        "energy_kcal": table.content("energy_kcal"),
        "minutes": table.vector([own_minutes(c) for c in table.columns]),
    }


def week_figures(parts: WeekParts, choices: Choices) -> tuple[Tally, FoundWeek]:
    """Describe what a week of whole days comes to, with what it was judged by."""
    found = evaluate_week(parts.arrays, parts.between, choices)
    chosen = [at for day in choices for at in day]
    every = figures_of(parts.model.table)
    sums = {name: float(values[chosen].sum()) for name, values in every.items()}
    cookings = parts.arrays.cookings
    sums["minutes"] += float(cookings.minutes @ cookings.cooked(choices)[:, :, 0].sum(axis=0))
    means = {name: value / len(choices) for name, value in sums.items()}
    return Tally(found.objective, terms_of(parts.model, found), **means), found
