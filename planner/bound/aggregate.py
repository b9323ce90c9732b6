"""Solve the LP of the aggregated week from arrays, without a second pass through PuLP.

The rows are those of the model room, read off once for an average day; here they are written for
each class of days and handed to HiGHS as one sparse matrix. Where highspy is missing, the same LP
is built by the model room for both classes and solved by PuLP.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from foods.openings import PARTS
from planner.bound.highs import quiet_highs, run_highs
from planner.bound.solver import has_cbc, solve_problem
from planner.errors import SolverError
from planner.model.arrays import Array, Rows, WeekArrays
from planner.model.build import build_aggregated_week
from planner.model.days import DayKind
from planner.model.input import ModelInput
from planner.model.packages import Packages

HIGHS = "HiGHS"
LEAST_BREACH = 1e-6  # of a row's size: rounding of the solver, not a breach


@dataclass(frozen=True, slots=True)
class Aggregate:
    """What the aggregated week says.

    Parameters
    ----------
    bound
        Points that no week can go below; ``None`` where no week exists.
    reduced
        Least reduced cost of each column over the classes of days [points a day].
    likely
        How much of each column an average day takes [0–1].
    solver, version
        Who solved it.
    """

    bound: float | None
    reduced: Array
    likely: Array
    solver: str
    version: str


Fixed = Mapping[int, Sequence[int]]
"""Day from 0 → columns that it has in any case."""


def solve_aggregate(
    source: ModelInput, arrays: WeekArrays, fixed: Fixed | None = None
) -> Aggregate:
    """Solve the LP of the aggregated week.

    Parameters
    ----------
    source
        What the model was built from.
    arrays
        The rows of an average day and of the links.
    fixed
        Columns that some days have in any case; the bound then holds for the weeks that have them.

    Raises
    ------
    SolverError
        When no solver works or it gives up. CBC is asked before HiGHS is said to have failed.
    """
    least = least_taken(source, arrays, fixed or {})
    if importlib.util.find_spec("highspy") is None:
        return _solve_by_pulp(source, arrays, least)
    try:
        return _solve_by_highs(source, arrays, least)
    except SolverError:
        if not has_cbc():
            raise
        return _solve_by_pulp(source, arrays, least, "cbc")


def day_can_hold(
    source: ModelInput,
    arrays: WeekArrays,
    day: int,
    fixed: Sequence[int],
    shut: Sequence[int] = (),
) -> bool:
    """Whether the rules of one day, from 0, leave room for ``fixed`` without those of ``shut``.

    A no is a proof, a yes is none: portions may be cut here.
    """
    if importlib.util.find_spec("highspy") is None:
        return True
    import highspy

    lp = _day_lp(source, arrays, arrays.rows_of(day), day, (fixed, shut))
    status = _run(lp, highspy).getModelStatus()
    return bool(status != highspy.HighsModelStatus.kInfeasible)


def rows_in_the_way(
    source: ModelInput,
    arrays: WeekArrays,
    day: int,
    fixed: Sequence[int],
    shut: Sequence[int] = (),
) -> tuple[str, ...]:
    """Name the rows of a day that would have to give way in the least way.

    The day has the columns of ``fixed`` and none of ``shut``.
    """
    if importlib.util.find_spec("highspy") is None:
        return ()
    import highspy

    rows = arrays.rows_of(day)
    limits = np.where(np.isfinite(rows.limits), np.abs(rows.limits), 0.0)
    scale = np.maximum(limits, np.abs(rows.coefficients).max(axis=1, initial=1.0))
    elastic = replace(
        rows, prices=np.where(rows.hard, 1.0 / scale, 0.0), hard=np.zeros_like(rows.hard)
    )
    lp = _day_lp(source, arrays, elastic, day, (fixed, shut))
    lp.costs[0] = np.zeros_like(lp.costs[0])
    taken = np.array(_run(lp, highspy).getSolution().col_value)[: arrays.points.shape[1]]
    broken = rows.hard & (rows.breaches(rows.coefficients @ taken) > LEAST_BREACH * scale)
    return tuple(rows.names[at] for at in np.flatnonzero(broken))


def _day_lp(
    source: ModelInput,
    arrays: WeekArrays,
    rows: Rows,
    day: int,
    held: tuple[Sequence[int], Sequence[int]],
) -> LinearProgram:
    """Gather one day; of ``held`` it has the first columns in any case, the second never."""
    fixed, shut = held
    lp, lowers = LinearProgram(), np.zeros(arrays.points.shape[1])
    lowers[list(fixed)] = 1.0
    uppers = 1.0 - arrays.closed[day]
    uppers[list(shut)] = 0.0
    x = lp.add_columns(arrays.points[day], uppers, lowers)
    add_rows(lp, rows, [(x, 1.0)], 1.0)
    lp.add_rows(*place_bounds(source, arrays, day), [(x, place_rows(source, arrays))])
    return lp


def least_taken(source: ModelInput, arrays: WeekArrays, fixed: Fixed) -> dict[DayKind, Array]:
    """How much of each column an average day of each class takes in any case [0–1]."""
    width = arrays.points.shape[1]
    kinds = source.kinds
    least = {kind: np.zeros(width) for kind in set(kinds)}
    for day, columns in fixed.items():
        kind = kinds[day]
        least[kind][list(columns)] += 1.0 / kinds.count(kind)
    return least


def _solve_by_pulp(
    source: ModelInput,
    arrays: WeekArrays,
    least: Mapping[DayKind, Array],
    solver: Literal["cbc"] | None = None,
) -> Aggregate:
    model = build_aggregated_week(source)
    first_day = {kind: source.kinds.index(kind) for kind in least}
    for plate, kind in zip(model.plates, sorted(least), strict=True):
        # what is priced beside the terms of the model counts here too
        more = arrays.points[first_day[kind]] - sum(model.terms[kind.weekend].values())
        for index in np.flatnonzero(np.abs(more) > 0.0):
            model.problem.objective += plate.variables[index] * float(more[index] * plate.weight)
        for index in np.flatnonzero(least[kind]):
            plate.variables[index].lowBound = float(least[kind][index])
    answer = solve_problem(model.problem, solver=solver)
    weights = np.array([plate.weight for plate in model.plates])
    empty = np.zeros(len(model.table))
    if answer.status != "infeasible" and not answer.has_solution:
        raise SolverError(f"{answer.solver} gave up on the average week")
    if not answer.has_solution:
        return Aggregate(None, empty, empty, answer.solver, answer.version)
    taken = np.array([[v.varValue or 0.0 for v in plate.variables] for plate in model.plates])
    duals = np.array([[v.dj or 0.0 for v in plate.variables] for plate in model.plates])
    return Aggregate(
        answer.objective,
        np.min(duals / weights[:, None], axis=0),
        np.clip(weights @ taken / weights.sum(), 0.0, 1.0),
        answer.solver,
        answer.version,
    )


class LinearProgram:
    """Columns and rows of an LP, gathered in blocks."""

    def __init__(self) -> None:
        self.costs: list[Array] = []
        self.lowers: list[Array] = []
        self.uppers: list[Array] = []
        self.count = 0
        self.blocks: list[tuple[Array, Array, list[tuple[int, Array, float]]]] = []

    def add_columns(self, costs: Array, upper: float | Array, lower: Array | None = None) -> int:
        """Add columns with lower bound 0, or ``lower``; gives the number of the first."""
        first = self.count
        self.lowers.append(np.zeros(len(costs)) if lower is None else lower)
        self.costs.append(costs)
        self.uppers.append(np.full(len(costs), upper))
        self.count += len(costs)
        return first

    def add_rows(
        self,
        lower: Array,
        upper: Array,
        parts: Sequence[tuple[int, Array] | tuple[int, Array, float]],
    ) -> None:
        """Add rows made of dense ``parts``: (first column, rows × columns, weight or 1)."""
        weighted = [(part[0], part[1], part[2] if len(part) > 2 else 1.0) for part in parts]  # noqa: PLR2004
        self.blocks.append((lower, upper, weighted))

    def matrix(self) -> tuple[Array, Array, Any, Any, Array]:
        """Give row bounds and the matrix by rows: starts, indices, values."""
        lowers, uppers, starts, indices, values = [], [], [np.zeros(1, dtype=np.int64)], [], []
        found: dict[int, tuple[Any, Any, Array]] = {}  # the same rows stand in each class of days
        total = 0
        for lower, upper, parts in self.blocks:
            lowers.append(lower)
            uppers.append(upper)
            for _, dense, _ in parts:
                if id(dense) not in found:
                    found[id(dense)] = _entries(dense)
            held = [found[id(dense)] for _, dense, _ in parts]
            counts = np.array([count for count, _, _ in held])
            ends = counts.sum(axis=0).cumsum()
            starts.append(total + ends)
            index, value = np.empty(counts.sum(), dtype=np.int32), np.empty(counts.sum())
            total += len(index)
            # within a row one part follows the other
            begins = ends - counts[::-1].cumsum(axis=0)[::-1]
            for (first, _, weight), begin, (count, columns, own) in zip(
                parts, begins, held, strict=True
            ):
                place = np.repeat(begin - (count.cumsum() - count), count) + np.arange(len(own))
                index[place] = columns + first
                value[place] = own * weight
            indices.append(index)
            values.append(value)
        return (
            np.concatenate(lowers),
            np.concatenate(uppers),
            np.concatenate(starts),
            np.concatenate(indices),
            np.concatenate(values),
        )


def _entries(dense: Array) -> tuple[Any, Any, Array]:
    """Give how many entries each row has, and their columns and values, row after row."""
    flat = dense.ravel()
    at = (flat != 0.0).nonzero()[0]
    return np.count_nonzero(dense, axis=1), at % dense.shape[1], flat[at]


def _run(lp: LinearProgram, highspy: Any) -> Any:
    """Let HiGHS solve the gathered LP with one thread.

    Presolving these dense rows takes four times as long as solving them without; it is done only
    where that comes to no end.

    Raises
    ------
    SolverError
        When it crashes.
    """
    solver = quiet_highs(highspy, presolve="off")
    ends = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)
    _pass_lp(solver, lp, highspy)
    run_highs(solver)
    if solver.getModelStatus() not in ends:
        solver.setOptionValue("presolve", "on")
        solver.clearSolver()
        run_highs(solver)
    return solver


def _pass_lp(solver: Any, lp: LinearProgram, highspy: Any) -> None:
    """Hand the gathered LP over as arrays: as a program of HiGHS each number is copied singly."""
    lower, upper, starts, indices, values = lp.matrix()
    shape = lp.count, len(lower), len(values), int(highspy.MatrixFormat.kRowwise)
    least = 1, 0.0  # minimise, without a constant
    columns = np.concatenate(lp.costs), np.concatenate(lp.lowers), np.concatenate(lp.uppers)
    entries = starts[:-1].astype(np.int32), indices, values
    is_whole = np.zeros(lp.count, dtype=np.int32)
    solver.passModel(*shape, *least, *columns, lower, upper, *entries, is_whole)


@dataclass(frozen=True, slots=True)
class AverageDays:
    """The average days of a week in a linear program, one for each class of days.

    Parameters
    ----------
    xs, counts
        First column of each, and how many days it stands for.
    kinds, closed
        Class of each, and 1 for the columns that none of its days has.
    """

    xs: list[int]
    counts: list[int]
    kinds: list[DayKind]
    closed: list[Array]


def add_average_week(
    lp: LinearProgram, source: ModelInput, arrays: WeekArrays, least: Mapping[DayKind, Array]
) -> AverageDays:
    """Add the aggregated week with all its rows and points; ``least`` is taken in any case."""
    classes = sorted(set(source.kinds))
    counts = [source.kinds.count(kind) for kind in classes]
    first_day = [source.kinds.index(kind) for kind in classes]
    # a column counts as open on the average day where any of its days has it
    closed = [arrays.closed[[one == kind for one in source.kinds]].min(axis=0) for kind in classes]
    xs = [
        lp.add_columns(arrays.points[day] * count, 1.0 - shut, least[kind])
        for day, count, kind, shut in zip(first_day, counts, classes, closed, strict=True)
    ]
    for x, count, day in zip(xs, counts, first_day, strict=True):
        add_rows(lp, arrays.rows_of(day), [(x, 1.0)], float(count))
        places = place_rows(source, arrays)
        lp.add_rows(*place_bounds(source, arrays, day), [(x, places)])
    add_rows(lp, arrays.link, [(x, float(n)) for x, n in zip(xs, counts, strict=True)], 1.0)
    _add_kinds(lp, arrays, xs)
    _add_packages(lp, arrays.packages, xs, counts)
    return AverageDays(xs, counts, classes, closed)


def solve_gathered(lp: LinearProgram) -> float | None:
    """Give the least points of a gathered program; ``None`` where its rows cannot all hold.

    Raises
    ------
    SolverError
        When HiGHS is missing or gives up.
    """
    highspy = _highspy()
    solver = _run(lp, highspy)
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status != highspy.HighsModelStatus.kOptimal:
        raise SolverError("HiGHS gave up on the average week", remedy="install CBC as well")
    return float(solver.getInfo().objective_function_value)


def _highspy() -> Any:
    try:
        import highspy
    except ImportError as error:
        raise SolverError("HiGHS cannot be loaded", remedy="install highspy again") from error
    return highspy


def _solve_by_highs(
    source: ModelInput, arrays: WeekArrays, least: Mapping[DayKind, Array]
) -> Aggregate:
    highspy = _highspy()
    lp = LinearProgram()
    days = add_average_week(lp, source, arrays, least)
    xs, counts, closed = days.xs, days.counts, days.closed
    solver = _run(lp, highspy)
    status = solver.getModelStatus()
    version = str(solver.version())
    width = arrays.points.shape[1]
    if status == highspy.HighsModelStatus.kInfeasible:
        return Aggregate(None, np.zeros(width), np.zeros(width), HIGHS, version)
    if status != highspy.HighsModelStatus.kOptimal:
        raise SolverError("HiGHS gave up on the average week", remedy="install CBC as well")
    solution = solver.getSolution()
    values, duals = np.array(solution.col_value), np.array(solution.col_dual)
    taken = sum(values[x : x + width] * n for x, n in zip(xs, counts, strict=True))
    # where a day has no time for a column, its reduced cost says nothing
    costs = [
        np.where(shut > 0, np.inf, duals[x : x + width] / n)
        for x, n, shut in zip(xs, counts, closed, strict=True)
    ]
    reduced = np.min(costs, axis=0)
    return Aggregate(
        float(solver.getInfo().objective_function_value),
        reduced,
        np.clip(taken / len(source.weekend), 0.0, 1.0),
        HIGHS,
        version,
    )


def add_rows(
    lp: LinearProgram, rows: Rows, blocks: Sequence[tuple[int, float]], days: float
) -> None:
    """Add ``rows`` over column blocks (first column, weight); priced ones get a slack."""
    soft = np.flatnonzero(~rows.hard)
    first = lp.add_columns(rows.prices[soft] * days, np.inf)
    slack = np.zeros((len(rows.limits), len(soft)))
    slack[soft, np.arange(len(soft))] = -1.0
    parts = [(start, rows.coefficients, weight) for start, weight in blocks]
    lp.add_rows(np.full(len(rows.limits), -np.inf), rows.limits, [*parts, (first, slack, 1.0)])


def place_rows(source: ModelInput, arrays: WeekArrays) -> Array:
    """Places × columns with 1 for the columns of each place."""
    names = [place.place_id for place in source.rules.places]
    rows = np.zeros((len(names), len(arrays.places)))
    for index, place in enumerate(arrays.places):
        rows[names.index(place), index] = 1.0
    return rows


def place_bounds(source: ModelInput, arrays: WeekArrays, day: int) -> tuple[Array, Array]:
    """One thing at most on each place, exactly one on those that the day must fill."""
    places = source.rules.places
    needed = np.array([place.place_id in arrays.needed[day] for place in places], dtype=float)
    return needed, np.ones(len(needed))


def _add_kinds(lp: LinearProgram, arrays: WeekArrays, xs: Sequence[int]) -> None:
    """Add an indicator per kind, >= its use on each place, and the price beyond the most."""
    count = len(arrays.kinds)
    if count <= arrays.most_kinds or arrays.kind_points <= 0:
        return
    used = lp.add_columns(np.zeros(count), 1.0)
    for x in xs:
        add_uses(lp, arrays.kinds, arrays.places, x, used)
    slack = lp.add_columns(np.array([arrays.kind_points]), np.inf)
    limit = np.array([-np.inf]), np.array([float(arrays.most_kinds)])
    lp.add_rows(*limit, [(used, np.ones((1, count))), (slack, -np.ones((1, 1)))])


def add_uses(lp: LinearProgram, kinds: Array, places: Sequence[str], x: int, used: int) -> None:
    """Hold the indicators from column ``used`` to at least the use of each kind on each place."""
    for place in sorted(set(places)):
        here = kinds * np.array([float(one == place) for one in places])
        rows = np.flatnonzero(here.any(axis=1))
        if len(rows):
            bounds = np.full(len(rows), -np.inf), np.zeros(len(rows))
            lp.add_rows(*bounds, [(x, here[rows]), (used, -np.eye(len(kinds))[rows])])


def _add_packages(
    lp: LinearProgram, packages: Packages, xs: Sequence[int], counts: Sequence[int]
) -> None:
    """Add the packages opened of each food, at least what dishes open, and price what is left."""
    count, rows = len(packages.names), len(packages.opened)
    if packages.points <= 0 or not rows:
        return
    opened = lp.add_columns(np.zeros(count), np.inf)
    left = lp.add_columns(np.full(count, packages.points), np.inf)
    shares = packages.parts / PARTS
    used = [(x, -shares * n) for x, n in zip(xs, counts, strict=True)]
    rest = [(opened, np.eye(count)), (left, -np.eye(count))]
    lp.add_rows(np.full(count, -np.inf), np.zeros(count), [*used, *rest])
    each = [(x, packages.opened, float(n)) for x, n in zip(xs, counts, strict=True)]
    minus = -np.eye(count)[packages.opened_of]
    lp.add_rows(np.full(rows, -np.inf), np.zeros(rows), [*each, (opened, minus, 1.0)])


def highs_lp(gathered: LinearProgram, highspy: Any) -> Any:
    """Put the gathered LP into HiGHS's own form."""
    lower, upper, starts, indices, values = gathered.matrix()
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = gathered.count, len(lower)
    lp.col_cost_ = np.concatenate(gathered.costs)
    lp.col_lower_ = np.concatenate(gathered.lowers)
    lp.col_upper_ = np.concatenate(gathered.uppers)
    lp.row_lower_, lp.row_upper_ = lower, upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = starts.astype(np.int32)
    lp.a_matrix_.index_ = indices.astype(np.int32)
    lp.a_matrix_.value_ = values
    return lp
