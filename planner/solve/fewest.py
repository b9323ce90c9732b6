"""The fewest changes of a week: one integer program over what stood there and what lies near.

The search puts whole meals together and ends near the earlier week. This program says what must
move at least: of each place it has what stood there, in any portion, and what is best by the prices
of the average week, or what a search has found. Its rows are those of the search, read off the same
arrays; what they leave out (packages, kinds, cooking ahead) is judged with the week that comes out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from planner.bound.lp import LinearProgram, hand_over
from planner.bound.week_lp import add_rows, place_bounds, place_rows
from planner.errors import SolverError
from planner.model.arrays import Array
from planner.model.highs import quiet_highs, run_highs
from planner.search.evaluate import Between, Choices
from planner.solve.linked import columns_by_dish, dish_marks
from planner.solve.parts import EaterWeek, Shared
from planner.solve.seating import Seating

Indices = npt.NDArray[np.int64]
Dishes = Mapping[tuple[int, str], frozenset[str]]
"""Day from 0 and place → dishes and foods that may stand there."""


@dataclass(frozen=True, slots=True)
class FewestWork:
    """How far the fewest changes are looked for.

    Parameters
    ----------
    per_place
        Dishes on each place beside what stood there, over all eaters and days.
    times_lost
        As many times more of them at meals that have lost something.
    most_days
        Days that may change, at most.
    per_item, per_portion
        Points of a thing that differs and of another portion of it: they outweigh those of the
        model.
    nodes
        Nodes of the program after which it is given up.
    gap
        Points from the least at which it ends.
    """

    per_place: int
    times_lost: int
    most_days: int
    per_item: float
    per_portion: float
    nodes: int
    gap: float


@dataclass(frozen=True, slots=True)
class FreeWeek:
    """One eater's week of which something may change.

    Parameters
    ----------
    week, seating
        The model, with what the average week says of it, and what stood there.
    points
        Points of each column, days × columns, those of a change with them.
    days
        Days from 0 that may change.
    shut
        (day, meal) of such days that stay whole, with nothing added.
    lost
        (day, meal) that have lost something.
    """

    week: EaterWeek
    seating: Seating
    points: Array
    days: frozenset[int]
    shut: frozenset[tuple[int, str]] = frozenset()
    lost: frozenset[tuple[int, str]] = frozenset()

    def columns(self, day: int, dishes: Dishes) -> Indices:
        """Give the columns that a day may take: what stood there, and on an open day ``dishes``."""
        table, arrays = self.week.parts.model.table.columns, self.week.parts.arrays
        stood = self.seating.choices[day]
        if day not in self.days:
            return np.array(stood, dtype=np.int64)
        free = (arrays.closed[day] == 0) & (arrays.kept_out[day] == 0)
        known = {table[at].place: {table[at].candidate.candidate_id} for at in stood}
        near = [
            one.index
            for one in table
            if free[one.index]
            and (day, one.slot) not in self.shut
            and one.candidate.candidate_id
            in dishes.get((day, one.place), frozenset()) | known.get(one.place, set())
        ]
        return np.array(sorted({*stood, *near}), dtype=np.int64)

    def must(self, day: int) -> set[int]:
        """Return the columns that a day has in any case."""
        held = self.seating.beside if day in self.days else self.seating.choices[day]
        return {*held, *self.week.fixed.get(day, ())}


def best_dishes(
    weeks: Mapping[str, FreeWeek], shared: Shared, work: FewestWork
) -> dict[str, Dishes]:
    """Return for each eater the best dishes of each place on the days that may change.

    By the prices of the average week; what one of those who share a place may be offered there, all
    are.
    """
    days = sum(len(one.days) for one in weeks.values())
    most = max(1, work.per_place // max(1, days))
    found = {name: dict(_best(one, most, work.times_lost)) for name, one in weeks.items()}
    return {name: _with_sharers(found, name, shared) for name in weeks}


def dishes_of(weeks: Mapping[str, Sequence[Sequence[Any]]]) -> dict[str, Dishes]:
    """Return for each eater the dishes of a week: its columns day by day."""
    return {
        name: {
            (day, column.place): frozenset({column.candidate.candidate_id})
            for day, columns in enumerate(days)
            for column in columns
        }
        for name, days in weeks.items()
    }


def _best(
    one: FreeWeek, most: int, times_lost: int
) -> Iterator[tuple[tuple[int, str], frozenset[str]]]:
    parts, prices = one.week.parts, one.week.answer.prices
    for day in sorted(one.days):
        reduced = prices[parts.model.source.day_kinds[day]].reduced
        cost: dict[str, dict[str, float]] = {}
        for at in np.flatnonzero(parts.arrays.closed[day] == 0).tolist():
            column = parts.model.table.columns[at]
            of_place, dish = cost.setdefault(column.place, {}), column.candidate.candidate_id
            of_place[dish] = min(of_place.get(dish, np.inf), float(reduced[at]))
        for place, costs in cost.items():
            number = most * (times_lost if (day, place.split(".")[0]) in one.lost else 1)
            yield (day, place), frozenset(sorted(costs, key=costs.__getitem__)[:number])


def _with_sharers(found: Mapping[str, Dishes], name: str, shared: Shared) -> Dishes:
    own = found[name]
    return {
        key: dishes.union(
            *(found[one].get(key, frozenset()) for one in shared.get(key[1], ()) if one != name)
        )
        for key, dishes in own.items()
    }


def solve_fewest(
    weeks: Mapping[str, FreeWeek],
    shared: Shared,
    dishes: Mapping[str, Dishes],
    work: FewestWork,
) -> dict[str, Choices] | None:
    """Find weeks with the fewest changes among what the places offer.

    Parameters
    ----------
    weeks, shared
        What may change for each eater, and who shares which places.
    dishes
        What each eater may be offered beside what stood there.
    work
        How far it is looked for.

    Returns
    -------
    dict or None
        Name → the columns of each day; empty where the places offer no week; ``None`` where
        nothing was found within the work.
    """
    program, columns = LinearProgram(), dict[tuple[str, int], tuple[int, Indices]]()
    for name, one in weeks.items():
        for day in range(len(one.points)):
            offered = one.columns(day, dishes[name])
            least = np.isin(offered, sorted(one.must(day))).astype(float)
            first = program.add_columns(one.points[day][offered], 1.0, least, is_whole=True)
            columns[name, day] = first, offered
            _add_day(program, one, day, first, offered)
        _add_links(program, one, [columns[name, day] for day in range(len(one.points))])
    for place, names in shared.items():
        _add_shared(program, weeks, columns, place, names)
    return _solved(program, columns, work)


def _add_day(program: LinearProgram, one: FreeWeek, day: int, first: int, offered: Indices) -> None:
    source, arrays = one.week.parts.model.source, one.week.parts.arrays.narrowed_to(offered)
    if day in one.days:
        add_rows(program, arrays.rows_of(day), [(first, 1.0)], 1.0)
    bounds = place_bounds(source, arrays, day)
    program.add_rows(*bounds, [(first, place_rows(source, arrays))])


def _add_links(program: LinearProgram, one: FreeWeek, days: Sequence[tuple[int, Indices]]) -> None:
    """Add the rows over the sum of the days, and those between single days."""
    link = one.week.parts.arrays.link
    each = [(first, link.coefficients[:, offered]) for first, offered in days]
    add_rows(program, link, (), 1.0, each)
    for level, parts in _between(one.week.parts.between, days):
        if any(own.any() for _, own in parts):
            program.add_rows(np.array([-np.inf]), np.array([level]), parts)


Parts = list[tuple[int, Array]]


def _between(
    between: Between, days: Sequence[tuple[int, Indices]]
) -> Iterator[tuple[float, Parts]]:
    for spacing in between.spacings:
        for first in spacing.windows(len(days)):
            window = days[first : first + spacing.days]
            yield spacing.most, [(x, spacing.columns[own][None, :]) for x, own in window]
    for order in between.orders:
        for day, (x, own) in enumerate(days):
            before = days[max(0, day - order.days) : day]
            if order.later[own].any():
                earlier = [(y, -order.earlier[other][None, :]) for y, other in before]
                yield 0.0, [(x, order.later[own][None, :]), *earlier]
    for spread in between.spreads:
        for _, factors, limit in spread.rows(len(days)):
            each = zip(factors, days, strict=True)
            yield limit, [(x, factor * spread.amounts[own][None, :]) for factor, (x, own) in each]


def _add_shared(
    program: LinearProgram,
    weeks: Mapping[str, FreeWeek],
    columns: Mapping[tuple[str, int], tuple[int, Indices]],
    place: str,
    names: Sequence[str],
) -> None:
    """Serve the same dishes of a place to all who share it and have the meal that day."""
    slot = place.split(".")[0]
    served = {name: columns_by_dish(weeks[name].week, place) for name in names}
    dishes = sorted({dish for own in served.values() for dish in own})
    marks = {
        name: dish_marks(own, dishes, weeks[name].points.shape[1]) for name, own in served.items()
    }
    for day in range(len(next(iter(weeks.values())).points)):
        here = [
            name
            for name in names
            if slot not in weeks[name].week.parts.model.source.day_kinds[day].absence.slots
        ]
        for name in here[1:]:
            (x, first), (y, own) = columns[here[0], day], columns[name, day]
            one, other = marks[here[0]][:, first], marks[name][:, own]
            has = one.any(axis=1) | other.any(axis=1)
            parts = [(x, one[has]), (y, -other[has])]
            program.add_rows(np.zeros(has.sum()), np.zeros(has.sum()), parts)


def _solved(
    program: LinearProgram,
    columns: Mapping[tuple[str, int], tuple[int, Indices]],
    work: FewestWork,
) -> dict[str, Choices] | None:
    import highspy

    solver = quiet_highs(highspy, mip_max_nodes=work.nodes, mip_abs_gap=work.gap)
    hand_over(solver, program, highspy)
    try:
        run_highs(solver, math.inf)  # its nodes end it: no week depends on a clock
    except SolverError:
        return None
    status, known = solver.getModelStatus(), highspy.HighsModelStatus
    if status == known.kInfeasible:
        return {}
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    values = np.array(solver.getSolution().col_value)
    found: dict[str, Choices] = {}
    for (name, _), (first, offered) in columns.items():
        is_taken = values[first : first + len(offered)] > 0.5  # noqa: PLR2004
        found[name] = (*found.get(name, ()), tuple(offered[is_taken].tolist()))
    return found
