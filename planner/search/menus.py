"""Weeks put together from whole days, and the bound that this proves.

Column generation: a *menu* is all that a day serves. A small linear program mixes menus under the
rules that link days; its prices say what a day must save or bring, the annealer finds menus that
are cheap at those prices, and so on until none is left (prices are averaged with those before, or
they swing). Two things come of it. The prices prove a bound: what a day costs at least at these
prices, found exactly by an integer program over one day, adds up to a bound for every week, higher
than that of the aggregated week, because a day of fractions no longer counts. And the cheap menus,
made various by forbidding dishes by chance, are put together into whole weeks by the same search
that composes days from dishes: its places are days, and what may stand there are menus.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from foods.openings import PARTS
from planner.bound.highs import quiet_highs, run_highs
from planner.bound.lp import LinearProgram, highs_lp
from planner.bound.week_lp import add_rows, add_uses, place_bounds, place_rows
from planner.errors import SolverError
from planner.model.arrays import Array, Rows, WeekArrays
from planner.model.input import ModelInput
from planner.model.variety import Order
from planner.search.evaluate import Between, Choices, FoundWeek, evaluate_week, most_allowed
from planner.search.layout import Indices, Layout, Places, Share, lay_out
from planner.search.search import (
    ColumnOptions,
    SearchOptions,
    WeekSearch,
    anneal_once,
)

LEAST_S = 0.1  # of an integer program that starts when the time is nearly over
MISSING_POINTS = 50.0  # of a day without a menu, while the first menus do not fit together
KEPT_ALIKE = 2  # menus with the same main dishes that are kept at most
WHOLE_DAY = "day.whole"  # the only place of a week of menus
RECORDED = 12  # last sweeps of an annealing whose menus are looked at

Menu = tuple[int, ...]
"""Columns of a day, ascending."""


@dataclass(frozen=True, slots=True)
class DayKinds:
    """Days of a week that the model cannot tell apart.

    Parameters
    ----------
    of_day
        Class of each day.
    first, count
        First day and number of days of each class.
    """

    of_day: tuple[int, ...]
    first: tuple[int, ...]
    count: tuple[int, ...]

    @classmethod
    def of(cls, arrays: WeekArrays) -> DayKinds:
        """Find the classes: the same points, the same limits, the same open columns."""
        days = range(len(arrays.points))
        seen = [
            (arrays.points[d].tobytes(), arrays.closed[d].tobytes(), arrays.limits[d].tobytes(),
             arrays.needed[d])
            for d in days
        ]  # fmt: skip
        known = list(dict.fromkeys(seen))
        of_day = tuple(known.index(one) for one in seen)
        numbers = range(len(known))
        return cls(of_day, tuple(map(of_day.index, numbers)), tuple(map(of_day.count, numbers)))


class DayColumns:
    """Menus of days, the linear program that mixes them, and the searches for more.

    Parameters
    ----------
    source, arrays, between
        The model, its rows, and the rules between single days.
    places
        Columns that are searched for menus; bounds count all columns.
    likely
        How much the aggregated week takes of each column.
    mains
        For each column the main dish that it serves, ``None`` where it serves none.
    """

    def __init__(
        self,
        source: ModelInput,
        arrays: WeekArrays,
        between: Between,
        places: Places,
        likely: Array,
        mains: Sequence[str | None],
    ) -> None:
        self.source, self.arrays, self.between = source, arrays, between
        self.places, self.likely, self.mains = places, likely, mains
        self.kinds = DayKinds.of(arrays)
        self.menus: dict[tuple[int, Menu], float | None] = {}
        orders = _orders_by_class(between.orders, self.kinds, len(mains))
        packages = arrays.packages
        used = packages.parts / PARTS
        self.linked = [
            np.vstack([arrays.link.coefficients, extra, used, packages.opened]) for extra in orders
        ]
        more = len(self.linked[0]) - len(arrays.link.limits)
        self.limits = np.concatenate([arrays.link.limits, np.zeros(more)])
        self.hard = np.concatenate([arrays.link.hard, np.ones(more, dtype=bool)])
        # a package costs points once opened, and what is used of it gives them back
        self.points = arrays.points - packages.points * used.sum(axis=0)
        names = np.concatenate([np.arange(len(used)), packages.opened_of])
        first = len(self.limits) - len(names)
        self.package_rows = [first + np.flatnonzero(names == at) for at in range(len(used))]
        self.master = _Master(self)

    def add(self, kind: int, menu: Menu) -> bool:
        """Take up a menu of a class of days, unless it breaks a rule of its day."""
        key = (kind, menu)
        if key not in self.menus:
            arrays, day, index = self.arrays, self.kinds.first[kind], list(menu)
            rows = arrays.rows_of(day)
            activity = arrays.day.coefficients[:, index].sum(axis=1)
            empty = arrays.needed[day] - {arrays.places[column] for column in index}
            bad = (rows.hard & (activity > most_allowed(rows))).any()
            closed = arrays.closed[day][index].any()
            points = self.points[day][index].sum() + rows.breaches(activity) @ rows.prices
            self.menus[key] = None if bad or closed or empty else float(points)
        return self.menus[key] is not None

    def add_weeks(self, weeks: Iterable[Choices]) -> None:
        """Take up the days of weeks."""
        found: dict[tuple[int, Menu], None] = {}
        for choices in weeks:
            for kind, menu in zip(self.kinds.of_day, choices, strict=True):
                if self.add(kind, menu):
                    found[kind, menu] = None
        self.master.add(list(found))

    def generate(self, options: ColumnOptions, seed: int, deadline: float | None) -> Array:
        """Find menus until none is cheap at the prices; gives the last prices."""
        annealer = _DayAnnealer(self, options)
        prices = self.master.solve()
        for number in range(options.iterations):
            if _is_late(deadline):
                break
            found = annealer.menus(prices, [seed, number])
            self.master.add(self._cheapest(found, prices, options.added))
            prices = 0.5 * prices + 0.5 * self.master.solve()
        return prices

    def vary(
        self, options: ColumnOptions, prices: Array, seed: int, deadline: float | None
    ) -> None:
        """Find cheap menus of other dishes: some are forbidden on each day by chance."""
        annealer = _DayAnnealer(self, options)
        for number in range(options.various):
            if _is_late(deadline):
                break
            found = annealer.menus(prices, [seed, number, 1], options.forbidden)
            self.master.add(self._cheapest(found, prices, len(found)))

    def _cheapest(
        self, found: Iterable[tuple[int, Menu]], prices: Array, most: int
    ) -> list[tuple[int, Menu]]:
        """Give the cheapest menus, few with the same main dishes."""
        cost = {key: self.cost_at(prices, key) for key in found}
        alike: dict[tuple[int, frozenset[str | None]], int] = {}
        kept = []
        for key in sorted(cost, key=lambda one: (cost[one], one)):
            mains = (key[0], frozenset(self.mains[column] for column in key[1]))
            alike[mains] = alike.get(mains, 0) + 1
            if alike[mains] <= KEPT_ALIKE:
                kept.append(key)
        return kept[:most]

    def cost_at(self, prices: Array, key: tuple[int, Menu]) -> float:
        """Points of a menu less what the links pay for it."""
        points = self.menus[key]
        assert points is not None
        return points - float(prices @ self.master.entries(key))

    def bound(self, prices: Array, options: ColumnOptions, deadline: float | None) -> float:
        """Prove a bound for every week from the prices of the links.

        The least day of each class at these prices is found by an integer program, or bounded by
        one; columns that cost more than the best known menu in the day's linear program are left
        out, which cannot lower the least day.
        """
        master = self.master
        legal = master.legal(prices)
        total = master.constant(legal)
        for kind, count in enumerate(self.kinds.count):
            total += count * self._least_day(kind, legal, options.nodes, deadline)
        return total

    def _least_day(self, kind: int, prices: Array, nodes: int, deadline: float | None) -> float:
        import highspy

        arrays, day = self.arrays, self.kinds.first[kind]
        lp = LinearProgram()
        x = lp.add_columns(self.master.points_at(prices, kind), 1.0 - arrays.closed[day])
        add_rows(lp, arrays.rows_of(day), [(x, 1.0)], 1.0)
        lp.add_rows(*place_bounds(self.source, arrays, day), [(x, place_rows(self.source, arrays))])
        dear = np.flatnonzero(self.master.kind_prices(prices, kind) < 0.0)
        used = lp.add_columns(-self.master.kind_prices(prices, kind)[dear], 1.0)
        add_uses(lp, arrays.kinds[dear], arrays.places, x, used)
        program, width = highs_lp(lp, highspy), arrays.points.shape[1]
        relaxed = _run(highspy, program)
        least = float(relaxed.getInfo().objective_function_value)
        mine = [key for key, points in self.menus.items() if key[0] == kind and points is not None]
        known = min((self.cost_at(prices, key) for key in mine), default=np.inf)
        dearer = known - least
        if dearer <= 0.0 or not np.isfinite(known) or _is_late(deadline):
            return min(least, known)
        reduced = np.array(relaxed.getSolution().col_dual)[:width]
        upper = np.array(program.col_upper_)
        upper[:width][reduced > dearer] = 0.0
        program.col_upper_ = upper
        _make_integer(highspy, program, range(width))
        run = _run(highspy, program, nodes, deadline)
        taken = np.array(run.getSolution().col_value)[:width]
        menu = tuple(np.flatnonzero(np.round(taken)).tolist())
        if menu and self.add(kind, menu):
            self.master.add([(kind, menu)])
        return min(known, max(least, _proven(highspy, run)))

    def combine(
        self, best: FoundWeek, options: ColumnOptions, work: SearchOptions, deadline: float | None
    ) -> FoundWeek:
        """Put weeks together from cheap menus and those of ``best``; gives the best of them."""
        mine = list(zip(self.kinds.of_day, best.choices, strict=True))
        held = [key for key in mine if self.add(*key)]
        keys = list(dict.fromkeys([*held, *self.master.cheapest(options.combined)]))
        arrays = self._arrays_of(keys)
        likely = np.zeros(len(keys))
        start = [[keys.index(key)] if key in held else None for key in mine]
        share = Share(
            arrays, [(range(len(keys)), True)], self._between(keys), likely, start, whole_days=True
        )
        (found,) = WeekSearch([share]).run(work, 0.0, deadline)
        choices = tuple(keys[chosen[0]][1] for chosen in found.choices)
        week = evaluate_week(self.arrays, self.between, choices)
        return replace(week, stopped=found.stopped)

    def _arrays_of(self, keys: Sequence[tuple[int, Menu]]) -> WeekArrays:
        """Give the arrays of weeks whose only place is the day, and whose columns are menus."""
        arrays, days = self.arrays, len(self.kinds.of_day)
        parts = _sums(arrays.packages.parts, keys)
        given_back = arrays.packages.points * parts.sum(axis=0) / PARTS
        points = np.array([self.menus[key] for key in keys], dtype=float) + given_back
        of_kind = np.array([kind for kind, _ in keys])
        closed = np.array([of_kind != kind for kind in self.kinds.of_day], dtype=float)
        link, own = arrays.link, arrays.day
        none = Rows((), np.zeros((0, len(keys))), own.limits[:0], own.prices[:0], own.hard[:0])
        return WeekArrays(
            day=none,
            link=replace(link, coefficients=_sums(link.coefficients, keys)),
            points=np.tile(points, (days, 1)),
            kinds=_any(arrays.kinds, keys),
            kind_points=arrays.kind_points,
            most_kinds=arrays.most_kinds,
            packages=replace(
                arrays.packages, parts=parts, again=_sums(arrays.packages.again, keys),
                cooks=_highest(arrays.packages.cooks, keys),
                needs=_highest(arrays.packages.needs, keys),
                opened=np.zeros((0, len(keys))), opened_of=arrays.packages.opened_of[:0],
            ),
            places=(WHOLE_DAY,) * len(keys),
            closed=closed,
            limits=np.zeros((days, 0)),
            needed=(frozenset({WHOLE_DAY}),) * days,
        )  # fmt: skip

    def _between(self, keys: Sequence[tuple[int, Menu]]) -> Between:
        """Give the rules between days over menus."""
        rules = self.between
        return Between(
            [replace(one, columns=_sum(one.columns, keys)) for one in rules.spacings],
            [
                replace(one, later=_sum(one.later, keys), earlier=_sum(one.earlier, keys))
                for one in rules.orders
            ],
            [replace(one, amounts=_sum(one.amounts, keys)) for one in rules.spreads],
        )


class _Master:
    """The linear program over menus: link rows, kinds, second meals, one menu for each day."""

    def __init__(self, columns: DayColumns) -> None:
        import highspy

        self.columns = columns
        arrays, kinds = columns.arrays, columns.kinds
        self.links, self.number = len(columns.limits), len(arrays.kinds)
        self.classes = len(kinds.count)
        self.first_kind = self.links
        self.usual = self.links + self.number * self.classes
        self.first_class = self.usual + 1
        self.height = self.first_class + self.classes
        upper = np.zeros(self.height)
        upper[: self.links] = columns.limits
        upper[self.usual] = arrays.most_kinds
        upper[self.first_class :] = kinds.count
        lower = np.full(self.height, -np.inf)
        lower[self.first_class :] = kinds.count
        self.limits = upper
        self.solver = quiet_highs(highspy)
        none = np.zeros(0, dtype=np.int32)
        self.solver.addRows(
            self.height, lower, upper, 0, np.zeros(self.height, dtype=np.int32), none, np.zeros(0)
        )
        soft = np.flatnonzero(~columns.hard)
        for row in soft:
            self._add_column(float(arrays.link.prices[row]), np.inf, {int(row): -1.0})
        for kind in range(self.number):
            uses = {
                self.first_kind + c * self.number + kind: -float(count)
                for c, count in enumerate(kinds.count)
            }
            self._add_column(0.0, 1.0, uses | {self.usual: 1.0})
        self._add_column(float(arrays.kind_points), np.inf, {self.usual: -1.0})
        for c in range(self.classes):
            self._add_column(MISSING_POINTS, np.inf, {self.first_class + c: 1.0})
        for rows in columns.package_rows:
            entries = dict.fromkeys(rows.tolist(), -1.0)
            self._add_column(arrays.packages.points, np.inf, entries)
        others = len(soft) + self.number + 1 + self.classes
        self.helpers = others + len(columns.package_rows)
        self.keys: dict[tuple[int, Menu], int] = {}

    def _add_column(self, cost: float, upper: float, entries: dict[int, float]) -> None:
        rows = np.array(list(entries), dtype=np.int32)
        values = np.array(list(entries.values()))
        self.solver.addCol(cost, 0.0, upper, len(rows), rows, values)

    def add(self, keys: Iterable[tuple[int, Menu]]) -> None:
        """Add the columns of menus."""
        for key in keys:
            points = self.columns.menus[key]
            if points is not None and key not in self.keys:
                self.keys[key] = len(self.keys)
                entries = self.entries(key)
                rows = np.flatnonzero(entries)
                self._add_column(
                    points, np.inf, dict(zip(rows.tolist(), entries[rows].tolist(), strict=True))
                )

    def entries(self, key: tuple[int, Menu]) -> Array:
        """Give the coefficients of a menu in all rows."""
        kind, menu = key[0], list(key[1])
        entries = np.zeros(self.height)
        entries[: self.links] = self.columns.linked[kind][:, menu].sum(axis=1)
        uses = self.columns.arrays.kinds[:, menu].any(axis=1)
        entries[self._kind_rows(kind)] = uses
        entries[self.first_class + kind] = 1.0
        return entries

    def _kind_rows(self, kind: int) -> slice:
        first = self.first_kind + kind * self.number
        return slice(first, first + self.number)

    def solve(self) -> Array:
        """Solve and give the price of each row; not positive where a row is an upper limit."""
        run_highs(self.solver)
        prices: Array = np.array(self.solver.getSolution().row_dual)
        if len(prices) != self.height:
            raise SolverError("HiGHS gave up without prices")
        return prices

    def legal(self, prices: Array) -> Array:
        """Clip prices to what a bound may be proven with."""
        arrays, legal = self.columns.arrays, prices.copy()
        legal[: self.first_class] = np.minimum(legal[: self.first_class], 0.0)
        soft = np.flatnonzero(~self.columns.hard)
        legal[soft] = np.maximum(legal[soft], -arrays.link.prices[soft])
        for rows in self.columns.package_rows:
            paid = -legal[rows].sum()
            if paid > arrays.packages.points:
                legal[rows] *= arrays.packages.points / paid
        legal[self.usual] = max(legal[self.usual], -float(arrays.kind_points))
        legal[self.first_class :] = 0.0  # days are bounded by their own least menu
        return legal

    def constant(self, prices: Array) -> float:
        """Points of a bound beside the days: the limits at their prices, and the helpers."""
        count = self.columns.kinds.count
        helper = np.full(self.number, -prices[self.usual])
        for kind in range(self.classes):
            helper += count[kind] * self.kind_prices(prices, kind)
        upto = slice(0, self.first_class)
        return float(prices[upto] @ self.limits[upto]) + float(np.minimum(helper, 0.0).sum())

    def kind_prices(self, prices: Array, kind: int) -> Array:
        """Price of each kind used on a day of a class."""
        own: Array = prices[self._kind_rows(kind)]
        return own

    def points_at(self, prices: Array, kind: int) -> Array:
        """Points of each column on a day of a class, less what the link rows pay for it."""
        day = self.columns.kinds.first[kind]
        links = prices[: self.links] @ self.columns.linked[kind]
        points: Array = self.columns.points[day] - links
        return points

    def cheapest(self, most: int) -> list[tuple[int, Menu]]:
        """Give the menus with the least reduced costs."""
        keys = list(self.keys)
        self.solve()
        reduced = np.array(self.solver.getSolution().col_dual)[self.helpers :]
        order = sorted(range(len(keys)), key=lambda at: (reduced[at], keys[at]))
        return [keys[at] for at in order[:most]]


class _DayAnnealer:
    """Days annealed apart from one another, at prices for what links them."""

    def __init__(self, columns: DayColumns, options: ColumnOptions) -> None:
        self.columns, self.options = columns, options
        kinds = columns.kinds
        copies = max(1, options.days_at_once // (2 * len(kinds.count)))
        self.of_day = [kind for kind in range(len(kinds.count)) for _ in range(copies)]
        arrays = _days_alone(columns.arrays, [kinds.first[kind] for kind in self.of_day])
        self.share = Share(arrays, columns.places, Between(), columns.likely)
        self.layout: Layout = lay_out([self.share])
        self.weights = self.layout.weights()

    def menus(
        self, prices: Array, seed: Sequence[int], forbidden: float = 0.0
    ) -> list[tuple[int, Menu]]:
        """Give menus that are cheap at ``prices``, from two annealings side by side."""
        of_class = [self._points_at(prices, kind) for kind in range(len(self.columns.kinds.count))]
        by_day = np.array([of_class[kind] for kind in self.of_day])
        draws = [np.random.default_rng([*seed, half]) for half in (0, 1)]
        # points go through the share, which is one for both: before they run side by side
        points = [self._points(by_day, rng, forbidden) for rng in draws]
        with ThreadPoolExecutor(len(draws)) as pool:
            runs = list(pool.map(self._run, draws, points))
        found: dict[tuple[int, Menu], None] = {}
        for kind, menu in (one for run in runs for one in run):
            if self.columns.add(kind, menu):
                found[kind, menu] = None
        return list(found)

    def _run(self, rng: np.random.Generator, points: Array) -> list[tuple[int, Menu]]:
        options = self.options
        cooling = SearchOptions(
            options.sweeps, hot=options.hot, cold=options.cold, strict=0.3, pairs=0.03,
            recorded=RECORDED,
        )  # fmt: skip
        state = self.layout.draw(rng)
        seed = rng.integers(2**63, size=1).astype(np.uint64)
        stop = np.zeros(1, dtype=np.int64)
        return self._menus_of(
            anneal_once(self.layout, state, self.weights, cooling, seed, stop, points)
        )

    def _points_at(self, prices: Array, kind: int) -> Array:
        """Points of each column on a day of a class, less what links and kinds pay for it."""
        master = self.columns.master
        points: Array = master.points_at(prices, kind)
        return points - master.kind_prices(prices, kind) @ self.columns.arrays.kinds

    def _points(self, by_day: Array, rng: np.random.Generator, forbidden: float) -> Array:
        """Points of every option; each day forbids some main dishes by chance."""
        columns, share = self.columns, self.share
        if forbidden > 0.0:
            names = sorted({main for main in columns.mains if main is not None})
            number = {name: at for at, name in enumerate(names)}
            dish = np.array([-1 if main is None else number[main] for main in columns.mains])
            banned = np.append(rng.random((len(by_day), len(names))) < forbidden,
                               np.zeros((len(by_day), 1), dtype=bool), axis=1)  # fmt: skip
            by_day = by_day + banned[:, dish] * 1.0
        share.arrays = replace(share.arrays, points=by_day[:, share.columns])
        places = range(len(share.options))
        return np.concatenate([share.points(d, p) for d in range(share.days) for p in places])

    def _menus_of(self, record: Indices) -> list[tuple[int, Menu]]:
        share, width = self.share, len(self.share.options)
        local = record - self.layout.spots.start[:-1]
        found = []
        for d, kind in enumerate(self.of_day):
            for row in np.unique(local[:, d * width : (d + 1) * width], axis=0):
                chosen = [options[at] for options, at in zip(share.options, row, strict=True)]
                menu = sorted(int(share.columns[option]) for option in chosen if option >= 0)
                found.append((kind, tuple(menu)))
        return found


def _days_alone(arrays: WeekArrays, days: Sequence[int]) -> WeekArrays:
    """Give the arrays of some days, without anything that links them."""
    link = arrays.link
    return replace(
        arrays,
        link=Rows((), link.coefficients[:0], link.limits[:0], link.prices[:0], link.hard[:0]),
        points=arrays.points[days],
        closed=arrays.closed[days],
        limits=arrays.limits[days],
        needed=tuple(arrays.needed[day] for day in days),
        kinds=arrays.kinds[:0],
        kind_points=0.0,
        packages=replace(arrays.packages, points=0.0),
    )


def _sums(rows: Any, keys: Sequence[tuple[int, Menu]]) -> Any:
    """Add up the columns of each menu: rows × menus."""
    sums = [rows[:, list(menu)].sum(axis=1) for _, menu in keys]
    return np.array(sums, dtype=rows.dtype).reshape(len(keys), len(rows)).T


def _sum(values: Array, keys: Sequence[tuple[int, Menu]]) -> Array:
    total: Array = _sums(values[None, :], keys)[0]
    return total


def _highest(numbers: Indices, keys: Sequence[tuple[int, Menu]]) -> Indices:
    """Give the dish of each menu, -1 for none: a day cooks one dish for later, and needs one."""
    return np.array([numbers[list(menu)].max(initial=-1) for _, menu in keys], dtype=np.int64)


def _any(rows: Array, keys: Sequence[tuple[int, Menu]]) -> Array:
    used: Array = (_sums(rows, keys) > 0.0).astype(float)
    return used


def _orders_by_class(orders: Sequence[Order], kinds: DayKinds, width: int) -> list[Array]:
    """Keep second meals to what classes of days can cook before: for each class rows × columns.

    A second meal on a day of class c needs its dish on a day of a class that has one early enough;
    the aggregated rows ask for it on any day. One dinner may serve as many second meals as days
    that it keeps.
    """
    classes = range(len(kinds.count))
    rows: list[list[Array]] = [[] for _ in classes]
    for order in orders:
        for later in classes:
            helpful = [
                any(
                    0 < second - first <= order.days
                    for second, kind in enumerate(kinds.of_day)
                    if kind == later
                    for first, other in enumerate(kinds.of_day)
                    if other == earlier
                )
                for earlier in classes
            ]
            if all(helpful):
                continue
            most = min(order.days, kinds.count[later])
            for kind in classes:
                row = order.later * float(kind == later) - order.earlier * (most * helpful[kind])
                rows[kind].append(row)
    return [np.array(own).reshape(len(own), width) for own in rows]


def _make_integer(highspy: Any, program: Any, columns: Iterable[int]) -> None:
    kinds = [highspy.HighsVarType.kContinuous] * program.num_col_
    for column in columns:
        kinds[column] = highspy.HighsVarType.kInteger
    program.integrality_ = kinds


def _run(
    highspy: Any, program: Any, nodes: int | None = None, deadline: float | None = None
) -> Any:
    settings: dict[str, Any] = {"mip_rel_gap": 0.001}
    if nodes is not None:
        settings["mip_max_nodes"] = nodes
    solver = quiet_highs(highspy, **settings)
    solver.passModel(program)
    run_highs(solver, _left(deadline))
    return solver


def _proven(highspy: Any, run: Any) -> float:
    """Give what an integer program has proven; nothing where it came to no bound."""
    if run.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return np.inf
    info = run.getInfo()
    return float(info.mip_dual_bound) if info.valid else -np.inf


def _left(deadline: float | None) -> float | None:
    """Give the seconds until ``deadline``, and a moment in any case."""
    return None if deadline is None else max(LEAST_S, deadline - time.perf_counter())


def _is_late(deadline: float | None) -> bool:
    return deadline is not None and time.perf_counter() > deadline
